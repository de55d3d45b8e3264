import { describe, expect, it } from 'vitest';
import { DAYS, type Rhythm } from '../../../src/model/subscriber.ts';
import { toLastDue } from '../../../src/pipeline/deliver/due-time.ts';

const DAILY = { at: '07:00', zone: 'Europe/Prague', days: DAYS } as const;

const ROWS: readonly { name: string; rhythm: Partial<Rhythm>; now: string; due: string | null; day?: string }[] = [
  { name: 'in winter', rhythm: {}, now: '2025-01-10T12:00Z', due: '2025-01-10T06:00', day: '2025-01-10' },
  { name: 'in summer', rhythm: {}, now: '2025-07-10T12:00Z', due: '2025-07-10T05:00', day: '2025-07-10' },
  { name: 'a minute before', rhythm: {}, now: '2025-01-10T05:59:59Z', due: '2025-01-09T06:00', day: '2025-01-09' },
  { name: 'to the second', rhythm: {}, now: '2025-01-10T06:00:00Z', due: '2025-01-10T06:00', day: '2025-01-10' },
  {
    name: '02:30 does not exist: when clocks are set',
    rhythm: { at: '02:30' },
    now: '2025-03-30T01:00Z',
    due: '2025-03-30T01:00',
    day: '2025-03-30',
  },
  {
    name: '02:30 does not exist, before',
    rhythm: { at: '02:30' },
    now: '2025-03-30T00:59Z',
    due: '2025-03-29T01:30',
    day: '2025-03-29',
  },
  {
    name: '02:30 comes twice: the first',
    rhythm: { at: '02:30' },
    now: '2025-10-26T00:45Z',
    due: '2025-10-26T00:30',
    day: '2025-10-26',
  },
  {
    name: '02:30 comes twice: not the second',
    rhythm: { at: '02:30' },
    now: '2025-10-26T02:00Z',
    due: '2025-10-26T00:30',
    day: '2025-10-26',
  },
  {
    name: 'the south: 02:30 does not exist in October',
    rhythm: { at: '02:30', zone: 'Australia/Sydney' },
    now: '2025-10-04T17:00Z',
    due: '2025-10-04T16:00',
    day: '2025-10-05',
  },
  {
    name: 'the south: 02:30 comes twice in April',
    rhythm: { at: '02:30', zone: 'Australia/Sydney' },
    now: '2025-04-05T17:00Z',
    due: '2025-04-05T15:30',
    day: '2025-04-06',
  },
  {
    name: 'clocks set by half an hour',
    rhythm: { at: '02:15', zone: 'Australia/Lord_Howe' },
    now: '2025-10-04T16:00Z',
    due: '2025-10-04T15:30',
    day: '2025-10-05',
  },
  {
    name: 'midnight that does not exist',
    rhythm: { at: '00:00', zone: 'America/Santiago' },
    now: '2025-09-07T05:00Z',
    due: '2025-09-07T04:00',
    day: '2025-09-07',
  },
  {
    name: 'far east of UTC: local tomorrow',
    rhythm: { at: '06:00', zone: 'Pacific/Kiritimati' },
    now: '2025-01-09T17:00Z',
    due: '2025-01-09T16:00',
    day: '2025-01-10',
  },
  {
    name: 'far west: local yesterday',
    rhythm: { at: '23:00', zone: 'Pacific/Pago_Pago' },
    now: '2025-01-10T10:30Z',
    due: '2025-01-10T10:00',
    day: '2025-01-09',
  },
  {
    name: 'workdays, on Sunday: Friday',
    rhythm: { days: ['mon', 'tue', 'wed', 'thu', 'fri'] },
    now: '2025-01-12T12:00Z',
    due: '2025-01-10T06:00',
    day: '2025-01-10',
  },
  {
    name: 'one day a week',
    rhythm: { days: ['tue'] },
    now: '2025-01-13T12:00Z',
    due: '2025-01-07T06:00',
    day: '2025-01-07',
  },
  { name: 'no day at all', rhythm: { days: [] }, now: '2025-01-13T12:00Z', due: null },
];

describe('when a digest is due', () => {
  it.each(ROWS)('$name', ({ rhythm, now, due, day }) => {
    const found = toLastDue({ ...DAILY, ...rhythm }, new Date(now));

    expect(found && { at: found.at.toISOString().slice(0, 16), day: found.day }).toEqual(due && { at: due, day });
  });

  it.each(['Europe/Prague', 'Australia/Sydney', 'America/New_York', 'America/Santiago', 'Asia/Kolkata', 'UTC'])(
    'gives every local day of a year exactly one, whatever the clocks do: %s',
    (zone) => {
      const days: string[] = [];
      for (const at of ['02:30', '00:00']) {
        const seen = new Set<string>();
        const instants = new Set<number>();
        for (let hour = 0; hour < 366 * 24; hour += 1) {
          const due = toLastDue({ at, zone, days: DAYS }, new Date(Date.UTC(2025, 0, 3, hour)));
          if (due === null) continue;
          seen.add(due.day);
          instants.add(due.at.getTime());
        }
        days.push(`${String(seen.size)} ${String(instants.size)}`);
      }
      expect(days.every((one) => /^36[67] 36[67]$/.test(one) && one.slice(0, 3) === one.slice(4))).toBe(true);
    },
    20_000,
  );
});
