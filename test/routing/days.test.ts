import { describe, expect, it } from 'vitest';
import { findEntryPeople } from '../../src/routing/entry-people.ts';
import { route } from '../../src/routing/route.ts';
import { loadBundledTrees } from '../../src/routing/trees/load-bundled-trees.ts';
import { treeAsOf } from '../../src/routing/trees/trees.ts';
import { trace, viewOf, type Mail } from './evidence-of.ts';

const trees = loadBundledTrees();
const KEVIN = 'Kevin Tian';
const KONRAD = 'konrad.wilk@oracle.com';

function ask(day: string, mails: readonly Mail[] = [{}]) {
  const traces = [trace('xen', '', { file: 'xen/arch/x86/hvm/vmx/vmx.c' })];
  return route(viewOf(mails, day), { genre: 'report', symptoms: [], traces, facts: [] }, trees);
}

describe('the tree of a day is the nearest one', () => {
  it.each([
    ['2015-01-01', '2017-09'],
    ['2017-09-28', '2017-09'],
    ['2019-06-01', '2017-09'],
    ['2022-01-01', '2017-09'],
    ['2022-06-01', '2026-08'],
    ['2024-03-12', '2026-08'],
    ['2026-11-24', '2026-08'],
  ])('%s: %s', (day, date) => {
    expect(treeAsOf(trees, 'xen', new Date(day))?.date).toBe(date);
  });
});

describe('who is named on which day', () => {
  it.each([
    ['2017-09-28', true, 'as of Xen 4.10-unstable (2017-09)'],
    ['2019-06-01', false, 'as of Xen 4.10-unstable (2017-09)'],
    ['2024-03-12', false, 'as of Xen 4.23-unstable (2026-08)'],
    ['2026-11-24', false, 'as of Xen 4.23-unstable (2026-08)'],
  ])('%s: with those who left later: %s', (day, isNamed, holds) => {
    const found = ask(day);
    expect(found.some(({ name }) => name === KEVIN)).toBe(isNamed);
    expect(found.every(({ reasons }) => reasons.some((one) => one.startsWith(holds)))).toBe(true);
    const left = found.filter(({ reasons }) => reasons.some((one) => one.includes('no longer in the file of')));
    expect(left.some(({ name }) => name === KEVIN)).toBe(isNamed);
  });

  it('2019: whoever writes in the thread was still there', () => {
    const answer: Mail = { from: { name: KEVIN, address: 'kevin@example.org' } };
    const kevin = ask('2019-06-01', [{}, answer]).find(({ name }) => name === KEVIN);
    expect(kevin?.section).toBe('INTEL(R) VT FOR X86 (VT-X)');
    expect(kevin?.reasons.at(-1)).toBe(
      'as of Xen 4.10-unstable (2017-09); no longer in the file of Xen 4.23-unstable (2026-08)',
    );
  });

  it.each([
    ['2017-09-28', true],
    ['2019-06-01', false],
    ['2026-11-24', false],
  ])('%s: of an entry that somebody names: %s', (day, isNamed) => {
    const found = findEntryPeople('TRANSCENDENT MEMORY (TMEM)', { trees, asOf: new Date(day) });
    expect(found.some(({ address }) => address === KONRAD)).toBe(isNamed);
  });
});
