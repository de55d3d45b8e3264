import type { Address } from '../../model/message.ts';
import { awayFrom, treesOf, type Tree, type Trees } from '../trees/trees.ts';
import { PersonIndex } from './person-key.ts';
import { peopleOf, type SectionPerson } from './section-people.ts';

/** What became of somebody whom the file of an earlier tree names. */
export interface Since {
  /** The newest tree of the project, which no longer names them; `null` where it does, or where this is the newest. */
  readonly leftBy: Tree | null;
  /** Where the newest file has them now; `null` where this is the newest. */
  readonly now: SectionPerson | null;
}

/** Longer than this after a file's day nobody knows who of those that left since was still there. */
const STILL_THERE_DAYS = 366;
const MS_A_DAY = 86_400_000;

/** Whether the newest file of the tree's project still names a person (or a list) of this one, and at which address. */
export function findSince(tree: Tree, person: Address, trees: Trees): Since {
  const newest = treesOf(trees, tree.project).at(-1);
  if (!newest || newest === tree) return { leftBy: null, now: null };
  const now = findFilePeople(newest).find(person) ?? null;
  return { leftBy: now === null ? newest : null, now };
}

/** Is the day so near to the tree's that its file can be taken at its word, even for those who left later? */
export function isNear(tree: Tree, day: Date): boolean {
  return awayFrom(tree, day) <= STILL_THERE_DAYS * MS_A_DAY;
}

const FILE_PEOPLE = new WeakMap<Tree, PersonIndex<SectionPerson>>();

/** Everybody whom a tree's file names. */
function findFilePeople(tree: Tree): PersonIndex<SectionPerson> {
  const known = FILE_PEOPLE.get(tree);
  if (known) return known;
  const people = new PersonIndex<SectionPerson>();
  for (const person of tree.maintainers().sections.flatMap(peopleOf)) people.add(person, person);
  FILE_PEOPLE.set(tree, people);
  return people;
}
