import { compile } from 'html-to-text';
import { readHtmlWords } from './html-words.ts';

/** HTML beyond this is cut before it is looked at. */
const MAX_HTML = 1024 * 1024;
/** Beyond this, or with so many tags, only its words are read: no person wrote it, and a tree of it costs seconds. */
const MAX_TREE = 256 * 1024;
const MAX_TAGS = 30_000;

/** Elements that close by themselves, so that their open tags say nothing about depth. */
const SELF_CLOSING = new Set(
  'area base br col dd dt hr img input li link meta option p source tbody td tfoot th thead tr wbr'.split(' '),
);
const MAX_DEPTH = 40;
const TAG = /<(?<close>\/?)(?<name>[a-zA-Z][a-zA-Z0-9]{0,30})[^<>]{0,5000}>/g;

/** Leaves out tags nested deeper than a page needs: the converter's time grows with the square of the depth. */
function flatten(html: string): string {
  let depth = 0;
  return html.replace(TAG, (tag, close: string, name: string) => {
    if (SELF_CLOSING.has(name.toLowerCase())) return tag;
    depth = Math.max(0, depth + (close === '' ? 1 : -1));
    return depth > MAX_DEPTH - (close === '' ? 0 : 1) ? '' : tag;
  });
}

const convert = compile({
  wordwrap: false,
  preserveNewlines: false,
  limits: { maxInputLength: MAX_HTML, maxDepth: 2 * MAX_DEPTH, maxChildNodes: 200_000, maxBaseElements: 1 },
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'p', options: { leadingLineBreaks: 1, trailingLineBreaks: 2 } },
    { selector: 'pre', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'table', options: { uppercaseHeaderCells: false } },
  ],
});

/**
 * The text of an HTML mail, line by line as its author saw it. Where every line was a paragraph of its own (Outlook does
 * this to logs), the blank lines between them go.
 */
export function htmlToText(html: string): string {
  const text = convertWithin(html.slice(0, MAX_HTML));
  return collapseAlternating(text.replace(/[\u00a0\u200b]/g, (char) => (char === '\u00a0' ? ' ' : '')));
}

/** Whatever is too large for the converter, or makes it stumble: its tags go and its words stay. */
function convertWithin(html: string): string {
  if (html.length > MAX_TREE || html.split('<', MAX_TAGS + 1).length > MAX_TAGS) return readHtmlWords(html);
  try {
    return convert(flatten(html));
  } catch {
    return readHtmlWords(html);
  }
}

function collapseAlternating(text: string): string {
  const lines = text.split('\n').map((line) => line.trimEnd());
  const filled = lines.filter((line) => line !== '').length;
  const followed = lines.filter((line, index) => line !== '' && lines[index + 1] === '').length;
  if (filled < 6 || followed < filled * 0.8) return lines.join('\n');
  return lines.filter((line, index) => line !== '' || lines[index - 1] === '').join('\n');
}
