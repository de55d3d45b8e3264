import { readFileSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import type { TreeReader } from '../routing/maintainers/tree-reader.ts';

/** Reads files of a source tree from disk; names that lead out of the tree (a patch may hold any) are not there. */
export function toTreeReader(top: string): TreeReader {
  const find = (path: string): string | null => {
    const full = resolve(top, path);
    const inside = relative(top, full);
    return inside.startsWith('..') || isAbsolute(inside) ? null : full;
  };
  return {
    read: (path) => {
      const full = find(path);
      const stat = full === null ? undefined : statSync(full, { throwIfNoEntry: false });
      return full !== null && stat?.isFile() === true ? readFileSync(full) : null;
    },
    isDirectory: (path) => {
      const full = find(path);
      return full !== null && statSync(full, { throwIfNoEntry: false })?.isDirectory() === true;
    },
  };
}
