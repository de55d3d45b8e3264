import type { Asked } from '../../model/evidence.ts';
import type { Address, Message } from '../../model/message.ts';
import type { Head } from '../../model/thread.ts';
import type { TriageAsked, TriagePeople } from '../../model/triage.ts';
import type { ThreadView } from '../../model/view.ts';
import { findDropped } from './find-dropped.ts';
import { isSamePerson, personKey, readsAs } from './same-person.ts';

type Person = Pick<Message, 'from' | 'to' | 'cc'>;

/**
 * Who takes part in a thread: writers with their counts, everybody addressed anywhere, people whom a mail says it
 * brings in and whether any header carries them, and who was lost on the way.
 *
 * People are told apart by address; where mails have none (saved pages of an archive print names alone), by name.
 *
 * @param directory addresses of people by name, where the thread does not tell; `null` for an unknown name.
 */
export function gatherPeople(view: ThreadView, directory: (name: string) => Address | null): TriagePeople {
  const heads = view.thread.messages.map(({ message }) => message);
  return {
    participants: countWriters(heads),
    to: uniquePeople(heads.flatMap((head) => head.to)),
    cc: uniquePeople(heads.flatMap((head) => head.cc)),
    asked: gatherAsked(view, heads, directory),
    dropped: findDropped(view.thread),
  };
}

function countWriters(heads: readonly Head[]): (Address & { messages: number })[] {
  const writers: { name: string | null; address: string; messages: number }[] = [];
  for (const { from } of heads) {
    if (!from) continue;
    const known = writers.find((writer) => isSamePerson(writer, from));
    if (!known) writers.push({ name: from.name, address: from.address, messages: 1 });
    else {
      known.messages += 1;
      known.name ??= from.name;
    }
  }
  return writers;
}

function uniquePeople(people: readonly Address[]): Address[] {
  const byKey = new Map<string, Address>();
  for (const person of people) {
    const key = personKey(person);
    const known = byKey.get(key);
    if (!known || (known.name === null && person.name !== null)) byKey.set(key, person);
  }
  return [...byKey.values()];
}

function gatherAsked(
  view: ThreadView,
  heads: readonly Head[],
  directory: (name: string) => Address | null,
): TriageAsked[] {
  const entries: TriageAsked[] = [];
  const everybody = peopleOf(heads);
  for (const head of heads) {
    for (const asked of view.evidence.get(head.id)?.asked ?? []) {
      if (asked.depth > 0) continue;
      const entry = toEntry(asked, head, everybody, directory);
      if (!entries.some((other) => isSameAsked(other, entry))) entries.push(entry);
    }
  }
  return entries;
}

function peopleOf(heads: readonly Person[]): Address[] {
  return uniquePeople(heads.flatMap(({ from, to, cc }) => [...(from ? [from] : []), ...to, ...cc]));
}

/** Who is meant is looked for near first: in the mail that says so, in the thread, then in the directory. */
function toEntry(
  asked: Asked,
  head: Head,
  everybody: readonly Address[],
  directory: (name: string) => Address | null,
): TriageAsked {
  const inHeader = match(asked, peopleOf([head]), head.from) ?? match(asked, everybody, head.from);
  const found = inHeader ?? (asked.address === null ? directory(asked.name) : null);
  const known = found ? match({ ...asked, address: found.address }, everybody, head.from) : inHeader;
  return {
    name: asked.name,
    address: asked.address ?? (found?.address || null),
    by: head.from?.address || head.from?.name || '',
    message: asked.message,
    quote: asked.quote,
    reached: inHeader !== null || known !== null,
  };
}

/** Nobody brings in himself: the writer is left out. */
function match(
  asked: Pick<Asked, 'name' | 'address'>,
  people: readonly Address[],
  writer: Address | null,
): Address | null {
  const others = people.filter((person) => !writer || !isSamePerson(person, writer));
  const byAddress = asked.address === null ? undefined : others.find((person) => person.address === asked.address);
  return byAddress ?? others.find((person) => readsAs(person, asked.name)) ?? null;
}

function isSameAsked(one: TriageAsked, other: TriageAsked): boolean {
  if (one.address !== null && one.address === other.address) return true;
  return one.name.toLowerCase() === other.name.toLowerCase();
}
