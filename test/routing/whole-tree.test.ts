import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { XEN } from '../../src/routing/maintainers/dialect.ts';
import { findEntries } from '../../src/routing/maintainers/entries.ts';
import { findMatches } from '../../src/routing/maintainers/match.ts';
import { readMaintainers } from '../../src/routing/maintainers/section.ts';
import { loadBundledTrees } from '../../src/routing/trees/load-bundled-trees.ts';
import { treeAsOf } from '../../src/routing/trees/trees.ts';

const FOLDER = join(import.meta.dirname, '../../../shared/trees/xen');
const isThere = existsSync(FOLDER);

describe.skipIf(!isThere)(`a whole Xen tree${isThere ? '' : ' (skipped: ../shared is not there)'}`, () => {
  const files = isThere
    ? gunzipSync(readFileSync(join(FOLDER, 'files.txt.gz')))
        .toString('utf8')
        .split('\n')
        .filter((path) => path !== '')
    : [];
  const directories = new Set(files.flatMap((path) => parentsOf(path)));

  it('answers for every file in under two seconds', () => {
    const start = performance.now();
    const text = readFileSync(join(FOLDER, 'MAINTAINERS'), 'latin1');
    const tree = readMaintainers(text, XEN, (path) => directories.has(path));
    const answered = files.filter((path) => findEntries(tree, [path]).entries.length > 0);
    expect(answered.length).toBe(files.length);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('is told the same by the bundled facts as by the file itself', () => {
    const text = readFileSync(join(FOLDER, 'MAINTAINERS'), 'utf8');
    const whole = readMaintainers(text, XEN, (path) => directories.has(path));
    const bundled = treeAsOf(loadBundledTrees(), 'xen', new Date('2026-11-01'))?.maintainers();
    if (!bundled) throw new Error('no bundled tree of Xen');
    const titles = (path: string, tree: typeof whole) =>
      findMatches(tree, path).matches.map(({ section }) => section.title);
    expect(files.filter((path) => titles(path, whole).join() !== titles(path, bundled).join())).toEqual([]);
  });
});

function parentsOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
}
