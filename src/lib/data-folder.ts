import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The data folder of the package: the sources and the compiled files lie at different depths below it. Throws where the
 * package is not whole.
 */
export function findDataFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'data', 'hypercalls.json'))) {
    const above = dirname(folder);
    if (above === folder) throw new Error('heddle is not whole: its folder data/ is missing; install it again');
    folder = above;
  }
  return join(folder, 'data');
}
