/** One thing that a mail must hold: words in a row, in one field or anywhere. */
export interface Term {
  readonly field: 'subject' | 'sender' | null;
  /** Letters and digits alone, at least one word. */
  readonly words: readonly string[];
  /** Whether the last word may go on (`hyper*`). */
  readonly prefix: boolean;
}

/** What people write in front of a word to look in one field, as notmuch, mu and mail archives have it. */
const FIELDS: Readonly<Record<string, Term['field']>> = {
  subject: 'subject',
  s: 'subject',
  from: 'sender',
  f: 'sender',
};

/** A longer question is no question; also the bound on the terms. */
const MAX_LENGTH = 1000;

/** A field or none, then a phrase (whose end may be forgotten) or a word. */
const TERM = /(?:(?<field>[a-z]{1,10}):)?(?:"(?<phrase>[^"]*)"?|(?<word>[^\s"]+))/gi;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/**
 * Reads what a person typed into a search box: words that must all occur, `"phrases in quotes"`, `subject:word`,
 * `from:name`, and `begin*`. Anything else is text: there is no syntax error. A symbol or a version (`xen_mc_flush`,
 * `4.4.88`) is a phrase of its pieces. What holds no letter or digit is passed over.
 */
export function readSearchWords(question: string): Term[] {
  const terms: Term[] = [];
  for (const { groups } of question.slice(0, MAX_LENGTH).matchAll(TERM)) {
    const named = groups?.['field'];
    const field = named === undefined ? undefined : FIELDS[named.toLowerCase()];
    const text = groups?.['phrase'] ?? groups?.['word'] ?? '';
    // A word with a colon that names no field (`arch:x86`) is text as a whole.
    const whole = named !== undefined && field === undefined ? `${named} ${text}` : text;
    const words = whole.match(WORD);
    if (words !== null) terms.push({ field: field ?? null, words, prefix: text.endsWith('*') });
  }
  return terms;
}
