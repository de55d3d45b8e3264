import { existsSync } from 'node:fs';
import { toCommitFinder } from '../edges/trees/find-commit.ts';
import { findCommit, findRepository, readBlobs } from '../edges/trees/git.ts';
import { TreeFolder } from '../edges/trees/tree-folder.ts';
import type { TreeAbout } from '../model/tree.ts';
import { openEarlierTree, openKeptTree, type EarlierEntries } from '../routing/trees/kept-tree.ts';
import { listBundledTrees } from '../routing/trees/load-bundled-trees.ts';
import { recogniseTree, TELLING_FILES } from '../routing/trees/recognise-tree.ts';
import type { Tree, Trees } from '../routing/trees/trees.ts';
import type { Context } from './context.ts';
import { CommandFailure } from './failure.ts';

/** The folder of added trees: HEDDLE_TREES, else heddle-trees beside the store. */
export function treeFolder({ config }: Pick<Context, 'config'>): TreeFolder {
  return new TreeFolder(config.trees);
}

/**
 * Added trees, then those that come with heddle and whose names nobody took. Of added repositories also the entries of
 * the day, where one is asked for that lies before what was read last.
 */
export function loadTrees(context: Pick<Context, 'config'>, asOf: Date | null): Trees {
  const folder = treeFolder(context);
  const kept = folder.list().map((found) => {
    if (found.kind === 'tree') return found.tree;
    throw new CommandFailure(`${found.reason} (heddle trees remove ${found.name})`);
  });
  const added = kept.map(({ about, part }) => openKeptTree(about, part));
  const names = new Set(kept.map(({ about }) => about.name));
  const bundled = listBundledTrees().filter(({ name }) => !names.has(name));
  const all: readonly Tree[] = [...added, ...bundled.map(({ tree }) => tree)];
  const earlier = kept.flatMap(({ about }) => {
    const entries = asOf === null ? null : readEarlier(about, folder, asOf);
    return entries === null ? [] : [openEarlierTree(about, entries, { all })];
  });
  const repositories = kept.flatMap(({ about }) => repositoryOf(about, folder) ?? []);
  return { all: [...earlier, ...all], findCommit: toCommitFinder(repositories) };
}

/** Where the repository of a tree lies now, or `null`. */
export function repositoryOf({ kind, name, origin }: TreeAbout, folder: TreeFolder): string | null {
  if (kind === 'directory' || kind === 'snapshot') return null;
  const place = kind === 'clone' ? folder.cloneOf(name) : origin;
  return existsSync(place) ? (findRepository(place)?.gitDir ?? null) : null;
}

const LIMIT = 48 * 1024 * 1024;

/**
 * MAINTAINERS of the last commit before the end of that day; `null` where the tree's own file is not newer, or where its
 * repository has gone or cannot be asked: then the file that was kept holds, and replies say its day.
 */
function readEarlier(about: TreeAbout, folder: TreeFolder, asOf: Date): EarlierEntries | null {
  const repository = repositoryOf(about, folder);
  if (repository === null || about.pinned !== null || about.date <= asOf.toISOString().slice(0, 10)) return null;
  try {
    const commit = findCommit(repository, asOf);
    if (!commit) return null;
    const blobs = readBlobs(
      repository,
      TELLING_FILES.map((path) => `${commit.id}:${path}`),
      LIMIT,
    );
    const files = new Map<string, Buffer | null>(TELLING_FILES.map((path, index) => [path, blobs[index] ?? null]));
    const maintainers = files.get('MAINTAINERS') ?? null;
    const known = recogniseTree(about.name, (path) => files.get(path) ?? null);
    return maintainers && known ? { label: known.label, day: commit.day, asOf, maintainers } : null;
  } catch {
    return null;
  }
}
