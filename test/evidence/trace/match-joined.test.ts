import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../../src/model/log.ts';
import { joinTail, matchJoined } from '../../../src/evidence/trace/match-joined.ts';

const toLog = (lines: readonly [string, Partial<LogLine>?][]): LogLine[] =>
  lines.map(([text, over], at) => ({
    text,
    first: at + 1,
    last: at + 1,
    depth: 0,
    console: null,
    domain: null,
    caller: null,
    seconds: null,
    repairs: [],
    ...over,
  }));

const PATTERN = /^a b (?<last>c)$/;

describe('matchJoined', () => {
  it.each<[string, [string, Partial<LogLine>?][], number | null]>([
    ['a whole line', [['a b c']], 1],
    ['two pieces', [['a b'], ['  c']], 2],
    ['three pieces', [['a'], ['b '], ['c']], 3],
    ['more pieces than asked for', [['a'], ['b'], [' '], ['c']], null],
    ['another quotation', [['a b'], ['c', { depth: 1 }]], null],
    ['a blank line between', [['a b'], [''], ['c']], null],
    ['another text', [['a c']], null],
  ])('%s', (_, lines, count) => {
    expect(matchJoined(toLog(lines), 0, PATTERN, 3)?.count ?? null).toBe(count);
  });
});

describe('joinTail', () => {
  const long = 'smmu: /iommu@51400000: Unhandled context fault: fsr=0x408,';
  it.each<[string, [string, Partial<LogLine>?][], string]>([
    [
      'the rest of a broken line',
      [[long, { console: 'xen' }], ['iova=0x86000a60, cb=0']],
      `${long} iova=0x86000a60, cb=0`,
    ],
    ['a short line is whole', [['d4v0 Triple fault', { console: 'xen' }], ['What is this?']], 'd4v0 Triple fault'],
    [
      'a line with a prefix of its own',
      [
        [long, { console: 'xen' }],
        ['iova', { console: 'xen' }],
      ],
      long,
    ],
    ['no console', [[long], ['iova=0x86000a60, cb=0']], long],
    ['the last line', [[long, { console: 'xen' }]], long],
  ])('%s', (_, lines, text) => {
    expect(joinTail(toLog(lines), 0)).toBe(text);
  });
});
