import { toPlainLetters } from '../../lib/plain-letters.ts';
import type { Address } from '../../model/message.ts';

/** What tells a person apart: the address, or the folded name where there is none. */
export function personKey({ name, address }: Address): string {
  return address === '' ? `name:${words(name ?? '').join(' ')}` : address;
}

/** Same address; or same name where one of the two has no address. */
export function isSamePerson(one: Address, other: Address): boolean {
  if (one.address !== '' && other.address !== '') return one.address === other.address;
  const name = words(one.name ?? '').join(' ');
  return name !== '' && name === words(other.name ?? '').join(' ');
}

/**
 * Whether somebody may be meant by a name as people call each other: each of its words is one of his, "Jürgen" and
 * "Juergen" being one; where a header gives no name, the local part of the address is read instead.
 */
export function readsAs(person: Address, called: string): boolean {
  const asked = words(called);
  if (asked.length === 0) return false;
  const own = [...words(person.name ?? ''), ...words(person.address.replace(/@.*$/, ''))];
  return asked.every((word) => own.some((one) => one === word || (word.length === 1 && one.startsWith(word))));
}

function words(text: string): string[] {
  return toPlainLetters(text)
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== '');
}
