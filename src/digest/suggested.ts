import type { Suggestion } from '../model/routing.ts';
import { toSafeLine } from '../lib/safe-text.ts';

/** So many at most are proposed for a Cc line: a longer one is not read, and not wanted. */
const MOST = 6;

/** `Jan Example <jan@example.org>`; the address alone where no name is known. One safe line. */
export function writePerson({ name, address }: { readonly name: string | null; readonly address: string }): string {
  const safeName = toSafeLine(name ?? '', 100).trim();
  const safeAddress = toSafeLine(address, 254);
  return safeName === '' || safeName === safeAddress ? safeAddress : `${safeName} <${safeAddress}>`;
}

/** The best few of a routing, best first, one for each address. */
export function bestOf(routing: readonly Suggestion[]): Suggestion[] {
  const seen = new Set<string>();
  return routing.filter(({ address }) => !seen.has(address) && seen.add(address).size > 0).slice(0, MOST);
}

/** A Cc line ready to be pasted, of those among the best who are not addressed yet; `null` where nobody is missing. */
export function writeCcLine(routing: readonly Suggestion[]): string | null {
  const missing = bestOf(routing).filter(({ addressed }) => !addressed);
  return missing.length === 0 ? null : `Cc: ${missing.map(writeMailbox).join(', ')}`;
}

/** RFC 5322: a display name with anything but atoms in it must be quoted. */
function writeMailbox(person: Suggestion): string {
  const name = toSafeLine(person.name, 100).trim();
  const address = toSafeLine(person.address, 254);
  if (name === '' || name === address) return address;
  const plain = /^[\p{L}\p{N} !#$%&'*+/=?^_`{|}~-]+$/u.test(name);
  return `${plain ? name : `"${name.replace(/["\\]/g, '\\$&')}"`} <${address}>`;
}

/** `maintainer of xen, section X86` in the words of the MAINTAINERS files; `list` and the others likewise. */
export function writeRole({ role, project, section }: Suggestion): string {
  return toSafeLine(`${role}, ${project}${section === null ? '' : `, ${section}`}`, 200);
}
