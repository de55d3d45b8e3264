import { readPerson, writePerson } from './address.ts';
import type { Dialect } from './dialect.ts';

/** À to ÿ as the script means them: in its byte dialects those are the bytes 80 to C3. */
const LETTERS = { latin1: String.raw`A-Za-z\x80-\xc3`, utf8: 'A-Za-zÀ-ÿ' } as const;
const LOCAL = String.raw`[A-Za-z0-9_.+\-]+`;
const HOST = String.raw`[A-Za-z0-9.\-]+`;
const NAMED = {
  latin1: named(LETTERS.latin1),
  utf8: named(LETTERS.utf8),
} as const;
const NO_WORD = {
  latin1: new RegExp(`[^${LETTERS.latin1}',.+-]`),
  utf8: new RegExp(`[^${LETTERS.utf8}',.+-]`),
} as const;
const BRACKETED = new RegExp(String.raw`[(<{]?(?<address>${LOCAL}@${HOST})[)>}]?`, 'g');
const LONGEST_FILE = 2_000_000;

/** Words that may be a name, then an address, in brackets or bare: what the Linux script takes from a binding. */
function named(letters: string): RegExp {
  return new RegExp(String.raw`[${letters}"' ,.+\-]*\s*,*\s*[(<{]?${LOCAL}@${HOST}\.[A-Za-z0-9]+[)>}]?`, 'g');
}

/** People named in a file, formatted: for device tree bindings, which name their maintainers themselves. */
export function findAddressesInFile(text: string, dialect: Dialect): string[] {
  const found: string[] = [];
  for (const match of text.slice(0, LONGEST_FILE).matchAll(NAMED[dialect.encoding])) {
    const person = readPerson(match[0].replace(BRACKETED, '<$<address>>'), dialect);
    found.push(writePerson({ name: cleanName(person.name, dialect), address: person.address }, dialect));
  }
  return [...new Set(found)];
}

/** Keeps the last two words of what stands before an address, or three where one of them is an initial. */
function cleanName(raw: string, dialect: Dialect): string {
  let name = raw === '"[,.]"' ? '' : raw;
  const words = splitWords(name, dialect);
  if (words.length > 2) {
    const [first = '', middle = '', last = ''] = words.slice(-3);
    const hasInitial = /^(?:[A-Za-z]|.\.)$/.test(first) || /^(?:.|.\.)$/.test(middle);
    name = hasInitial ? `${first} ${middle} ${last}` : `${middle} ${last}`;
  }
  return trimMarks(name);
}

/** Perl's split: empty words at the end do not count, those in the middle do. */
function splitWords(name: string, dialect: Dialect): string[] {
  const words = name.split(NO_WORD[dialect.encoding]);
  while (words.length > 0 && words.at(-1) === '') words.pop();
  return words;
}

/** Takes one comma or dot off either end, inside the quotes where there are some. */
function trimMarks(name: string): string {
  let rest = name;
  if (/[,.]$/.test(rest)) rest = rest.slice(0, -1);
  else if (/[,.]"$/.test(rest)) rest = `${rest.slice(0, -2)}"`;
  if (/^[,.]/.test(rest)) return rest.slice(1);
  return /^"[,.]/.test(rest) ? `"${rest.slice(2)}` : rest;
}
