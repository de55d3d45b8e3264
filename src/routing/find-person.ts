import type { Address } from '../model/message.ts';
import { peopleOf } from './people/section-people.ts';
import { foldName, PersonIndex } from './people/person-key.ts';
import type { Tree, Trees } from './trees/trees.ts';

/** Somebody whom an entry about Xen names. */
export interface ListPerson {
  readonly name: string;
  readonly address: string;
  readonly section: string;
}

const KNOWN = new WeakMap<Tree, readonly ListPerson[]>();

/** The people of all entries that are known on this list: all of Xen's, and those of other trees that speak of Xen. */
export function findListPeople(tree: Tree): readonly ListPerson[] {
  const known = KNOWN.get(tree);
  if (known) return known;
  const people = tree
    .maintainers()
    .sections.filter(({ title }) => tree.project === 'xen' || /\bxen\b/i.test(title))
    .flatMap((section) =>
      peopleOf(section)
        .filter(({ role }) => role !== 'list')
        .map(({ name, address }) => ({ name, address, section: section.title })),
    );
  KNOWN.set(tree, people);
  return people;
}

const ENTRIES = new WeakMap<Tree, PersonIndex<ListPerson>>();

/** The entry that best describes somebody known on this list: of many, the widest. */
export function entryOf(tree: Tree, person: Address): ListPerson | undefined {
  const known = ENTRIES.get(tree);
  if (known) return known.find(person);
  const entries = new PersonIndex<ListPerson>();
  const people = findListPeople(tree);
  const widest = people.filter(({ section }) => section === 'THE REST');
  for (const one of [...widest, ...people]) entries.add(one, one);
  ENTRIES.set(tree, entries);
  return entries.find(person);
}

/**
 * Who is meant by a name ("Konrad", "Andrew Cooper") on this list: somebody of an entry about Xen, in any of the trees,
 * the newest address first. `null` where nobody, or several people, answer to it.
 */
export function findPerson(trees: Trees, name: string): Address | null {
  const wanted = plainWords(name);
  if (wanted.length === 0 || name.length > 100) return null;
  const newestFirst = [...trees.all].sort((a, b) => (a.date < b.date ? 1 : -1));
  const found = new Map<string, Address>();
  for (const tree of newestFirst) {
    for (const person of findListPeople(tree)) {
      const own = plainWords(person.name);
      if (!wanted.every((word) => own.includes(word))) continue;
      const key = foldName(person.name) || person.address;
      if (!found.has(key)) found.set(key, { name: person.name, address: person.address });
    }
  }
  return found.size === 1 ? ([...found.values()][0] ?? null) : null;
}

function plainWords(name: string): string[] {
  // A second word makes the name foldable; it is taken off again.
  return foldName(`${name} qqq qqq`)
    .split(' ')
    .filter((word) => word !== 'qqq' && word !== '');
}
