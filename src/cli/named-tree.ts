import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readBlobs } from '../edges/trees/git.ts';
import type { KeptTree } from '../edges/trees/tree-file.ts';
import type { TreePart } from '../model/tree.ts';
import { XEN, type Dialect } from '../routing/maintainers/dialect.ts';
import type { TreeReader } from '../routing/maintainers/tree-reader.ts';
import { directoriesOf } from '../routing/trees/entries-text.ts';
import { openKeptTree } from '../routing/trees/kept-tree.ts';
import type { Context } from './context.ts';
import { repositoryOf, treeFolder } from './load-trees.ts';

/** An added tree for `heddle maintainers --tree NAME`. */
export interface NamedTree {
  /** Its folder, where the sources lie at hand. */
  readonly folder: string | null;
  /** How it is read where they do not. */
  readonly reader: TreeReader;
  /** Where the tree's own files do not tell how they are read: before 2018 Xen's bore no mark. */
  readonly dialect?: Dialect;
  /** Whether files have a text to search for keywords. */
  readonly hasText: boolean;
}

/** The added tree of that name, or `null`. Throws an Error of one line where it is damaged. */
export function findNamedTree(name: string, context: Pick<Context, 'config'>): NamedTree | null {
  const folder = treeFolder(context);
  if (!folder.has(name)) return null;
  const kept = folder.open(name);
  const { about } = kept;
  const isAtHand = about.kind === 'directory' || (about.kind === 'checkout' && about.pinned === null);
  if (isAtHand && existsSync(join(about.origin, 'MAINTAINERS'))) {
    return { folder: about.origin, reader: toKeptReader(kept, () => null), hasText: true };
  }
  const repository = repositoryOf(about, folder);
  const dialect = about.dialect === 'xen' ? { dialect: { ...XEN, versionGate: false } } : {};
  const { commit } = about;
  if (repository === null || commit === null) {
    return { folder: null, reader: toKeptReader(kept, () => Buffer.alloc(0)), hasText: false, ...dialect };
  }
  const read = (path: string) => readBlobs(repository, [`${commit}:${path}`], LARGEST)[0] ?? null;
  return { folder: null, reader: toKeptReader(kept, read), hasText: true, ...dialect };
}

const LARGEST = 64 * 1024 * 1024;

/** What is kept under the name that it has in a tree. */
const KEPT: Readonly<Record<string, TreePart>> = {
  MAINTAINERS: 'maintainers',
  '.mailmap': 'mailmap',
  '.get_maintainer.ignore': 'ignore',
};

/** Reads the files that are kept, and others, as far as the tree has them, by `read`. */
function toKeptReader({ about, part }: KeptTree, read: (path: string) => Buffer | null): TreeReader {
  const files = new Set(openKeptTree(about, part).symbols().files());
  const directories = directoriesOf([...files]);
  return {
    read: (path) => {
      const own = KEPT[path];
      if (own !== undefined) return own === 'maintainers' || files.has(path) ? part(own) : null;
      return files.has(path) ? read(path) : null;
    },
    isDirectory: (path) => directories.has(path.replace(/\/$/, '')),
  };
}
