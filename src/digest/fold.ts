import type { Genre } from '../model/verdict.ts';
import type { TriageThread } from '../model/triage.ts';
import { toLink } from '../lib/markup.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import type { Fold } from './digest.ts';
import { writeTitle } from './to-entry.ts';

/** osstest's subjects: `[xen-unstable test] 172151: regressions - FAIL`. */
const FLIGHT = /^\[(?<branch>[^\]]{1,80})\] (?<flight>\d{3,9}): (?<verdict>\S.{0,120})$/;

/** Numbers and commit ids make two mails of one robot look different: they are left out where mails are compared. */
const CHANGING = /\b(?:[0-9a-f]{7,40}|\d+)\b/g;

/** A flight with tolerable failures is pushed all the same: nobody has to look. */
const FAILED = /^(?!.*PUSHED).*(?:fail|regress|broken|error|trouble)/i;

const MOST_FLIGHTS = 6;

/** What arrived of a thread. */
function countArrived(thread: TriageThread, arrived: ReadonlySet<string>): number {
  return thread.messages.filter(({ id }) => arrived.has(id)).length;
}

/** Machine mails of the window, one line for each branch and result; failures first, then by name. */
export function foldCi(threads: readonly TriageThread[], arrived: ReadonlySet<string>): Fold[] {
  const groups = new Map<string, { name: string; flights: string[]; mails: number; url: string | null }>();
  for (const thread of threads) {
    const mails = thread.genre === 'ci' ? countArrived(thread, arrived) : 0;
    if (mails === 0) continue;
    const { key, name, flight } = nameCi(writeTitle(thread));
    const group = groups.get(key) ?? { name, flights: [], mails: 0, url: toLink(thread.messages[0]?.url ?? null) };
    group.mails += mails;
    if (flight !== null) group.flights.push(flight);
    groups.set(key, group);
  }
  return [...groups.values()]
    .sort((a, b) => Number(FAILED.test(b.name)) - Number(FAILED.test(a.name)) || (a.name < b.name ? -1 : 1))
    .map(({ name, flights, mails, url }) => ({ text: `${name}${writeFlights(flights)}`, mails, url }));
}

function nameCi(title: string): { key: string; name: string; flight: string | null } {
  const { branch, flight, verdict } = FLIGHT.exec(title)?.groups ?? {};
  if (branch === undefined || flight === undefined || verdict === undefined) {
    return { key: title.replace(CHANGING, '#'), name: title, flight: null };
  }
  return { key: `${branch} ${verdict}`, name: `${branch}: ${verdict}`, flight };
}

function writeFlights(flights: readonly string[]): string {
  if (flights.length === 0) return '';
  const more = flights.length > MOST_FLIGHTS ? ', …' : '';
  return ` (flight${flights.length === 1 ? '' : 's'} ${flights.slice(0, MOST_FLIGHTS).join(', ')}${more})`;
}

/**
 * What is not told thread by thread, in this order: each by its subject, the busiest few by their subjects and the rest
 * counted, or counted alone.
 */
const BACKGROUND: readonly { readonly genre: Genre; readonly name: string; readonly named: number }[] = [
  { genre: 'announcement', name: 'announcement', named: Infinity },
  { genre: 'security', name: 'security advisory', named: Infinity },
  { genre: 'pull-request', name: 'pull request', named: Infinity },
  { genre: 'discussion', name: 'discussion', named: 3 },
  { genre: 'patch', name: 'patches', named: 3 },
  { genre: 'spam', name: 'unsolicited mail', named: 0 },
];

/** Whether a folded line of machine mail tells of a failure: somebody should look. */
export function isFailure({ text }: Fold): boolean {
  return FAILED.test(text);
}

/** Whether a thread is named in the background whatever else is, and something of it arrived. */
export function isToldByName(thread: TriageThread, arrived: ReadonlySet<string>): boolean {
  return (
    BACKGROUND.some(({ genre, named }) => named === Infinity && genre === thread.genre) &&
    countArrived(thread, arrived) > 0
  );
}

/** The rest of the window's mail: announcements by name, talk and patches as far as there are few. */
export function foldBackground(threads: readonly TriageThread[], arrived: ReadonlySet<string>): Fold[] {
  return BACKGROUND.flatMap(({ genre, name, named }) => {
    const touched = threads
      .filter((thread) => thread.genre === genre)
      .map((thread) => ({ thread, mails: countArrived(thread, arrived) }))
      .filter(({ mails }) => mails > 0);
    const byName = named === Infinity ? touched : [...touched].sort((a, b) => b.mails - a.mails).slice(0, named);
    const rest = touched.filter((one) => !byName.includes(one));
    const mails = rest.reduce((sum, one) => sum + one.mails, 0);
    const more =
      byName.length === 0
        ? `${name}: ${rest.length}`
        : `${name}: ${rest.length} other ${rest.length === 1 ? 'thread' : 'threads'}`;
    return [
      ...byName.map((one) => foldOne(name, one.thread, one.mails)),
      ...(rest.length === 0 ? [] : [{ text: more, mails, url: null }]),
    ];
  });
}

function foldOne(name: string, thread: TriageThread, mails: number): Fold {
  return {
    text: toSafeLine(`${name}: ${writeTitle(thread)}`, 240),
    mails,
    url: toLink(thread.messages[0]?.url ?? null),
  };
}
