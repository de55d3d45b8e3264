const DAY = 86_400_000;

/** Milliseconds since 1970 of an ISO date, or `null` where it holds none. */
export function toTime(iso: string | null): number | null {
  if (iso === null) return null;
  const time = Date.parse(iso);
  return Number.isNaN(time) ? null : time;
}

/** Whole days from one ISO date to another; never negative; `null` where either is missing. */
export function daysBetween(from: string | null, to: string): number | null {
  const start = toTime(from);
  const end = toTime(to);
  return start === null || end === null ? null : Math.max(0, Math.floor((end - start) / DAY));
}

/**
 * Whole days between two ISO dates that are no Saturday and no Sunday (UTC): nobody is late because of a weekend.
 * Counts the days that begin after `from` and no later than `to`. `null` where either is missing.
 */
export function workingDaysBetween(from: string | null, to: string): number | null {
  const start = toTime(from);
  const end = toTime(to);
  if (start === null || end === null) return null;
  const first = Math.floor(start / DAY);
  const last = Math.floor(end / DAY);
  return Math.max(0, workingDaysUntil(last) - workingDaysUntil(first));
}

/** Working days from the Monday before 1970 up to and including the day with this number since 1970 (a Thursday). */
function workingDaysUntil(day: number): number {
  const sinceMonday = day + 3;
  const weeks = Math.floor(sinceMonday / 7);
  return weeks * 5 + Math.min(5, sinceMonday - weeks * 7 + 1);
}

/** `2017-09-28 08:42 UTC`; `at an unknown time` where there is no date. */
export function writeTime(iso: string | null): string {
  const time = toTime(iso);
  return time === null ? 'at an unknown time' : `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `today`, `1 day`, `12 days`. */
export function writeDays(days: number): string {
  if (days === 0) return 'today';
  return days === 1 ? '1 day' : `${days} days`;
}
