import type { Address } from '../model/message.ts';
import { decodeWords } from './encoded-words.ts';

/** Fields beyond this are cut, and people beyond this number dropped: nobody means to write to so many. */
const MAX_FIELD = 100_000;
const MAX_PEOPLE = 1_000;
const MAX_NAME = 200;
const MAX_ADDRESS = 320;

/**
 * Reads an address header (RFC 5322, and what people write instead): quoted and encoded names, comments, groups,
 * `jgross at example.org (Juergen)` as list archives print it. A name without an address is kept with an empty
 * `address`; doubles of one address are dropped.
 */
export function readAddresses(fields: readonly string[]): Address[] {
  const people: Address[] = [];
  const seen = new Set<string>();
  for (const field of fields) {
    for (const entry of splitEntries(field.slice(0, MAX_FIELD))) {
      const found = recallAddress(entry);
      if (found === null || people.length >= MAX_PEOPLE) continue;
      const key = found.address || `name ${found.name ?? ''}`;
      if (seen.has(key)) continue;
      seen.add(key);
      people.push(found);
    }
  }
  return people;
}

/** The mails of a list name the same people again and again. Bounded: it is emptied when it is full. */
const remembered = new Map<string, Address | null>();
const MAX_REMEMBERED = 5_000;
const MAX_REMEMBERED_ENTRY = 400;

function recallAddress(entry: Entry): Address | null {
  const key = [entry.words, entry.comment, ...(entry.angle === null ? [] : [entry.angle])].join('\0');
  if (key.length > MAX_REMEMBERED_ENTRY) return toAddress(entry);
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const found = toAddress(entry);
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(key, found);
  return found;
}

/** One entry of an address list, taken apart but not decoded. */
interface Entry {
  words: string;
  comment: string;
  /** What stood between `<` and `>`; `null` where there was none. */
  angle: string | null;
}

/** Quotes and angles that never close reach to the end. */
const TOKEN =
  /"(?<quoted>(?:[^"\\]|\\.)*)"?|<(?<angle>[^>]*)>?|(?<stop>[,;])|(?<group>:)|(?<open>\()|(?<close>\))|(?<words>[^"<,;:()]+)/gs;

function splitEntries(field: string): Entry[] {
  const entries: Entry[] = [];
  let entry: Entry = { words: '', comment: '', angle: null };
  let depth = 0;
  const finish = (): void => {
    if (entry.words.trim() || entry.comment || entry.angle) entries.push(entry);
    entry = { words: '', comment: '', angle: null };
  };
  for (const [text, ...groups] of field.matchAll(TOKEN)) {
    const [quoted, angle, stop, group, open, close] = groups;
    if (open !== undefined) depth += 1;
    else if (close !== undefined) depth = Math.max(0, depth - 1);
    else if (depth > 0) entry.comment += text;
    else if (quoted !== undefined) entry.words += quoted.replace(/\\(?<char>.)/gs, '$<char>');
    else if (angle !== undefined) entry.angle = (entry.angle ?? '') + angle;
    else if (stop !== undefined) finish();
    // What stands before a colon is the name of a group.
    else if (group !== undefined) entry.words = '';
    else entry.words += text;
  }
  finish();
  return entries;
}

const ARCHIVE_STYLE = /^(?<user>[^\s@]{1,64}) at (?<host>[^\s@]{1,253}\.[^\s@.]{2,20})$/;
/** A relay took `name <address>` for one word, encoded it, and completed it with its own domain. */
const ENCODED = /^(?<word>=\?[^\s@]{1,1000}\?=)@\S{1,255}$/;
const BARE_AT_END = /(?:^|\s)(?<address>[^\s@<>]{1,64}@[^\s@<>]{1,255})$/;

function toAddress(entry: Entry): Address | null {
  const words = entry.words.trim();
  return entry.angle === null ? readLoose(words, entry.comment) : person(words || entry.comment, entry.angle);
}

/** An entry without angle brackets. */
function readLoose(words: string, comment: string): Address | null {
  const archived = ARCHIVE_STYLE.exec(words)?.groups;
  if (archived) return person(comment, `${archived['user'] ?? ''}@${archived['host'] ?? ''}`);
  const encoded = ENCODED.exec(words)?.groups?.['word'];
  if (encoded !== undefined) return readEncoded(encoded);
  const bare = BARE_AT_END.exec(words.slice(-MAX_ADDRESS))?.groups?.['address'];
  if (bare !== undefined) return person(words.slice(0, -bare.length).trim() || comment, bare);
  return words.includes('@') && !/\s/.test(words) ? person(comment, words) : person(words || comment, '');
}

function readEncoded(word: string): Address | null {
  const inner = splitEntries(decodeWords(word))[0];
  return inner?.angle ? person(inner.words.trim(), inner.angle) : null;
}

function person(name: string, address: string): Address | null {
  const tidy: Address = { name: tidyName(name), address: tidyAddress(address) };
  if (tidy.name === null && tidy.address === '') return null;
  return tidy.name?.toLowerCase() === tidy.address ? { ...tidy, name: null } : tidy;
}

function tidyAddress(text: string): string {
  const address = text
    .replace(/\s+/g, '')
    .replace(/^mailto:/i, '')
    .toLowerCase();
  // An old-style source route: `@relay:user@host`.
  const route = /^@[^:]{1,200}:(?<rest>.*)$/.exec(address)?.groups?.['rest'] ?? address;
  return route.length > MAX_ADDRESS ? '' : route;
}

function tidyName(text: string): string | null {
  const name = decodeWords(text.trim())
    .replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .replace(/^'(?<inner>[^']{1,200})'$/, '$<inner>')
    .trim()
    .slice(0, MAX_NAME);
  return name === '' ? null : name;
}
