import { describe, expect, it } from 'vitest';
import { InlineQueue } from '../../../src/edges/queue/inline-queue.ts';
import { toNextTime } from '../../../src/edges/queue/next-time.ts';
import type { Weekday } from '../../../src/ports/queue.ts';
import { testQueue } from './contract.ts';

testQueue('inline', () => Promise.resolve(new InlineQueue({ clock: { now: () => new Date() }, random: () => 0.5 })));

describe('the next time of a day', () => {
  it.each<{ name: string; at: string; timeZone: string; days?: Weekday[]; now: string; next: string }>([
    { name: 'later today', at: '08:00', timeZone: 'UTC', now: '2026-01-05T07:59:59Z', next: '2026-01-05T08:00:00Z' },
    { name: 'not now', at: '08:00', timeZone: 'UTC', now: '2026-01-05T08:00:00Z', next: '2026-01-06T08:00:00Z' },
    {
      name: 'in winter',
      at: '08:00',
      timeZone: 'Europe/Berlin',
      now: '2026-01-05T00:00:00Z',
      next: '2026-01-05T07:00:00Z',
    },
    {
      name: 'in summer',
      at: '08:00',
      timeZone: 'Europe/Berlin',
      now: '2026-07-05T00:00:00Z',
      next: '2026-07-05T06:00:00Z',
    },
    {
      name: 'east of the day',
      at: '08:00',
      timeZone: 'Asia/Tokyo',
      now: '2026-01-05T22:59:00Z',
      next: '2026-01-05T23:00:00Z',
    },
    {
      name: 'west of the day',
      at: '20:00',
      timeZone: 'America/Los_Angeles',
      now: '2026-01-05T01:00:00Z',
      next: '2026-01-05T04:00:00Z',
    },
    {
      name: 'half an hour off',
      at: '08:00',
      timeZone: 'Asia/Kolkata',
      now: '2026-01-05T00:00:00Z',
      next: '2026-01-05T02:30:00Z',
    },
    {
      name: 'on a weekday',
      at: '08:00',
      timeZone: 'UTC',
      days: ['mon'],
      now: '2026-01-05T08:00:00Z',
      next: '2026-01-12T08:00:00Z',
    },
    {
      name: 'on one of two',
      at: '08:00',
      timeZone: 'UTC',
      days: ['wed', 'mon'],
      now: '2026-01-05T09:00:00Z',
      next: '2026-01-07T08:00:00Z',
    },
    {
      name: 'that is skipped',
      at: '02:30',
      timeZone: 'Europe/Berlin',
      now: '2026-03-28T23:00:00Z',
      next: '2026-03-29T01:00:00Z',
    },
    {
      name: 'the day after a skip',
      at: '02:30',
      timeZone: 'Europe/Berlin',
      now: '2026-03-29T01:00:00Z',
      next: '2026-03-30T00:30:00Z',
    },
    {
      name: 'that comes twice',
      at: '02:30',
      timeZone: 'Europe/Berlin',
      now: '2026-10-24T23:00:00Z',
      next: '2026-10-25T00:30:00Z',
    },
  ])('$name', ({ at, timeZone, days, now, next }) => {
    const when = { kind: 'daily', at, timeZone, ...(days === undefined ? {} : { days }) } as const;
    expect(toNextTime(when, new Date(now)).toISOString()).toBe(new Date(next).toISOString());
  });
});
