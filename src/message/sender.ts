import type { Address } from '../model/message.ts';
import { readAddresses } from './addresses.ts';
import type { Header } from './header-block.ts';

/** `Juergen Gross via Xen-devel`: a list that rewrites senders to please DMARC puts itself in. */
const VIA = /^(?<name>.{1,150}?) via (?<list>.{1,60})$/;

/** Where the lists say whom they replaced, best first. */
const ORIGINALS = ['x-original-from', 'x-original-sender', 'reply-to', 'x-mailman-original-from'] as const;

/**
 * The person who wrote a mail. Where a list or a relay has put its own address in ("X via Xen-devel"), the person is
 * taken from what that list left in other fields; if nothing is left, the name stays with the list's address.
 */
export function readSender(header: Header): Address | null {
  const from = readAddresses(header.all('from'))[0] ?? readAddresses(header.all('sender'))[0] ?? null;
  if (from === null) return null;
  const name = VIA.exec(from.name ?? '')
    ?.groups?.['name']?.replace(/^['"]|['"]$/g, '')
    .trim();
  if (name === undefined || name === '') return from;
  return original(header, from.address, name) ?? { name, address: from.address };
}

function original(header: Header, munged: string, name: string): Address | null {
  for (const field of ORIGINALS) {
    const people = readAddresses(header.all(field)).filter((person) => isPerson(person, munged));
    const person = people.find((one) => isSameName(one.name, name)) ?? (people.length === 1 ? people[0] : undefined);
    if (person) return { name, address: person.address };
  }
  // Mailman moves the replaced sender to Cc where Reply-To is taken.
  const copied = readAddresses(header.all('cc')).find((one) => isSameName(one.name, name) && isPerson(one, munged));
  return copied ? { name, address: copied.address } : null;
}

function isPerson(person: Address, munged: string): boolean {
  return person.address.includes('@') && person.address !== munged;
}

function isSameName(a: string | null, b: string): boolean {
  return a !== null && a.replace(/ via .*$/, '').toLowerCase() === b.toLowerCase();
}
