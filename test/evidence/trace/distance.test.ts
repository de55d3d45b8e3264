import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findShared, toDistance, toInformative } from '../../../src/evidence/trace/distance.ts';
import type { Comparable } from '../../../src/evidence/trace/distance.ts';

const CRASH: Comparable = {
  project: 'linux',
  kind: 'multicall',
  culprit: 'xen_alloc_pte',
  functions: ['dump_stack', 'xen_mc_flush', 'xen_alloc_pte', 'pmd_populate', 'vmalloc_fault', 'handle_it'],
};
const crash = (change: Partial<Comparable>): Comparable => ({ ...CRASH, ...change });

const FUNCTIONS = ['alpha', 'beta', 'gamma', 'delta', 'omega', 'dump_stack', 'alpha.isra.0'];
const comparable = fc.record({
  project: fc.constantFrom('linux', 'xen'),
  kind: fc.constantFrom('oops', 'bug'),
  culprit: fc.option(fc.constantFrom(...FUNCTIONS)),
  functions: fc.array(fc.constantFrom(...FUNCTIONS), { maxLength: 25 }),
}) as fc.Arbitrary<Comparable>;

describe('toDistance', () => {
  it.each<{ name: string; other: Comparable; from: number; to: number }>([
    { name: 'itself', other: CRASH, from: 0, to: 0 },
    {
      name: 'another build',
      other: crash({ functions: CRASH.functions.slice(1).map((name) => `${name}.constprop.0`) }),
      from: 0,
      to: 0,
    },
    { name: 'the same, cut short', other: crash({ functions: CRASH.functions.slice(0, 3) }), from: 0.01, to: 0.3 },
    { name: 'another kind at the same place', other: crash({ kind: 'bug' }), from: 0.05, to: 0.15 },
    {
      name: 'another way in',
      other: crash({ functions: ['xen_mc_flush', 'xen_alloc_pte', 'other_caller'] }),
      from: 0.05,
      to: 0.4,
    },
    {
      name: 'the same way in, another place',
      other: crash({ culprit: 'elsewhere', functions: ['elsewhere', 'deeper', 'handle_it'] }),
      from: 0.7,
      to: 1,
    },
    {
      name: 'nothing in common',
      other: crash({ kind: 'oops', culprit: 'x', functions: ['x', 'y'] }),
      from: 0.999,
      to: 1,
    },
    { name: 'machinery in common alone', other: crash({ functions: ['dump_stack'] }), from: 0.7, to: 0.7 },
    { name: 'another project', other: crash({ project: 'xen' }), from: 1, to: 1 },
  ])('of a crash from $name', ({ other, from, to }) => {
    const distance = toDistance(CRASH, other);
    expect(distance).toBeGreaterThanOrEqual(from);
    expect(distance).toBeLessThanOrEqual(to);
  });

  it('is 0 for the same, symmetric, and between 0 and 1', () => {
    fc.assert(
      fc.property(comparable, comparable, (a, b) => {
        expect(toDistance(a, a)).toBe(0);
        expect(toDistance(a, b)).toBeCloseTo(toDistance(b, a), 10);
        expect(toDistance(a, b)).toBeGreaterThanOrEqual(0);
        expect(toDistance(a, b)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('grows with every function that is not shared', () => {
    const others = [6, 5, 4, 3, 2].map((kept) =>
      crash({ functions: CRASH.functions.map((name, at) => (at < kept ? name : `other_${at}`)) }),
    );
    const distances = others.map((other) => toDistance(CRASH, other));
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
    expect(new Set(distances).size).toBe(distances.length);
  });
});

describe('what two crashes share', () => {
  it('is told in the order of the first, without machinery', () => {
    const other = crash({ functions: ['pmd_populate', 'dump_stack', 'xen_mc_flush.isra.0'] });
    expect(findShared(CRASH, other)).toEqual(['xen_mc_flush', 'pmd_populate']);
  });

  it('is looked for in a bounded number of functions, each once', () => {
    const functions = Array.from({ length: 400 }, (_, at) => `step_${at % 40}`);
    expect(toInformative(crash({ functions }))).toEqual(Array.from({ length: 16 }, (_, at) => `step_${at}`));
  });
});
