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
  const cut = cutMiddle(ofString(text), part, problems);
  return cut ?? { text, gap: null };
}

/** A carriage return that ends a line by itself: such a text has other lines as bytes than as a text. */
const CR = 0x0d;
const LF = 0x0a;

/**
 * The same for the bytes of an ASCII-based text, which are not made a string as a whole: 60 MB of log need no more memory than
 * what is kept of them. The text is that of the bytes in Latin-1.
 */
export function tidyBytes(raw: Buffer, part: string, problems: Problem[]): Tidied {
  if (hasLoneReturn(raw)) return tidyText(raw.toString('latin1'), part, problems);
  return cutMiddle(ofBytes(raw), part, problems) ?? tidyText(raw.toString('latin1'), part, problems);
}

function hasLoneReturn(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(CR); at >= 0; at = bytes.indexOf(CR, at + 1)) if (bytes[at + 1] !== LF) return true;
  return false;
}

/** Lines, whether they lie in a string or in bytes. */
interface Source {
  readonly length: number;
  /** Where the next line end stands from `at` on; -1 where none does. */
  readonly nextEnd: (at: number) => number;
  /** Where the last line end stands up to `at`. */
  readonly lastEnd: (at: number) => number;
  readonly slice: (from: number, to: number) => string;
  /** The character, or the byte, at a place. */
  readonly codeAt: (at: number) => number;
}

function ofString(text: string): Source {
  return {
    length: text.length,
    nextEnd: (at) => text.indexOf('\n', at),
    lastEnd: (at) => text.lastIndexOf('\n', at),
    slice: (from, to) => text.slice(from, to),
    codeAt: (at) => text.charCodeAt(at),
  };
}

function ofBytes(bytes: Buffer): Source {
  return {
    length: bytes.length,
    nextEnd: (at) => bytes.indexOf(LF, at),
    lastEnd: (at) => bytes.lastIndexOf(LF, at),
    slice: (from, to) => bytes.toString('latin1', from, to),
    codeAt: (at) => bytes[at] ?? 0,
  };
}

/** A text within the bounds; `null` where all of it already is. */
function cutMiddle(source: Source, part: string, problems: Problem[]): Tidied | null {
  const whole = takeHead(source, { length: MAX_PART_TEXT, lines: MAX_PART_LINES });
  if (whole.next > source.length) {
    tellLongLines(whole.long, part, problems);
    return whole.long.length === 0 ? null : { text: whole.lines.join('\n'), gap: null };
  }
  const half = { length: MAX_PART_TEXT / 2 - 512, lines: MAX_PART_LINES / 2 - 2 };
  const head = takeHead(source, half);
  const tail = takeTail(source, head.next, half);
  const lost = countLines(source, head.next, tail.start);
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
function takeHead(source: Source, budget: Budget): { lines: string[]; next: number; long: number[] } {
  const lines: string[] = [];
  const long: number[] = [];
  let next = 0;
  let left = budget.length;
  while (next <= source.length && lines.length < budget.lines) {
    const found = source.nextEnd(next);
    const end = found < 0 ? source.length : found;
    const whole = lengthOf(source, next, end);
    const length = Math.min(whole, MAX_LINE);
    if (length > left) break;
    lines.push(source.slice(next, next + length));
    if (length < whole) long.push(lines.length);
    left -= length + 1;
    next = end + 1;
  }
  return { lines, next, long };
}

/** Lines from the end, none of them before `from`; `long` is the place of the first one that was cut, 1-based, or 0. */
function takeTail(source: Source, from: number, budget: Budget): { lines: string[]; start: number; long: number } {
  const lines: string[] = [];
  let start = source.length + 1;
  let left = budget.length;
  let long = 0;
  while (start > from && lines.length < budget.lines) {
    const end = start - 1;
    const first = end === 0 ? 0 : Math.max(from, source.lastEnd(end - 1) + 1);
    const whole = lengthOf(source, first, end);
    const length = Math.min(whole, MAX_LINE);
    if (length > left) break;
    lines.push(source.slice(first, first + length));
    if (length < whole) long = lines.length;
    left -= length + 1;
    start = first;
  }
  return { lines: lines.reverse(), start, long: long === 0 ? 0 : lines.length - long + 1 };
}

/** The length of a line without its end: bytes still have the CR of CRLF. */
function lengthOf(source: Source, from: number, to: number): number {
  return to > from && to < source.length && source.codeAt(to - 1) === CR ? to - from - 1 : to - from;
}

function countLines(source: Source, from: number, to: number): number {
  let lines = 0;
  for (let at = from; at < to; at += 1) if (source.codeAt(at) === LF) lines += 1;
  return lines;
}

function tellLongLines(long: readonly number[], part: string, problems: Problem[]): void {
  const [first] = long;
  if (first === undefined) return;
  const which = long.length === 1 ? `line ${first}` : `${long.length} lines (the first: ${first})`;
  problems.push({ kind: 'line-cut', text: `${part}: ${which} was cut after ${MAX_LINE} characters` });
}
