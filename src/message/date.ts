const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Zone names of RFC 5322 4.3, in minutes east of Greenwich; all others count as UTC, as the RFC says. */
const ZONES: Readonly<Record<string, number>> = {
  edt: -240,
  est: -300,
  cdt: -300,
  cst: -360,
  mdt: -360,
  mst: -420,
  pdt: -420,
  pst: -480,
};

/** `Thu, 28 Sep 2017 08:42:00 +0200`; day name, seconds and zone may be missing. */
const RFC_DATE =
  /(?:^|[\s,])(?<day>\d{1,2})[ -](?<month>[A-Za-z]{3})[a-z]{0,6}[ -](?<year>\d{2,4})[ ,]{1,3}(?<time>\d{1,2}[:.]\d\d(?:[:.]\d\d)?)(?:\.\d{1,6})? ?(?<zone>[+-]\d{4}|[A-Za-z]{1,5})?/;
/** `Thu Sep 28 08:42:00 2017 +0200`, as ctime and git write it. */
const C_DATE =
  /(?<month>[A-Za-z]{3}) {1,2}(?<day>\d{1,2}) (?<time>\d{1,2}:\d\d(?::\d\d)?) (?:(?<zoneBefore>[A-Z]{1,5}) )?(?<year>\d{4})(?: (?<zone>[+-]\d{4}))?/;
/** `2017-09-28T08:42:00Z`. */
const ISO_DATE =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)[T ](?<time>\d\d:\d\d(?::\d\d)?)(?:\.\d{1,9})? ?(?<zone>Z|[+-]\d\d:?\d\d)?/;

/**
 * Reads a Date header. Gives ISO 8601 in UTC, or `null` where it cannot be read or names no possible day: never a guess
 * and never the present.
 */
export function readDate(field: string): string | null {
  const text = field.slice(0, 200).replace(/\s+/g, ' ').trim();
  for (const form of [RFC_DATE, C_DATE, ISO_DATE]) {
    const found = form.exec(text)?.groups;
    if (found) return toIso(found);
  }
  return null;
}

function toIso(found: Readonly<Record<string, string | undefined>>): string | null {
  const month = monthOf(found['month'] ?? '');
  const year = fullYear(found['year'] ?? '');
  const day = Number(found['day']);
  if (month < 0 || year < 1970 || year > 2200 || day < 1 || day > daysIn(year, month)) return null;
  const seconds = secondsOf(found['time'] ?? '');
  if (seconds === null) return null;
  const zone = zoneMinutes(found['zone'] ?? found['zoneBefore'] ?? '');
  return new Date(Date.UTC(year, month, day) + seconds * 1_000 - zone * 60_000).toISOString();
}

function secondsOf(time: string): number | null {
  const [hour = 0, minute = 0, second = 0] = time.split(/[:.]/).map(Number);
  return hour > 24 || minute > 59 || second > 60 ? null : (hour * 60 + minute) * 60 + second;
}

function monthOf(text: string): number {
  return /^\d\d$/.test(text) ? (Number(text) <= 12 ? Number(text) - 1 : -1) : MONTHS.indexOf(text.toLowerCase());
}

/** RFC 5322 4.3: two digits below 50 are 20xx, the others and three digits count from 1900. */
function fullYear(text: string): number {
  const year = Number(text);
  if (text.length >= 4) return year;
  return text.length === 2 && year < 50 ? year + 2000 : year + 1900;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}

/** Zones beyond a day are noise and count as UTC. */
function zoneMinutes(text: string): number {
  const numeric = /^(?<sign>[+-])(?<hours>\d\d):?(?<minutes>\d\d)$/.exec(text)?.groups;
  if (!numeric) return ZONES[text.toLowerCase()] ?? 0;
  const minutes = Number(numeric['hours']) * 60 + Number(numeric['minutes']);
  return minutes > 24 * 60 ? 0 : numeric['sign'] === '-' ? -minutes : minutes;
}
