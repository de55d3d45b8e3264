import { readPerson, splitPeople } from '../maintainers/address.ts';
import type { Section } from '../maintainers/section.ts';
import { LINUX_UTF8 } from '../maintainers/dialect.ts';
import type { RoutingRole } from '../../model/routing.ts';

/** Somebody whom an entry names. */
export interface SectionPerson {
  readonly name: string;
  readonly address: string;
  readonly role: RoutingRole;
  /** Place among those of the same role, from 0. */
  readonly place: number;
}

const ROLES: Readonly<Record<string, RoutingRole>> = { M: 'maintainer', R: 'reviewer', L: 'list' };

/** The maintainers, reviewers and lists of an entry, in its order. */
export function peopleOf(section: Section): readonly SectionPerson[] {
  const people: SectionPerson[] = [];
  const places = new Map<RoutingRole, number>();
  for (const { letter, value } of section.properties) {
    const role = ROLES[letter];
    if (!role) continue;
    for (const text of role === 'list' ? [value.split(/\s/)[0] ?? ''] : splitPeople(value)) {
      const { name, address } = readPerson(text, LINUX_UTF8);
      if (address === '') continue;
      // A list among the maintainers (`M: x86@kernel.org`) has no name.
      const own = name === '' ? 'list' : role;
      const place = places.get(own) ?? 0;
      places.set(own, place + 1);
      people.push({
        name: own === 'list' ? '' : name.replaceAll('"', ''),
        address: address.toLowerCase(),
        role: own,
        place,
      });
    }
  }
  return people;
}

/** Lists that everything goes to: they come last. */
const CATCH_ALL = /^(?:xen-devel@|linux-kernel@vger|qemu-devel@|xen-users@|linux-arm-kernel@)/;

export function isCatchAllList(address: string): boolean {
  return CATCH_ALL.test(address);
}

/** Entries that cover everything. */
const CATCH_ALL_TITLES = new Set(['THE REST', 'All patches CC here', 'General Project Administration']);

export function isCatchAllSection(section: Section): boolean {
  return CATCH_ALL_TITLES.has(section.title);
}
