import type { DigestSource, Window } from '../model/digest.ts';
import type { TriageThread } from '../model/triage.ts';
import { toTime, writeTime } from '../lib/days.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import type { Digest } from './digest.ts';
import { findClusters } from './find-clusters.ts';
import { foldBackground, foldCi } from './fold.ts';
import { sortIntoSections } from './sections.ts';
import { toEntry } from './to-entry.ts';

/**
 * Puts the threads of a window into the order in which people read: what needs a human now, new reports, what moved,
 * what waits for whom, questions, possible duplicates, machine mail folded, and the counts of the rest.
 * Pure: the same source gives the same digest, to the byte.
 */
export function composeDigest(source: DigestSource): Digest {
  const { list, window, arrived } = source;
  const threads = [...source.threads].sort(byStart);
  const sections = sortIntoSections(threads.map((thread) => toEntry(thread, source)));
  return {
    list: toSafeLine(list, 100),
    window,
    title: writeWindow(window),
    span: isWholeDay(window) ? 'The whole day, UTC' : `${writeTime(window.from)} to ${writeTime(window.to)}`,
    counts: countAll(source),
    blindSpots: findBlindSpots(source),
    sections,
    duplicates: findClusters(threads, arrived),
    ci: foldCi(threads, arrived),
    background: foldBackground(threads, arrived),
  };
}

function byStart(a: TriageThread, b: TriageThread): number {
  const [first, second] = [`${a.startedAt ?? ''} ${a.id}`, `${b.startedAt ?? ''} ${b.id}`];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Whether a digest says anything that a person would want to be sent. */
export function isEmpty(digest: Digest): boolean {
  return digest.sections.length === 0 && digest.ci.length === 0 && digest.background.length === 0;
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

function countAll({ threads, counts, arrived }: DigestSource): Digest['counts'] {
  const reports = threads.filter(({ genre }) => genre === 'report');
  const isTouched = (thread: (typeof threads)[number]) => thread.messages.some(({ id }) => arrived.has(id));
  const isNew = ({ messages }: (typeof threads)[number]) => messages[0] !== undefined && arrived.has(messages[0].id);
  return [
    { name: 'mails', count: counts.mails },
    { name: 'threads', count: counts.threads },
    { name: 'new reports', count: reports.filter(isNew).length },
    { name: 'reports touched', count: reports.filter(isTouched).length },
    { name: 'fixed', count: reports.filter((one) => one.status === 'fixed' && isTouched(one)).length },
  ];
}

/** A digest that hides what it could not see is not trusted. */
function findBlindSpots({ counts }: DigestSource): string[] {
  const { failures, nearMisses } = counts;
  return [
    ...(failures > 0 ? [`${failures} ${failures === 1 ? 'mail' : 'mails'} could be read only in part.`] : []),
    ...(nearMisses > 0
      ? [
          `${nearMisses} ${nearMisses === 1 ? 'mail holds' : 'mails hold'} what looks like a crash log of a kind that heddle does not know.`,
        ]
      : []),
  ];
}
