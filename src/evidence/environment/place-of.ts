import { lineOf } from '../prose/to-statements.ts';
import { type FactDraft, toQuote } from './fact-draft.ts';
import { type Clause, pieceAt } from './to-clauses.ts';

/** Where something stands that was found at `start`..`end` of a clause, with the words around it. */
export function placeOf(clause: Clause, start: number, end: number): Pick<FactDraft, 'line' | 'depth' | 'quote'> {
  const statement = clause.sentence;
  const original = statement.text.slice(clause.offset, clause.offset + clause.text.length);
  const piece = pieceAt(original, start, end).text;
  const quote = original.length <= 140 || piece.length < 24 ? around(original, start, end) : piece;
  return { line: lineOf(statement, clause.offset + start), depth: statement.depth, quote: toQuote(quote) };
}

/** At most 200 characters around the match, cut at blanks. */
function around(text: string, start: number, end: number): string {
  const from = start <= 100 ? 0 : text.indexOf(' ', start - 100) + 1;
  const to = end + 100 >= text.length ? text.length : text.lastIndexOf(' ', end + 100);
  return text.slice(from, Math.max(to, end));
}
