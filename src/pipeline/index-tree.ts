import type { TreeAbout, TreePart } from '../model/tree.ts';
import type { TreeSource } from '../ports.ts';
import { toEntryLines } from '../routing/trees/entries-text.ts';
import { findFunctions, holdsFunctions } from '../routing/trees/find-functions.ts';
import { recogniseTree } from '../routing/trees/recognise-tree.ts';
import { SymbolTableWriter } from '../routing/trees/write-symbol-table.ts';

/** What whoever adds a tree says of it; the rest the tree tells. */
export interface TreeWish {
  readonly name: string;
  readonly origin: string;
  readonly pinned: string | null;
  readonly said: TreeAbout['said'];
}

export interface IndexedTree {
  readonly about: TreeAbout;
  readonly parts: Readonly<Record<TreePart, Buffer>>;
  /** Source files that were too large, or could not be read. */
  readonly unread: readonly string[];
}

const NOTHING = Buffer.alloc(0);

/**
 * Reads a whole source tree once: its entries, and which file defines which function. Throws an Error of one line for a
 * person where it has no MAINTAINERS at its top, or the source fails.
 */
export function indexTree(source: TreeSource, wish: TreeWish): IndexedTree {
  const known = recogniseTree(wish.name, (path) => source.read(path));
  const maintainers = source.read('MAINTAINERS');
  if (!known || !maintainers) throw new Error('there is no MAINTAINERS file at its top: this is no source tree');
  const entries = toEntryLines(maintainers.toString('utf8'), known.dialect, source.files);
  if (entries.length === 0) throw new Error('its MAINTAINERS file has no entries');
  const table = new SymbolTableWriter(source.files);
  const unread = collect(source, table);
  const about: TreeAbout = {
    name: wish.name,
    project: known.project,
    dialect: known.dialect.name,
    label: wish.said.label ?? known.label ?? wish.name,
    date: wish.said.date ?? source.date,
    kind: source.kind,
    origin: wish.origin,
    commit: source.commit,
    pinned: wish.pinned,
    said: wish.said,
    files: source.files.length,
    functions: table.size,
  };
  const parts = {
    entries: Buffer.from(JSON.stringify(entries)),
    maintainers,
    mailmap: source.read('.mailmap') ?? NOTHING,
    ignore: source.read('.get_maintainer.ignore') ?? NOTHING,
    symbols: table.bytes(),
  };
  return { about, parts, unread };
}

function collect(source: TreeSource, table: SymbolTableWriter): readonly string[] {
  if (source.functions !== null) {
    for (const [name, path] of source.functions) table.add(path, [name]);
    return [];
  }
  return source.readEach(source.files.filter(holdsFunctions), (path, bytes) => {
    table.add(
      path,
      findFunctions(path, () => bytes.toString('latin1')),
    );
  });
}
