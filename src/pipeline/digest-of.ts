import type { DigestSource, Window } from '../model/digest.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Message } from '../model/message.ts';
import type { Testimony } from '../model/testimony.ts';
import type { Head, Thread } from '../model/thread.ts';
import type { TriageThread } from '../model/triage.ts';
import type { Status } from '../model/verdict.ts';
import type { Correction, Store } from '../ports.ts';
import { judgeThread } from '../pipeline.ts';
import { buildThreads } from '../thread/build-threads.ts';
import type { Trees } from '../routing/trees/trees.ts';

/** How long a report that nobody moves stays in the digest's lists. */
const OPEN_DAYS = 60;
const DAY = 24 * 60 * 60 * 1000;

export interface DigestPorts {
  readonly store: Store;
  readonly trees: Trees;
  /** Name of the list, for the header. */
  readonly list: string;
}

/** The UTC day `YYYY-MM-DD` as a window. Throws a RangeError where it is no day. */
export function toWindow(day: string): Window {
  const from = new Date(`${day}T00:00:00.000Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(from.getTime()) || !from.toISOString().startsWith(day)) {
    throw new RangeError(`${day} is no day: write it as YYYY-MM-DD`);
  }
  return { from: from.toISOString(), to: new Date(from.getTime() + DAY).toISOString() };
}

/**
 * What the digest of a window is drawn from, as it would have been at the window's end: mails that came later are not
 * looked at, and every thread is judged without them, by the maintainers of that day. The same mails give the same
 * source, in whatever order and in how many runs they were imported.
 */
export async function digestOf(window: Window, ports: DigestPorts): Promise<DigestSource> {
  const threads: TriageThread[] = [];
  const arrived = new Set<string>();
  const statusBefore = new Map<string, Status>();
  const counts = { mails: 0, threads: 0, failures: 0, nearMisses: 0 };
  for (const id of await findThreads(window, ports.store)) {
    const there = (await ports.store.mails(id)).filter(({ message }) => isBefore(message, window.to));
    const before = there.filter(({ message }) => isBefore(message, window.from));
    const news = there.filter(({ message }) => !isBefore(message, window.from));
    const said = await readSaid(id, ports.store);
    const then = news.length > 0 ? judgeMails(before, window.from, { said, trees: ports.trees }) : [];
    for (const { id: known, status } of then) statusBefore.set(known, status);
    for (const thread of judgeMails(there, window.to, { said, trees: ports.trees })) {
      threads.push(thread);
      counts.threads += thread.messages.some((one) => news.some(({ message }) => message.id === one.id)) ? 1 : 0;
    }
    for (const { message } of news) arrived.add(message.id);
    counts.mails += news.length;
    counts.failures += news.filter(({ message }) => message.problems.length > 0).length;
    counts.nearMisses += news.filter(({ evidence }) => evidence.nearMisses > 0).length;
  }
  threads.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { list: ports.list, window, threads, arrived, statusBefore, counts };
}

/** Threads with a mail in the window, and reports that were open not long before it. */
async function findThreads(window: Window, store: Store): Promise<Set<string>> {
  const ids = new Set<string>();
  const open = { from: new Date(Date.parse(window.from) - OPEN_DAYS * DAY).toISOString(), to: window.to };
  for await (const { id } of store.threads({ window })) ids.add(id);
  for await (const { id } of store.threads({ window: open, genre: 'report' })) ids.add(id);
  return ids;
}

function isBefore({ date }: Message, end: string): boolean {
  return date !== null && date < end;
}

interface StoredMail {
  readonly message: Message;
  readonly evidence: Evidence;
}

/** What people and a model said of a stored thread. */
interface Said {
  readonly corrections: readonly Correction[];
  readonly testimony: Testimony | undefined;
  /** The mails that the model spoke of. */
  readonly messages: ReadonlySet<string>;
}

async function readSaid(id: string, store: Store): Promise<Said> {
  const stored = await store.thread(id);
  return {
    corrections: await store.corrections(id),
    testimony: stored?.testimony,
    messages: new Set(stored?.messages.map((one) => one.id)),
  };
}

/** Threads as they stood when only these mails were there: a later mail may have joined what were two. */
function judgeMails(
  mails: readonly StoredMail[],
  asOf: string,
  { said, trees }: { readonly said: Said; readonly trees: Trees },
): TriageThread[] {
  const evidence = new Map(mails.map((one) => [one.message.id, one.evidence]));
  const threads = buildThreads<Head>(mails.map(({ message }) => message));
  const day = new Date(asOf);
  return threads.map((thread) =>
    judgeThread(thread, evidence, { trees, asOf: day, today: day, ...toSaidOf(thread, said, asOf) }),
  );
}

/**
 * What was said of one of these threads. A state that a person gave holds from then on; what kind of thread it is, whom it is
 * for and what it repeats was so from the beginning. A model's word holds for the mails that it was shown.
 */
function toSaidOf(thread: Thread, { corrections, testimony, messages }: Said, asOf: string) {
  const ids = new Set<string>(thread.messages.map(({ message }) => message.id));
  const own = corrections
    .filter(({ message }) => ids.has(message) || message === thread.id)
    .filter(({ field, at }) => field !== 'status' || at < asOf)
    .map((one) =>
      one.undone !== null && one.field === 'status' && one.undone.at >= asOf ? { ...one, undone: null } : one,
    );
  const whole = ids.size === messages.size && [...ids].every((id) => messages.has(id));
  return { corrections: own, ...(testimony !== undefined && whole ? { testimony } : {}) };
}
