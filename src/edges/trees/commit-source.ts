import type { TreeSource } from '../../ports.ts';
import { askRepository, readBlobs, type Commit } from './git.ts';
import { LARGEST_SOURCE, LARGEST_TOP_FILE, MOST_FILES, TOO_MANY_FILES } from './limits.ts';

/** Objects are asked for in portions of about this many bytes. */
const PORTION = 48 * 1024 * 1024;
const MOST_IN_PORTION = 5000;
/** The lines around an object in the answer. */
const AROUND = 200;

interface Entry {
  readonly path: string;
  readonly object: string;
  readonly size: number;
}

/** A commit of a repository. Throws an Error of one line where git fails. */
export function openCommit(repository: string, commit: Commit, kind: TreeSource['kind']): TreeSource {
  const entries = listEntries(repository, commit.id);
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  return {
    kind,
    commit: commit.id,
    date: commit.day,
    files: entries.map(({ path }) => path).sort(),
    functions: null,
    read: (path) => {
      const entry = byPath.get(path);
      if (!entry || entry.size < 0 || entry.size > LARGEST_TOP_FILE) return null;
      return readBlobs(repository, [entry.object], LARGEST_TOP_FILE + AROUND)[0] ?? null;
    },
    readEach: (paths, take) =>
      readPortions(
        repository,
        paths.flatMap((path) => byPath.get(path) ?? []),
        take,
      ),
  };
}

function listEntries(repository: string, commit: string): Entry[] {
  const answer = askRepository(repository, ['ls-tree', '-r', '-z', '-l', commit, '--'], { limit: 512 * 1024 * 1024 });
  if (!answer.ok) throw new Error(answer.reason);
  const lines = answer.output.toString('utf8').split('\0');
  if (lines.length > MOST_FILES) throw new Error(TOO_MANY_FILES);
  return lines.flatMap((line) => {
    const match = /^(?<mode>\d{6}) blob (?<object>[0-9a-f]{40,64}) +(?<size>\d+)\t/.exec(line);
    if (!match) return [];
    const { mode = '', object = '', size = '' } = match.groups ?? {};
    // A link is a file that holds a path: it is named, and has no text of its own.
    return [{ path: line.slice(match[0].length), object, size: mode === '120000' ? -1 : Number(size) }];
  });
}

function readPortions(
  repository: string,
  entries: readonly Entry[],
  take: (path: string, bytes: Buffer) => void,
): string[] {
  const left = entries.filter(({ size }) => size > LARGEST_SOURCE).map(({ path }) => path);
  const wanted = entries.filter(({ size }) => size >= 0 && size <= LARGEST_SOURCE);
  for (let at = 0; at < wanted.length;) {
    let bytes = 0;
    const portion: Entry[] = [];
    for (let next = wanted[at]; next && portion.length < MOST_IN_PORTION; next = wanted[at]) {
      if (portion.length > 0 && bytes + next.size > PORTION) break;
      portion.push(next);
      bytes += next.size + AROUND;
      at += 1;
    }
    const objects = portion.map(({ object }) => object);
    for (const [index, blob] of readBlobs(repository, objects, bytes + AROUND).entries()) {
      const path = portion[index]?.path ?? '';
      if (blob) take(path, blob);
      else left.push(path);
    }
  }
  return left;
}
