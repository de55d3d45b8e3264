import type { EnvironmentKey, Role } from '../../model/evidence.ts';
import type { Clause } from './to-clauses.ts';

/** How a fact is written in a sentence: one row a way of saying it. */
export interface ProseRow {
  readonly key: EnvironmentKey;
  /** Words, in lower case, one of which a text must hold before the pattern is tried. */
  readonly hints: readonly string[];
  /** Global; the group `value` is the fact. */
  readonly pattern: RegExp;
  /** Whose it is: fixed, or read from the words around. */
  readonly role: Role | ((text: string, start: number, end: number) => Role);
  /** Whether a match counts. */
  readonly accepts?: (value: string, context: MatchContext) => boolean;
  /** Further values may follow: "4.16.1, 4.16.2 and 4.17.0-rc1". */
  readonly listed?: boolean;
  /** Counts whatever the sentence says of it. */
  readonly anyStance?: boolean;
}

export interface MatchContext {
  readonly clause: Clause;
  /** Where the match stands in the clause. */
  readonly start: number;
  readonly end: number;
  /** Subject of the mail, in lower case. */
  readonly subject: string;
  /** The clause in lower case. */
  readonly lower: string;
}
