import type { Evidence } from '../model/evidence.ts';
import type { MessageId } from '../model/message.ts';
import type { Thread } from '../model/thread.ts';
import type { TriageFix, TriageThread } from '../model/triage.ts';
import type { Status } from '../model/verdict.ts';
import type { ThreadView } from '../model/view.ts';
import type { Correction, Store } from '../ports.ts';
import type { TieKey } from '../ports/ties.ts';
import { buildThread } from '../thread/build-threads.ts';
import { findFixTies, toTiedStatus, type FixTie } from '../verdict/status/tie-fixes.ts';
import { readSelf, toTieKeys } from '../verdict/status/tie-keys.ts';

/** Patches that one report tells, and threads that are read to find them. */
const MOST_FIXES = 20;

const EPOCH = new Date(0);

/**
 * The status of a report also follows from patches in other threads: by a link to it, by `Fixes:` of the commit that it
 * found, or by its reporter's name. Only the threads at hand are looked at.
 *
 * @param judged the documents, in the order of `threads`.
 */
export function tieThreads(
  judged: readonly TriageThread[],
  { threads, evidence }: { readonly threads: readonly Thread[]; readonly evidence: ReadonlyMap<MessageId, Evidence> },
): TriageThread[] {
  const seen = threads.flatMap((thread, at) => {
    const genre = judged[at]?.genre;
    return genre === undefined ? [] : [{ view: { thread, evidence, asOf: EPOCH }, genre }];
  });
  const ties = new Map<string, FixTie[]>();
  for (const tie of findFixTies(seen)) ties.set(tie.report, [...(ties.get(tie.report) ?? []), tie]);
  const dates = toDates(threads);
  const byId = new Map(judged.map((one) => [one.id, one]));
  return judged.map((one) => withFixes(one, toFixes(ties.get(one.id) ?? [], byId, dates)));
}

/**
 * The same for a thread that goes into the store, by what the store knows of patches elsewhere: a few threads, looked up.
 *
 * @returns the document, and what ties it to others, for the store to keep.
 */
export async function tieStored(
  judged: TriageThread,
  {
    thread,
    evidence,
    corrections,
  }: {
    readonly thread: Thread;
    readonly evidence: ReadonlyMap<MessageId, Evidence>;
    readonly corrections: readonly Correction[];
  },
  store: Pick<Store, 'tiedPatches'>,
): Promise<{ readonly thread: TriageThread; readonly ties: readonly TieKey[] }> {
  const view: ThreadView = { thread, evidence, asOf: EPOCH };
  const ties = toTieKeys(view, judged);
  if (judged.genre !== 'report') return { thread: judged, ties };
  const patches = await store.tiedPatches(ties, thread.id, MOST_FIXES);
  const views = patches.map((patch) => ({
    view: { thread: buildThread(patch.heads), evidence: patch.evidence, asOf: EPOCH },
    genre: 'patch' as const,
  }));
  const found = findFixTies([{ view, genre: 'report' }, ...views]).filter(({ report }) => report === thread.id);
  const byId = new Map(patches.map(({ id, self }) => [id, { status: readSelf(self) ?? 'new' }] as const));
  const fixes = toFixes(found, byId, toDates(views.map((one) => one.view.thread)));
  const isSaid = corrections.some(({ field, undone }) => field === 'status' && undone === null);
  return { thread: withFixes(judged, fixes, isSaid), ties };
}

function toDates(threads: readonly Thread[]): ReadonlyMap<string, string | null> {
  return new Map(threads.flatMap(({ messages }) => messages.map(({ message }) => [message.id, message.date] as const)));
}

function toFixes(
  ties: readonly FixTie[],
  patches: ReadonlyMap<string, { readonly status: Status }>,
  dates: ReadonlyMap<string, string | null>,
): TriageFix[] {
  return ties
    .flatMap(({ patch, by, where: { message, line, quote } }) => {
      const status = patches.get(patch)?.status;
      return status === undefined
        ? []
        : [{ thread: patch, status, by, message, date: dates.get(message) ?? null, line, quote }];
    })
    .sort((a, b) => ((a.date ?? '') + a.thread < (b.date ?? '') + b.thread ? -1 : 1))
    .slice(0, MOST_FIXES);
}

/** What a person said of the status stands. */
function withFixes(thread: TriageThread, fixes: readonly TriageFix[], isSaid = false): TriageThread {
  if (fixes.length === 0) return thread;
  // The reporter's name alone is too little to call a report fixed.
  const taken = fixes.filter(({ by }) => by !== 'reporter').map(({ status }) => status);
  return { ...thread, status: isSaid ? thread.status : toTiedStatus(thread.status, taken), fixes };
}
