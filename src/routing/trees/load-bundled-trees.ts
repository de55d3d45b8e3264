import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { LINUX, type Dialect } from '../maintainers/dialect.ts';
import type { MaintainersFile } from '../maintainers/section.ts';
import { readEntryLines } from './entries-text.ts';
import { DIALECTS } from './kept-tree.ts';
import { openSymbolTable, type SymbolTable } from './symbol-table.ts';
import { once } from './once.ts';
import type { Tree, Trees } from './trees.ts';

/** What `scripts/make-tree.ts` made, with its day and where it is from. The files lie in data/trees/. */
const BUNDLED: readonly {
  readonly name: string;
  readonly project: string;
  readonly label: string;
  readonly date: string;
}[] = [
  // xen.git at c447b7308b, August 2026.
  { name: 'xen-2026-08', project: 'xen', label: 'Xen 4.23-unstable', date: '2026-08' },
  // xen.git in September 2017, while TMEM was there.
  { name: 'xen-2017-09', project: 'xen', label: 'Xen 4.10-unstable', date: '2017-09' },
  // The release of 11 December 2022.
  { name: 'linux-6.1', project: 'linux', label: 'Linux 6.1', date: '2022-12' },
  // The release of 14 December 2022.
  { name: 'qemu-7.2', project: 'qemu', label: 'QEMU 7.2', date: '2022-12' },
];

/**
 * The trees that come with heddle. Nothing is read until a tree is asked; then a table takes some ten milliseconds.
 * Throws where the files of the installation are missing or damaged.
 */
export function loadBundledTrees(): Trees {
  return { all: listBundledTrees().map(({ tree }) => tree) };
}

/** The same, with the names that they are listed by. */
export function listBundledTrees(): readonly { readonly name: string; readonly tree: Tree }[] {
  return BUNDLED.map((row) => ({ name: row.name, tree: toTree(row) }));
}

function toTree({ name, project, label, date }: (typeof BUNDLED)[number]): Tree {
  return {
    project,
    label,
    date,
    maintainers: once(() => readFacts(name, DIALECTS[project] ?? LINUX)),
    symbols: once((): SymbolTable => openSymbolTable(readData(`${name}.symbols.gz`))),
  };
}

/** `data/` lies beside `src/` in a checkout, and one folder further up beside `dist/`. */
function readData(name: string): Buffer {
  const beside = new URL(`../../../data/trees/${name}`, import.meta.url);
  const url = existsSync(beside) ? beside : new URL(`../../../../data/trees/${name}`, import.meta.url);
  return gunzipSync(readFileSync(url));
}

/** The facts are lines of MAINTAINERS again, title first, and are read as such. */
function readFacts(name: string, dialect: Dialect): MaintainersFile {
  const facts = JSON.parse(readData(`${name}.json.gz`).toString('utf8')) as { readonly sections: readonly string[][] };
  return readEntryLines(facts.sections, dialect);
}
