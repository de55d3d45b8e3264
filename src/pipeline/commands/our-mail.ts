import { readMessage } from '../../message/read-message.ts';
import type { Message } from '../../model/message.ts';
import type { RawMail } from '../../ports.ts';

/** Larger mails are no answers of a person. */
const MOST_BYTES = 256 * 1024;

const OUR_ID = /heddle\.(?:post|root)\.[0-9a-f]{32}@[a-z0-9.-]{1,189}/;
const TOKEN = /\b(?:heddle-token|confirm|unsubscribe)[\s:]{1,3}[0-9a-f]{32}\b/i;
const MARK = /^#heddle\b/im;
/** Addresses by which Mailman speaks: what they send is a list's matter (heddle join). */
const MAILMAN = /-(?:request|confirm|bounces|owner|admin)(?:\+[^@]{0,100})?@/;

/**
 * Whether a mail was written to the bot itself, as an answer, a command or a report that a letter of ours came back. Such mail is
 * nobody's thread and holds tokens: it is kept apart and never shown.
 *
 * @param bot the bot's address, lower case.
 */
export function isOurMail({ bytes, origin }: RawMail, bot: string): boolean {
  if (bytes.length > MOST_BYTES) return false;
  const text = bytes.toString('latin1');
  const lower = text.toLowerCase();
  const [name = '', host = ''] = bot.split('@');
  if (!lower.includes(host) || !lower.includes(name)) return false;
  if (!OUR_ID.test(lower) && !TOKEN.test(text) && !MARK.test(text) && !hasSubaddress(lower, bot)) return false;
  const message = readMessage({ bytes, origin });
  if (message.lists.length > 0 || MAILMAN.test(message.from?.address ?? '')) return false;
  return [...message.to, ...message.cc].some(({ address }) => isBot(address, bot));
}

function hasSubaddress(lower: string, bot: string): boolean {
  return lower.includes(`${bot.replace('@', '+')}`.slice(0, bot.indexOf('@') + 1));
}

/** The bot's address, or one with a token in it. */
export function isBot(address: string, bot: string): boolean {
  return address === bot || readSubaddress(address, bot) !== null;
}

function readSubaddress(address: string, bot: string): string | null {
  const at = bot.indexOf('@');
  const [front, back] = [`${bot.slice(0, at)}+`, bot.slice(at)];
  return address.startsWith(front) && address.endsWith(back) ? address.slice(front.length, -back.length) : null;
}

/** Tokens that a mail holds: in the address that it went to, in its subject, in its text, quoted or not. Few. */
export function findTokens({ to, cc, subject, parts }: Message, bot: string): string[] {
  const inAddress = [...to, ...cc].flatMap(({ address }) => readSubaddress(address, bot) ?? []);
  const text = `${subject}\n${(parts[0]?.text ?? '').slice(0, MOST_BYTES)}`;
  const inText = [...text.matchAll(new RegExp(TOKEN.source, 'gi'))].map(([found]) => found.slice(-32));
  return [...new Set([...inAddress, ...inText])].filter((one) => /^[0-9a-f]{32}$/i.test(one)).slice(0, 5);
}

/** Why a mail is a program's and must not be answered (RFC 3834), or `null`. */
export function findMachine({ headers, lists, from }: Message, bot: string): string | null {
  const first = (name: string) => (headers[name]?.[0] ?? '').trim().toLowerCase();
  const submitted = first('auto-submitted');
  if (submitted !== '' && !submitted.startsWith('no')) return `Auto-Submitted: ${submitted.slice(0, 40)}`;
  if (/^(?:bulk|list|junk|auto[_-]reply)$/.test(first('precedence'))) return `Precedence: ${first('precedence')}`;
  if (lists.length > 0 || first('list-id') !== '') return 'it came through a list';
  const address = from?.address ?? '';
  if (address === '' || isBot(address, bot)) return 'it comes from the bot itself, or from nobody';
  return /^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply)@/.test(address) ? 'nobody reads its sender' : null;
}
