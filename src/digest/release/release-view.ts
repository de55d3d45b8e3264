import type { Release, ReleaseWord } from '../../model/digest.ts';
import type { DigestEntry } from '../digest.ts';

/** Why a thread stands in a release's list. */
export type ReleaseMatter = 'blocker' | 'asked' | 'regression' | 'candidate' | 'revert';

/** One thread that a release manager has to know of. */
export interface ReleaseItem {
  readonly entry: DigestEntry;
  readonly matter: ReleaseMatter;
  /** One clause each: who calls it a blocker and in which words, what it worked in. */
  readonly reasons: readonly string[];
  /** Who said what the list rests on; the reporter first. */
  readonly informants: readonly string[];
}

/** Where a release stands. */
export interface ReleaseView {
  readonly release: Release;
  readonly open: readonly ReleaseItem[];
  readonly closed: readonly ReleaseItem[];
  /** How many more there are than these show. */
  readonly more: number;
}

/** What is said of one thread, the last word of each person: who has changed their mind counts once. */
export function lastWords(words: readonly ReleaseWord[]): ReleaseWord[] {
  const byPerson = new Map<string, ReleaseWord>();
  for (const word of words) byPerson.set(word.by.address || (word.by.name ?? ''), word);
  return [...byPerson.values()];
}
