import type { TriageFix, TriageThread } from '../model/triage.ts';
import type { Status } from '../model/verdict.ts';
import type { Store } from '../ports.ts';
import { toTiedStatus } from '../verdict/status/tie-fixes.ts';

/** What the store knows of patches for a report, and whether a person gave its status. */
export interface KnownFixes {
  readonly fixes: readonly TriageFix[];
  readonly isSaid: boolean;
}

/**
 * A report with the patches of other threads that were there by a day, and the status that follows from them. Whether such a
 * patch was taken is known where its thread had ended by then; else it counts as proposed.
 *
 * @param asOf ISO 8601: what is dated later is not looked at.
 */
export async function tieAsOf(
  thread: TriageThread,
  { fixes, isSaid }: KnownFixes,
  { asOf, store }: { readonly asOf: string; readonly store: Pick<Store, 'thread'> },
): Promise<TriageThread> {
  const there = fixes.filter(({ date }) => date !== null && date < asOf);
  if (there.length === 0 || thread.genre !== 'report') return thread;
  const known = await Promise.all(there.map(async (fix) => ({ ...fix, status: await readStatus(fix, asOf, store) })));
  const taken = known.filter(({ by }) => by !== 'reporter').map(({ status }) => status);
  return { ...thread, status: isSaid ? thread.status : toTiedStatus(thread.status, taken), fixes: known };
}

async function readStatus(fix: TriageFix, asOf: string, store: Pick<Store, 'thread'>): Promise<Status> {
  const patch = await store.thread(fix.thread);
  return patch?.lastActivityAt != null && patch.lastActivityAt < asOf ? patch.status : 'patch-proposed';
}
