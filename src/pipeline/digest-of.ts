import type { DigestSource, Mend, Release, ReleaseWord, Window } from '../model/digest.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Message } from '../model/message.ts';
import type { Testimony } from '../model/testimony.ts';
import type { Head, Thread } from '../model/thread.ts';
import type { TriageFix, TriageThread } from '../model/triage.ts';
import type { Status } from '../model/verdict.ts';
import type { Correction, Store } from '../ports.ts';
import { judgeThread } from '../pipeline.ts';
import type { ReleaseSetting } from '../digest/release/find-release.ts';
import { buildThreads } from '../thread/build-threads.ts';
import type { Trees } from '../routing/trees/trees.ts';
import { tieAsOf } from './tie-as-of.ts';
import { findMends, findReleaseThreads, readRelease, readReleaseWords } from './release-facts.ts';

/** How long a report that nobody moves stays in the digest's lists. */
const OPEN_DAYS = 60;
const DAY = 24 * 60 * 60 * 1000;

/** What a digest asks of a store. */
export type DigestStore = Pick<Store, 'threads' | 'mails' | 'thread' | 'corrections' | 'search'>;

export interface DigestPorts {
  readonly store: DigestStore;
  readonly trees: Trees;
  /** Name of the list, for the header. */
  readonly list: string;
  /** Where the public archive has a mail: this, its id, and a slash. For mails whose source does not know. */
  readonly archive?: string | undefined;
  /** What the operator says of the release that is being made. */
  readonly release?: ReleaseSetting;
  /** What could not be seen in a window, one sentence each. */
  readonly findBlindSpots?: (window: Window) => Promise<readonly string[]>;
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
  const { store, trees, list } = ports;
  const release = await readRelease(window, { store, setting: ports.release ?? {} });
  const gathered: Gathered = {
    threads: [],
    arrived: new Set(),
    statusBefore: new Map(),
    releaseWords: new Map(),
    mends: [],
    counts: { mails: 0, threads: 0, failures: 0, nearMisses: 0 },
  };
  for (const id of await findThreads(window, { store, release })) await gather(id, { window, store, trees, gathered });
  const { threads, mends } = gathered;
  threads.sort((a, b) => (a.id < b.id ? -1 : 1));
  mends.sort((a, b) => (a.title < b.title ? -1 : 1));
  const blindSpots = (await ports.findBlindSpots?.(window)) ?? [];
  const linked = threads.map((thread) => withLinks(thread, ports.archive));
  return { list, window, release, blindSpots, ...gathered, threads: linked };
}

/** Mails without an address of their own get that of the archive. */
function withLinks(thread: TriageThread, archive: string | undefined): TriageThread {
  if (archive === undefined) return thread;
  const messages = thread.messages.map((one) => ({
    ...one,
    url: one.url ?? `${archive.replace(/\/$/, '')}/${encodeURIComponent(one.id).replace('%40', '@')}/`,
  }));
  return { ...thread, messages };
}

interface Gathered {
  readonly threads: TriageThread[];
  readonly arrived: Set<string>;
  readonly statusBefore: Map<string, Status>;
  readonly releaseWords: Map<string, readonly ReleaseWord[]>;
  readonly mends: Mend[];
  readonly counts: { mails: number; threads: number; failures: number; nearMisses: number };
}

/** One stored thread, as it stood at the ends of the window. */
async function gather(
  id: string,
  {
    window,
    store,
    trees,
    gathered,
  }: { readonly window: Window; readonly store: DigestStore; readonly trees: Trees; readonly gathered: Gathered },
): Promise<void> {
  const { counts } = gathered;
  const there = (await store.mails(id)).filter(({ message }) => isBefore(message, window.to));
  if (there.length === 0) return;
  const before = there.filter(({ message }) => isBefore(message, window.from));
  const news = there.filter(({ message }) => !isBefore(message, window.from));
  const said = await readSaid(id, store);
  const then = news.length > 0 ? await judgeAsOf(before, window.from, { said, trees, store }) : [];
  for (const { id: known, status } of then) gathered.statusBefore.set(known, status);
  const now = await judgeAsOf(there, window.to, { said, trees, store });
  for (const thread of now) {
    const own = new Set(thread.messages.map((one) => one.id));
    gathered.threads.push(thread);
    counts.threads += news.some(({ message }) => own.has(message.id)) ? 1 : 0;
    const words = readReleaseWords(there.filter(({ message }) => own.has(message.id)));
    if (words.length > 0) gathered.releaseWords.set(thread.id, words);
  }
  gathered.mends.push(...findMends(news, now));
  for (const { message } of news) gathered.arrived.add(message.id);
  counts.mails += news.length;
  counts.failures += news.filter(({ message }) => message.problems.length > 0).length;
  counts.nearMisses += news.filter(({ evidence }) => evidence.nearMisses > 0).length;
}

/** Threads with a mail in the window, reports that were open not long before it, and what a release may have to do with. */
async function findThreads(
  window: Window,
  { store, release }: { readonly store: DigestStore; readonly release: Release | null },
): Promise<Set<string>> {
  const ids = release === null ? new Set<string>() : await findReleaseThreads(release, { window, store });
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
  readonly fixes: readonly TriageFix[];
}

async function readSaid(id: string, store: DigestStore): Promise<Said> {
  const stored = await store.thread(id);
  return {
    corrections: await store.corrections(id),
    testimony: stored?.testimony,
    messages: new Set(stored?.messages.map((one) => one.id)),
    fixes: stored?.fixes ?? [],
  };
}

/** The same with the patches of other threads that were there by then: they are for the thread that holds the first mail. */
async function judgeAsOf(
  mails: readonly StoredMail[],
  asOf: string,
  { said, trees, store }: { readonly said: Said; readonly trees: Trees; readonly store: DigestStore },
): Promise<TriageThread[]> {
  const [first, ...others] = judgeMails(mails, asOf, { said, trees });
  if (first === undefined) return [];
  const isSaid = said.corrections.some(({ field, at, undone }) => field === 'status' && at < asOf && undone === null);
  return [await tieAsOf(first, { fixes: said.fixes, isSaid }, { asOf, store }), ...others];
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
