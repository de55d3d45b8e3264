import type { Release, ReleaseWord } from '../../model/digest.ts';
import type { TriageThread } from '../../model/triage.ts';
import { toSafeLine } from '../../lib/safe-text.ts';
import type { DigestEntry, ReleaseItem, ReleaseMatter, ReleaseView } from '../digest.ts';
import { writeRegression } from '../environment-line.ts';
import { toTopic } from '../filter/side-rows.ts';
import { isOpen } from '../turn.ts';
import { RELEASES } from './release-rows.ts';

/** In the order in which a release manager reads. */
const ORDER: readonly ReleaseMatter[] = ['blocker', 'asked', 'regression', 'candidate', 'revert'];

const MOST_OPEN = 12;
const MOST_CLOSED = 8;

export interface Candidate {
  readonly thread: TriageThread;
  readonly entry: DigestEntry;
}

/**
 * The threads that a release has to do with: what somebody calls a blocker, what worked in an earlier release, what is seen
 * with a candidate, what is to be reverted. Nothing is graded by heddle itself: each item says who said what.
 * `null` where nothing is to be told. Stable order: matter, severity, oldest first.
 *
 * @param most `false` leaves nothing out, for the release manager's own list.
 */
export function toReleaseView(
  candidates: readonly Candidate[],
  {
    release,
    words,
    capped = true,
  }: {
    readonly release: Release;
    readonly words: ReadonlyMap<string, readonly ReleaseWord[]>;
    readonly capped?: boolean;
  },
): ReleaseView | null {
  const items = candidates
    .flatMap((one) => toItem(one, release, words.get(one.thread.id) ?? []) ?? [])
    .sort(compareItems);
  const told = release.frozen ? items : items.filter(({ matter }) => matter === 'blocker' || matter === 'asked');
  if (told.length === 0) return null;
  const open = told.filter(({ entry }) => isOpen(entry));
  const closed = told.filter(({ entry, matter }) => !isOpen(entry) && matter !== 'revert');
  if (!capped) return { release, open, closed, more: 0 };
  const more = Math.max(0, open.length - MOST_OPEN) + Math.max(0, closed.length - MOST_CLOSED);
  return { release, open: open.slice(0, MOST_OPEN), closed: closed.slice(0, MOST_CLOSED), more };
}

function compareItems(a: ReleaseItem, b: ReleaseItem): number {
  const matter = ORDER.indexOf(a.matter) - ORDER.indexOf(b.matter);
  const [first, second] = [a, b].map(({ entry }) => `${entry.startedAt ?? ''} ${entry.id}`);
  return matter || b.entry.severity - a.entry.severity || ((first ?? '') < (second ?? '') ? -1 : 1);
}

function toItem({ thread, entry }: Candidate, release: Release, words: readonly ReleaseWord[]): ReleaseItem | null {
  const said = lastWords(words.filter((word) => isOfRelease(word, release)));
  const blocking = said.filter(({ stance }) => stance !== 'no-blocker');
  const matter = toMatter(thread, release, blocking);
  if (matter === null) return null;
  const regression = writeRegression(thread.regression);
  const reasons = [
    ...said.map(writeWord),
    ...(regression === null ? [] : [regression]),
    ...(matter === 'candidate' ? [`seen with ${writeCandidate(thread, release)}`] : []),
  ];
  const informants = [...new Set([entry.reporter, ...said.map(({ by }) => toSafeLine(by.name ?? by.address, 100))])];
  return { entry, matter, reasons, informants };
}

/** A word that names no release counts for the one that was being made when it was said. */
function isOfRelease({ release: named, date }: ReleaseWord, { name, since }: Release): boolean {
  return named === null ? since === null || date === null || date >= since : named === name;
}

function toMatter(thread: TriageThread, release: Release, said: readonly ReleaseWord[]): ReleaseMatter | null {
  if (said.some(({ stance }) => stance === 'blocker')) return 'blocker';
  if (said.length > 0) return 'asked';
  if (thread.genre === 'patch') return /^revert\b/i.test(toTopic(thread.subject)) ? 'revert' : null;
  if (thread.genre !== 'report' || isOlder(thread, release)) return null;
  if (isOwnRegression(thread, release)) return 'regression';
  return writeCandidate(thread, release) === null ? null : 'candidate';
}

const PARTS: ReadonlySet<string> = new Set(['kernel-version', 'qemu-version', 'libvirt-version']);

/**
 * Whether it is Xen that worked before: the versions are releases of Xen and no kernel's or other program's that the
 * reporter runs; where no version is given, whether it concerns Xen's own programs first of all.
 */
function isOwnRegression({ regression, environment, traces, routing }: TriageThread, release: Release): boolean {
  if (regression === null) return false;
  const versions = [regression.lastGood, regression.firstBad].flatMap((one) => one ?? []);
  if (versions.length === 0) return (traces[0]?.project ?? routing[0]?.project) === 'xen';
  const others = environment.filter(({ key }) => PARTS.has(key)).map(({ value }) => value);
  return versions.every(
    (version) =>
      isOfXen(version, release) && !others.some((other) => other === version || other.startsWith(`${version}.`)),
  );
}

function isOfXen(version: string, { name }: Release): boolean {
  const series = /^\d{1,2}\.\d{1,3}(?![\d])/.exec(version)?.[0];
  return (
    series !== undefined && (series === name || RELEASES.some((one) => one.name === series)) && !/\d-\d/.test(version)
  );
}

function isOlder({ startedAt }: TriageThread, { since }: Release): boolean {
  return since !== null && (startedAt ?? '') < since;
}

/** The candidate or the development version that the reporter runs. */
function writeCandidate({ environment }: TriageThread, { name }: Release): string | null {
  const found = environment.find(
    ({ key, value }) =>
      key === 'xen-version' &&
      (value.startsWith(`${name}-`) || value.startsWith(`${name}.0-`)) &&
      /rc|unstable/.test(value),
  );
  return found === undefined ? null : toSafeLine(found.value, 60);
}

const STANCES: Readonly<Record<ReleaseWord['stance'], string>> = {
  blocker: 'calls it a blocker',
  asked: 'asks whether it is one',
  'no-blocker': 'calls it none',
};

function writeWord({ stance, by, quote }: ReleaseWord): string {
  return `${toSafeLine(by.name ?? by.address, 60)} ${STANCES[stance]}: “${toSafeLine(quote, 160)}”`;
}

/** What is said of one thread, the last word of each person: who has changed their mind counts once. */
function lastWords(words: readonly ReleaseWord[]): ReleaseWord[] {
  const byPerson = new Map<string, ReleaseWord>();
  for (const word of words) byPerson.set(word.by.address || (word.by.name ?? ''), word);
  return [...byPerson.values()];
}
