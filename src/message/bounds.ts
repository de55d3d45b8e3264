import type { Gap, Problem } from '../model/message.ts';

/** What a part may hold: far more than any log that people read, far less than what hurts. */
export const MAX_PART_TEXT = 2 * 1024 * 1024;
/** No step looks at more lines of one part. */
const MAX_PART_LINES = 60_000;
/** Longer lines are no log lines; what stands behind them may be one. */
const MAX_LINE = 16 * 1024;

/** Text within the bounds, and the lines that it lost in its middle. */
export interface Tidied {
  readonly text: string;
  readonly gap: Gap | null;
}

/**
 * Text made fit for reading: LF line ends, no NUL, within the bounds. Long lines lose their ends first, so that one of them
 * does not hide the log behind it; a text that is still too long keeps its beginning and its end, since a boot log starts with
 * versions and ends with the crash. A line says what is missing between them.
 *
 * @returns the text and its gap; what was cut is told in `problems`. Linear in the length of the text.
 */
export function tidyText(raw: string, part: string, problems: Problem[]): Tidied {
  let text = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
  if (text.includes('\0')) text = text.replaceAll('\0', '');
  const whole = takeHead(text, { length: MAX_PART_TEXT, lines: MAX_PART_LINES });
  if (whole.next > text.length) {
    tellLongLines(whole.long, part, problems);
    return { text: whole.long.length === 0 ? text : whole.lines.join('\n'), gap: null };
  }
  const half = { length: MAX_PART_TEXT / 2 - 512, lines: MAX_PART_LINES / 2 - 2 };
  const head = takeHead(text, half);
  const tail = takeTail(text, head.next, half);
  const lost = countLines(text, head.next, tail.start);
  const gap = { after: head.lines.length, lines: lost };
  const last = gap.after + lost;
  tellLongLines(head.long, part, problems);
  if (tail.long > 0 && head.long.length === 0) tellLongLines([last + tail.long], part, problems);
  const missing = `lines ${gap.after + 1} to ${last}`;
  problems.push({ kind: 'part-cut', text: `${part} is too long: its ${missing} were left out` });
  return { text: [...head.lines, `[${missing} were left out here]`, ...tail.lines].join('\n'), gap };
}

interface Budget {
  readonly length: number;
  readonly lines: number;
}

/** Lines from the front; `next` is where the first line starts that was not taken: beyond the end where all were. */
function takeHead(text: string, budget: Budget): { lines: string[]; next: number; long: number[] } {
  const lines: string[] = [];
  const long: number[] = [];
  let next = 0;
  let left = budget.length;
  while (next <= text.length && lines.length < budget.lines) {
    const found = text.indexOf('\n', next);
    const end = found < 0 ? text.length : found;
    const length = Math.min(end - next, MAX_LINE);
    if (length > left) break;
    lines.push(text.slice(next, next + length));
    if (length < end - next) long.push(lines.length);
    left -= length + 1;
    next = end + 1;
  }
  return { lines, next, long };
}

/** Lines from the end, none of them before `from`; `long` is the place of the first one that was cut, 1-based, or 0. */
function takeTail(text: string, from: number, budget: Budget): { lines: string[]; start: number; long: number } {
  const lines: string[] = [];
  let start = text.length + 1;
  let left = budget.length;
  let long = 0;
  while (start > from && lines.length < budget.lines) {
    const end = start - 1;
    const first = end === 0 ? 0 : Math.max(from, text.lastIndexOf('\n', end - 1) + 1);
    const length = Math.min(end - first, MAX_LINE);
    if (length > left) break;
    lines.push(text.slice(first, first + length));
    if (length < end - first) long = lines.length;
    left -= length + 1;
    start = first;
  }
  return { lines: lines.reverse(), start, long: long === 0 ? 0 : lines.length - long + 1 };
}

function countLines(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = from; at < to; at += 1) if (text.charCodeAt(at) === 0x0a) lines += 1;
  return lines;
}

function tellLongLines(long: readonly number[], part: string, problems: Problem[]): void {
  const [first] = long;
  if (first === undefined) return;
  const which = long.length === 1 ? `line ${first}` : `${long.length} lines (the first: ${first})`;
  problems.push({ kind: 'line-cut', text: `${part}: ${which} was cut after ${MAX_LINE} characters` });
}
