import type { Term } from './search-words.ts';

/** Characters before and after the first hit. */
const BEFORE = 60;
const AFTER = 140;

/**
 * The words around the first hit, on one line, with every hit in « »; the beginning of the text where none is in it
 * (the hit was in the subject, or is written with other accents).
 */
export function toSnippet(text: string, terms: readonly Term[]): string {
  const hits = toPattern(terms);
  const first = hits === null ? null : hits.exec(text);
  const from = Math.max(0, (first?.index ?? 0) - BEFORE);
  const to = (first === null ? 0 : first.index + first[0].length) + AFTER;
  const middle = fold(cutToWords(text, from, to));
  const marked = hits === null ? middle : middle.replace(new RegExp(hits, 'giu'), '«$&»');
  return `${from > 0 ? '… ' : ''}${marked}${to < text.length ? ' …' : ''}`;
}

/** Matches any of the terms: its words with anything short that is no word between them. */
function toPattern(terms: readonly Term[]): RegExp | null {
  const texts = terms.filter(({ field }) => field === null).map(({ words, prefix }) => toTermPattern(words, prefix));
  return texts.length === 0 ? null : new RegExp(`(?<![\\p{L}\\p{N}])(?:${texts.join('|')})`, 'iu');
}

/** The words hold letters and digits alone, so nothing in them has to be escaped. */
function toTermPattern(words: readonly string[], prefix: boolean): string {
  return words.join('[^\\p{L}\\p{N}]{1,20}') + (prefix ? '' : '(?![\\p{L}\\p{N}])');
}

/** Cuts a piece out of the text without breaking the words at its ends. */
function cutToWords(text: string, from: number, to: number): string {
  const piece = text.slice(from, to);
  const start = from === 0 ? 0 : Math.max(0, piece.search(/\s/));
  if (to >= text.length) return piece.slice(start);
  const tail = /\s\S{0,30}$/.exec(piece);
  return tail === null ? piece.slice(start) : piece.slice(start, tail.index);
}

function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
