const MINUTE = 60_000;
const DAY = 86_400_000;

/** What the clocks of a zone show at an instant. */
export interface ZoneClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** What the clocks show, as if they were in UTC; in milliseconds. */
  readonly shown: number;
}

/** Reads the clocks of a zone. @throws RangeError where there is no such zone. */
export function readClock(instant: Date, timeZone: string): ZoneClock {
  const parts = toFormat(timeZone).formatToParts(instant);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const [year, month, day] = [read('year'), read('month'), read('day')];
  return { year, month, day, shown: Date.UTC(year, month - 1, day, read('hour'), read('minute')) };
}

/** Making one takes a thousand times longer than using it. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();
const MOST_FORMATS = 500;

function toFormat(timeZone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(timeZone);
  if (known !== undefined) return known;
  const made = makeFormat(timeZone);
  if (FORMATS.size < MOST_FORMATS) FORMATS.set(timeZone, made);
  return made;
}

function makeFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
}

/** Whether the time zone database knows a name. */
export function isZone(timeZone: string): boolean {
  try {
    toFormat(timeZone);
    return true;
  } catch {
    return false;
  }
}

/**
 * The earliest instant at which the clocks show that time (`shown`, as if it were in UTC), or have just passed it: where it does not
 * exist (clocks are set forward), the instant at which they are; where it comes twice, the first.
 */
export function toInstant(shown: number, timeZone: string): number {
  // No zone is further than a day from UTC, and no clock is set by more than a few hours: two looks find the offset.
  const offsetAt = (instant: number) =>
    readClock(new Date(instant), timeZone).shown - Math.floor(instant / MINUTE) * MINUTE;
  const candidates = [offsetAt(shown - DAY), offsetAt(shown + DAY)].map((offset) => shown - offset);
  const exact = candidates.filter((instant) => readClock(new Date(instant), timeZone).shown === shown);
  if (exact.length > 0) return Math.min(...exact);
  // Clocks are set by whole minutes, and seldom: it may take a look at each.
  let instant = Math.min(...candidates);
  while (readClock(new Date(instant), timeZone).shown < shown) instant += MINUTE;
  return instant;
}
