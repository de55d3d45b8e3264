/** Longest `From ` line that is believed. */
export const MAX_SEPARATOR = 1_000;

/** `Thu Sep 28 08:42:00 2017`, with a zone before or behind the year in some dialects. */
const ASCTIME =
  /\b[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d(?::\d\d)?(?: [A-Za-z]{1,5}| [+-]\d{4})? \d{4}(?: [+-]\d{4})?/;
const SOME_TIME = /\b\d{1,2}:\d\d(?::\d\d)?\b/;
const SOME_YEAR = /\b(?:19|20)\d\d\b/;
/** What some programs write without any date. */
const NO_DATE = /^From (?:-|[^\s@]{1,200}@[^\s@]{1,200})\s*$/;

const HEADER_LINE = /^(?:[!-9;-~]{1,76}[ \t]{0,5}:|>?From )/;

/**
 * Whether a line that begins with `From ` starts a mail of an mbox, rather than being prose that nobody quoted.
 *
 * `next` is the text behind it: a mail goes on with a header line. `afterBlank` says whether a blank line (or the
 * start of the file) stands before it: all dialects write one, but archives that were glued together may lack it.
 */
export function isSeparator(line: string, next: string, afterBlank: boolean): boolean {
  if (!line.startsWith('From ') || line.length > MAX_SEPARATOR || !HEADER_LINE.test(next)) return false;
  if (ASCTIME.test(line)) return true;
  if (!afterBlank) return false;
  return (SOME_TIME.test(line) && SOME_YEAR.test(line)) || NO_DATE.test(line);
}
