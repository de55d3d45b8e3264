import type { Problem } from '../model/message.ts';

/** What a part may hold: far more than any log that people read, far less than what hurts. */
export const MAX_PART_TEXT = 2 * 1024 * 1024;
const MAX_PART_LINES = 64 * 1024;
/** Longer lines are no log lines. */
const MAX_LINE = 20_000;

/** Text made fit for reading: LF line ends, no NUL, within the bounds. What was cut is told in `problems`. */
export function tidyText(raw: string, part: string, problems: Problem[]): string {
  let text = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
  if (text.includes('\0')) text = text.replaceAll('\0', '');
  const end = endWithin(text);
  if (end < text.length) {
    text = text.slice(0, end);
    problems.push({ kind: 'part-cut', text: `${part} was cut after ${end} characters` });
  }
  if (!hasLongLine(text)) return text;
  problems.push({ kind: 'line-cut', text: `${part} has lines longer than ${MAX_LINE} characters, which were cut` });
  return text
    .split('\n')
    .map((line) => line.slice(0, MAX_LINE))
    .join('\n');
}

/** Where the text has to be cut: at a line end, where there is one in reach. */
function endWithin(text: string): number {
  let end = text.length;
  if (end > MAX_PART_TEXT) end = text.lastIndexOf('\n', MAX_PART_TEXT) + 1 || MAX_PART_TEXT;
  // Even lines of one character cannot be too many in a text this short.
  if (end < 2 * MAX_PART_LINES) return end;
  let at = -1;
  for (let lines = 0; lines < MAX_PART_LINES; lines += 1) {
    at = text.indexOf('\n', at + 1);
    if (at < 0 || at >= end) return end;
  }
  return at + 1;
}

/** Jumps from line end to line end as far back as the limit allows, so most lines are not looked at. */
function hasLongLine(text: string): boolean {
  for (let at = 0; text.length - at > MAX_LINE;) {
    const end = text.lastIndexOf('\n', at + MAX_LINE);
    if (end < at) return true;
    at = end + 1;
  }
  return false;
}
