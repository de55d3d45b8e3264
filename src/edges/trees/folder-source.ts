import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { TreeSource } from '../../ports.ts';
import { LARGEST_SOURCE, LARGEST_TOP_FILE, MOST_FILES, TOO_MANY_FILES } from './limits.ts';

/** Folders that version control keeps for itself. */
const NOT_SOURCE = new Set(['.git', '.hg', '.svn', '.pc']);

/** A folder with sources. Throws an Error of one line where it cannot be listed. */
export function openFolder(top: string, known: Pick<TreeSource, 'kind' | 'commit'> & { date?: string }): TreeSource {
  const { files, links } = listFiles(top);
  return {
    kind: known.kind,
    commit: known.commit,
    date: known.date ?? dayOf(join(top, 'MAINTAINERS')),
    files,
    functions: null,
    read: (path) => readPlain(join(top, path), LARGEST_TOP_FILE),
    readEach: (paths, take) =>
      paths.filter((path) => {
        if (links.has(path)) return false;
        const bytes = readPlain(join(top, path), LARGEST_SOURCE);
        if (bytes) take(path, bytes);
        return bytes === null;
      }),
  };
}

/** The day on which a file was changed last: unpacked sources keep the day of their making. */
export function dayOf(file: string): string {
  return (statSync(file, { throwIfNoEntry: false })?.mtime ?? new Date(0)).toISOString().slice(0, 10);
}

/** All files below; folders behind links are not entered, so that no way leads out of the tree or round in it. */
function listFiles(top: string): { readonly files: readonly string[]; readonly links: ReadonlySet<string> } {
  const files: string[] = [];
  const links = new Set<string>();
  const waiting = [''];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const entry of readdirSync(join(top, folder), { withFileTypes: true })) {
      const path = `${folder}${entry.name}`;
      if (entry.isDirectory() && !NOT_SOURCE.has(entry.name)) waiting.push(`${path}/`);
      if (entry.isFile() || entry.isSymbolicLink()) files.push(path);
      if (entry.isSymbolicLink()) links.add(path);
    }
    if (files.length + waiting.length > MOST_FILES) throw new Error(TOO_MANY_FILES);
  }
  return { files: files.sort(), links };
}

/** A regular file that is no link, whole; `null` for everything else. */
export function readPlain(path: string, limit: number): Buffer | null {
  let file: number;
  try {
    // Pipes would wait for a writer.
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return null;
  }
  try {
    const stat = fstatSync(file);
    return stat.isFile() && stat.size <= limit ? readFileSync(file) : null;
  } catch {
    return null;
  } finally {
    closeSync(file);
  }
}
