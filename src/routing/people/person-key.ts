import type { Address } from '../../model/message.ts';

const LETTERS: readonly (readonly [RegExp, string])[] = [
  [/ä/g, 'ae'],
  [/ö/g, 'oe'],
  [/ü/g, 'ue'],
  [/ß/g, 'ss'],
  [/ø/g, 'o'],
  [/ł/g, 'l'],
];

/** A name in plain letters, for comparing: `Jürgen Groß` and `Gross, Juergen` are one. Empty for fewer than two words. */
export function foldName(name: string | null): string {
  if (name === null) return '';
  let plain = name.toLowerCase().slice(0, 200);
  for (const [letter, plainer] of LETTERS) plain = plain.replace(letter, plainer);
  const words = plain
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/\([^)]*\)|\bvia\b.*$/g, ' ')
    .match(/[a-z]{2,}/g);
  return words && words.length >= 2 ? [...words].sort().join(' ') : '';
}

/** Two addresses of one person, as far as can be seen: the same address, the same full name, or its local part alone. */
export function isSamePerson(a: Address, b: Address): boolean {
  if (a.address !== '' && a.address.toLowerCase() === b.address.toLowerCase()) return true;
  const name = foldName(a.name);
  if (name !== '' && name === foldName(b.name)) return true;
  return isCutFrom(a.address || a.name, b.address) || isCutFrom(b.address || b.name, a.address);
}

/** Saved archive pages give the local part alone, or hide the domain: `jgross` for `jgross@suse.com`. */
function isCutFrom(short: string | null, whole: string): boolean {
  if (short === null) return false;
  const local = /^(?<local>[^@\s]{3,})(?:@(?:\.\.\.)?[^@]*\.?invalid)?$/.exec(short)?.groups?.['local'];
  return local !== undefined && whole.toLowerCase().startsWith(`${local.toLowerCase()}@`);
}
