/** Sequences that a terminal obeys: CSI (colour, cursor), OSC and the other strings (titles, clipboards), short escapes. */

const ESCAPES = /\x1b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|[\]PX^_][^\x07\x1b\n]{0,4000}(?:\x07|\x1b\\)?|[ -/]{0,4}[0-~])/g;

/** Controls other than line feed and tab, and the marks that turn the direction of text around or hide it. */

const CONTROLS =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/g;

/** Surrogates without their other half: no XML and no UTF-8 may hold them. */
const HALF_PAIRS = /\p{Surrogate}/gu;

const LINE_ENDS = /\r\n?|[\u2028\u2029]/g;

/**
 * Text from strangers, fit for a terminal, a mail or an XML document: no escape sequences, no controls but line
 * feed and tab, no marks that reorder what is read, no half surrogate pairs. Line ends become LF. Never fails.
 */
export function toSafeText(text: string): string {
  return text.replace(HALF_PAIRS, '\ufffd').replace(ESCAPES, '').replace(LINE_ENDS, '\n').replace(CONTROLS, '');
}

/**
 * The same on one line: line ends and tabs become blanks, and what is longer than `max` UTF-16 units is cut and
 * marked with an ellipsis. Runs of blanks stay, since log lines are laid out with them.
 */
export function toSafeLine(text: string, max = 2000): string {
  const line = toSafeText(text.slice(0, max * 4))
    .replace(/[\n\t]/g, ' ')
    .trimEnd();
  return line.length > max ? `${line.slice(0, max - 1).replace(HALF_PAIRS, '')}…` : line;
}
