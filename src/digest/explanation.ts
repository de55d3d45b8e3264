import type { Evidence, Provenance, ReadPart, RegressionClaim } from '../model/evidence.ts';
import type { LogLine, Repair } from '../model/log.ts';
import type { Message } from '../model/message.ts';
import { writeTime } from '../lib/days.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import { PLAIN, type Style } from './style.ts';
import { writePerson } from './suggested.ts';

/** One mail with all that was found in it, and its parts with their repaired logs. */
export interface Explained {
  readonly message: Message;
  readonly evidence: Evidence;
  readonly parts: readonly ReadPart[];
}

const MOST_REPAIRS = 12;

/**
 * What a thread's verdict rests on, mail by mail: the rules that matched and the words they matched, claims of a regression,
 * people asked, files and functions named, and what was repaired in the log before it was read. Words that a later mail only
 * quotes are told once.
 */
export function writeExplanation(mails: readonly Explained[], style: Style = PLAIN): string {
  const told = new Set<string>();
  const lines = [
    style.bold('What this rests on'),
    ...mails.flatMap((mail, index) => [
      '',
      style.bold(`Mail ${index + 1}: ${writeHeading(mail.message)}`),
      ...writeRules(mail.evidence, told),
      ...writeRepairs(mail.parts, told, style),
      ...mail.message.problems.map(({ text }) => `  ${style.yellow('problem')}  ${toSafeLine(text, 200)}`),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

function writeHeading({ from, date }: Message): string {
  return `${from === null ? 'nobody' : writePerson(from)}, ${writeTime(date)}`;
}

function writeRules(evidence: Evidence, told: Set<string>): string[] {
  const { nearMisses, version } = evidence;
  return [
    ...toRules(evidence).flatMap(([what, place]) =>
      isNew(`${what} ${place.quote}`, told) ? [`  ${toSafeLine(what, 160)}`, `      ${writePlace(place)}`] : [],
    ),
    ...(nearMisses === 0 ? [] : [`  ${nearMisses} lines look like frames, and no trace was recognised in them`]),
    `  (read by extractor ${version})`,
  ];
}

function toRules({ signals, regressions, asked, mentions }: Evidence): (readonly [string, Provenance])[] {
  return [
    ...signals.map((one) => [`signal ${one.name}${one.value === null ? '' : ` (${one.value})`}`, one] as const),
    ...regressions.map((one) => [`regression ${writeClaim(one)}`, one] as const),
    ...asked.map((one) => [`asked ${one.name}`, one] as const),
    ...mentions.map((one) => [`names ${one.kind} ${one.value}`, one] as const),
  ];
}

function writeClaim({ rule, lastGood, firstBad, commit, denied }: RegressionClaim): string {
  const versions = `${lastGood ?? '?'} worked, ${firstBad ?? '?'} does not`;
  return `${rule}: ${denied ? 'none, it is said' : versions}${commit === null ? '' : `, commit ${commit}`}`;
}

/** Whether this was not told yet; it is now. */
function isNew(text: string, told: Set<string>): boolean {
  const known = told.has(text);
  told.add(text);
  return !known;
}

function writePlace({ part, line, depth, quote }: Provenance): string {
  const quoted = depth === 0 ? '' : `, quoted ${depth} deep`;
  return `${toSafeLine(part, 80)} line ${line}${quoted}${quote === '' ? '' : `: “${toSafeLine(quote, 200)}”`}`;
}

/** Marks and time stamps are taken off every line: only what changes the text itself is worth telling. */
const PLAIN_REPAIRS: ReadonlySet<Repair> = new Set(['stamp', 'unquote']);

function writeRepairs(parts: readonly ReadPart[], told: Set<string>, style: Style): string[] {
  const repaired = parts
    .flatMap(({ log }) => log.filter(({ repairs }) => repairs.some((one) => !PLAIN_REPAIRS.has(one))))
    .filter(({ text }) => isNew(`repair ${text}`, told));
  const more = repaired.length - MOST_REPAIRS;
  return [
    ...repaired.slice(0, MOST_REPAIRS).map((line) => writeRepair(line, style)),
    ...(more > 0 ? [`  … and ${more} more repaired lines`] : []),
  ];
}

function writeRepair({ first, last, repairs, text }: LogLine, style: Style): string {
  const where = first === last ? `line ${first}` : `lines ${first}-${last}`;
  return `  ${style.yellow('repaired')}  ${where} (${repairs.join(', ')}): ${toSafeLine(text, 160)}`;
}
