import type { Address } from '../model/message.ts';
import type { RoutingRole, Suggestion } from '../model/routing.ts';
import { PersonIndex } from './people/person-key.ts';
import { isCatchAllList } from './people/section-people.ts';
import type { ThreadPerson } from './people/thread-people.ts';
import { strengthOf, toScore } from './score.ts';

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
  /** Wrote the commit that the thread blames. */
  wroteIt: boolean;
  /** What the thread shows of them; `null` where it shows nothing. */
  person: ThreadPerson | null;
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
/** So many are read first. */
const FIRST = 3;

/** Best first by score (of those alike by what speaks for them), without the reporter and the unlikely; lists that everything goes to come last. */
export function inOrder(candidates: readonly Candidate[]): readonly Candidate[] {
  const likely = candidates
    .filter((one) => one.person?.isReporter !== true && strengthOf(one) >= LOWEST)
    .map((one) => ({ one, score: toScore(one) }))
    .sort((a, b) => b.score - a.score || a.one.doubt - b.one.doubt)
    .map(({ one }) => one);
  const special = likely.filter((one) => !isCatchAll(one));
  // A list for everything among the first few would hide that there is one for just this.
  const isTold = special.length >= FIRST || !special.some(({ role }) => role === 'list');
  return [...special, ...likely.filter((one) => isCatchAll(one) && isTold)];
}

export function isCatchAll({ role, address }: Pick<Candidate, 'role' | 'address'>): boolean {
  return role === 'list' && isCatchAllList(address);
}

/** Candidates as they are told, in their order: nobody's score is above that of whoever stands before. */
export function toSuggestions(candidates: readonly Candidate[]): Suggestion[] {
  let least = 1;
  return candidates.map((candidate) => {
    least = Math.min(least, toScore(candidate));
    return toSuggestion(candidate, least);
  });
}

/** A candidate as it is told: the score rounded to hundredths, and as of when it holds at the end of its reasons. */
function toSuggestion(candidate: Candidate, score: number): Suggestion {
  const { reasons, ages, person, name, address, role, project, section } = candidate;
  return {
    address,
    name,
    role,
    project,
    section,
    score: Math.round(100 * score) / 100,
    addressed: person?.isAddressed === true,
    reasons: [...reasons, ...ages],
  };
}
