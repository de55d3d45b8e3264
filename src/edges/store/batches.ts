/** Row counts of one statement: few different ones, so that each is prepared once and then used again. */
const SIZES = [100, 10, 1];

/** Cuts rows into pieces of 100, then 10, then 1. */
export function* toBatches<T>(rows: readonly T[]): Generator<readonly T[]> {
  let from = 0;
  for (const size of SIZES) {
    for (; from + size <= rows.length; from += size) yield rows.slice(from, from + size);
  }
}
