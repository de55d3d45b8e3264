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
import { toEntryLines } from '../src/routing/trees/entries-text.ts';
import { SymbolTableWriter } from '../src/routing/trees/write-symbol-table.ts';

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
  const dialect = recogniseDialect(text);
  return { project, dialect: dialect.name, label, date, sections: toEntryLines(text, dialect, paths) };
}

function toTable(pairs: readonly (readonly [string, string])[]): Buffer {
  const table = new SymbolTableWriter(pairs.map(([, path]) => path));
  for (const [symbol, path] of pairs) table.add(path, [symbol]);
  return table.bytes();
}
