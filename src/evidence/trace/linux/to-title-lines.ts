import type { LogLine } from '../../../model/log.ts';
import { beginsInformation, contextOf } from './collect-report.ts';
import { findHeadline } from './headers.ts';

/** Farther down nothing belongs to a title. */
const REACH = 1500;
/** Behind so many lines a second report is noise that the first one made. */
const LONG = 22;

/** Frames that the log itself doubts. */
const DOUBTFUL = /(?:\[<[0-9a-f]{1,16}>\])? \? +[a-zA-Z0-9_.]{1,200}\+0x[0-9a-f]{1,8}\/|\(unreliable\)/;

/**
 * The text that a title is read from (crash-reports.md, step 3): the lines of the headline's context, without doubtful
 * frames, up to the next report where no context tells the two apart.
 */
export function toTitleLines(stream: readonly LogLine[], from: number): string[] {
  const first = stream[from];
  if (!first) return [];
  const context = contextOf(first);
  const known = context !== '' && context !== 'console';
  const lines = [first.text];
  let allCpus = false;
  for (const line of stream.slice(from + 1, from + REACH)) {
    if (!known && beginsAnother(line)) break;
    const own = contextOf(line) === context || (allCpus && /^C\d/.test(contextOf(line)));
    if (!own || line.depth !== first.depth || saysNothing(line.text)) continue;
    allCpus ||= line.text.includes('Sending NMI from CPU');
    if (lines.length > LONG && isAftermath(line.text)) break;
    lines.push(line.text);
  }
  return lines;
}

function saysNothing(text: string): boolean {
  return (
    (DOUBTFUL.test(text) && !text.includes('<EOI>')) || text.includes('Disabling lock debugging due to kernel taint')
  );
}

function beginsAnother(line: LogLine): boolean {
  if (beginsInformation(line.text)) return true;
  const headline = findHeadline(line);
  return headline !== null && !headline.inside;
}

function isAftermath(text: string): boolean {
  return (
    text.includes('Kernel panic - not syncing') ||
    text.includes('WARNING: possible circular locking dependency detected')
  );
}
