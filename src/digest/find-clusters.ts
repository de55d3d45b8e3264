import type { TriageThread } from '../model/triage.ts';
import { toShownTitle } from './trace-lines.ts';
import { toLink } from '../lib/markup.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import type { Cluster } from './digest.ts';
import { writeTitle } from './to-entry.ts';

/**
 * Report threads that show the same crash, or that somebody calls duplicates, with the reason. Only clusters in which
 * something arrived are told: the rest was told before. In the order of the threads as given.
 */
export function findClusters(threads: readonly TriageThread[], arrived: ReadonlySet<string>): Cluster[] {
  const reports = threads.filter(({ genre }) => genre === 'report');
  return [...clustersByTrace(reports), ...clustersByWord(reports)]
    .filter(({ members }) => members.some(({ messages }) => messages.some(({ id }) => arrived.has(id))))
    .map(({ why, members }) => ({ why, entries: members.map(toReference) }));
}

interface Grouped {
  readonly why: string;
  readonly members: readonly TriageThread[];
}

function clustersByTrace(threads: readonly TriageThread[]): Grouped[] {
  const groups = new Map<string, { title: string; members: Set<TriageThread> }>();
  for (const thread of threads) {
    for (const trace of thread.traces) {
      const group = groups.get(trace.fingerprint) ?? { title: toShownTitle(trace.title), members: new Set() };
      group.members.add(thread);
      groups.set(trace.fingerprint, group);
    }
  }
  const several = [...groups.values()].filter(({ members }) => members.size > 1);
  return uniteEqual(
    several.map(({ title, members }) => ({
      why: `the same crash: ${toSafeLine(title, 200)}`,
      members: [...members],
    })),
  );
}

/** Two traces that occur in the same threads make one cluster, named by the first. */
function uniteEqual(groups: readonly Grouped[]): Grouped[] {
  const seen = new Map<string, Grouped>();
  for (const group of groups) {
    const key = group.members.map(({ id }) => id).join('\n');
    if (!seen.has(key)) seen.set(key, group);
  }
  return [...seen.values()];
}

function clustersByWord(threads: readonly TriageThread[]): Grouped[] {
  const byId = new Map(threads.map((thread) => [thread.id, thread]));
  return threads.flatMap((thread) => {
    const other = thread.duplicateOf === null ? undefined : byId.get(thread.duplicateOf);
    return other === undefined || other === thread
      ? []
      : [{ why: 'the thread says that it is a duplicate', members: [other, thread] }];
  });
}

function toReference(thread: TriageThread): Cluster['entries'][number] {
  return { id: toSafeLine(thread.id, 500), title: writeTitle(thread), url: toLink(thread.messages[0]?.url ?? null) };
}
