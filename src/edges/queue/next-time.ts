import { WEEKDAYS } from '../../ports/queue.ts';
import type { When } from '../../ports/queue.ts';

const MINUTE = 60_000;
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

interface Clock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** What the clocks show, as if they were in UTC; in milliseconds. */
  readonly shown: number;
}

function readClock(instant: Date, timeZone: string): Clock {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(instant);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const [year, month, day] = [read('year'), read('month'), read('day')];
  return { year, month, day, shown: Date.UTC(year, month - 1, day, read('hour'), read('minute')) };
}

/** The earliest instant at which the clocks show that time, or have just passed it. */
function toInstant(wanted: number, timeZone: string): number {
  // No zone is further than a day from UTC, and no clock is set by more than a few hours: two looks find the offset.
  const offsetAt = (instant: number) =>
    readClock(new Date(instant), timeZone).shown - Math.floor(instant / MINUTE) * MINUTE;
  const candidates = [offsetAt(wanted - DAY), offsetAt(wanted + DAY)].map((offset) => wanted - offset);
  const exact = candidates.filter((instant) => readClock(new Date(instant), timeZone).shown === wanted);
  if (exact.length > 0) return Math.min(...exact);
  // Clocks are set by whole minutes, and seldom: it may take a look at each.
  let instant = Math.min(...candidates);
  while (readClock(new Date(instant), timeZone).shown < wanted) instant += MINUTE;
  return instant;
}
