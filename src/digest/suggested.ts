import type { Suggestion } from '../model/routing.ts';
import { toSafeLine } from '../lib/safe-text.ts';

/** So many at most are proposed for a Cc line: a longer one is not read, and not wanted. */
const MOST = 6;

/** `Jan Example <jan@example.org>`; the address alone where no name is known. One safe line. */
export function writePerson({ name, address }: { readonly name: string | null; readonly address: string }): string {
  const safeName = toSafeLine(name ?? '', 100).trim();
  const safeAddress = toSafeLine(address, 254);
  // Saved archive pages give names without addresses.
  if (safeAddress === '') return safeName === '' ? 'somebody' : safeName;
  return safeName === '' || safeName === safeAddress ? safeAddress : `${safeName} <${safeAddress}>`;
}

/**
 * Whoever is this much less likely than the best is left out: an address too many is a mail that is not read. Somebody who is
 * all but certain (they answer already) says nothing against the others: no more than this is asked of a comparison.
 */
const FAINT = 0.5;
const LIKELY = 0.25;

/** The best few of a routing, best first, one for each address. */
export function bestOf(routing: readonly Suggestion[]): Suggestion[] {
  const seen = new Set<string>();
  const least = Math.min(routing[0]?.score ?? 0, LIKELY) * FAINT;
  return routing
    .filter(({ address, score }) => score >= least && !seen.has(address) && seen.add(address).size > 0)
    .slice(0, MOST);
}

/** People of one entry who are suggested for the same first reason; `reasons` are those that all of them share. */
export interface SuggestionGroup {
  readonly people: readonly Suggestion[];
  readonly addressed: boolean;
  /** `maintainers, linux, XEN NETWORK BACKEND DRIVER`. */
  readonly role: string;
  readonly section: string | null;
  readonly reasons: readonly string[];
}

/** The best few, those with equal roles and the same first reason together: four people of one section are one line to read. */
export function groupBest(routing: readonly Suggestion[]): SuggestionGroup[] {
  const groups = new Map<string, Suggestion[]>();
  for (const one of bestOf(routing)) {
    const key = [one.role, one.project, one.section, one.addressed, one.reasons[0]].join('\n');
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((people) => {
    const [first] = people;
    if (first === undefined) return [];
    const role = writeRole(first, people.length);
    // As of when the trees hold is said once for all; only who has left since is said of each.
    const told = first.reasons.filter((one) => !DOUBT.test(one) && (!HOLDS.test(one) || one.includes(';')));
    const shared = told.filter((reason) => people.every(({ reasons }) => reasons.includes(reason)));
    return [
      {
        people,
        addressed: first.addressed,
        role,
        section: first.section,
        reasons: shared.map((one) => toSafeLine(one, 300)),
      },
    ];
  });
}

const HOLDS = /^as of (?<when>[^;]{1,100})/;
const DOUBT = /^either /;
const GONE = /\b(?:gone|no longer)\b/;

/** As of when the suggestions hold: the trees whose MAINTAINERS files they rest on. */
export function writeHolds(routing: readonly Suggestion[]): string | null {
  const whens = routing.flatMap(({ reasons }) => reasons.flatMap((one) => HOLDS.exec(one)?.groups?.['when'] ?? []));
  const trees = [...new Set(whens)].map((when) => toSafeLine(when, 100));
  return trees.length === 0 ? null : `Maintainers as of ${trees.join(', ')}.`;
}

/** What the mail speaks of and today's trees do not have any more, in words; each once. */
export function findGoneWords(routing: readonly Suggestion[]): string[] {
  const said = routing.flatMap(({ reasons }) => reasons.filter((one) => GONE.test(one) && !HOLDS.test(one)));
  return [...new Set(said)].map((one) => toSafeLine(one, 300));
}

/** Between which sides the choice is open, in words; each once. */
export function findDoubtWords(routing: readonly Suggestion[]): string[] {
  const said = routing.flatMap(({ reasons }) => reasons.filter((one) => DOUBT.test(one)));
  return [...new Set(said)].map((one) => toSafeLine(one, 300));
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

/** `maintainer, xen, X86 ARCHITECTURE`, in the words of the MAINTAINERS files; in the plural for several. */
function writeRole({ role, project, section }: Suggestion, count: number): string {
  return toSafeLine(`${role}${count > 1 ? 's' : ''}, ${project}${section === null ? '' : `, ${section}`}`, 200);
}
