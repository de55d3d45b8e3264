import type { Address, Message, Problem } from '../model/message.ts';
import type { Head } from '../model/thread.ts';

/**
 * Unites two copies of one mail that came through different lists, each of which may have cut Cc, taken parts away, added a
 * footer or put itself in as sender. Everybody addressed in either copy is addressed; text and parts are those of the
 * more complete copy. The order of the copies does not matter.
 *
 * A mail of another sender with the same Message-ID is no copy: somebody took an id that was there. The earlier dated of
 * the two stands as it is, and its problems tell of the other; only their threads are one.
 */
export function uniteCopies(a: Message, b: Message): Message {
  if (isOtherMail(a, b)) return leaveOut(...inOrder(a, b));
  const [better, other] = isBetter(a, b) ? [a, b] : [b, a];
  return { ...uniteInto(better, other), problems: uniteProblems(better, other) };
}

/** The same for heads, which carry no text. */
export function uniteHeads<H extends Head>(a: H, b: H): H {
  if (isOtherMail(a, b)) {
    const [kept, other] = inOrder(a, b);
    return { ...kept, ...uniteLinks(kept, other) };
  }
  const [better, other] = rankOfHead(a) <= rankOfHead(b) ? [a, b] : [b, a];
  return uniteInto(better, other);
}

/** Whether two mails with one Message-ID have two senders; a list that put itself in as sender is none. */
export function isOtherMail(a: Head, b: Head): boolean {
  if (a.from === null || b.from === null || a.from.address === b.from.address) return false;
  const lists = [...a.lists, ...b.lists];
  return !isList(a.from, lists) && !isList(b.from, lists);
}

/** The mail that stands of two with one Message-ID and two senders: the earlier dated one. */
export function inOrder<H extends Head>(a: H, b: H): readonly [kept: H, other: H] {
  return rankOfSender(a) <= rankOfSender(b) ? [a, b] : [b, a];
}

/** A mail without a date comes last. */
function rankOfSender({ date, from }: Head): string {
  return JSON.stringify([date ?? '~', from?.address]);
}

function leaveOut(kept: Message, other: Message): Message {
  const text = `another mail has the same Message-ID, from ${other.from?.address ?? 'nobody'}; it was left out`;
  const problems = uniteProblems(kept, { ...other, problems: [...other.problems, { kind: 'forged-copy', text }] });
  return { ...kept, ...uniteLinks(kept, other), problems };
}

/** The problems of the mail that was kept, and whatever either tells of mails that were left out. */
function uniteProblems(kept: Message, other: Message): readonly Problem[] {
  const told = new Map(
    [...kept.problems, ...other.problems].filter(isForged).map((problem) => [problem.text, problem]),
  );
  const own = kept.problems.filter((problem) => !isForged(problem));
  return [...own, ...[...told.values()].sort((a, b) => (a.text < b.text ? -1 : 1))];
}

function isForged({ kind }: Problem): boolean {
  return kind === 'forged-copy';
}

function uniteInto<H extends Head>(better: H, other: H): H {
  return {
    ...better,
    from: unitedSender(better, other),
    date: better.date ?? other.date,
    subject: better.subject || other.subject,
    to: unitePeople(better.to, other.to),
    cc: unitePeople(better.cc, other.cc),
    ...uniteLinks(better, other),
    lists: [...new Set([...better.lists, ...other.lists])].sort(),
    headers: uniteHeaders(better.headers, other.headers),
    url: better.url ?? other.url,
  };
}

/** What ties a mail to its thread. */
function uniteLinks(better: Head, other: Head): Pick<Head, 'inReplyTo' | 'references'> {
  return {
    inReplyTo: uniteIds(better.inReplyTo, other.inReplyTo),
    // The parent is the last reference, so what only the other copy has goes in front.
    references: uniteIds(missingIn(better.references, other.references), better.references),
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
  const damage = message.problems.filter((problem) => !isForged(problem)).length;
  return [-message.parts.length - message.otherParts.length, damage, textOf(message).length];
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
  const lists = [...better.lists, ...other.lists];
  return isList(better.from, lists) && !isList(other.from, lists) ? other.from : better.from;
}

/** Whether an address is that of a list, by its List-Id. */
function isList({ address }: Address, lists: readonly string[]): boolean {
  return lists.includes(address.replace('@', '.'));
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
