/** Fits the curves from strength to score, and says how far they can be believed on threads that they have not seen. */
import { readCurve, strengthOf, SITUATIONS, type Curve, type Curves } from '../../src/routing/score.ts';
import type { Weighed } from './weigh-threads.ts';

/** So many suggestions make one share; fewer say too little. */
const LEAST = 16;
/** The share of a block is pulled towards that of all by so many suggestions. */
const PULL = 4;
/** Scores rise with strength everywhere, be it ever so little: no two strengths share one score. */
const LEAST_RISE = 0.01;

interface Block {
  strength: number;
  right: number;
  count: number;
}

/** Blocks of about equal size by strength; neighbours are joined until the shares rise (pool adjacent violators). */
export function fitCurve(all: readonly Weighed[]): Curve {
  const rows = all.map(({ candidate, isRight }) => ({ strength: strengthOf(candidate), isRight }));
  rows.sort((a, b) => a.strength - b.strength);
  if (rows.length === 0) return [[0, 0]];
  const base = rows.filter(({ isRight }) => isRight).length / rows.length;
  const share = ({ right, count }: Block): number => (right + PULL * base) / (count + PULL);
  const blocks: Block[] = [];
  const parts = Math.max(1, Math.floor(rows.length / LEAST));
  for (let part = 0; part < parts; part += 1) {
    const own = rows.slice((part * rows.length) / parts, ((part + 1) * rows.length) / parts);
    let block: Block = {
      strength: own.reduce((sum, { strength }) => sum + strength, 0),
      right: own.filter(({ isRight }) => isRight).length,
      count: own.length,
    };
    for (let last = blocks.at(-1); last && share(last) >= share(block); last = blocks.at(-1)) {
      blocks.pop();
      block = {
        strength: last.strength + block.strength,
        right: last.right + block.right,
        count: last.count + block.count,
      };
    }
    blocks.push(block);
  }
  return withEnds(blocks.map((block) => [block.strength / block.count, share(block)]));
}

/** From nothing at no strength, to a little above the last block at full strength; rounded. */
function withEnds(points: Curve): Curve {
  const last = points.at(-1)?.[1] ?? 0;
  const round = (value: number): number => Math.round(value * 1000) / 1000;
  return [[0, 0], ...points, [1, Math.min(0.99, last + LEAST_RISE)]].map(
    ([strength = 0, share = 0]): [number, number] => [round(strength), round(share)],
  );
}

/** A curve for what the thread shows, and one for clues alone. */
export function fit(all: readonly Weighed[]): Curves {
  return Object.fromEntries(
    SITUATIONS.map((one) => [one, fitCurve(all.filter(({ situation }) => situation === one))]),
  ) as unknown as Curves;
}

/** A score, and whether it was right. */
export type Told = readonly [score: number, isRight: boolean];

export function tell(all: readonly Weighed[], curves: Curves): Told[] {
  return all.map(({ candidate, situation, isRight }) => [readCurve(curves[situation], strengthOf(candidate)), isRight]);
}

/** Each thread is told by curves that were fitted without it. */
export function crossValidate(all: readonly Weighed[], folds: number): Told[] {
  const foldOf = new Map(
    [...new Set(all.map(({ thread }) => thread))].sort().map((thread, at) => [thread, at % folds]),
  );
  return Array.from({ length: folds }, (_one, fold) => fold).flatMap((fold) => {
    const isIn = ({ thread }: Weighed): boolean => foldOf.get(thread) === fold;
    return tell(all.filter(isIn), fit(all.filter((one) => !isIn(one))));
  });
}

/** Of the threads with anybody right among all suggested, or with anybody suggested: those right among the first k. */
export function hitAt(all: readonly Weighed[], k: number): { readonly hits: number; readonly threads: number } {
  const threads = new Map<string, Weighed[]>();
  for (const one of all) threads.set(one.thread, [...(threads.get(one.thread) ?? []), one]);
  const hits = [...threads.values()].filter((row) => row.slice(0, k).some(({ isRight }) => isRight)).length;
  return { hits, threads: threads.size };
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
