import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findDataFolder } from '../lib/data-folder.ts';
import type { ThreadPerson } from './people/thread-people.ts';

/**
 * What points at somebody. `shown`: the thread itself, since they answer, are brought in or asked for, or wrote the guilty change;
 * of a first mail that is hardly anybody. Else `clues` alone, which say who should know and seldom who will answer.
 */
export const SITUATIONS = ['shown', 'clues'] as const;
export type Situation = (typeof SITUATIONS)[number];

/** Strength and how often suggestions of that strength were right, both rising; between two points the line counts. */
export type Curve = readonly (readonly [strength: number, share: number])[];
export type Curves = Readonly<Record<Situation, Curve>>;

/**
 * How strongly everything that is known speaks for somebody: 0 to 1. Scores rise with it, so that nothing puts a faint clue
 * before a plain one, or a reviewer of the right entry behind a maintainer of a wide one.
 */
export function strengthOf({ doubt }: { readonly doubt: number }): number {
  return 1 - doubt;
}

/** What of a candidate goes into the score; see `Candidate`. */
export interface Scored {
  readonly doubt: number;
  readonly wroteIt: boolean;
  readonly person: ThreadPerson | null;
}

export function situationOf({ person, wroteIt }: Scored): Situation {
  const isShown = person !== null && (person.answers > 0 || person.addedBy !== null || person.askedBy !== null);
  return isShown || wroteIt ? 'shown' : 'clues';
}

/** The share that belongs to a strength; outside of the curve that of its nearest end. */
export function readCurve(curve: Curve, strength: number): number {
  const above = curve.findIndex(([at]) => at >= strength);
  const [right, left] = [curve[above === -1 ? curve.length - 1 : above], curve[above - 1]];
  if (!right) return 0;
  if (!left || above === -1) return right[1];
  return left[1] + ((strength - left[0]) / (right[0] - left[0])) * (right[1] - left[1]);
}

let fitted: Curves | undefined;

/**
 * How likely somebody for whom this much speaks is the right one, as far as mail can tell, by the curves of
 * `data/routing-scores.json`, which `scripts/calibrate-routing.ts --write` fits. Labels name who acted, not everybody who should
 * have known: true shares are at least those told. Throws where the package is not whole.
 */
export function toScore(candidate: Scored): number {
  fitted ??= readCurves();
  return readCurve(fitted[situationOf(candidate)], strengthOf(candidate));
}

function readCurves(): Curves {
  const { curves } = JSON.parse(readFileSync(join(findDataFolder(), 'routing-scores.json'), 'utf8')) as {
    curves: Curves;
  };
  return curves;
}
