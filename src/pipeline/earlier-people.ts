import type { Address } from '../model/message.ts';
import type { Suggestion } from '../model/routing.ts';
import type { TriageThread } from '../model/triage.ts';
import type { Store } from '../ports.ts';
import { isCatchAllList } from '../routing/people/section-people.ts';
import { PersonIndex } from '../routing/people/person-key.ts';
import { isListAddress } from '../routing/shown.ts';
import { findSimilar, type Similar } from './find-similar.ts';

/** Threads with the same crash that are looked at, and people of each. */
const MOST_THREADS = 3;
const MOST_PEOPLE = 3;
/** Somebody who answered the same crash once, and nothing else: no labels tell how often that is right, so it is told low. */
const SCORE = 0.2;
/** Where a fix came of it, a little more. */
const SOLVED = 0.3;

/**
 * The thread with those who answered, or solved, earlier threads of the store with the same crash: as one more reason where
 * they are suggested already, as responders of their own elsewhere. Threads without a crash stay as they are.
 */
export async function withEarlierPeople(
  thread: TriageThread,
  store: Pick<Store, 'thread' | 'tracesLike'>,
): Promise<TriageThread> {
  if (thread.traces.length === 0) return thread;
  const same = (await findSimilar(thread, store, MOST_THREADS)).filter(({ distance }) => distance === 0);
  let routing = thread.routing;
  for (const one of same) {
    const earlier = await store.thread(one.thread);
    if (earlier && isEarlier(earlier, thread)) routing = addPeople(routing, { thread, earlier, similar: one });
  }
  return routing === thread.routing ? thread : { ...thread, routing };
}

function isEarlier(one: TriageThread, other: TriageThread): boolean {
  return one.startedAt !== null && (other.startedAt === null || one.startedAt < other.startedAt);
}

interface Found {
  readonly thread: TriageThread;
  readonly earlier: TriageThread;
  readonly similar: Similar;
}

function addPeople(routing: readonly Suggestion[], { thread, earlier, similar }: Found): readonly Suggestion[] {
  const reporter = new PersonIndex<true>();
  for (const one of [thread.messages[0]?.from, earlier.messages[0]?.from]) if (one) reporter.add(true, one);
  const addressed = new PersonIndex<true>();
  const { participants, to, cc } = thread.people;
  for (const one of [...participants, ...to, ...cc]) addressed.add(true, one);
  const answered = findAnswerers(earlier).filter((person) => reporter.find(person) !== true);
  const isSolved = earlier.status === 'fixed' || earlier.fixedBy !== null;
  const says = `${isSolved ? 'answered what was solved in' : 'answered in'} "${similar.subject}" (${toPlace(earlier)}): the same crash, ${similar.title}`;
  let all = [...routing];
  for (const person of answered.slice(0, MOST_PEOPLE)) {
    const known = new PersonIndex<Suggestion>();
    for (const one of all) known.add(one, one);
    const suggestion = known.find(person);
    if (suggestion) {
      all = all.map((one) => (one === suggestion ? { ...one, reasons: [says, ...one.reasons] } : one));
      continue;
    }
    const isAddressed = addressed.find(person) === true;
    const score = isSolved ? SOLVED : SCORE;
    const { name, address } = person;
    const own = { role: 'responder', project: projectOf(thread, similar), section: null } as const;
    all.push({ ...own, name: name ?? '', address, score, addressed: isAddressed, reasons: [says] });
  }
  return all.sort((a, b) => Number(isForAll(a)) - Number(isForAll(b)) || b.score - a.score);
}

/** Lists for everything stay last. */
function isForAll({ role, address }: Suggestion): boolean {
  return role === 'list' && isCatchAllList(address);
}

/** The tree of the crash that both threads hold. */
function projectOf(thread: TriageThread, similar: Similar): string {
  const project = thread.traces.find(({ fingerprint }) => fingerprint === similar.fingerprint)?.project ?? 'xen';
  return project === 'userspace' ? 'xen' : project;
}

/** Whoever writes beside the one who began, most mails first. */
function findAnswerers(thread: TriageThread): readonly Address[] {
  const counts = new Map<string, { readonly person: Address; count: number }>();
  for (const { from } of thread.messages.slice(1)) {
    const key = from.address.toLowerCase();
    if (!key.includes('@') || isListAddress(key)) continue;
    const known = counts.get(key);
    if (known) known.count += 1;
    else counts.set(key, { person: from, count: 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count).map(({ person }) => person);
}

function toPlace(thread: TriageThread): string {
  return thread.messages[0]?.url ?? thread.id;
}
