import type { Line } from '../../model/message.ts';
import { toBlocks } from './to-blocks.ts';

/** A run of prose: neighbouring lines of one quote depth joined by blanks, with the way back to their numbers. */
export interface Passage {
  /** The lines joined by one blank each; `\n` stands before what begins a new item of a list. */
  readonly text: string;
  readonly depth: number;
  /** Offset in `text` and line number of every line, in order. */
  readonly starts: readonly { readonly offset: number; readonly line: number }[];
}

/** Bounds: a paragraph longer than this is cut into several, so that no rule ever looks at more at once. */
const MAX_PASSAGE = 4_000;
const MAX_LINE = 1_000;

/** What begins a new statement although no full stop stands before it: bullets, numbers, `Label: value`. */
const ITEM = /^\s*(?:[-*+•]\s|\d{1,2}[.)]\s|\(?[a-z]\)\s|[\w ./-]{1,28}\s?[:=]\s)/;

/**
 * The prose of a part: paragraphs of own and of quoted words, without logs, diffs, code, signatures and footers.
 *
 * @param lines the part's lines, as `toLines` gives them.
 */
export function readPassages(lines: readonly Line[]): Passage[] {
  const passages: Passage[] = [];
  let open: { text: string; depth: number; starts: { offset: number; line: number }[] } | null = null;
  const close = (): void => {
    if (open) passages.push(open);
    open = null;
  };
  let short = false;
  for (const { line, kind, depth } of toBlocks(lines)) {
    if (kind !== 'prose') {
      close();
      continue;
    }
    const text = line.text.slice(0, MAX_LINE).trim();
    if (open && (open.depth !== depth || open.text.length + text.length > MAX_PASSAGE)) close();
    if (open) {
      open.text += short || ITEM.test(line.text) ? '\n' : ' ';
    } else {
      open = { text: '', depth, starts: [] };
    }
    open.starts.push({ offset: open.text.length, line: line.number });
    open.text += text;
    short = endsItem(text);
  }
  close();
  return passages;
}

/** A short line that ends like a heading or an item: what follows is another statement. */
function endsItem(text: string): boolean {
  return text.endsWith(':') || (text.length < 40 && ITEM.test(text));
}

/** The number of the line that holds the character at `offset` of the passage's text. */
export function lineAt(passage: Passage, offset: number): number {
  let found = passage.starts[0]?.line ?? 1;
  for (const start of passage.starts) {
    if (start.offset > offset) break;
    found = start.line;
  }
  return found;
}
