import { writeDays, writeTime } from '../lib/days.ts';
import { toLink } from '../lib/markup.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import type { Digest, DigestEntry, Section } from './digest.ts';
import { shortenCommits } from './environment-line.ts';
import { groupBest, writeCcLine, writePerson } from './suggested.ts';

/** One labelled line of an entry, before any form has laid it out. `log` is never wrapped, `address` only between addresses. */
export interface Row {
  readonly label: string;
  readonly text: string;
  readonly form: 'prose' | 'log' | 'address' | 'link';
}

/** `NEW`, `CHANGED`, or nothing. */
export function writeMark({ mark }: DigestEntry): string {
  return mark === null ? '' : mark.toUpperCase();
}

/** Everything that an entry's card says below its title, in the order of reading. Lines that have nothing to say are left out. */
export function toRows(entry: DigestEntry): Row[] {
  const { urgent, yours, news, regression, environment, crash, missing, fixedBy } = entry;
  return [
    ...prose('You', yours),
    ...prose('Why', urgent.join('; ')),
    ...prose('News', news),
    ...prose('State', writeState(entry)),
    ...prose('From', writeFrom(entry)),
    ...prose('Turn', entry.turn.who === 'nobody' ? null : entry.turn.text),
    ...prose('Fixed by', fixedBy === null ? null : shortenCommits(fixedBy)),
    ...prose('Regression', regression),
    ...prose('Runs', environment),
    ...(crash === null ? prose('Says', entry.summary) : prose('Crash', writeCrash(crash.text, crash.title))),
    ...(crash === null || crash.headline === crash.title ? [] : [row('Log', crash.headline, 'log')]),
    ...entry.unreached.map(({ name, quote }) =>
      row('Asked', `${toSafeLine(name, 60)}, not reached: “${toSafeLine(quote, 160)}”`, 'prose'),
    ),
    ...toRouting(entry.suggestions),
    ...(writeCcLine(entry.suggestions) === null ? [] : [row('Add', writeCcLine(entry.suggestions) ?? '', 'address')]),
    ...prose('Ask for', missing.join(', ')),
    ...toPlace(entry),
  ];
}

/** Whoever has it is named; whoever is missing, with the reason. */
function toRouting(suggestions: DigestEntry['suggestions']): Row[] {
  const groups = groupBest(suggestions);
  const has = groups.filter(({ addressed }) => addressed);
  const names = has.flatMap(({ people, role }) => people.map(({ name, section }) => `${name} (${section ?? role})`));
  const missing = new Map<string, string[]>();
  for (const { people, addressed, role, section, reasons } of groups) {
    if (addressed) continue;
    const [reason = 'no reason kept'] = reasons;
    const told = section === null ? reason : withoutSection(reason, section);
    missing.set(told, [...(missing.get(told) ?? []), `${people.map(writePerson).join(', ')} (${role})`]);
  }
  return [
    ...[...missing].map(([reason, people]) => row('Missing', `${people.join(', ')}: ${reason}`, 'prose')),
    ...prose('Has it', names.join(', ')),
  ];
}

/** The role names the entry already: a reason need not end with it. */
function withoutSection(reason: string, section: string): string {
  const ends = [`, which the entry ${section} covers`, `, a matter of ${section}`];
  const end = ends.find((one) => reason.endsWith(one));
  return end === undefined ? reason : reason.slice(0, -end.length);
}

/** An entry in one line: what lists of waiting threads show, and what is left of a card that was told before. */
export function writeOneLine(entry: DigestEntry): string {
  return `${entry.title} (${writeAside(entry)})`;
}

/** What a one-line entry says beside its title: why, how long, who began it. */
export function writeAside(entry: DigestEntry): string {
  const { genre, urgent, yours, turn, reporter, mails, age, mark } = entry;
  const who = `${reporter}, ${countMails(mails)}`;
  if (yours !== null) return `${yours}; ${who}`;
  if (urgent.length > 0) return `${urgent.join('; ')}; ${who}`;
  if (genre === 'question' || turn.days === null) return who;
  const waits = turn.days === 0 ? 'since today' : writeDays(turn.days);
  const old = age === null || age === turn.days || mark === 'new' ? '' : `, ${writeDays(age)} old`;
  return `${waits}${old}; ${who}`;
}

/** `mails 8, threads 7, new reports 1`, for people. */
export function writeCounts({ counts }: Digest): string {
  return counts.map(({ name, count }) => `${name} ${count}`).join(', ');
}

/** What a digest says below its counts: the filter that was used, and where the release stands. */
export function writeNotes({ filter, cycle }: Digest): string[] {
  return [
    ...(filter === null ? [] : [`Only what matches ${filter} is shown.`]),
    ...(cycle === null ? [] : [`${cycle}.`]),
  ];
}

/** `3 more` behind a section that was cut; `null` where all is shown. */
export function writeMore({ more }: Pick<Section, 'more'>): string | null {
  return more === 0 ? null : `and ${more} more`;
}

function toPlace({ url, ref, id }: DigestEntry): Row[] {
  const link = toLink(url);
  // Archives have the id in their addresses: once is enough.
  const known = link !== null && decodeSafely(link).includes(id);
  return [
    ...(link === null ? [] : [row('Read', link, 'link')]),
    row('Ref', known ? `#${ref}` : `#${ref} ${id}`, 'log'),
  ];
}

function decodeSafely(link: string): string {
  try {
    return decodeURIComponent(link);
  } catch {
    return link;
  }
}

function writeState({ genre, symptoms, status, mark, age }: DigestEntry): string {
  const days = age === null || mark === 'new' ? '' : `, ${age === 0 ? 'begun today' : `${writeDays(age)} old`}`;
  return `${[genre, ...symptoms].join(', ')}; ${status}${days}`;
}

function writeFrom({ reporter, startedAt, mails, people, lastSpeaker, lastActivityAt }: DigestEntry): string {
  const counts = `${countMails(mails)}, ${people} ${people === 1 ? 'person' : 'people'}`;
  const last = mails > 1 ? `; last ${lastSpeaker}, ${writeTime(lastActivityAt)}` : '';
  return `${reporter}, ${writeTime(startedAt)}; ${counts}${last}`;
}

function countMails(mails: number): string {
  return `${mails} ${mails === 1 ? 'mail' : 'mails'}`;
}

function writeCrash(text: string, title: string): string {
  return title === '' ? text : `${text}: ${title}`;
}

function prose(label: string, text: string | null): Row[] {
  return text === null || text === '' ? [] : [row(label, text, 'prose')];
}

function row(label: string, text: string, form: Row['form']): Row {
  return { label, text: toSafeLine(text), form };
}
