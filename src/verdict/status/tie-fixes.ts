import type { Provenance, Signal } from '../../model/evidence.ts';
import type { MessageId } from '../../model/message.ts';
import type { Genre, Status } from '../../model/verdict.ts';
import type { ThreadView } from '../../model/view.ts';
import { toOpening } from '../opening.ts';
import { toRegression } from '../regression/to-regression.ts';
import { toLinkedId } from './linked-id.ts';

/** A patch of another thread that belongs to a report, and the tag that says so. */
export interface FixTie {
  readonly report: MessageId;
  /** The thread of the patch. */
  readonly patch: MessageId;
  /** A link to the report, a `Fixes:` of the commit that the report blames, or the reporter's name with a shared function. */
  readonly by: 'link' | 'commit' | 'reporter';
  readonly where: Provenance;
}

const DAY = 86_400_000;
/** A patch that credits a reporter comes within so many days of the report. */
const MAX_DAYS = 120;
const MIN_COMMIT = 7;

interface Index {
  readonly byMessage: Map<string, MessageId>;
  /** First seven digits of a blamed commit. */
  readonly byCommit: Map<string, { readonly report: MessageId; readonly commit: string }[]>;
  readonly byReporter: Map<string, ThreadView[]>;
}

/**
 * Which patches belong to which reports, over the threads given: by `Link:`, `Closes:` or `Resolves:` to a mail of the
 * report, by `Fixes:` of the commit that the report found, or by `Reported-by:` the reporter where the patch also names
 * a function of the report's trace. Linear in the number of tags; a thread is never tied to itself.
 */
export function findFixTies(threads: readonly { readonly view: ThreadView; readonly genre: Genre }[]): FixTie[] {
  const index = toIndex(threads.filter(({ genre }) => genre === 'report').map(({ view }) => view));
  const ties = new Map<string, FixTie>();
  for (const { view } of threads) {
    for (const { message } of view.thread.messages) {
      const signals = view.evidence.get(message.id)?.signals ?? [];
      if (!signals.some(({ name, depth }) => name === 'diff' && depth === 0)) continue;
      for (const signal of signals) {
        const tie = signal.depth === 0 ? tieSignal(signal, view, index) : null;
        if (!tie || tie.report === view.thread.id) continue;
        const key = `${tie.report} ${tie.patch}`;
        if (!ties.has(key)) ties.set(key, tie);
      }
    }
  }
  return [...ties.values()];
}

/** The status of a report once a patch is tied to it; what is settled stays. */
export function toTiedStatus(status: Status): Status {
  return status === 'new' || status === 'acknowledged' || status === 'needs-info' || status === 'stale'
    ? 'patch-proposed'
    : status;
}

function toIndex(reports: readonly ThreadView[]): Index {
  const index: Index = { byMessage: new Map(), byCommit: new Map(), byReporter: new Map() };
  for (const view of reports) {
    const report = view.thread.id;
    index.byMessage.set(report, report);
    for (const { message } of view.thread.messages) index.byMessage.set(message.id, report);
    const commit = toRegression(view).regression?.commit;
    if (commit) push(index.byCommit, commit.slice(0, MIN_COMMIT), { report, commit });
    const reporter = toOpening(view)?.reporter?.address;
    if (reporter) push(index.byReporter, reporter, view);
  }
  return index;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

function tieSignal(signal: Signal, view: ThreadView, index: Index): FixTie | null {
  const { name, message, part, line, quote, depth } = signal;
  const value = signal.value ?? '';
  const to = (report: MessageId | undefined, by: FixTie['by']): FixTie | null =>
    report === undefined ? null : { report, patch: view.thread.id, by, where: { message, part, line, quote, depth } };
  if (name === 'tag:link') return to(index.byMessage.get(toLinkedId(value) ?? ''), 'link');
  if (name === 'tag:fixes') {
    const found = index.byCommit.get(value.slice(0, MIN_COMMIT).toLowerCase()) ?? [];
    return to(found.find(({ commit }) => commit.startsWith(value) || value.startsWith(commit))?.report, 'commit');
  }
  if (name !== 'tag:reported-by') return null;
  const address = /<(?<address>[^<>\s]{3,100})/.exec(value)?.groups?.['address']?.toLowerCase();
  const reports = index.byReporter.get(address ?? '') ?? [];
  return to(reports.find((report) => shares(report, view, signal))?.thread.id, 'reporter');
}

/** Whether a patch comes soon after a report, and speaks of a function that the report's traces show. */
function shares(report: ThreadView, patch: ThreadView, { message }: Signal): boolean {
  const began = report.thread.messages[0]?.message.date;
  const sent = patch.thread.messages.find(({ message: { id } }) => id === message)?.message.date;
  if (!began || !sent) return false;
  const days = (Date.parse(sent) - Date.parse(began)) / DAY;
  if (days < 0 || days > MAX_DAYS) return false;
  const shown = new Set(
    [...report.evidence.values()].flatMap(({ traces }) =>
      traces.flatMap(({ culprit, frames }) => [culprit, ...frames.map((frame) => frame.function)]),
    ),
  );
  const evidence = patch.evidence.get(message);
  const named = (evidence?.mentions ?? []).filter(({ kind }) => kind === 'function').map(({ value }) => value);
  const quoted = (evidence?.traces ?? []).map(({ culprit }) => culprit);
  return [...named, ...quoted].some((name) => name !== null && shown.has(name));
}
