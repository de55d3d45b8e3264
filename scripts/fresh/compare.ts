import type { EnvironmentKey } from '../../src/model/evidence.ts';
import type { TriageAsked } from '../../src/model/triage.ts';
import type { Regression } from '../../src/model/verdict.ts';

/** Facts whose value is a sentence: two tellings are the same where most words of the shorter are in the longer. */
const TOLD: ReadonlySet<EnvironmentKey> = new Set(['workaround', 'reproducibility', 'other', 'hardware', 'firmware']);
const MOST = 0.6;

/** Whether two values of a key say one thing: equal but for case, blanks and a leading `v`, or one holds the other whole. */
export function isSameSaid(key: EnvironmentKey, one: string, other: string): boolean {
  const [a, b] = [fold(one), fold(other)];
  if (a === '' || b === '') return false;
  if (a === b || holds(a, b) || holds(b, a)) return true;
  return TOLD.has(key) && sharesWords(a, b);
}

/** Whether a person's name or address is meant by what was found. */
export function isSameName(label: string, { name, address }: TriageAsked): boolean {
  const wanted = label.toLowerCase();
  return wanted === address || wanted === name.toLowerCase() || holds(name.toLowerCase(), wanted);
}

/** Regressions are the same by both ends, and by the commit where it is told; commits may be written short. */
export function isSameRegression(one: Regression | null, other: Regression | null): boolean {
  if (one === null || other === null) return one === other;
  const shorter = Math.min(one.commit?.length ?? 0, other.commit?.length ?? 0);
  const commits = one.commit?.slice(0, shorter) === other.commit?.slice(0, shorter) && !one.commit === !other.commit;
  return commits && one.lastGood === other.lastGood && one.firstBad === other.firstBad;
}

function fold(text: string): string {
  return text
    .toLowerCase()
    .replace(/["'`()]/g, '')
    .replace(/\s*=\s*/g, '=')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^v(?=\d)/, '');
}

/** `long` holds `short` as whole words: "4.4" is no part of "4.4.88". */
function holds(long: string, short: string): boolean {
  const at = long.length > short.length ? long.indexOf(short) : -1;
  if (at < 0) return false;
  const after = long.slice(at + short.length, at + short.length + 2);
  return !/[\w.]/.test(long.charAt(at - 1)) && !/^(?:\w|\.\w)/.test(after);
}

function sharesWords(one: string, other: string): boolean {
  const [short, long] = [one.split(' '), other.split(' ')].sort((a, b) => a.length - b.length);
  if (!short || !long) return false;
  return short.filter((word) => long.includes(word)).length >= MOST * short.length;
}
