import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { TreeSource } from '../../ports.ts';
import { openCommit } from './commit-source.ts';
import { openFolder, readPlain } from './folder-source.ts';
import { findCommit, findRepository } from './git.ts';
import { LARGEST_TOP_FILE } from './limits.ts';
import { isSnapshot, openSnapshot } from './snapshot-source.ts';

export interface SourceWish {
  /** The day whose commit is wanted; `null` for what is there now. */
  readonly asOf: Date | null;
  /** Is the repository one of heddle's own copies. */
  readonly isClone?: boolean;
}

/**
 * Opens a folder as a source tree: a snapshot, a git checkout (its files as they lie there, or a commit where a day is
 * asked for), a bare repository, or a folder with sources. Throws an Error of one line for a person.
 */
export function openSource(folder: string, { asOf, isClone = false }: SourceWish): TreeSource {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw new Error('there is no such folder');
  const repository = findRepository(folder);
  if (repository?.isBare !== true && readPlain(join(folder, 'MAINTAINERS'), LARGEST_TOP_FILE) === null) {
    throw new Error('there is no MAINTAINERS file at its top: this is no source tree');
  }
  if (isSnapshot(folder)) return openSnapshot(folder);
  if (!repository) {
    if (asOf !== null) throw new Error('this is no git repository, so that no other day can be read from it');
    return openFolder(folder, { kind: 'directory', commit: null });
  }
  const commit = findCommit(repository.gitDir, asOf);
  if (!commit)
    throw new Error(asOf === null ? 'the repository has no commit' : 'the repository has no commit that old');
  if (!repository.isBare && asOf === null) {
    return openFolder(folder, { kind: 'checkout', commit: commit.id, date: commit.day });
  }
  return openCommit(repository.gitDir, commit, isClone ? 'clone' : 'repository');
}
