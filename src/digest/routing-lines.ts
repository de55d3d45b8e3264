import type { TriageThread } from '../model/triage.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import { wrap } from '../lib/wrap.ts';
import type { Style } from './style.ts';
import { bestOf, writeCcLine, writePerson, writeRole } from './suggested.ts';

const WIDTH = 78;

/** Who should see a thread, best first, each with its reasons and whether the mail is addressed to them; then a Cc line to paste. */
export function writeRouting({ routing }: Pick<TriageThread, 'routing'>, style: Style): string[] {
  const best = bestOf(routing);
  const cc = writeCcLine(routing);
  return [
    ...(best.length === 0
      ? ['  nobody found: no file, function or subsystem is named that a MAINTAINERS file covers']
      : []),
    ...best.flatMap((one) => [
      `  ${one.addressed ? style.green('has it ') : style.red('MISSING')}  ${writePerson(one)}`,
      ...wrap(`${writeRole(one)}; score ${one.score.toFixed(2)}`, WIDTH, ' '.repeat(11)).map(style.dim),
      ...one.reasons.slice(0, 3).flatMap((reason) => wrap(toSafeLine(reason, 300), WIDTH, `${' '.repeat(11)}- `)),
    ]),
    ...(cc === null ? [] : ['', '  To paste, after a look:', `  ${cc}`]),
  ];
}
