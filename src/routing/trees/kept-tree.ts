import type { TreeAbout, TreePart } from '../../model/tree.ts';
import { LINUX, QEMU, XEN, type Dialect } from '../maintainers/dialect.ts';
import { readEntryLines, toEntryLines } from './entries-text.ts';
import { once } from './once.ts';
import { preferKept } from './kept-paths.ts';
import { joinTables, openSymbolTable } from './symbol-table.ts';
import type { Tree, Trees } from './trees.ts';

export const DIALECTS: Readonly<Record<string, Dialect>> = { xen: XEN, linux: LINUX, qemu: QEMU };

/** A tree that somebody added, made ready for routing; its parts are read when they are first asked for. */
export function openKeptTree(about: TreeAbout, part: (name: TreePart) => Buffer): Tree {
  return {
    project: about.project,
    label: about.label,
    date: about.date,
    maintainers: once(() =>
      readEntryLines(JSON.parse(part('entries').toString('utf8')) as string[][], DIALECTS[about.dialect] ?? LINUX),
    ),
    symbols: once(() => preferKept(openSymbolTable(part('symbols')), about.project)),
  };
}

/** MAINTAINERS of an earlier commit of a tree. */
export interface EarlierEntries {
  readonly label: string | null;
  readonly day: string;
  /** The day that was asked for. */
  readonly asOf: Date;
  readonly maintainers: Buffer;
}

/**
 * A tree as of an earlier day: the entries are of that day, the functions of whichever tree of the project is nearest to
 * it, and of the others where that one lacks them.
 */
export function openEarlierTree(about: TreeAbout, earlier: EarlierEntries, trees: Trees): Tree {
  const dialect = DIALECTS[about.dialect] ?? LINUX;
  const day = Date.parse(earlier.day);
  const away = ({ date }: Tree) => Math.abs(Date.parse(date) - day);
  const nearest = trees.all.filter(({ project }) => project === about.project).sort((a, b) => away(a) - away(b));
  const symbols = once(() => joinTables(nearest.map((tree) => tree.symbols)));
  return {
    project: about.project,
    label: earlier.label ?? about.name,
    date: earlier.day,
    holdsOn: earlier.asOf,
    symbols,
    maintainers: once(() => {
      const lines = toEntryLines(earlier.maintainers.toString('utf8'), dialect, symbols().files());
      return readEntryLines(lines, dialect);
    }),
  };
}
