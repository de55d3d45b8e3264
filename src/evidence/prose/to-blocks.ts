import type { Line } from '../../model/message.ts';

/** What a line of a mail is, for those who read its words. */
export type BlockKind = 'prose' | 'blank' | 'log' | 'diff' | 'closing' | 'header';

export interface BlockLine {
  readonly line: Line;
  readonly kind: BlockKind;
  /** Quote depth; one more than the marks say, where a mail is quoted without marks under a copied header. */
  readonly depth: number;
}

const DIFF_START = /^(?:diff --git |Index: \S|--- \S+\.[a-zA-Z]{1,5}(?:[.\s]|$)|--- [ab]\/|\+\+\+ [ab]\/|@@ -\d)/;
const DIFF_LINE =
  /^(?:[ +\-@\\\t]|index [0-9a-f]|new file|deleted file|old mode|new mode|rename |similarity |copy |Binary )/;
/** A line that a program printed: Xen and kernel prefixes, syslog, registers, frames, hex dumps, shell and make output. */
const LOG_LINE =
  /^\s{0,12}(?:\(XEN\)|\(d\d|\[ {0,6}\d{1,9}\.\d{3,6}\]|<\d>|dom\d+: |[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d |\d{4}-\d\d-\d\dT?\s?\d\d:\d\d|\[<?[0-9a-f]{8,16}>?\]|#\d{1,3} {1,2}(?:0x|[a-z_])|(?:[0-9a-f]{16} ?){1,4}$|(?:[0-9a-f]{2} ){8}|R[A-Z0-9]{2}: |\?? ?[\w.]+\+0x[0-9a-f]+\/|(?:libxl|xl|xc): |make(?:\[\d+\])?: |[\w/.-]+\.[ch]:\d+:)/;
const LIST_FOOTER = /^_{20,}\s*$/;
const ARMOUR_START = /^-----BEGIN PGP (?:SIGNATURE|PUBLIC KEY|MESSAGE)/;
const ARMOUR_END = /^-----END PGP/;
/** The header block that some mail programs copy above an unmarked quotation. */
const COPIED_HEADER = /^\*?(?:From|Sent|Date|To|Cc|Subject|Von|Gesendet|An|Betreff)\s?:\*?\s/;
const COPIED_BORDER = /^-{2,}\s?(?:Original Message|Forwarded message)/i;
const MIN_COPIED = 3;

interface State {
  block: 'none' | 'diff' | 'closing' | 'footer' | 'armour';
  depth: number;
  /** How much deeper the words are than their marks say. */
  copied: number;
}

/** Sorts the lines of a part into prose and what is none. Every line comes back once, in order. */
export function toBlocks(lines: readonly Line[]): BlockLine[] {
  const state: State = { block: 'none', depth: 0, copied: 0 };
  const blocks: BlockLine[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.depth !== state.depth && state.block !== 'armour') state.block = 'none';
    state.depth = line.depth;
    const kind = kindOf(state, lines, index);
    blocks.push({ line, kind, depth: line.depth + (line.depth === 0 ? state.copied : 0) });
  }
  return blocks;
}

function kindOf(state: State, lines: readonly Line[], index: number): BlockKind {
  const text = lines[index]?.text ?? '';
  const held = heldKind(state, text);
  if (held) return held;
  const first = text.charCodeAt(0);
  if (text.trim() === '') return 'blank';
  if ((first === 45 || first === 95) && opensClosing(state, text)) return 'closing';
  if (startsDiff(text)) {
    state.block = 'diff';
    return 'diff';
  }
  if (startsCopy(state, lines, index)) return 'header';
  return isLogText(text) ? 'log' : 'prose';
}

/** Inside a diff, a signature or armour: what the line is, or `null` where that block has just ended. */
function heldKind(state: State, text: string): BlockKind | null {
  if (state.block === 'armour' || state.block === 'footer') {
    if (state.block === 'armour' && ARMOUR_END.test(text)) state.block = 'none';
    return 'closing';
  }
  if (state.block === 'closing') {
    if (text.trim() !== '') return 'closing';
    state.block = 'none';
    return 'blank';
  }
  if (state.block === 'diff') {
    if (text === '' || DIFF_LINE.test(text) || DIFF_START.test(text)) return text === '-- ' ? 'closing' : 'diff';
    state.block = 'none';
  }
  return null;
}

function opensClosing(state: State, text: string): boolean {
  if (text === '-- ' || text === '--') state.block = 'closing';
  else if (LIST_FOOTER.test(text)) state.block = 'footer';
  else if (ARMOUR_START.test(text)) state.block = 'armour';
  else if (COPIED_BORDER.test(text)) state.copied = 1;
  else return text.startsWith('---') && text.trim() === '---' && endsCopy(state);
  return true;
}

/** A lone `---` closes a quotation that was copied without marks. */
function endsCopy(state: State): boolean {
  state.copied = 0;
  return true;
}

function startsDiff(text: string): boolean {
  const first = text.charCodeAt(0);
  // 'd', 'I', '-', '+', '@'
  return (first === 100 || first === 73 || first === 45 || first === 43 || first === 64) && DIFF_START.test(text);
}

function startsCopy(state: State, lines: readonly Line[], index: number): boolean {
  const text = lines[index]?.text ?? '';
  if (state.depth > 0 || !text.includes(':') || !COPIED_HEADER.test(text)) return false;
  let count = 0;
  for (let next = index; next < Math.min(index + 8, lines.length); next += 1) {
    if (COPIED_HEADER.test(lines[next]?.text ?? '')) count += 1;
  }
  if (count < MIN_COPIED) return state.copied > 0;
  state.copied = 1;
  return true;
}

/** Whether a line was printed by a program rather than written by a person. */
export function isLogText(text: string): boolean {
  return LOG_LINE.test(text.slice(0, 200));
}
