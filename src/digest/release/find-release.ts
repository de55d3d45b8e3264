import type { Release } from '../../model/digest.ts';
import { RELEASES } from './release-rows.ts';

/** What the operator says of the release that is being made; everything may be left out. */
export interface ReleaseSetting {
  /** `4.20`. */
  readonly name?: string | undefined;
  /** Day of the release before it, `YYYY-MM-DD`. */
  readonly since?: string | undefined;
  /** Day from which only fixes go in. */
  readonly freeze?: string | undefined;
}

/** A mail that may tell how far a release is. */
export interface Announced {
  readonly subject: string;
  readonly date: string | null;
}

const CANDIDATE =
  /\bxen[ -](?:project )?(?:v|hypervisor )?(?<name>\d\.\d{1,2})(?:\.0)?[ -]?rc[ -]?(?<number>\d{1,2})\b/i;
const FREEZE = /\b(?:feature|code|hard(?: code)?) freeze\b|\bcut-?off date\b|\bcommit moratorium\b/i;
/** The feature freeze is called out weeks ahead; a candidate is a matter of weeks too. */
const CALLS_COUNT_DAYS = 100;
const DAY = 86_400_000;

/**
 * The release that was being made on a day: what the operator set, else the one after the newest known release. How far
 * it was is read from the subjects of announcements (oldest first or not) up to that day. `null` where nothing is known.
 *
 * @param day ISO 8601: the end of the window. Nothing that came later is looked at.
 */
export function findRelease(
  day: string,
  { setting, announced }: { readonly setting: ReleaseSetting; readonly announced: readonly Announced[] },
): Release | null {
  const past = RELEASES.filter((one) => one.day < day.slice(0, 10));
  const before = setting.name === undefined ? past.at(-1) : past.filter((one) => one.name !== setting.name).at(-1);
  const name = setting.name ?? toNext(before?.name);
  if (name === undefined) return null;
  const since = setting.since ?? before?.day ?? null;
  const recent = announced.filter(({ date }) => date !== null && date < day && isRecent(date, day, since));
  const candidate = findCandidate(name, recent);
  const frozen =
    candidate !== null ||
    (setting.freeze !== undefined && setting.freeze <= day.slice(0, 10)) ||
    recent.some(({ subject }) => FREEZE.test(subject.slice(0, 200)) && subject.includes(name));
  return { name, last: before?.name ?? null, since, candidate, frozen };
}

function toNext(name: string | undefined): string | undefined {
  const [major, minor] = (name ?? '').split('.');
  return major === undefined || minor === undefined ? undefined : `${major}.${Number(minor) + 1}`;
}

function isRecent(date: string, day: string, since: string | null): boolean {
  return (since === null || date >= since) && Date.parse(day) - Date.parse(date) < CALLS_COUNT_DAYS * DAY;
}

/** `rc2, 2025-01-29`: the newest candidate that was announced. */
function findCandidate(name: string, announced: readonly Announced[]): string | null {
  const found = announced.flatMap(({ subject, date }) => {
    const groups = CANDIDATE.exec(subject.slice(0, 200))?.groups;
    return groups?.['name'] === name && date !== null ? [{ number: Number(groups['number']), date }] : [];
  });
  const newest = found.reduce<(typeof found)[number] | null>(
    (best, one) => (best === null || one.number > best.number ? one : best),
    null,
  );
  if (newest === null) return null;
  const first = found.filter(({ number }) => number === newest.number).map(({ date }) => date);
  return `rc${newest.number}, ${first.sort()[0]?.slice(0, 10) ?? newest.date.slice(0, 10)}`;
}
