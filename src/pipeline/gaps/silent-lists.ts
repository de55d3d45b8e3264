import { toTime, writeTime } from '../../lib/days.ts';
import { toSafeLine } from '../../lib/safe-text.ts';
import type { ListHour } from '../../model/mailbox.ts';
import type { Gap } from './gap.ts';

const HOUR = 3_600_000;
/** How far back a list's rhythm is looked at, in days. */
export const RHYTHM_DAYS = 90;
/** A list that was seen on fewer days than this has no rhythm that could be told from chance. */
const FEWEST_DAYS = 10;
/**
 * Silent is what is quiet for so many times the longest usual pause, and at least for a day. A fitful list, whose long pauses are
 * far longer than its common ones, proves nothing by one that is twice as long. Measured on mails of 13 lists, each seen only where
 * it was crossposted: over a year from June 2023 a 2 for all gave 96 alarms (one a day and list while it lasts), these give 33.
 */
const FACTOR = { steady: 2, fitful: 4 } as const;
const FITFUL = 1.5;
const LEAST_MS = 24 * HOUR;
/** With so many pauses the very longest counts as a holiday, and the next one as usual. */
const ONE_HOLIDAY = 20;

interface Rhythm {
  readonly list: string;
  /** Hours with mail, milliseconds since 1970, ascending. */
  readonly hours: readonly number[];
  readonly days: number;
}

/**
 * Lists that are quiet for longer than they ever are, each measured by its own pauses of the last {@link RHYTHM_DAYS} days: a list
 * with a mail a week is not silent after a day, one with a mail an hour is.
 */
export function findSilentLists(hours: readonly ListHour[], asOf: string): Gap[] {
  const now = toTime(asOf) ?? 0;
  return toRhythms(hours, now)
    .flatMap((rhythm) => {
      const last = rhythm.hours.at(-1);
      const usual = findUsualPause(rhythm.hours);
      if (last === undefined || rhythm.days < FEWEST_DAYS) return [];
      // An hour counts from its end: its last mail may have come then.
      const quiet = now - last - HOUR;
      const factor = isSteady(rhythm) ? FACTOR.steady : FACTOR.fitful;
      return quiet > Math.max(LEAST_MS, factor * usual) ? [toGap(rhythm.list, { last, quiet, usual })] : [];
    })
    .sort((a, b) => (a.subject < b.subject ? -1 : 1));
}

function toRhythms(rows: readonly ListHour[], now: number): Rhythm[] {
  const hours = new Map<string, Set<number>>();
  for (const { list, hour } of rows) {
    const time = toTime(`${hour}:00:00.000Z`);
    if (time === null || time > now || time < now - RHYTHM_DAYS * 24 * HOUR) continue;
    const known = hours.get(list) ?? new Set();
    hours.set(list, known.add(time));
  }
  return [...hours].map(([list, times]) => ({
    list,
    hours: [...times].sort((a, b) => a - b),
    days: new Set([...times].map((time) => Math.floor(time / (24 * HOUR)))).size,
  }));
}

/** Mail on every other day, or pauses of days that are much alike. */
function isSteady({ hours, days }: Rhythm): boolean {
  if (days >= RHYTHM_DAYS / 2) return true;
  const long = toPauses(hours).filter((pause) => pause >= LEAST_MS);
  const middle = long[Math.floor(long.length / 2)] ?? 0;
  return findUsualPause(hours) <= FITFUL * middle;
}

function findUsualPause(hours: readonly number[]): number {
  const pauses = toPauses(hours);
  return pauses[pauses.length >= ONE_HOLIDAY ? 1 : 0] ?? 0;
}

/** Longest first. */
function toPauses(hours: readonly number[]): number[] {
  return hours
    .slice(1)
    .map((hour, at) => hour - (hours[at] ?? hour))
    .sort((a, b) => b - a);
}

function toGap(list: string, { last, quiet, usual }: { last: number; quiet: number; usual: number }): Gap {
  const since = writeTime(new Date(last).toISOString());
  return {
    kind: 'silent-list',
    subject: list,
    text: `${toSafeLine(list, 100)} is silent: no mail for ${writeSpan(quiet)} (since ${since}), and it is seldom quiet for longer than ${writeSpan(Math.max(usual, HOUR))}.`,
  };
}

/** `5 hours`, `3 days`: rounded down, hours up to two days. */
function writeSpan(ms: number): string {
  const hours = Math.floor(ms / HOUR);
  if (hours < 48) return `${String(hours)} hour${hours === 1 ? '' : 's'}`;
  return `${String(Math.floor(hours / 24))} days`;
}
