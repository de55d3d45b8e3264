import type { Provenance, Signal } from '../../model/evidence.ts';
import type { MessageId } from '../../model/message.ts';
import type { Genre, Status } from '../../model/verdict.ts';
import type { ThreadView } from '../../model/view.ts';
import { toOpening } from '../opening.ts';
import { toRegression } from '../regression/to-regression.ts';
import { MIN_COMMIT, toTieKey } from './tie-keys.ts';

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
    for (const tie of readTies(view, index)) {
      const key = `${tie.report} ${tie.patch}`;
      if (tie.report !== view.thread.id && !ties.has(key)) ties.set(key, tie);
    }
  }
  return [...ties.values()];
}

/** What the tags of a thread's patches tie it to. */
function readTies(view: ThreadView, index: Index): FixTie[] {
  return view.thread.messages.flatMap(({ message }) => {
    const own = (view.evidence.get(message.id)?.signals ?? []).filter(({ depth }) => depth === 0);
    return own.some(({ name }) => name === 'diff') ? own.flatMap((signal) => tieSignal(signal, view, index)) : [];
  });
}

/**
 * The status of a report once patches are tied to it; what is settled stays.
 * @param patches the states of their threads: a patch that was taken has fixed what it is for
 */
export function toTiedStatus(status: Status, patches: readonly Status[] = []): Status {
  if (status === 'fixed' || status === 'duplicate' || status === 'not-a-bug') return status;
  return patches.includes('fixed') ? 'fixed' : 'patch-proposed';
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

function tieSignal(signal: Signal, view: ThreadView, index: Index): FixTie[] {
  const { message, part, line, quote, depth } = signal;
  const where = { message, part, line, quote, depth };
  const key = toTieKey(signal);
  if (!key) return [];
  const reports = {
    link: () => [index.byMessage.get(key.key) ?? []].flat(),
    commit: () =>
      (index.byCommit.get(key.key) ?? [])
        .filter(({ commit }) => isSameCommit(commit, signal.value ?? ''))
        .map(({ report }) => report),
    reporter: () =>
      (index.byReporter.get(key.key) ?? [])
        .filter((report) => shares(report, view, signal))
        .map((report) => report.thread.id),
  };
  return reports[key.kind]().map((report) => ({ report, patch: view.thread.id, by: key.kind, where }));
}

function isSameCommit(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one);
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
