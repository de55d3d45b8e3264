/** Fits the weights of scores, and says how far they can be believed on threads that they have not seen. */
import { FEATURES, toFeatures, toProbability, type Feature, type Weights } from '../../src/routing/score.ts';
import type { Weighed } from './weigh-threads.ts';

/** Pulls weights towards 0, so that rare features do not run away. */
const RIDGE = 1;
const STEPS = 60;

type Row = readonly [features: Readonly<Record<Feature, number>>, isRight: boolean];

function toRows(all: readonly Weighed[]): Row[] {
  return all.map(({ candidate, isRight }) => [toFeatures(candidate), isRight]);
}

/** Logistic regression by Newton's method, one weight after the other. */
export function fit(all: readonly Weighed[]): Weights {
  const rows = toRows(all);
  const weights: Record<Feature, number> = Object.fromEntries(FEATURES.map((name) => [name, 0])) as Record<
    Feature,
    number
  >;
  for (let step = 0; step < STEPS; step += 1) {
    for (const name of FEATURES) {
      let slope = name === 'always' ? 0 : -RIDGE * weights[name];
      let bend = name === 'always' ? 1e-6 : RIDGE;
      for (const [features, isRight] of rows) {
        const said = toProbability(features, weights);
        slope += features[name] * ((isRight ? 1 : 0) - said);
        bend += features[name] ** 2 * said * (1 - said);
      }
      weights[name] += slope / bend;
    }
  }
  return weights;
}

/** A score, and whether it was right. */
export type Told = readonly [score: number, isRight: boolean];

export function tell(all: readonly Weighed[], weights: Weights): Told[] {
  return toRows(all).map(([features, isRight]) => [toProbability(features, weights), isRight]);
}

/** Each thread is told by weights that were fitted without it. */
export function crossValidate(all: readonly Weighed[], folds: number): Told[] {
  const foldOf = new Map(
    [...new Set(all.map(({ thread }) => thread))].sort().map((thread, at) => [thread, at % folds]),
  );
  return Array.from({ length: folds }, (_one, fold) => fold).flatMap((fold) => {
    const isIn = ({ thread }: Weighed): boolean => foldOf.get(thread) === fold;
    return tell(all.filter(isIn), fit(all.filter((one) => !isIn(one))));
  });
}

/** The mean squared distance between score and truth: 0 is perfect. */
export function toBrier(told: readonly Told[]): number {
  return told.reduce((sum, [score, isRight]) => sum + (score - (isRight ? 1 : 0)) ** 2, 0) / Math.max(1, told.length);
}

const BUCKETS = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0];

/** The reliability table, with the Brier score beside that of one score for all. */
export function writeTable(title: string, told: readonly Told[]): string {
  const lines = [title, 'score   suggested  right  share  mean score'];
  let gap = 0;
  for (const [at, from] of BUCKETS.entries()) {
    const below = at === 0 ? Infinity : (BUCKETS[at - 1] ?? 0);
    const row = told.filter(([score]) => score >= from && score < below);
    if (row.length === 0) continue;
    const right = row.filter(([, isRight]) => isRight).length;
    const [share, mean] = [right / row.length, row.reduce((sum, [score]) => sum + score, 0) / row.length];
    gap += Math.abs(share - mean) * row.length;
    const counts = `${String(row.length).padStart(9)}  ${String(right).padStart(5)}`;
    lines.push(`${from.toFixed(1)}     ${counts}   ${share.toFixed(2)}        ${mean.toFixed(2)}`);
  }
  const base = told.filter(([, isRight]) => isRight).length / Math.max(1, told.length);
  const brier = `Brier score ${toBrier(told).toFixed(3)} (one score for all: ${(base * (1 - base)).toFixed(3)})`;
  return [...lines, `${brier}; mean gap ${(gap / Math.max(1, told.length)).toFixed(3)}`].join('\n');
}
