import type { Message } from '../../model/message.ts';
import { toListId, toRequestAddress, type MailingList } from './mailing-list.ts';

/** A request of ours that the list has not answered yet. */
export interface PendingJoin extends MailingList {
  readonly address: string;
  /** ISO 8601 in UTC. */
  readonly askedAt: string;
}

export type Confirmation =
  | { readonly kind: 'confirmation'; readonly token: string }
  /** It looks like one, and must not be answered. */
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'other' };

/** What a confirmation is read of. */
export type ConfirmationMail = Pick<Message, 'from' | 'to' | 'cc' | 'date' | 'subject' | 'lists' | 'parts'>;

/** Mailman 2 and 3 make tokens of a SHA-1, in hex. */
const TOKEN = '(?<token>[0-9a-f]{32,64})';
const SUBJECT = new RegExp(`^(?:re: {0,3}){0,3}confirm {1,3}${TOKEN}$`, 'i');
const LINE = new RegExp(`^ {0,8}confirm {1,3}${TOKEN} {0,8}$`, 'i');
const SENDER = new RegExp(`^(?<name>.{1,64})-confirm\\+${TOKEN}@(?<host>.{1,253})$`);
const LEAVING = /\b(?:removal|be removed|unsubscri\w{1,10}|leave)\b/i;
const JOINING = /\b(?:subscription|subscribe[ds]?|registration|join|added)\b/i;

const MINUTE = 60_000;
/** Clocks differ; Mailman forgets a request after three days, admins may let it wait longer. */
const BEFORE_MS = 10 * MINUTE;
const AFTER_MS = 14 * 24 * 60 * MINUTE;
const MOST_LINES = 200;

/**
 * Whether a mail is the list's question whether it was us who asked. Everything that can be checked is: sender, addressee, list,
 * time, one token wherever one stands, what it says, and that it speaks of our address. A `Date` or `From` can be forged all the
 * same; whoever forges one gains that we tell the list's own request address a token that it does not know.
 */
export function readConfirmation(mail: ConfirmationMail, pending: PendingJoin): Confirmation {
  const sender = mail.from?.address.toLowerCase() ?? '';
  const text = (mail.parts[0]?.text ?? '').split('\n').slice(0, MOST_LINES);
  const tokens = findTokens(mail.subject.slice(0, 200), sender, text);
  const [token] = tokens;
  if (token === undefined) return { kind: 'other' };
  const why = findFault(mail, { pending, sender, tokens, text: text.join('\n') });
  return why === null ? { kind: 'confirmation', token } : { kind: 'refused', why };
}

function findTokens(subject: string, sender: string, text: readonly string[]): string[] {
  const found = [
    SUBJECT.exec(subject)?.groups?.['token'],
    SENDER.exec(sender)?.groups?.['token'],
    ...text.map((line) => LINE.exec(line.slice(0, 200).trimEnd())?.groups?.['token']),
  ];
  return [...new Set(found.flatMap((one) => one?.toLowerCase() ?? []))];
}

interface Read {
  readonly pending: PendingJoin;
  readonly sender: string;
  readonly tokens: readonly string[];
  readonly text: string;
}

/** The first that holds is told. */
const FAULTS: readonly { readonly why: string; readonly holds: (mail: ConfirmationMail, read: Read) => boolean }[] = [
  { why: 'it does not come from the list', holds: (_mail, { sender, pending }) => !isFromList(sender, pending) },
  { why: 'it names another list', holds: ({ lists }, { pending }) => lists.some((one) => one !== toListId(pending)) },
  {
    why: 'it is not addressed to the address that asked',
    holds: ({ to, cc }, { pending }) => ![...to, ...cc].some(({ address }) => isSame(address, pending.address)),
  },
  { why: 'it is older than the request, or much younger', holds: ({ date }, { pending }) => !isInTime(date, pending) },
  { why: 'it holds several tokens', holds: (_mail, { tokens }) => tokens.length > 1 },
  {
    why: 'it asks about leaving the list',
    holds: ({ subject }, { text }) => LEAVING.test(subject) || (LEAVING.test(text) && !JOINING.test(text)),
  },
  { why: 'it does not speak of subscribing', holds: ({ subject }, { text }) => !JOINING.test(`${subject}\n${text}`) },
  {
    why: 'it does not name the address that asked',
    holds: (_mail, { text, pending }) => !text.toLowerCase().includes(pending.address.toLowerCase()),
  },
];

function findFault(mail: ConfirmationMail, read: Read): string | null {
  return FAULTS.find(({ holds }) => holds(mail, read))?.why ?? null;
}

function isFromList(sender: string, list: MailingList): boolean {
  const { name, host } = SENDER.exec(sender)?.groups ?? {};
  return sender === toRequestAddress(list) || (name === list.name && host === list.host);
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function isInTime(date: string | null, { askedAt }: PendingJoin): boolean {
  if (date === null) return false;
  const after = Date.parse(date) - Date.parse(askedAt);
  return after >= -BEFORE_MS && after <= AFTER_MS;
}
