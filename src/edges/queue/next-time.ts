import { WEEKDAYS } from '../../ports/queue.ts';
import type { When } from '../../ports/queue.ts';
import { readClock, toInstant } from '../../lib/zone-clock.ts';

const DAY = 86_400_000;

/** A week, and a day for clocks that are set. */
const DAYS_AHEAD = 8;

/**
 * The first instant after `now` at which the clocks of the time zone show the time on one of the days. Where that day has no such
 * time (clocks are set forward), the instant at which they are; where it comes twice, the first.
 */
export function toNextTime({ at, timeZone, days }: Extract<When, { kind: 'daily' }>, now: Date): Date {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1) {
    const today = readClock(new Date(now.getTime() + ahead * DAY), timeZone);
    const wanted = Date.UTC(today.year, today.month - 1, today.day, hour, minute);
    if (days !== undefined && !days.some((day) => WEEKDAYS.indexOf(day) === new Date(wanted).getUTCDay())) continue;
    const found = toInstant(wanted, timeZone);
    if (found > now.getTime()) return new Date(found);
  }
  return new Date(now.getTime() + DAY);
}
