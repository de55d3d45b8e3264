import type { DigestSource, Window } from '../model/digest.ts';
import type { TriageThread } from '../model/triage.ts';
import type { Store } from '../ports.ts';
import { judgeThread } from '../pipeline.ts';
import { buildThread } from '../thread/build-threads.ts';
import type { Trees } from '../routing/trees/trees.ts';

/** How long a report that nobody moves stays in the digest's lists. */
const OPEN_DAYS = 60;
const DAY = 24 * 60 * 60 * 1000;

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
 * looked at, and the threads they would have changed are judged without them.
 */
export async function digestOf(
  window: Window,
  { store, trees, list }: { readonly store: Store; readonly trees: Trees; readonly list: string },
): Promise<DigestSource> {
  const threads = new Map<string, TriageThread>();
  const open = { from: new Date(Date.parse(window.from) - OPEN_DAYS * DAY).toISOString(), to: window.to };
  for await (const thread of store.threads({ window })) threads.set(thread.id, thread);
  for await (const thread of store.threads({ window: open, genre: 'report' })) threads.set(thread.id, thread);
  const then: TriageThread[] = [];
  for (const thread of threads.values()) {
    const seen = await asOfEnd(thread, window, { store, trees });
    if (seen) then.push(seen);
  }
  const arrived = new Set(
    then.flatMap(({ messages }) => messages.filter(({ date }) => isIn(date, window)).map(({ id }) => id)),
  );
  const touched = then.filter(({ messages }) => messages.some(({ id }) => arrived.has(id)));
  const { problems, nearMisses } = await store.counts();
  return {
    list,
    window,
    threads: then.sort((a, b) => (a.id < b.id ? -1 : 1)),
    arrived,
    counts: { mails: arrived.size, threads: touched.length, failures: problems, nearMisses },
  };
}

function isIn(date: string | null, window: Window): boolean {
  return date !== null && date >= window.from && date < window.to;
}

/** The thread as it stood at the end of the window; `null` where none of its mails was there yet. */
async function asOfEnd(
  thread: TriageThread,
  window: Window,
  { store, trees }: { readonly store: Store; readonly trees: Trees },
): Promise<TriageThread | null> {
  const asOf = new Date(window.to);
  if (thread.lastActivityAt !== null && thread.lastActivityAt < window.to) return thread;
  const mails = await store.mails(thread.id);
  const there = mails.filter(({ message }) => message.date !== null && message.date < window.to);
  if (there.length === 0) return null;
  const evidence = new Map(there.map((one) => [one.message.id, one.evidence]));
  return judgeThread(buildThread(there.map(({ message }) => message)), evidence, { trees, asOf });
}
