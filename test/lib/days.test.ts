import { describe, expect, it } from 'vitest';
import { daysBetween, workingDaysBetween, writeDays, writeTime } from '../../src/lib/days.ts';

const ROWS = [
  { name: 'the same day', from: '2017-09-28T08:00:00Z', to: '2017-09-28T20:00:00Z', days: 0, working: 0 },
  { name: 'Thursday to Friday', from: '2017-09-28T08:00:00Z', to: '2017-09-29T08:00:00Z', days: 1, working: 1 },
  { name: 'over a weekend', from: '2017-09-29T08:00:00Z', to: '2017-10-02T08:00:00Z', days: 3, working: 1 },
  { name: 'Saturday to Sunday', from: '2017-09-30T08:00:00Z', to: '2017-10-01T08:00:00Z', days: 1, working: 0 },
  { name: 'two weeks', from: '2017-09-25T00:00:00Z', to: '2017-10-09T00:00:00Z', days: 14, working: 10 },
  { name: 'backwards', from: '2017-09-29T08:00:00Z', to: '2017-09-28T08:00:00Z', days: 0, working: 0 },
  { name: 'before 1970', from: '1969-12-26T00:00:00Z', to: '1970-01-02T00:00:00Z', days: 7, working: 5 },
  { name: 'no date', from: null, to: '2017-09-28T08:00:00Z', days: null, working: null },
  { name: 'no date at all', from: 'yesterday', to: '2017-09-28T08:00:00Z', days: null, working: null },
];

describe('days', () => {
  it.each(ROWS)('are counted for $name', ({ from, to, days, working }) => {
    expect({ days: daysBetween(from, to), working: workingDaysBetween(from, to) }).toEqual({ days, working });
  });

  it('are written for people', () => {
    expect([writeDays(0), writeDays(1), writeDays(12)]).toEqual(['today', '1 day', '12 days']);
    expect(writeTime('2017-09-28T08:42:31.000Z')).toBe('2017-09-28 08:42 UTC');
    expect(writeTime(null)).toBe('at an unknown time');
  });
});
