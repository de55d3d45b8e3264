import type { Address } from '../model/message.ts';
import type { Suggestion } from '../model/routing.ts';
import type { TriageThread } from '../model/triage.ts';
import { toSafeLine, toSafeText } from '../lib/safe-text.ts';
import { wrap } from '../lib/wrap.ts';
import { bestOf } from './suggested.ts';

const WIDTH = 72;
/** Ancestors named in References: RFC 5322 lets a header grow without end, mailers do not. */
const MOST_REFERENCES = 20;
const ADDRESS = /^[^\s<>@,;"()]{1,64}@[^\s<>@,;"()]{1,189}$/;

/** A short neutral body that says who is added, and why: one reason each. `null` where nobody is missing. */
export function writeAddingBody({ routing }: Pick<TriageThread, 'routing'>): string | null {
  const missing = findAdded(routing);
  if (missing.length === 0) return null;
  const items = missing.flatMap(({ name, address, reasons }) =>
    wrap(toSafeLine(`${name === '' ? address : name}: ${reasons[0] ?? 'may know more'}`, 400), WIDTH, '- '),
  );
  return ['Adding to Cc, as this seems to concern them:', '', ...items, ''].join('\n');
}

/** Whoever is suggested and not addressed yet; lists included. */
function findAdded(routing: readonly Suggestion[]): Suggestion[] {
  return bestOf(routing).filter(({ addressed, address }) => !addressed && ADDRESS.test(address));
}

/**
 * An answer to the newest mail of a thread, as an `.eml` file that a mail program opens as a draft (`X-Unsent: 1`): the
 * people of the thread stay, those who are suggested and missing are added. It has no From and no Date: a person sends it.
 *
 * @param body plain text; everything that mails wrote into names and subjects is made safe for header fields.
 */
export function writeDraft(thread: TriageThread, body: string): string {
  const last = thread.messages.reduce(
    (a, b) => ((b.date ?? '') >= (a.date ?? '') ? b : a),
    thread.messages[0] ?? NOBODY,
  );
  const to = [last.from, ...thread.messages.slice(0, 1).map(({ from }) => from)];
  const others = [...thread.people.participants, ...thread.people.to, ...thread.people.cc];
  const added = findAdded(thread.routing);
  const seen = new Set<string>();
  const isNew = ({ address }: Address): boolean => {
    const key = address.toLowerCase();
    if (!ADDRESS.test(address) || seen.has(key)) return false;
    seen.add(key);
    return true;
  };
  const fields: readonly (readonly [string, string])[] = [
    ['To', to.filter(isNew).map(writeMailbox).join(',\n ')],
    ['Cc', [...others, ...added].filter(isNew).map(writeMailbox).join(',\n ')],
    ['Subject', encodeWords(`Re: ${toSafeLine(thread.subject, 300)}`)],
    ['In-Reply-To', toId(last.id)],
    ['References', findAncestors(thread, last.id).map(toId).filter(Boolean).join('\n ')],
    ['X-Unsent', '1'],
    ['MIME-Version', '1.0'],
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['Content-Transfer-Encoding', '8bit'],
  ];
  const head = fields.filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}`);
  return `${head.join('\n')}\n\n${toSafeText(body)}`;
}

const NOBODY = { id: '', parent: null, from: { name: null, address: '' }, date: null, subject: '', url: null };

/** From the root down to the mail itself, the newest {@link MOST_REFERENCES}. */
function findAncestors({ messages }: TriageThread, id: string): string[] {
  const parents = new Map(messages.map((one) => [one.id, one.parent]));
  const chain: string[] = [];
  for (let at: string | null = id; at !== null && chain.length < MOST_REFERENCES; at = parents.get(at) ?? null) {
    chain.unshift(at);
  }
  return chain;
}

function toId(id: string): string {
  return /^[^\s<>]{1,500}$/.test(id) && !id.endsWith('.invalid') ? `<${id}>` : '';
}

/** RFC 5322 mailbox; a name with anything but letters and blanks is quoted, or encoded where it is not ASCII. */
function writeMailbox({ name, address }: Address): string {
  const safe = toSafeLine(name ?? '', 100).trim();
  if (safe === '' || safe === address) return address;
  const ascii = /^[\x20-\x7e]*$/.test(safe);
  const shown = ascii ? `"${safe.replace(/["\\]/g, '\\$&')}"` : encodeWords(safe);
  return `${/^[A-Za-z0-9 ]+$/.test(safe) ? safe : shown} <${address}>`;
}

/** RFC 2047 words of at most 75 characters, folded; ASCII stays as it is. */
function encodeWords(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  const words: string[] = [];
  let piece = '';
  for (const character of text) {
    if (Buffer.byteLength(piece + character) > 42) {
      words.push(piece);
      piece = '';
    }
    piece += character;
  }
  words.push(piece);
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join('\n ');
}
