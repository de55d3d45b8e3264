import { writeDays, writeTime } from '../lib/days.ts';
import { toLink } from '../lib/markup.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import type { Digest, DigestEntry, Section } from './digest.ts';
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
  const { urgent, regression, environment, crash, missing, fixedBy } = entry;
  const why = urgent.length === 0 ? null : urgent.join('; ');
  return [
    ...prose('Why', why),
    ...prose('State', writeState(entry)),
    ...prose('From', writeFrom(entry)),
    ...prose('Turn', entry.turn.text),
    ...prose('Fixed by', fixedBy),
    ...prose('Regression', regression),
    ...prose('Runs', environment === '' ? null : environment),
    ...(crash === null ? prose('Says', entry.summary) : prose('Crash', writeCrash(crash.text, crash.title))),
    ...(crash === null ? [] : [row('Log', crash.headline, 'log')]),
    ...entry.unreached.map(({ name, quote }) =>
      row('Asked', `${toSafeLine(name, 60)}, not reached: “${toSafeLine(quote, 160)}”`, 'prose'),
    ),
    ...groupBest(entry.suggestions).map(({ people, addressed, role, reasons }) =>
      row(
        addressed ? 'Has it' : 'Missing',
        `${people.map(writePerson).join(', ')} (${role}): ${reasons[0] ?? 'no reason kept'}`,
        'prose',
      ),
    ),
    ...(writeCcLine(entry.suggestions) === null ? [] : [row('Add', writeCcLine(entry.suggestions) ?? '', 'address')]),
    ...prose('Ask for', missing.length === 0 ? null : missing.join(', ')),
    ...toPlace(entry),
  ];
}

/** An entry in one line: what a list of waiting threads shows. */
export function writeOneLine(entry: DigestEntry): string {
  const waits = entry.genre === 'question' ? '' : `${entry.turn.text}; `;
  return `${entry.title} (${waits}${entry.reporter}, ${countMails(entry.mails)})`;
}

/** `mails 8, threads 7, new reports 1`, for people. */
export function writeCounts({ counts }: Digest): string {
  return counts.map(({ name, count }) => `${name} ${count}`).join(', ');
}

/** `3 more` behind a section that was cut; `null` where all is shown. */
export function writeMore({ more }: Section): string | null {
  return more === 0 ? null : `and ${more} more`;
}

function toPlace({ url, id }: DigestEntry): Row[] {
  const link = toLink(url);
  return [...(link === null ? [] : [row('Read', link, 'link')]), row('Id', id, 'log')];
}

function writeState({ genre, symptoms, status, statusBefore, mark, age }: DigestEntry): string {
  const moved = statusBefore !== null && statusBefore !== status ? `${statusBefore} → ${status}` : status;
  const days = age === null || mark === 'new' ? '' : `, ${age === 0 ? 'begun today' : `${writeDays(age)} old`}`;
  return `${[genre, ...symptoms].join(', ')}; ${moved}${days}`;
}

function writeFrom({ reporter, startedAt, mails, arrived, people, lastSpeaker, lastActivityAt }: DigestEntry): string {
  const newer = arrived > 0 && arrived < mails ? `, ${arrived} new` : '';
  const counts = `${countMails(mails)}${newer}, ${people} ${people === 1 ? 'person' : 'people'}`;
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
