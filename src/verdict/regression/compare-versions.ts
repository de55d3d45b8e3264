/**
 * Orders versions as releases follow each other: numbers by value, a candidate before its release, `x` as any.
 * @returns negative, 0 or positive; `null` where one of them is no number (`staging`, a commit id)
 */
export function compareVersions(a: string, b: string): number | null {
  const left = toKey(a);
  const right = toKey(b);
  if (!left || !right) return null;
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether `fine` is the same release as `coarse`, told more exactly: 4.1.44 of 4.1. */
export function refines(fine: string, coarse: string): boolean {
  return fine !== coarse && (fine.startsWith(`${coarse}.`) || fine.startsWith(`${coarse}-`));
}

const VERSION = /^(?<numbers>\d+(?:\.\d+)+)(?:\.[xy])?(?:[-.]?rc(?<candidate>\d+))?(?:[-+~]r?(?<revision>\d+))?/;

/** Four numbers, the candidate (a release follows all of its candidates), the distribution's revision. */
function toKey(version: string): number[] | null {
  const groups = VERSION.exec(version)?.groups;
  if (!groups) return null;
  const numbers = (groups['numbers'] ?? '').split('.').map(Number);
  while (numbers.length < 4) numbers.push(0);
  const { candidate, revision } = groups;
  return [
    ...numbers.slice(0, 4),
    candidate === undefined ? 1000 : Number(candidate),
    revision === undefined ? 0 : Number(revision),
  ];
}
