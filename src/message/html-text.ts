import { compile } from 'html-to-text';

/** HTML beyond this is cut before it is looked at. */
const MAX_HTML = 1024 * 1024;

const convert = compile({
  wordwrap: false,
  preserveNewlines: false,
  limits: { maxInputLength: MAX_HTML, maxDepth: 100, maxChildNodes: 20_000, maxBaseElements: 1 },
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
  let text: string;
  try {
    text = convert(html.slice(0, MAX_HTML));
  } catch {
    // The converter recurses and may run out of stack on markup that was made for it.
    text = html.slice(0, MAX_HTML).replace(/<[^<>]{0,2000}>/g, '');
  }
  return collapseAlternating(text.replace(/[\u00a0\u200b]/g, (char) => (char === '\u00a0' ? ' ' : '')));
}

function collapseAlternating(text: string): string {
  const lines = text.split('\n').map((line) => line.trimEnd());
  const filled = lines.filter((line) => line !== '').length;
  const followed = lines.filter((line, index) => line !== '' && lines[index + 1] === '').length;
  if (filled < 6 || followed < filled * 0.8) return lines.join('\n');
  return lines.filter((line, index) => line !== '' || lines[index - 1] === '').join('\n');
}
