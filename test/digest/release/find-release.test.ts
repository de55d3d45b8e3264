import { describe, expect, it } from 'vitest';
import { findRelease, type Announced, type ReleaseSetting } from '../../../src/digest/release/find-release.ts';
import type { Release } from '../../../src/model/digest.ts';

const NINETEEN = { name: '4.20', last: '4.19', since: '2024-07-29' };

describe('the release that is being made', () => {
  it.each<[string, string, ReleaseSetting, readonly Announced[], Release | null]>([
    ['is the one after the newest', '2024-10-01', {}, [], { ...NINETEEN, candidate: null, frozen: false }],
    [
      'does not know of later releases',
      '2024-07-29T00:00:00.000Z',
      {},
      [],
      { name: '4.19', last: '4.18', since: '2023-11-16', candidate: null, frozen: false },
    ],
    [
      'is frozen where a candidate was announced, the newest counts',
      '2025-02-10',
      {},
      [
        { subject: 'Xen 4.20 rc1', date: '2025-01-14T10:00:00.000Z' },
        { subject: 'Re: Xen 4.20-rc2', date: '2025-01-30T10:00:00.000Z' },
        { subject: 'Xen 4.20 rc2', date: '2025-01-29T10:00:00.000Z' },
        { subject: 'Xen 4.20 rc3', date: '2025-02-12T10:00:00.000Z' },
      ],
      { ...NINETEEN, candidate: 'rc2, 2025-01-29', frozen: true },
    ],
    [
      'is frozen where the list says so',
      '2024-12-20',
      {},
      [{ subject: 'Xen 4.20: feature freeze is on Friday', date: '2024-12-15T10:00:00.000Z' }],
      { ...NINETEEN, candidate: null, frozen: true },
    ],
    [
      'is not frozen by candidates of another release, nor by old ones',
      '2024-12-20',
      {},
      [
        { subject: 'Xen 4.19 rc1', date: '2024-12-14T10:00:00.000Z' },
        { subject: 'Xen 4.20 rc1', date: '2024-08-14T10:00:00.000Z' },
      ],
      { ...NINETEEN, candidate: null, frozen: false },
    ],
    [
      'is what the operator says',
      '2026-12-01',
      { name: '5.0', since: '2026-08-01', freeze: '2026-12-01' },
      [],
      { name: '5.0', last: '4.22', since: '2026-08-01', candidate: null, frozen: true },
    ],
    ['is not known before the first', '2012-01-01', {}, [], null],
  ])('%s', (_name, day, setting, announced, expected) => {
    expect(findRelease(day, { setting, announced })).toEqual(expected);
  });
});
