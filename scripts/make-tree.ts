/**
 * Makes a bundled tree: the facts of a source tree that routing needs, in data/trees/.
 *
 *   npx tsx scripts/make-tree.ts --project xen --name xen-2026-08 --date 2026-08-15 --label "Xen 4.23-unstable" DIR
 *
 * DIR is a source tree, or a folder with MAINTAINERS, files.txt.gz (one path a line) and symbols.tsv.gz (function, tab,
 * file). Two files come out:
 *
 *   NAME.json.gz     project, label, date, and the MAINTAINERS entries: title and the lines M R L S F X N K
 *   NAME.symbols.gz  "N" (how many files), N paths, then one line a function: name, blank, file numbers with commas;
 *                    sorted by bytes, for binary search
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { findFunctions } from '../src/routing/trees/find-functions.ts';
import { isKept } from '../src/routing/trees/kept-paths.ts';
import { recogniseDialect } from '../src/routing/maintainers/dialect.ts';
import { readMaintainers } from '../src/routing/maintainers/section.ts';

const KEPT_LETTERS = 'MRLSFXNK';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    project: { type: 'string' },
    name: { type: 'string' },
    date: { type: 'string' },
    label: { type: 'string' },
    out: { type: 'string', default: 'data/trees' },
  },
});
const [dir] = positionals;
const { project, name, date, label, out } = values;
if (dir === undefined || project === undefined || name === undefined || date === undefined || label === undefined) {
  console.error('usage: make-tree.ts --project P --name N --date D --label L DIR (see the head of this file)');
  process.exit(2);
}

const files = listFiles(dir);
const symbols = findSymbols(dir, files).filter(([, path]) => isKept(project, path));
mkdirSync(out, { recursive: true });
writeFileSync(join(out, `${name}.json.gz`), gzipSync(JSON.stringify(toFacts(dir, files)), { level: 9 }));
writeFileSync(join(out, `${name}.symbols.gz`), gzipSync(toTable(symbols), { level: 9 }));
console.log(`${name}: ${String(files.length)} files, ${String(symbols.length)} places of functions`);

function readLines(path: string): string[] {
  return gunzipSync(readFileSync(path))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
}

function listFiles(top: string): string[] {
  if (existsSync(join(top, 'files.txt.gz'))) return readLines(join(top, 'files.txt.gz'));
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(top, '/').length))
    .sort();
}

function findSymbols(top: string, paths: readonly string[]): [name: string, path: string][] {
  if (existsSync(join(top, 'symbols.tsv.gz'))) {
    return readLines(join(top, 'symbols.tsv.gz')).map((line) => {
      const [symbol = '', path = ''] = line.split('\t');
      return [symbol, path];
    });
  }
  return paths.flatMap((path) =>
    findFunctions(path, () => readFileSync(join(top, path), 'latin1')).map((symbol): [string, string] => [
      symbol,
      path,
    ]),
  );
}

function toFacts(top: string, paths: readonly string[]): object {
  const text = readFileSync(join(top, 'MAINTAINERS'), 'utf8');
  const directories = new Set<string>();
  for (const path of paths) {
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) directories.add(path.slice(0, at));
  }
  const dialect = recogniseDialect(text);
  const sections = readMaintainers(text, dialect).sections.map(({ title, properties }) => [
    title,
    ...properties
      .filter(({ letter }) => KEPT_LETTERS.includes(letter))
      .map(({ letter, value }) => {
        const isDirectory = 'FX'.includes(letter) && directories.has(value.trimEnd());
        return `${letter}:${value.trimEnd()}${isDirectory ? '/' : ''}`;
      }),
  ]);
  return { project, dialect: dialect.name, label, date, sections };
}

function toTable(pairs: readonly (readonly [string, string])[]): Buffer {
  const paths = [...new Set(pairs.map(([, path]) => path))].sort();
  const numbers = new Map(paths.map((path, index) => [path, index]));
  const byName = new Map<string, Set<number>>();
  for (const [symbol, path] of pairs) {
    // A log names functions; words all in capitals are macros that look like definitions.
    if (!/^[A-Za-z_][\w.$]*$/.test(symbol) || /^[A-Z0-9_]+$/.test(symbol)) continue;
    const known = byName.get(symbol) ?? new Set();
    known.add(numbers.get(path) ?? 0);
    byName.set(symbol, known);
  }
  const names = [...byName.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const lines = names.map((symbol) => `${symbol} ${[...(byName.get(symbol) ?? [])].join(',')}\n`);
  return Buffer.from(`${String(paths.length)}\n${paths.join('\n')}\n${lines.join('')}`);
}
