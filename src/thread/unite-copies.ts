import type { Address, Message } from '../model/message.ts';
import type { Head } from '../model/thread.ts';

/**
 * Unites two copies of one mail that came through different lists, each of which may have cut Cc, taken parts away, added a
 * footer or put itself in as sender. Everybody addressed in either copy is addressed; text and parts are those of the
 * more complete copy. The order of the copies does not matter.
 */
export function uniteCopies(a: Message, b: Message): Message {
  const [better, other] = isBetter(a, b) ? [a, b] : [b, a];
  return uniteInto(better, other);
}

/** The same for heads, which carry no text. */
export function uniteHeads<H extends Head>(a: H, b: H): H {
  const [better, other] = rankOfHead(a) <= rankOfHead(b) ? [a, b] : [b, a];
  return uniteInto(better, other);
}

function uniteInto<H extends Head>(better: H, other: H): H {
  return {
    ...better,
    from: unitedSender(better, other),
    date: better.date ?? other.date,
    subject: better.subject || other.subject,
    to: unitePeople(better.to, other.to),
    cc: unitePeople(better.cc, other.cc),
    inReplyTo: uniteIds(better.inReplyTo, other.inReplyTo),
    // The parent is the last reference, so what only the other copy has goes in front.
    references: uniteIds(missingIn(better.references, other.references), better.references),
    lists: [...new Set([...better.lists, ...other.lists])].sort(),
    headers: uniteHeaders(better.headers, other.headers),
    url: better.url ?? other.url,
  };
}

/** More parts (a list may take attachments away), less damage, a shorter body (a list adds a footer), a full header. */
function isBetter(a: Message, b: Message): boolean {
  const [rankA, rankB] = [rankOfText(a), rankOfText(b)];
  const at = rankA.findIndex((value, index) => value !== rankB[index]);
  if (at >= 0) return (rankA[at] ?? 0) < (rankB[at] ?? 0);
  return `${textOf(a)}\n${rankOfHead(a)}` <= `${textOf(b)}\n${rankOfHead(b)}`;
}

function rankOfText(message: Message): readonly number[] {
  return [-message.parts.length - message.otherParts.length, message.problems.length, textOf(message).length];
}

function textOf(message: Message): string {
  return message.parts.map((part) => part.text).join('\n');
}

function rankOfHead({ from, date, subject, references, to, cc }: Head): string {
  return JSON.stringify([from, date, subject, references, to, cc]);
}

/** A copy whose list put its own address in loses against one that names the person. */
function unitedSender(better: Head, other: Head): Address | null {
  if (better.from === null || other.from === null) return better.from ?? other.from;
  const lists = new Set([...better.lists, ...other.lists]);
  const isList = ({ address }: Address): boolean => lists.has(address.replace('@', '.'));
  return isList(better.from) && !isList(other.from) ? other.from : better.from;
}

function unitePeople(first: readonly Address[], second: readonly Address[]): readonly Address[] {
  const known = new Set(first.map(keyOf));
  const added = second.filter((person) => !known.has(keyOf(person)));
  return added.length === 0 ? first : [...first, ...added.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))];
}

function keyOf({ name, address }: Address): string {
  return address || `name ${name ?? ''}`;
}

function uniteIds<T>(first: readonly T[], second: readonly T[]): readonly T[] {
  return second.length === 0 ? first : [...new Set([...first, ...second])];
}

function missingIn<T>(known: readonly T[], ids: readonly T[]): readonly T[] {
  const seen = new Set(known);
  return ids.filter((id) => !seen.has(id));
}

const MAX_VALUES = 5;

function uniteHeaders(first: Head['headers'], second: Head['headers']): Head['headers'] {
  const united: Record<string, readonly string[]> = { ...first };
  for (const [name, values] of Object.entries(second)) {
    united[name] = [...new Set([...(united[name] ?? []), ...values])].slice(0, MAX_VALUES);
  }
  return united;
}
