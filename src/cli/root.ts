import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the package: the nearest one above this file that holds a package.json, for `src/` and for `dist/src/`. */
export function findRoot(from: string = import.meta.dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) || folder === dirname(folder)) return folder;
  }
}
