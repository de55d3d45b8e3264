import type { MaintainersFile } from '../maintainers/section.ts';
import type { FindCommit } from '../people/commit-people.ts';
import type { SymbolTable } from './symbol-table.ts';

/** A source tree as of a day, as far as routing needs it. Its parts are read when they are first asked for. */
export interface Tree {
  /** `xen`, `linux`, `qemu`, or the name that somebody gave. */
  readonly project: string;
  /** For people: `Xen 4.23-unstable`. */
  readonly label: string;
  /** The day (or the month) that it shows: `2026-08`. */
  readonly date: string;
  /** The day for which it was looked up in a repository: there it holds, however long ago its commit was made. */
  readonly holdsOn?: Date;
  readonly maintainers: () => MaintainersFile;
  readonly symbols: () => SymbolTable;
}

/** Source trees, several of one project at different days. */
export interface Trees {
  readonly all: readonly Tree[];
  /** Looks up commits in the repositories that are at hand; `undefined` where there are none. */
  readonly findCommit?: FindCommit;
}

/** One tree a project: the one nearest to the day, earlier or later; of two equally near ones the earlier. */
export function treesAsOf(trees: Trees, day: Date): readonly Tree[] {
  return findProjects(trees).flatMap((project) => treeAsOf(trees, project, day) ?? []);
}

export function treeAsOf(trees: Trees, project: string, day: Date): Tree | null {
  return treesOf(trees, project).reduce<Tree | null>(
    (nearest, tree) => (nearest === null || awayFrom(tree, day) < awayFrom(nearest, day) ? tree : nearest),
    null,
  );
}

/** How far a tree is from a day, in milliseconds. */
export function awayFrom({ date, holdsOn }: Tree, day: Date): number {
  return holdsOn?.getTime() === day.getTime() ? 0 : Math.abs(Date.parse(date) - day.getTime());
}

/** For people: `Xen 4.23-unstable (2026-08)`. */
export function writeTree({ label, date }: Pick<Tree, 'label' | 'date'>): string {
  return `${label} (${date})`;
}

/** The trees of one project, oldest first. */
export function treesOf(trees: Trees, project: string): readonly Tree[] {
  return trees.all
    .filter((tree) => tree.project === project)
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

function findProjects(trees: Trees): readonly string[] {
  return [...new Set(trees.all.map((tree) => tree.project))];
}
