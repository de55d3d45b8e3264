import type { Term } from './search-words.ts';

/** Characters before and after the hit. */
const BEFORE = 60;
const AFTER = 140;

/** Hits of one term that are looked at for the best place. */
const LOOKED_AT = 30;

/** A place in the text that one of the terms stands at. */
interface Hit {
  readonly index: number;
  readonly length: number;
  readonly term: number;
}

/**
 * The words around a hit, on one line, with every hit in « »: where most of the terms stand together, rather in the
 * author's own words than in what is quoted, rather early than late. Where no term is in the text (the hit is in the
 * subject, or is written with other accents) the author's first words.
 */
export function toSnippet(text: string, terms: readonly Term[]): string {
  const patterns = terms.filter(({ field }) => field === null).map(toPattern);
  const place = findBest(text, patterns) ?? { index: findOwnWords(text), length: 0 };
  const from = place.length === 0 ? place.index : Math.max(0, place.index - BEFORE);
  const to = place.index + place.length + AFTER;
  const middle = fold(cutToWords(text, from, to));
  const all = new RegExp(patterns.join('|'), 'giu');
  const marked = patterns.length === 0 ? middle : middle.replace(all, '«$&»');
  return `${from > 0 && place.length > 0 ? '… ' : ''}${marked}${to < text.length ? ' …' : ''}`;
}

/**
 * The words of a term with anything short that is no word between them. The words hold letters and digits alone, so
 * nothing in them has to be escaped.
 */
function toPattern({ words, prefix }: Term): string {
  const end = prefix ? '' : '(?![\\p{L}\\p{N}])';
  return `(?<![\\p{L}\\p{N}])${words.join('[^\\p{L}\\p{N}]{1,20}')}${end}`;
}

function findBest(text: string, patterns: readonly string[]): Hit | null {
  const hits = patterns.flatMap((pattern, term) => findHits(text, new RegExp(pattern, 'giu'), term));
  let best: { readonly hit: Hit; readonly score: number } | null = null;
  for (const hit of hits.sort((a, b) => a.index - b.index)) {
    const near = hits.filter(({ index }) => index >= hit.index && index < hit.index + AFTER);
    const isOwn = text[text.lastIndexOf('\n', hit.index) + 1] !== '>';
    const score = new Set(near.map(({ term }) => term)).size * 2 + (isOwn ? 1 : 0);
    if (best === null || score > best.score) best = { hit, score };
  }
  return best?.hit ?? null;
}

function findHits(text: string, pattern: RegExp, term: number): Hit[] {
  const hits: Hit[] = [];
  for (const { index, 0: found } of text.matchAll(pattern)) {
    hits.push({ index, length: found.length, term });
    if (hits.length === LOOKED_AT) break;
  }
  return hits;
}

/** Lines at the beginning of a text that are passed over: quoted, empty, or saying whose words follow. */
const LEADING = /^(?:[>\s]|$)|\bwrote:\s*$/;
const MAX_LEADING = 200;

/** Where the author's own words begin; 0 where they are not near the beginning. */
function findOwnWords(text: string): number {
  let at = 0;
  for (const line of text.split('\n', MAX_LEADING)) {
    if (!LEADING.test(line.slice(0, 500))) return at;
    at += line.length + 1;
  }
  return 0;
}

/** Cuts a piece out of the text without breaking the words at its ends. */
function cutToWords(text: string, from: number, to: number): string {
  const piece = text.slice(from, to);
  const start = from === 0 || /\s/.test(text[from - 1] ?? '') ? 0 : Math.max(0, piece.search(/\s/));
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
