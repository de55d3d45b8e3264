import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findDataFolder } from '../lib/data-folder.ts';
import type { RoutingRole } from '../model/routing.ts';
import type { ThreadPerson } from './people/thread-people.ts';

/** What a score is made of: numbers by name, each with its weight in `data/routing-scores.json`. */
export const FEATURES = ['always', 'strength', 'answers', 'brought in', 'reviewer'] as const;
export type Feature = (typeof FEATURES)[number];

/** What of a candidate goes into the score; see `Candidate`. */
interface Scored {
  readonly doubt: number;
  readonly role: RoutingRole;
  readonly wroteIt: boolean;
  readonly person: ThreadPerson | null;
}

export type Weights = Readonly<Record<Feature, number>>;

/** Beyond this nothing gets surer, however many clues fall on one person. */
const SUREST = 0.985;
const FAINTEST = 0.02;

/**
 * What speaks for a candidate, as numbers. `strength` is what the clues and the thread add up to, as log odds; the others
 * are 0 or 1: what the thread itself shows of the person tells more than clues can add.
 */
export function toFeatures({ doubt, person, role, wroteIt }: Scored): Record<Feature, number> {
  const strength = Math.min(SUREST, Math.max(FAINTEST, 1 - doubt));
  const flag = (holds: boolean | undefined): number => (holds === true ? 1 : 0);
  return {
    always: 1,
    strength: Math.log(strength / (1 - strength)),
    answers: flag(person !== null && person.answers > 0),
    // Whom somebody asks for by name, adds to Cc, or names as the author of the guilty change: the thread itself points there.
    'brought in': flag(wroteIt || (person !== null && (person.addedBy !== null || person.askedBy !== null))),
    reviewer: flag(role === 'reviewer'),
  };
}

/** How likely a candidate is the right one: 0 to 1. */
export function toProbability(features: Readonly<Record<Feature, number>>, weights: Weights): number {
  const sum = FEATURES.reduce((total, name) => total + features[name] * weights[name], 0);
  return 1 / (1 + Math.exp(-sum));
}

let fitted: Weights | undefined;

/**
 * How likely a candidate is the right one, as far as mail can tell, by the weights of `data/routing-scores.json`, which
 * `scripts/calibrate-routing.ts --write` fits. Labels name who acted, not everybody who should have known: true shares are
 * at least those told. Throws where the package is not whole.
 */
export function toScore(candidate: Scored): number {
  fitted ??= readWeights();
  return toProbability(toFeatures(candidate), fitted);
}

function readWeights(): Weights {
  const { rows } = JSON.parse(readFileSync(join(findDataFolder(), 'routing-scores.json'), 'utf8')) as { rows: Weights };
  return rows;
}
