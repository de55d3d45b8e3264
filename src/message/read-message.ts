import { createHash } from 'node:crypto';
import { findMessageIds, toMessageId, type Message, type MessageId, type Problem } from '../model/message.ts';
import type { RawMail } from '../ports.ts';
import { readAddresses } from './addresses.ts';
import { readDate } from './date.ts';
import { decodeWords } from './encoded-words.ts';
import { splitEntity, type Header } from './header-block.ts';
import { keepHeaders } from './kept-headers.ts';
import { findLeaves, type Leaves } from './mime-leaves.ts';
import { readSender } from './sender.ts';
import { readParts } from './text-parts.ts';

/** Of longer reference lists (nobody makes them) the root and the newest are kept. */
const MAX_REFERENCES = 5_000;
const MAX_SUBJECT = 1_000;
/** Many mails bring the same kinds of damage many times; more of them tell nobody anything. */
const MAX_PROBLEMS = 50;

/**
 * Reads one mail as it came: never throws, whatever the bytes are. What could not be read, and what was cut at a bound, is
 * named in `problems`.
 *
 * Ids and dates are taken from the raw header: an unreadable date is `null`, not the present; words beside ids are left
 * out. A mail without an id gets one made of its content, so the same mail has the same id wherever it is read.
 * Texts are raw apart from their encoding: format=flowed is not undone, since that tears quoted patches apart.
 */
export function readMessage(mail: RawMail): Message {
  const problems: Problem[] = [];
  const { header, body } = splitEntity(mail.bytes);
  const leaves = findLeaves(header, body);
  noteMimeProblems(leaves, problems);
  const { parts, otherParts } = readParts(leaves.leaves, problems);
  const id = toMessageId(decodeWords(header.first('message-id')));
  if (id === undefined) problems.push({ kind: 'no-message-id', text: 'the mail has no Message-ID; one was made' });
  return {
    id: id ?? makeId(header, body),
    from: readSender(header),
    to: readAddresses(header.all('to')),
    cc: readAddresses(header.all('cc')),
    date: readDateField(header, problems),
    subject: readSubject(header, leaves.protectedSubject),
    inReplyTo: uniqueIds(header.all('in-reply-to')),
    references: readReferences(header),
    lists: readLists(header),
    headers: keepHeaders(header),
    parts,
    otherParts,
    url: mail.url ?? readArchiveLink(header),
    problems: problems.slice(0, MAX_PROBLEMS),
  };
}

function noteMimeProblems(leaves: Leaves, problems: Problem[]): void {
  if (leaves.tooDeep) problems.push({ kind: 'too-deep', text: 'parts nested more than 30 deep were left out' });
  if (leaves.tooMany) problems.push({ kind: 'too-many-parts', text: 'parts beyond the first 200 were left out' });
  if (leaves.noBoundary)
    problems.push({ kind: 'bad-mime', text: 'a multipart has no usable boundary; it was read as text' });
}

/** Copies that came through several lists differ in their transport fields only, so these play no part. */
function makeId(header: Header, body: Buffer): MessageId {
  const hash = createHash('sha256');
  for (const name of ['from', 'date', 'subject']) hash.update(`${header.first(name)}\n`);
  const id = `${hash.update(body).digest('hex').slice(0, 32)}@heddle.invalid`;
  return toMessageId(`<${id}>`) ?? (id as MessageId);
}

function readDateField(header: Header, problems: Problem[]): string | null {
  const field = header.first('date');
  const date = readDate(field);
  if (date === null) {
    const text = field === '' ? 'the mail has no date' : `the date "${field.slice(0, 80)}" cannot be read`;
    problems.push({ kind: 'bad-date', text });
  }
  return date;
}

/** An encrypting mailer writes `...` outside and the subject inside. */
function readSubject(header: Header, inside: string | null): string {
  const outer = header.first('subject').trim();
  const field = inside !== null && (outer === '' || outer === '...') ? inside : outer;
  return decodeWords(field.slice(0, 10 * MAX_SUBJECT))
    .replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .trim()
    .slice(0, MAX_SUBJECT);
}

/** Some relays encode ids as if they were words. */
function uniqueIds(fields: readonly string[]): MessageId[] {
  return [...new Set(fields.flatMap((field) => findMessageIds(decodeWords(field))))];
}

function readReferences(header: Header): MessageId[] {
  const ids = uniqueIds(header.all('references'));
  return ids.length <= MAX_REFERENCES ? ids : [...ids.slice(0, 1), ...ids.slice(1 - MAX_REFERENCES)];
}

function readLists(header: Header): string[] {
  const lists = header.all('list-id').map((value) => {
    const inside = /<(?<id>[^<>\s]{1,200})>/.exec(value.slice(0, 1_000))?.groups?.['id'];
    return (inside ?? (/\s/.test(value.trim()) ? '' : value.trim().slice(0, 200))).toLowerCase();
  });
  return [...new Set(lists)].filter((list) => list !== '').sort();
}

function readArchiveLink(header: Header): string | null {
  return (
    /<?(?<url>https?:\/\/[^\s<>"]{1,500})>?/.exec(header.first('archived-at').slice(0, 1_000))?.groups?.['url'] ?? null
  );
}
