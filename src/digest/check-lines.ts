import type { TriageThread } from '../model/triage.ts';
import { wrap } from '../lib/wrap.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import { writeEnvironment } from './environment-table.ts';
import { writeRegression } from './environment-line.ts';
import { writeRouting } from './routing-lines.ts';
import { PLAIN, type Style } from './style.ts';
import { writeTraces } from './trace-lines.ts';

const WIDTH = 78;
const SHOWN_LINES = 8;

/** What is known of a draft or of a pasted log. */
export interface CheckedText {
  readonly thread: TriageThread;
  /** 1-based lines that a mailer broke. */
  readonly wrappedLines: readonly number[];
  /** Lines that look like frames, where no trace was recognised. */
  readonly nearMisses: number;
}

/** What a reporter should know before the mail goes out: what was recognised, what is missing, how the log fares, whom to tell. */
export function writeCheck({ thread, wrappedLines, nearMisses }: CheckedText, style: Style = PLAIN): string {
  const numbers = new Map(thread.messages.map(({ id }) => [id, 1]));
  const regression = writeRegression(thread.regression);
  const lines = [
    style.bold('Recognised'),
    ...wrap([thread.genre, ...thread.symptoms].join(', '), WIDTH, '  '),
    ...(regression === null ? [] : [`  regression: ${regression}`]),
    ...(thread.traces.length === 0 ? ['  no crash log'] : writeTraces(thread.traces, numbers, style)),
    ...writeEnvironment(thread.environment, numbers, style),
    ...writeLogState(wrappedLines, nearMisses, style),
    '',
    style.bold('Worth adding'),
    ...(thread.missing.length === 0 ? ['  nothing that is usually asked for'] : thread.missing.flatMap(writeItem)),
    '',
    style.bold('Who should see it'),
    ...writeRouting(thread, style),
  ];
  return `${lines.join('\n')}\n`;
}

function writeItem(text: string): string[] {
  return wrap(toSafeLine(text, 200), WIDTH, '  - ');
}

function writeLogState(wrapped: readonly number[], nearMisses: number, style: Style): string[] {
  if (wrapped.length === 0 && nearMisses === 0) return [];
  const shown = wrapped.slice(0, SHOWN_LINES).join(', ');
  const more = wrapped.length > SHOWN_LINES ? ', …' : '';
  return [
    '',
    style.bold('The log'),
    ...(wrapped.length === 0
      ? []
      : wrap(
          `your log is wrapped: ${wrapped.length} of its lines were broken by the mail program (line ${shown}${more}). ` +
            'Attach it as a file, or switch line wrapping off: people search for whole lines.',
          WIDTH,
          '  ',
        ).map(style.yellow)),
    ...(nearMisses === 0
      ? []
      : wrap(
          `${nearMisses} lines look like a crash log that heddle cannot read; whether it is whole is for you to see`,
          WIDTH,
          '  ',
        )),
  ];
}
