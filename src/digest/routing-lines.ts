import type { TriageThread } from '../model/triage.ts';
import { fill, wrap } from '../lib/wrap.ts';
import type { Style } from './style.ts';
import {
  findDoubtWords,
  findGoneWords,
  groupBest,
  writeCcLine,
  writeHolds,
  writePerson,
  type SuggestionGroup,
} from './suggested.ts';

const WIDTH = 78;
const INDENT = ' '.repeat(11);
const MOST_REASONS = 3;

/** Who should see a thread, best first, with reasons and whether the mail is addressed to them; then a Cc line to paste. */
export function writeRouting({ routing, people }: Pick<TriageThread, 'routing' | 'people'>, style: Style): string[] {
  const groups = groupBest(routing);
  const cc = writeCcLine(routing);
  const holds = writeHolds(routing);
  // A pasted log is addressed to nobody: then nobody is missing either.
  const missing = people.to.length + people.cc.length === 0 ? style.yellow('tell   ') : style.red('MISSING');
  return [
    ...(groups.length === 0
      ? ['  nobody found: no file, function or subsystem is named that a MAINTAINERS file covers']
      : groups.flatMap((group) => writeGroup(group, missing, style))),
    ...findDoubtWords(routing).flatMap((one) => wrap(one, WIDTH, '  note     ')),
    ...findGoneWords(routing).flatMap((one) => wrap(one, WIDTH, '  note     ')),
    ...(holds === null ? [] : [style.dim(`  ${holds}`)]),
    ...(cc === null ? [] : ['', '  To paste, after a look:', ...fill(cc.split(/(?<=,) /), WIDTH, '  ', '      ')]),
  ];
}

function writeGroup({ people, addressed, role, reasons }: SuggestionGroup, missing: string, style: Style): string[] {
  const mark = addressed ? style.green('has it ') : missing;
  return [
    ...people.map((one) => `  ${mark}  ${writePerson(one)} ${style.dim(one.score.toFixed(2))}`),
    ...wrap(role, WIDTH, INDENT).map(style.dim),
    ...reasons.slice(0, MOST_REASONS).flatMap((reason) => wrap(reason, WIDTH, `${INDENT}- `)),
  ];
}
