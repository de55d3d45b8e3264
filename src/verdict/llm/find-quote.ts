import type { HeardTestimony } from '../../model/testimony.ts';
import type { MailText } from './mail-text.ts';

/** Lines that a quotation may run over: mail is wrapped. */
const MOST_LINES = 4;

/**
 * The place of a quotation in a thread: word for word, but for white space, quote marks and line ends. `null` where no mail has it.
 */
export function findQuote(quote: string, texts: readonly MailText[]): HeardTestimony['quote'] | null {
  const wanted = fold(quote.replace(/^\s*(?:>\s?)+/, ''));
  if (wanted === '') return null;
  for (const { message, lines } of texts) {
    const folded = lines.map(({ text }) => fold(text));
    for (const [at, line] of lines.entries()) {
      const own = folded[at] ?? '';
      if (own === '') continue;
      const run = fold(folded.slice(at, at + MOST_LINES).join(' '));
      const from = run.indexOf(wanted);
      // It has to begin in this line: a later turn of the loop finds what begins below.
      if (from < 0 || from >= own.length) continue;
      return { message, part: line.part, line: line.number, text: wanted };
    }
  }
  return null;
}

function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
