import type { Address } from '../model/message.ts';
import type { RoutingRole, Suggestion } from '../model/routing.ts';
import { PersonIndex } from './people/person-key.ts';
import { isCatchAllList } from './people/section-people.ts';
import type { ThreadPerson } from './people/thread-people.ts';

/** Somebody who may be suggested, while it is weighed. */
export interface Candidate {
  readonly name: string;
  readonly address: string;
  readonly role: RoutingRole;
  readonly project: string;
  readonly section: string | null;
  /** The probability that this is the wrong person. */
  doubt: number;
  readonly reasons: string[];
  /** As of when the entries hold, each once: the last reasons. */
  readonly ages: string[];
  readonly person: ThreadPerson | null;
}

/** The candidates so far, each found again by address or name. */
export class Candidates {
  readonly all: Candidate[] = [];
  readonly #index = new PersonIndex<Candidate>();

  find(person: Address): Candidate | undefined {
    return this.#index.find(person);
  }

  push(candidate: Candidate): void {
    this.all.push(candidate);
    this.#index.add(candidate, candidate);
    if (candidate.person) this.#index.add(candidate, candidate.person);
  }
}

const LOWEST = 0.08;

/**
 * Best first by score, without the reporter and the unlikely. Lists that everything goes to come last, and are told as no
 * likelier than whoever stands before them.
 */
export function inOrder(candidates: readonly Candidate[]): readonly Candidate[] {
  const likely = candidates
    .filter(({ person, doubt }) => person?.isReporter !== true && 1 - doubt >= LOWEST)
    .sort((a, b) => a.doubt - b.doubt);
  const special = likely.filter((one) => !isCatchAll(one));
  const least = special.at(-1)?.doubt ?? 0;
  const last = likely.filter(isCatchAll).map((one) => ({ ...one, doubt: Math.max(one.doubt, least) }));
  return [...special, ...last];
}

export function isCatchAll({ role, address }: Pick<Candidate, 'role' | 'address'>): boolean {
  return role === 'list' && isCatchAllList(address);
}

/**
 * Clues are taken for independent, which they are not, so that what they add up to is too sure. The curve is fitted to the
 * shares of right suggestions that `scripts/calibrate-routing.ts` prints for the labelled threads; those are lower bounds,
 * since labels name who acted and not everybody who should have known.
 */
const SUREST = 0.7;
const BEND = 1.3;

/** How likely a candidate is the right one, as far as labels can tell: 0 to 0.7, rising with what speaks for it. */
export function toScore(doubt: number): number {
  return Math.round(100 * SUREST * Math.max(0, 1 - doubt) ** BEND) / 100;
}

/** A candidate as it is told: the score rounded to hundredths, and as of when it holds at the end of its reasons. */
export function toSuggestion({ doubt, reasons, ages, person, ...rest }: Candidate): Suggestion {
  return {
    ...rest,
    score: toScore(doubt),
    addressed: person?.isAddressed === true,
    reasons: [...reasons, ...ages],
  };
}
