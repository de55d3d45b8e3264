import { shortenCommits } from '../environment-line.ts';
import { isOpen } from '../turn.ts';
import { writeDays } from '../../lib/days.ts';
import type { ReleaseItem, ReleaseMatter, ReleaseView } from '../digest.ts';

const MATTERS: Readonly<Record<ReleaseMatter, string>> = {
  blocker: 'blocker',
  asked: 'perhaps a blocker',
  regression: 'regression',
  candidate: 'reported against it',
  revert: 'revert asked for',
};

/** One thread of a release's list, before any form has laid it out. */
export interface ReleaseLine {
  /** `A`, `B`, …, `AA`: what people call it by. */
  readonly letter: string;
  readonly title: string;
  readonly url: string | null;
  readonly ref: string;
  /** `blocker; fixed; 12 days old; a maintainer, for 3 days`. */
  readonly state: string;
  readonly reasons: readonly string[];
  readonly closed: boolean;
}

/** The list of a release, open ones first, lettered through. */
export function toReleaseLines({ open, closed }: Pick<ReleaseView, 'open' | 'closed'>): ReleaseLine[] {
  return [...open.map((item) => ({ item, isClosed: false })), ...closed.map((item) => ({ item, isClosed: true }))].map(
    ({ item, isClosed }, index) => ({
      letter: toLetter(index),
      title: item.entry.title,
      url: item.entry.url,
      ref: item.entry.ref,
      state: writeReleaseState(item),
      reasons: item.reasons,
      closed: isClosed,
    }),
  );
}

/** `A` to `Z`, then `AA`. */
export function toLetter(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : `${toLetter(Math.floor(index / 26) - 1)}${letter}`;
}

/** `blocker; acknowledged; 12 days old; a maintainer, for 3 days`; of what is closed, by what. */
export function writeReleaseState({ matter, entry }: Pick<ReleaseItem, 'matter' | 'entry'>): string {
  const isClosed = !isOpen(entry);
  const { status, age, turn, fixedBy } = entry;
  return [
    MATTERS[matter],
    isClosed && fixedBy !== null ? `${status} by ${shortenCommits(fixedBy)}` : status,
    ...(age === null ? [] : [age === 0 ? 'begun today' : `${writeDays(age)} old`]),
    ...(isClosed || matter === 'revert' ? [] : [turn.text]),
  ].join('; ');
}

/** The heading of a release's list: `Release 4.20`. */
export function writeReleaseTitle({ release }: ReleaseView): string {
  return `Release ${release.name}`;
}
