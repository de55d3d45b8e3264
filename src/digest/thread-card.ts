import type { TriageAsked, TriageMessage, TriageThread } from '../model/triage.ts';
import { writeTime } from '../lib/days.ts';
import { toLink } from '../lib/markup.ts';
import { toSafeLine, toSafeText } from '../lib/safe-text.ts';
import { wrap } from '../lib/wrap.ts';
import { writeRegression } from './environment-line.ts';
import { writeEnvironment } from './environment-table.ts';
import { writeRouting } from './routing-lines.ts';
import { PLAIN, type Style } from './style.ts';
import { writePerson } from './suggested.ts';
import { writeTitle } from './to-entry.ts';
import { writeTraces } from './trace-lines.ts';
import { toTurn, writeLastWord } from './turn.ts';

const WIDTH = 78;

/**
 * Everything that heddle knows about a thread, for a person at a terminal: prose in 78 columns, log lines never wrapped.
 * Mails are numbered as the list at the end has them. Ends with a line end.
 */
export function writeThreadCard(thread: TriageThread, style: Style = PLAIN): string {
  const numbers = new Map(thread.messages.map(({ id }, index) => [id, index + 1]));
  const lines = [
    ...writeHead(thread, style),
    ...writeTraces(thread.traces, numbers, style),
    ...writeEnvironment(thread.environment, numbers, style),
    ...writePeople(thread, numbers, style),
    '',
    style.bold('Who should see this'),
    ...writeRouting(thread, style),
    ...writeMissing(thread, style),
    ...writeMails(thread, numbers, style),
  ];
  return `${lines.join('\n')}\n`;
}

function writeHead(thread: TriageThread, style: Style): string[] {
  const title = writeTitle(thread);
  const link = toLink(thread.messages[0]?.url ?? null);
  const { genre, symptoms, status, classifiedBy } = thread;
  const facts: readonly (readonly [string, string | null])[] = [
    [
      'What',
      `${[genre, ...symptoms].join(', ')}; ${status}${writeClosing(thread)} (by ${toSafeLine(classifiedBy, 60)})`,
    ],
    ['Model', writeTestimony(thread)],
    ['Component', thread.component === undefined ? null : toSafeLine(thread.component, 120)],
    ['Regression', writeRegression(thread.regression)],
    [thread.messages[0]?.parent === null ? 'Reporter' : 'First here', writeReporter(thread)],
    ['Traffic', writeTraffic(thread)],
    ['Turn', toTurn(thread).text],
    ['Last word', writeLastWord(thread)],
    ...writeFixes(thread),
    ['Summary', toSafeText(thread.summary)],
  ];
  return [
    style.bold(title),
    style.dim('='.repeat(Math.min(WIDTH, title.length))),
    style.dim(`<${toSafeLine(thread.id, 500)}>`),
    ...(link === null ? [] : [link]),
    '',
    ...facts.flatMap(([label, text]) => labelled(label, text, style)),
  ];
}

function labelled(label: string, text: string | null, style: Style): string[] {
  const first = `${label}:`.padEnd(12);
  return wrap(text ?? '', WIDTH, first).map((line) => line.replace(first, style.dim(first)));
}

function writeClosing({ fixedBy, duplicateOf }: TriageThread): string {
  if (fixedBy !== null) return ` by ${toSafeLine(fixedBy, 120)}`;
  return duplicateOf === null ? '' : ` of <${toSafeLine(duplicateOf, 500)}>`;
}

const MOST_FIXES = 3;

/** Patches for a report in other threads, and by which words they are known for such. */
function writeFixes({ fixes = [] }: TriageThread): (readonly [string, string])[] {
  const told = fixes.slice(0, MOST_FIXES).map(({ thread, status, date, quote }): readonly [string, string] => {
    const state = status === 'fixed' ? 'taken' : 'proposed';
    return ['Patch', `${state}, <${toSafeLine(thread, 500)}>, ${writeTime(date)}: “${toSafeLine(quote, 200)}”`];
  });
  const more = fixes.length - told.length;
  return more > 0 ? [...told, ['Patch', `and ${more} more`]] : told;
}

/** What a model had to say, where one was asked. */
function writeTestimony({ testimony, genre }: TriageThread): string | null {
  if (testimony === undefined) return null;
  const model = toSafeLine(testimony.model, 60);
  if (testimony.kind !== 'heard') return `${model} has no say: ${toSafeLine(testimony.why, 300)}`;
  const says = testimony.genre === genre ? 'agrees' : `takes it for: ${testimony.genre}`;
  return `${model} ${says}, by “${toSafeLine(testimony.quote.text, 200)}”`;
}

function writeReporter({ messages, startedAt }: TriageThread): string {
  const root = messages[0];
  return root === undefined ? 'unknown' : `${writePerson(root.from)}, ${writeTime(startedAt)}`;
}

function writeTraffic({ messages, people, lastActivityAt }: TriageThread): string {
  const mails = `${messages.length} ${messages.length === 1 ? 'mail' : 'mails'}`;
  const count = people.participants.length;
  return `${mails} by ${count} ${count === 1 ? 'person' : 'people'}, the last ${writeTime(lastActivityAt)}`;
}

function writePeople({ people }: TriageThread, numbers: ReadonlyMap<string, number>, style: Style): string[] {
  const { asked, dropped } = people;
  if (asked.length === 0 && dropped.length === 0) return [];
  return [
    '',
    style.bold('Asked and dropped'),
    ...asked.flatMap((one) => writeAsked(one, numbers, style)),
    ...dropped.map(
      ({ address, message }) => `  ${toSafeLine(address, 254)} dropped from Cc in mail ${numbers.get(message) ?? '?'}`,
    ),
  ];
}

function writeAsked(asked: TriageAsked, numbers: ReadonlyMap<string, number>, style: Style): string[] {
  const { name, address, by, message, quote, reached } = asked;
  const who = address === null ? `${toSafeLine(name, 100)} (address unknown)` : writePerson({ name, address });
  const state = reached ? style.green('asked and reached') : style.red('ASKED, NOT REACHED');
  return [
    `  ${state}  ${who}`,
    ...wrap(
      `by ${toSafeLine(by, 254)} in mail ${numbers.get(message) ?? '?'}: “${toSafeLine(quote, 300)}”`,
      WIDTH,
      '      ',
    ),
  ];
}

function writeMissing({ missing }: TriageThread, style: Style): string[] {
  if (missing.length === 0) return [];
  return ['', style.bold('Not said yet'), ...missing.flatMap((one) => wrap(toSafeLine(one, 200), WIDTH, '  - '))];
}

const MOST_MAILS = 40;

function writeMails({ messages }: TriageThread, numbers: ReadonlyMap<string, number>, style: Style): string[] {
  const more = messages.length - MOST_MAILS;
  return [
    '',
    style.bold('Mails'),
    ...messages.slice(0, MOST_MAILS).map((one) => writeMail(one, numbers)),
    ...(more > 0 ? [`  … and ${more} more`] : []),
  ];
}

function writeMail({ id, parent, from, date }: TriageMessage, numbers: ReadonlyMap<string, number>): string {
  const number = String(numbers.get(id) ?? '?').padStart(3);
  const answered = parent === null ? '' : `, answers ${numbers.get(parent) ?? 'a mail that is not at hand'}`;
  return `${number}  ${writeTime(date)}  ${toSafeLine(from.name ?? from.address, 100)}${answered}`;
}
