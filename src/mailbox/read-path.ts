import { readdirSync, statSync, type Dirent, type Stats } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Reading } from '../ports.ts';
import { openFile } from './byte-stream.ts';
import { findEpochs, gitDirectoryOf } from './git-repository.ts';
import { readPublicInbox } from './public-inbox.ts';
import { failure, readStream } from './read-stream.ts';

/** Folders inside folders inside … are followed this far; mail programs nest two or three. */
const MAX_DEPTH = 32;

/**
 * Every mail of a path: a file of any kind, a public-inbox archive, or a folder (a maildir, with its folders, or
 * files anywhere below), sorted by name.
 */
export async function* readPath(path: string, cursors: ReadonlyMap<string, string>): AsyncGenerator<Reading> {
  const stats = look(path);
  if (typeof stats === 'string') yield failure(path, stats);
  else if (stats.isDirectory()) yield* readFolder(path, cursors);
  else yield* readStream(openFile(path), path);
}

/**
 * Walks a folder with a list of what is still to see. Files that hold no mail (indexes, notes) lie in mail folders too:
 * they are left out without a word, unless their name claims to be mail or the whole folder has none.
 */
async function* readFolder(root: string, cursors: ReadonlyMap<string, string>): AsyncGenerator<Reading> {
  const todo: { path: string; depth: number }[] = [{ path: root, depth: 0 }];
  let mails = 0;
  let failures = 0;
  let files = 0;
  for (let next = todo.pop(); next; next = todo.pop()) {
    const archive = archiveAt(next.path);
    const readings = archive ? readPublicInbox(archive, cursors) : readFiles(next, todo);
    for await (const reading of readings) {
      if (reading === 'file') files += 1;
      else {
        if (reading.kind === 'mail') mails += 1;
        if (reading.kind === 'failure') failures += 1;
        yield reading;
      }
    }
    if (archive) files += 1;
  }
  if (mails > 0 || failures > 0 || (files > 0 && archiveAt(root))) return;
  yield failure(root, files === 0 ? 'is an empty folder' : `holds no mail: looked at ${count(files, 'file')}`);
}

/** The git directories of a public-inbox archive, or `undefined` where the folder is none. */
function archiveAt(path: string): string[] | undefined {
  const epochs = findEpochs(path);
  if (epochs.length > 0) return epochs.map((epoch) => resolve(epoch));
  const beside = basename(path) === 'all.git' ? findEpochs(resolve(path, '..')) : [];
  if (beside.length > 0) return beside;
  const single = gitDirectoryOf(path);
  return single === undefined ? undefined : [resolve(single)];
}

/** Reads the files of one folder and notes the folders in it. Says `file` for each file looked at. */
async function* readFiles(
  folder: { readonly path: string; readonly depth: number },
  todo: { path: string; depth: number }[],
): AsyncGenerator<Reading | 'file'> {
  const entries = list(folder.path);
  if (typeof entries === 'string') {
    yield failure(folder.path, entries);
    return;
  }
  const isMaildir = entries.some((entry) => entry.name === 'cur' && entry.isDirectory());
  const folders: string[] = [];
  for (const entry of entries) {
    const path = join(folder.path, entry.name);
    if (entry.isDirectory()) {
      // Mail in tmp is still being delivered.
      if (!(isMaildir && entry.name === 'tmp')) folders.push(path);
      continue;
    }
    if (!isFile(entry, path)) continue;
    yield 'file';
    yield* readStream(openFile(path), path, (why) =>
      /\.(?:eml|mbox)(?:\.gz)?$/i.test(path) ? failure(path, why) : null,
    );
  }
  if (folder.depth >= MAX_DEPTH) return;
  for (const path of folders.reverse()) todo.push({ path, depth: folder.depth + 1 });
}

/** Links to files are followed (mail searches make folders of them), links to folders are not: they may lead back. */
function isFile(entry: Dirent, path: string): boolean {
  if (entry.isFile()) return true;
  if (!entry.isSymbolicLink()) return false;
  const stats = look(path);
  return typeof stats !== 'string' && stats.isFile();
}

function list(path: string): Dirent[] | string {
  try {
    return readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    return `cannot be read: ${messageOf(error)}`;
  }
}

function look(path: string): Stats | string {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? 'no such file or folder';
  } catch (error) {
    return `cannot be read: ${messageOf(error)}`;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown error';
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
