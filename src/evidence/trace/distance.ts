import type { Project, TraceKind } from '../../model/evidence.ts';
import { isMachinery, toPlainName } from './machinery.ts';

/** What two crashes are compared by. */
export interface Comparable {
  readonly project: Project;
  readonly kind: TraceKind;
  readonly culprit: string | null;
  /** Functions of the call trace that the log is sure of, innermost first. */
  readonly functions: readonly string[];
}

/** Functions beyond this are how the machine came there, not where it broke. */
const DEPTH = 16;

/**
 * How much less a function says for every step away from the top, and for every step that the two traces are out of line:
 * the position-dependent measure of ReBucket (Dang et al., ICSE 2012), with coefficients between those that it names.
 */
const FADE = 0.3;
const SHIFT = 0.2;

/** What each part of a comparison is worth; they sum up to 1. */
const WORTH = { functions: 0.7, culprit: 0.2, kind: 0.1 } as const;

/**
 * How far two crashes are from each other: 0 for the same, 1 for two that have nothing in common (or are of two projects,
 * whose functions cannot be compared). Symmetric; machinery and compiler suffixes do not count.
 */
export function toDistance(one: Comparable, other: Comparable): number {
  if (one.project !== other.project) return 1;
  const [a, b] = [toInformative(one), toInformative(other)];
  const functions = a.length === 0 && b.length === 0 ? 0 : 1 - toAlignment(a, b);
  const culprit = toPlainName(one.culprit ?? '') === toPlainName(other.culprit ?? '') ? 0 : 1;
  const kind = one.kind === other.kind ? 0 : 1;
  return functions * WORTH.functions + culprit * WORTH.culprit + kind * WORTH.kind;
}

/** The functions that tell a crash apart, innermost first, each once. */
export function toInformative({ project, functions }: Pick<Comparable, 'project' | 'functions'>): string[] {
  const family = project === 'xen' ? 'xen' : 'linux';
  const names = functions.map(toPlainName).filter((name) => name !== '' && !isMachinery(name, family));
  return [...new Set(names)].slice(0, DEPTH);
}

/** The informative functions that both have, in the order of the first. */
export function findShared(one: Comparable, other: Comparable): string[] {
  const names = new Set(toInformative(other));
  return toInformative(one).filter((name) => names.has(name));
}

/** The best alignment in order of two traces, 0 to 1: 1 for equal ones. */
function toAlignment(a: readonly string[], b: readonly string[]): number {
  let above = new Array<number>(b.length + 1).fill(0);
  for (const [i, name] of a.entries()) {
    const row = [0];
    for (const [j, other] of b.entries()) {
      const here = name === other ? Math.exp(-FADE * Math.min(i, j) - SHIFT * Math.abs(i - j)) : 0;
      row.push(Math.max((above[j] ?? 0) + here, above[j + 1] ?? 0, row[j] ?? 0));
    }
    above = row;
  }
  return (above[b.length] ?? 0) / toWhole(Math.max(a.length, b.length), Math.min(a.length, b.length));
}

/**
 * What equal traces would come to. A trace that is only the beginning of the other (somebody cut it) loses half of what
 * is missing.
 */
function toWhole(longer: number, shorter: number): number {
  const sum = (length: number) => Array.from({ length }, (_, at) => Math.exp(-FADE * at)).reduce((a, b) => a + b, 0);
  return (sum(longer) + sum(shorter)) / 2;
}
