import type { Evidence } from '../model/evidence.ts';
import type { MessageId } from '../model/message.ts';
import type { Thread } from '../model/thread.ts';
import type { TriageThread } from '../model/triage.ts';
import { findFixTies, toTiedStatus } from '../verdict/status/tie-fixes.ts';

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
    return genre === undefined ? [] : [{ view: { thread, evidence, asOf: new Date(0) }, genre }];
  });
  const tied = new Set<string>(findFixTies(seen).map(({ report }) => report));
  return judged.map((thread) => (tied.has(thread.id) ? { ...thread, status: toTiedStatus(thread.status) } : thread));
}
