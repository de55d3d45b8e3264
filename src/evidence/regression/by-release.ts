import type { VersionMention } from './find-versions.ts';

/** The older first; as written where the numbers do not tell. */
export function byRelease(a: VersionMention, b: VersionMention): [VersionMention, VersionMention] {
  return compareNumbers(a, b) > 0 ? [b, a] : [a, b];
}

/** By the numbers in them, `-rc` and the revision of a package included. */
export function compareNumbers(a: VersionMention, b: VersionMention): number {
  const [left, right] = [a, b].map(({ version }) => (version.match(/\d+/g) ?? []).map(Number));
  for (let i = 0; i < 5; i += 1) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
