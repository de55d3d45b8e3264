/** The marks on a letter of the Latin alphabet, taken apart. */
const LATIN_MARKS = /(?<=[A-Za-z])\p{Mn}+/gu;

/**
 * Marks on one letter beyond these are dropped: no script has so many, and putting thousands of them in order takes as long as
 * their number squared.
 */
const TOO_MANY_MARKS = /(?<=\p{Mn}{8})\p{Mn}+/gu;

/** What a word is made of; everything else stands between words. */
const WORD = /[\p{L}\p{N}\p{Co}]+/gu;

/** Longer than any word that a person would look for; what is longer is cut, here and in the question. In UTF-16 units. */
const MAX_WORD = 400;

/**
 * The words of a text as they are searched for: lower case, Latin letters without their accents, ended by everything that is
 * neither letter nor digit. So `unicode61` of SQLite's FTS5 reads a text too, which decides what is a hit: both databases must
 * find the same mails. (They differ where a mark stands by itself behind a letter that is not Latin: here it is one letter with it.)
 * `xen_mc_flush` is three words in a row, `4.4.88` too.
 */
export function foldWords(text: string): string[] {
  const plain = isAscii(text) ? text : takeAccentsOff(text);
  const words = plain.toLowerCase().replaceAll('ς', 'σ').match(WORD) ?? [];
  return words.map((word) => (word.length > MAX_WORD ? word.slice(0, MAX_WORD).toWellFormed() : word));
}

function takeAccentsOff(text: string): string {
  return text.replace(TOO_MANY_MARKS, '').normalize('NFD').replace(LATIN_MARKS, '').normalize('NFC');
}

function isAscii(text: string): boolean {
  return /^[\x00-\x7f]*$/.test(text);
}
