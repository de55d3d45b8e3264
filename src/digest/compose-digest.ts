import type { DigestSource, Release, Snapshot, Window } from '../model/digest.ts';
import type { TriageThread } from '../model/triage.ts';
import { daysBetween, toTime, writeTime } from '../lib/days.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import { foldBackports } from './backport-watch.ts';
import { findBlindSpots } from './blind-spots.ts';
import type { Digest, DigestEntry } from './digest.ts';
import { matchesFilter, type Filter } from './filter/filter.ts';
import { findClusters } from './find-clusters.ts';
import { foldBackground, foldCi, isFailure, isToldByName } from './fold.ts';
import { countMix } from './mix.ts';
import { toReleaseView } from './release/to-release-view.ts';
import { sortIntoSections } from './sections.ts';
import { toEntry } from './to-entry.ts';

/** For whom a digest is; without any of it, for everybody, against the day before. */
export interface DigestOptions {
  /** What the reader's last digest told. */
  readonly previous?: Snapshot | null;
  readonly filter?: Filter | null;
  /** The reader's addresses: what `me` means in a filter, and whom "Needs you" is about. */
  readonly reader?: readonly string[];
}

/** A report that nobody has moved for so long is in no list any more; a release's list may still have it. */
const OPEN_DAYS = 60;

/**
 * Puts the threads of a window into the order in which people read (`domain.md` 6.2): what needs a human now, new reports,
 * what moved, what waits for whom, possible duplicates, the release, machine mail folded, patches to backport, and the counts
 * of the rest. Pure: the same source and options give the same digest, to the byte.
 */
export function composeDigest(source: DigestSource, options: DigestOptions = {}): Digest {
  const { list, window, arrived, release = null } = source;
  const { previous = null, filter = null } = options;
  const reader = (options.reader ?? []).map((one) => one.toLowerCase());
  const threads = source.threads.filter((one) => isWanted(one, filter, reader)).sort(byStart);
  const told = threads.map((thread) => ({ thread, entry: toEntry(thread, source, { previous, reader }) }));
  const parts = {
    ...sortIntoSections(told.filter((one) => isCurrent(one, window)).map(({ entry }) => entry)),
    duplicates: findClusters(threads, arrived),
    release: release && toReleaseView(told, { release, words: source.releaseWords ?? new Map() }),
    ci: foldCi(threads, arrived),
    backports: filter === null ? foldBackports(source.mends ?? []) : [],
    background: foldBackground(threads, arrived),
  };
  return {
    list: toSafeLine(list, 100),
    window,
    title: writeWindow(window),
    span: isWholeDay(window) ? 'The whole day, UTC' : `${writeTime(window.from)} to ${writeTime(window.to)}`,
    counts: countAll(source, threads),
    mix: countMix(source.threads, arrived),
    filter: filter === null || filter.text === '' ? null : filter.text,
    cycle: release && writeCycle(release),
    blindSpots: findBlindSpots(source),
    ...parts,
    isEmpty: !hasNews(parts) && !threads.some((thread) => isToldByName(thread, arrived)),
  };
}

/** Every thread of a source with what a digest for everybody says of it, oldest first. */
export function composeEntries(source: DigestSource): { readonly thread: TriageThread; readonly entry: DigestEntry }[] {
  const threads = [...source.threads].sort(byStart);
  return threads.map((thread) => ({ thread, entry: toEntry(thread, source, { previous: null, reader: [] }) }));
}

/** Announcements and advisories are for everybody, whatever they asked for. */
function isWanted(thread: TriageThread, filter: Filter | null, reader: readonly string[]): boolean {
  if (filter === null || thread.genre === 'announcement' || thread.genre === 'security') return true;
  return matchesFilter(filter, thread, reader);
}

/** Threads that are older stand in the source for the release's sake. */
function isCurrent({ entry }: { readonly entry: DigestEntry }, { to }: Window): boolean {
  return entry.arrived > 0 || (daysBetween(entry.lastActivityAt, to) ?? 0) <= OPEN_DAYS;
}

function byStart(a: TriageThread, b: TriageThread): number {
  const [first, second] = [`${a.startedAt ?? ''} ${a.id}`, `${b.startedAt ?? ''} ${b.id}`];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Something that a reader would want to be sent: lists of what waits, and counts of patches, are none. */
function hasNews({ sections, duplicates, ci }: Pick<Digest, 'sections' | 'duplicates' | 'ci'>): boolean {
  const entries = sections.flatMap(({ entries: shown, cut }) => [...shown, ...cut]);
  return entries.some(isNews) || duplicates.length > 0 || ci.some(isFailure);
}

/** Without a last digest to compare with, what needs a human is news every day. */
function isNews({ mark, urgent, brief, genre }: DigestEntry): boolean {
  return (mark !== null && (genre === 'report' || genre === 'question')) || (urgent.length > 0 && !brief);
}

const DAY = 86_400_000;

function isWholeDay({ from, to }: Window): boolean {
  return from.slice(11, 19) === '00:00:00' && (toTime(to) ?? 0) - (toTime(from) ?? 0) === DAY;
}

/** `2017-09-28` for a whole UTC day, else both ends. */
function writeWindow(window: Window): string {
  const { from, to } = window;
  return isWholeDay(window) ? from.slice(0, 10) : `${from.slice(0, 16)} to ${to.slice(0, 16)}`;
}

/** `Xen 4.20 is being made (4.19: 2024-07-29); rc2, 2025-01-29`. */
function writeCycle({ name, last, since, candidate, frozen }: Release): string {
  const before = last === null || since === null ? '' : ` (${last}: ${since})`;
  const state = candidate ?? (frozen ? 'only fixes go in' : null);
  return `Xen ${name} is being made${before}${state === null ? '' : `; ${state}`}`;
}

/** Mails and threads of the whole list; reports of those that are shown. */
function countAll({ counts, arrived }: DigestSource, threads: readonly TriageThread[]): Digest['counts'] {
  const reports = threads.filter(({ genre }) => genre === 'report');
  const isTouched = ({ messages }: TriageThread) => messages.some(({ id }) => arrived.has(id));
  const isNew = ({ messages }: TriageThread) => messages[0] !== undefined && arrived.has(messages[0].id);
  return [
    { name: 'mails', count: counts.mails },
    { name: 'threads', count: counts.threads },
    { name: 'new reports', count: reports.filter(isNew).length },
    { name: 'reports touched', count: reports.filter(isTouched).length },
    { name: 'fixed', count: reports.filter((one) => one.status === 'fixed' && isTouched(one)).length },
  ];
}
