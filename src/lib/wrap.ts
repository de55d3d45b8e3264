/**
 * Breaks prose at blanks so that no line is wider than `width`, the first line behind `first`, the others behind
 * `rest` (as many blanks as `first` is long, unless given). A word that is wider than a line stays whole: links
 * and Message-IDs must survive. White space is folded; empty text gives no lines.
 */
export function wrap(text: string, width: number, first = '', rest = ' '.repeat(first.length)): string[] {
  return fill(text.split(/\s+/), width, first, rest);
}

/** The same for words that may hold blanks themselves, such as the addresses of a Cc line. */
export function fill(words: readonly string[], width: number, first = '', rest = ' '.repeat(first.length)): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of words) {
    if (word === '') continue;
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = rest;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  if (!empty) lines.push(line);
  return lines;
}
