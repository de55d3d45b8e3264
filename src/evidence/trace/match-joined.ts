import type { LogLine } from '../../model/log.ts';
import { isBeginning } from '../log/productions.ts';

export interface JoinedMatch {
  readonly groups: Readonly<Record<string, string | undefined>>;
  /** The text that matched: one line, or several as one. */
  readonly text: string;
  /** How many lines of the log it took. */
  readonly count: number;
}

/**
 * The match of a pattern on a line, or on the line with those below it that a mailer broke off: as few as make it
 * match, at most `most` lines, none of them blank or of another quotation. `null` where even that does not match.
 */
export function matchJoined(log: readonly LogLine[], at: number, pattern: RegExp, most: number): JoinedMatch | null {
  const first = log[at];
  if (!first) return null;
  let text = first.text.trimEnd();
  for (let count = 1; count <= most; count += 1) {
    const match = pattern.exec(text);
    if (match) return { groups: match.groups ?? {}, text: text.trim(), count };
    const next = log[at + count];
    const piece = next?.text.trim() ?? '';
    if (piece === '' || next?.depth !== first.depth) return null;
    text = `${text} ${piece}`;
  }
  return null;
}

/** Mail is broken at no fewer columns than this. */
const NARROWEST = 62;
/** What stood in front of the text of a line before its repair: `(XEN) `. */
const PREFIX = 6;

/**
 * The text of a line of Xen's console with its rest, where the mailer broke it: the next line has no prefix, and its
 * first word would have made this one too long.
 */
export function joinTail(log: readonly LogLine[], at: number): string {
  const line = log[at];
  const next = log[at + 1];
  const text = line?.text.trim() ?? '';
  const rest = next?.text.trim() ?? '';
  if (line?.console !== 'xen' || next?.console !== null || next.depth !== line.depth) return text;
  if (rest === '' || isBeginning(rest)) return text;
  const word = rest.split(' ', 1)[0] ?? '';
  return line.first === line.last && text.length + PREFIX + word.length >= NARROWEST ? `${text} ${rest}` : text;
}
