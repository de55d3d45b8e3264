import type { Dialect } from './dialect.ts';

/** A name (quoted where the dialect wants it) and an address, either may be empty. */
export interface Person {
  readonly name: string;
  readonly address: string;
}

function quoted(name: string, dialect: Dialect): string {
  const bare = name.trim().replace(/^"/, '').replace(/"$/, '');
  if (!dialect.mustQuote.test(bare)) return bare;
  return `"${bare.replace(/(?<!\\)"/g, '\\"')}"`;
}

/**
 * Reads `Name <address>`, `<address>`, or anything with an `@` in it (then everything up to the end of that word is
 * the address). Both parts are empty where there is no `@`.
 */
export function readPerson(text: string, dialect: Dialect): Person {
  const open = text.indexOf('<');
  const named = open > 0 ? /^.+@.*(?=>)/.exec(text.slice(open + 1)) : null;
  if (named) return { name: quoted(text.slice(0, open), dialect), address: named[0].trim() };
  const bare = /^\s*<(?<address>.+@\S*)>/.exec(text) ?? /^(?<address>.+@\S*)/.exec(text);
  return { name: '', address: bare?.groups?.['address']?.trim() ?? '' };
}

/** `Name <address>`, or the address alone where there is no name. */
export function writePerson(person: Person, dialect: Dialect): string {
  const name = quoted(person.name, dialect);
  const address = person.address.trim();
  return name === '' ? address : `${name} <${address}>`;
}

const ATOM = String.raw`[^\s()<>@,;:\\".\[\]]+`;
const WORD = String.raw`(?:${ATOM}|"(?:[^"\\]|\\.)*")`;
const SPEC = String.raw`${WORD}(?:\s*\.\s*${WORD})*\s*@\s*(?:${ATOM}|\[[^\]]*\])(?:\s*\.\s*(?:${ATOM}|\[[^\]]*\]))*`;
const ADDRESS = new RegExp(String.raw`^\s*(?:${SPEC}|(?:${WORD}\s*)*<\s*${SPEC}\s*>)\s*$`);

/** The text without comments in parentheses, innermost first; each leaves one blank. */
function withoutComments(text: string): string {
  let rest = text;
  for (let round = 0; round < 20; round += 1) {
    const next = rest.replace(/\([^()]*\)/, ' ');
    if (next === rest) break;
    rest = next;
  }
  return rest;
}

/** Splits at commas that stand outside quotes and angle brackets. */
function splitList(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let isQuoted = false;
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (char === '"' && text[i - 1] !== '\\') isQuoted = !isQuoted;
    else if (!isQuoted && char === '<') depth += 1;
    else if (!isQuoted && char === '>') depth -= 1;
    else if (!isQuoted && depth === 0 && char === ',') {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

/**
 * The addresses of an M or R value: several where it is a well-formed list with commas, else the value as it is
 * (which need not hold an address at all).
 */
export function splitPeople(value: string): string[] {
  if (!value.includes(',')) return [value];
  const parts = splitList(withoutComments(value)).filter((part) => part.trim() !== '');
  return parts.length > 1 && parts.every((part) => part.length < 500 && ADDRESS.test(part)) ? parts : [value];
}
