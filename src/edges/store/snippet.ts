import type { Term } from './search-words.ts';

/** Characters before and after the hit. */
const BEFORE = 60;
const AFTER = 140;

/** Hits that are looked at for one in the author's own words. */
const LOOKED_AT = 50;

/**
 * The words around a hit, on one line, with every hit in « »: the first hit in the author's own words, else the first in
 * what is quoted, else (the hit is in the subject, or written with other accents) the beginning of the text.
 */
export function toSnippet(text: string, terms: readonly Term[]): string {
  const pattern = toPattern(terms);
  const hit = pattern === null ? { index: 0, length: 0 } : findHit(text, pattern);
  const from = Math.max(0, hit.index - BEFORE);
  const to = hit.index + hit.length + AFTER;
  const middle = fold(cutToWords(text, from, to));
  const marked = pattern === null ? middle : middle.replace(pattern, '«$&»');
  return `${from > 0 ? '… ' : ''}${marked}${to < text.length ? ' …' : ''}`;
}

/** Matches any of the terms: its words with anything short that is no word between them. */
function toPattern(terms: readonly Term[]): RegExp | null {
  const texts = terms.filter(({ field }) => field === null).map(({ words, prefix }) => toTermPattern(words, prefix));
  return texts.length === 0 ? null : new RegExp(`(?<![\\p{L}\\p{N}])(?:${texts.join('|')})`, 'giu');
}

/** The words hold letters and digits alone, so nothing in them has to be escaped. */
function toTermPattern(words: readonly string[], prefix: boolean): string {
  return words.join('[^\\p{L}\\p{N}]{1,20}') + (prefix ? '' : '(?![\\p{L}\\p{N}])');
}

function findHit(text: string, pattern: RegExp): { readonly index: number; readonly length: number } {
  let first: { index: number; length: number } | null = null;
  let looked = 0;
  for (const { index, 0: found } of text.matchAll(pattern)) {
    const hit = { index, length: found.length };
    if (text[text.lastIndexOf('\n', index) + 1] !== '>') return hit;
    first ??= hit;
    looked += 1;
    if (looked === LOOKED_AT) break;
  }
  return first ?? { index: 0, length: 0 };
}

/** Cuts a piece out of the text without breaking the words at its ends. */
function cutToWords(text: string, from: number, to: number): string {
  const piece = text.slice(from, to);
  const start = from === 0 ? 0 : Math.max(0, piece.search(/\s/));
  if (to >= text.length) return piece.slice(start);
  const tail = /\s\S{0,30}$/.exec(piece);
  return tail === null ? piece.slice(start) : piece.slice(start, tail.index);
}

/** One line: line ends with the quote marks behind them, and any white space, become one blank. */
function fold(text: string): string {
  return text
    .replace(/(?:^|\n)[>\s]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
