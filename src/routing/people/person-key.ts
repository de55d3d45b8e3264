import { toPlainLetters } from '../../lib/plain-letters.ts';
import type { Address } from '../../model/message.ts';

/** Names recur: a list has some hundred people and ten thousand mails. Emptied when full, since mail is hostile. */
const FOLDED = new Map<string, string>();
const MOST_FOLDED = 20_000;

/** A name in plain letters, for comparing: `Jürgen Groß` and `Gross, Juergen` are one. Empty for fewer than two words. */
export function foldName(name: string | null): string {
  if (name === null) return '';
  const known = FOLDED.get(name);
  if (known !== undefined) return known;
  if (FOLDED.size >= MOST_FOLDED) FOLDED.clear();
  const folded = toFolded(name);
  FOLDED.set(name, folded);
  return folded;
}

function toFolded(name: string): string {
  const words = toPlainLetters(name.slice(0, 200))
    .replace(/\([^)]*\)|\bvia\b.*$/g, ' ')
    .match(/[a-z]{2,}/g);
  return words && words.length >= 2 ? [...words].sort().join(' ') : '';
}

/** People by what tells them apart: finding one costs the same however many there are. */
export class PersonIndex<T> {
  readonly #byAddress = new Map<string, T>();
  readonly #byName = new Map<string, T>();
  /** By local part: of whole addresses, and of those that an archive cut. */
  readonly #byLocal = new Map<string, T>();
  readonly #byCut = new Map<string, T>();

  /** From now on, this is (also) how the person is known; an earlier entry of the same key stays. */
  add(person: T, known: Address): void {
    const address = known.address.toLowerCase();
    if (address !== '') setOnce(this.#byAddress, address, person);
    const name = foldName(known.name);
    if (name !== '') setOnce(this.#byName, name, person);
    const cut = toCutLocal(known);
    if (cut !== null) setOnce(this.#byCut, cut, person);
    else if (address.includes('@')) setOnce(this.#byLocal, toLocal(address), person);
  }

  /** The person of the same address, of the same full name, or of the local part that an archive left. */
  find(wanted: Address): T | undefined {
    const address = wanted.address.toLowerCase();
    const same = this.#byAddress.get(address) ?? this.#byName.get(foldName(wanted.name));
    if (same !== undefined) return same;
    const cut = toCutLocal(wanted);
    return cut === null ? this.#byCut.get(toLocal(address)) : this.#byLocal.get(cut);
  }
}

function setOnce<T>(map: Map<string, T>, key: string, value: T): void {
  if (!map.has(key)) map.set(key, value);
}

function toLocal(address: string): string {
  return address.slice(0, Math.max(0, address.indexOf('@')));
}

const CUT = /^(?<local>[^@\s]{3,100})(?:@(?:\.\.\.|invalid|[^@\s]{0,200}\.invalid)?)?$/;

/** Saved archive pages give the local part alone, or hide the domain: `jgross` for `jgross@suse.com`. Else `null`. */
function toCutLocal({ name, address }: Address): string | null {
  return CUT.exec(address === '' ? (name ?? '') : address)?.groups?.['local']?.toLowerCase() ?? null;
}
