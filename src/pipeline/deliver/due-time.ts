import { readClock, toInstant } from '../../lib/zone-clock.ts';
import { DAYS, type Rhythm } from '../../model/subscriber.ts';

const DAY = 86_400_000;
/** A week, and a day for clocks that are set. */
const DAYS_BACK = 8;

/** When a digest is due, and the local day that it is of. */
export interface Due {
  readonly at: Date;
  /** `2025-03-30`, on the clocks of the subscriber. */
  readonly day: string;
}

/**
 * The last time up to `now` at which a digest was due. Every local day of the rhythm has exactly one: where clocks are set forward
 * over the time, it is when they are; where the time comes twice, it is the first.
 *
 * @returns `null` where the rhythm has no day.
 * @throws RangeError where there is no such zone.
 */
export function toLastDue({ at, zone, days }: Rhythm, now: Date): Due | null {
  const today = readClock(now, zone);
  for (let back = -1; back <= DAYS_BACK; back += 1) {
    const due = dueOn(Date.UTC(today.year, today.month - 1, today.day) - back * DAY, { at, zone, days });
    if (due !== null && due.at.getTime() <= now.getTime()) return due;
  }
  return null;
}

/** When a digest is due on a local day (its midnight, as if in UTC), or `null` where that day has none. */
function dueOn(midnight: number, { at, zone, days }: Rhythm): Due | null {
  // 1970-01-01 was a Thursday.
  const weekday = DAYS[(((Math.floor(midnight / DAY) + 3) % 7) + 7) % 7];
  if (weekday === undefined || !days.includes(weekday)) return null;
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  const instant = toInstant(midnight + (hour * 60 + minute) * 60_000, zone);
  return { at: new Date(instant), day: new Date(midnight).toISOString().slice(0, 10) };
}
