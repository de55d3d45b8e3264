import { type Sentence, toLineNumber } from './read-prose.ts';

/** A piece of a sentence that says one thing. */
export interface Statement {
  readonly text: string;
  readonly depth: number;
  /** Where it starts in its sentence. */
  readonly offset: number;
  readonly sentence: Sentence;
}

const MAX_STATEMENT = 600;
/** Lines from this length on may have been wrapped. */
const FULL_LINE = 55;
const SHORT_START = 20;
/** A line that begins another statement though no full stop stands before it: `Label: value`, `NAME = value`, `+ Name`. */
const ITEM = /^(?:[\w./-]{1,20}(?: [\w./-]{1,20}){0,3} ?[:=] |\+ ?[\p{Lu}@]|\$ |# )/u;

/**
 * Cuts a sentence where its lines are items of a list rather than wrapped words, and into pieces of at most 600
 * characters: no rule needs to look further.
 */
export function toStatements(sentence: Sentence): Statement[] {
  const { text, depth } = sentence;
  const statements: Statement[] = [];
  let from = 0;
  const cut = (to: number): void => {
    const piece = text.slice(from, to).trimEnd();
    if (piece !== '') statements.push({ text: piece, depth, offset: from, sentence });
    from = to;
  };
  let line = 0;
  for (const { offset } of sentence.starts) {
    if (offset > from && startsItem(text, offset, offset - line)) cut(offset);
    line = offset;
  }
  while (text.length - from > MAX_STATEMENT) {
    const blank = text.lastIndexOf(' ', from + MAX_STATEMENT);
    cut(blank > from ? blank + 1 : from + MAX_STATEMENT);
  }
  cut(text.length);
  return statements;
}

/**
 * Behind a full line the next is its continuation, whatever it looks like; so it is behind the few words with which a
 * sentence begins at the end of a line.
 */
function startsItem(text: string, offset: number, lengthBefore: number): boolean {
  if (text.charAt(offset - 2) === ':') return true;
  if (offset === lengthBefore && offset < SHORT_START) return false;
  return lengthBefore < FULL_LINE && ITEM.test(text.slice(offset, offset + 100));
}

/** The number of the line that holds the character at `offset` of the statement. */
export function lineOf({ sentence, offset }: Statement, at: number): number {
  return toLineNumber(sentence, offset + at);
}
