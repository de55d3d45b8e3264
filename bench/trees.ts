/**
 * What an index of a whole source tree costs, and whether it is right:
 *
 *   npx tsx bench/trees.ts DIR [--shared DIR] [--no-ctags]
 *
 * Prints how long it takes to make, how long a function takes to be looked up, and what it needs on disk. Where ctags
 * (universal-ctags) is installed, it is asked about the same tree, and 300 functions drawn from the frames of the mail in
 * `../shared` are compared. Frames that print their file are looked up without it, and compared with what they print.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openSource } from '../src/edges/trees/open-source.ts';
import { openTreeFile, writeTreeFile } from '../src/edges/trees/tree-file.ts';
import { repairLog } from '../src/evidence/log/repair-log.ts';
import { findTraces } from '../src/evidence/trace/find-traces.ts';
import type { Frame, Trace } from '../src/model/evidence.ts';
import { extract } from '../src/pipeline.ts';
import { indexTree } from '../src/pipeline/index-tree.ts';
import { toMessageId } from '../src/model/message.ts';
import { readMessage } from '../src/message/read-message.ts';
import { openMail } from '../src/mailbox/open-mail.ts';
import { bareName } from '../src/routing/clues/machinery.ts';
import { findFrameFiles } from '../src/routing/symbols/find-frame-files.ts';
import { openKeptTree } from '../src/routing/trees/kept-tree.ts';
import type { Tree } from '../src/routing/trees/trees.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: {
    shared: { type: 'string', default: join(import.meta.dirname, '../../shared') },
    ctags: { type: 'boolean', default: true },
  },
});
const DRAWN = 300;

async function main(): Promise<void> {
  const [dir] = positionals;
  if (dir === undefined) {
    console.error('usage: trees.ts DIR [--shared DIR] [--no-ctags]');
    process.exitCode = 2;
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'heddle-trees-'));
  try {
    const tree = measure(dir, join(folder, 'bench.tree'));
    const traces = await readTraces(values.shared, tree.project);
    if (traces.length === 0) console.log(`skipped: no traces of ${tree.project} in ${values.shared}`);
    else {
      if (values.ctags) compareWithCtags(dir, tree, traces);
      comparePrinted(tree, traces);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Makes the index, keeps it, opens it again and looks every function up. */
function measure(dir: string, file: string): Tree {
  const start = performance.now();
  const cpu = process.cpuUsage();
  const { about, parts, unread } = indexTree(openSource(dir, { asOf: null }), {
    name: 'bench',
    origin: dir,
    pinned: null,
    said: { date: null, label: null },
  });
  writeTreeFile(file, about, parts);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  console.log(`${about.label}: ${about.files} files, ${about.functions} functions, ${unread.length} files not read`);
  console.log(`made in        ${seconds.toFixed(1)} s (CPU ${((user + system) / 1e6).toFixed(1)} s)`);
  const opened = performance.now();
  const kept = openTreeFile(file);
  const tree = openKeptTree(kept.about, kept.part);
  const table = tree.symbols();
  console.log(`opened in      ${(performance.now() - opened).toFixed(1)} ms`);
  const names = [...parts.symbols.toString('latin1').matchAll(/^(?<name>[A-Za-z_]\S*) /gm)].flatMap(
    (match) => match.groups?.['name'] ?? [],
  );
  const step = Math.max(1, Math.floor(names.length / 20_000));
  const some = names.filter((_name, index) => index % step === 0);
  const asked = performance.now();
  for (const name of some) table.filesOf(name);
  console.log(`looked up in   ${((performance.now() - asked) / some.length).toFixed(4)} ms, mean of ${some.length}`);
  console.log(`on disk        ${(statSync(file).size / 1e6).toFixed(1)} MB`);
  return tree;
}

/** The traces of all mail in the shared folder that are of this project. */
async function readTraces(shared: string, project: string): Promise<Trace[]> {
  const traces: Trace[] = [];
  const folders = ['corpus/xen-devel', 'bench/traces', 'corpus/xen-cross-posts.mbox.gz'];
  for (const folder of folders.map((name) => join(shared, name)).filter((path) => existsSync(path))) {
    const files = statSync(folder).isDirectory() ? readdirSync(folder).map((name) => join(folder, name)) : [folder];
    for (const file of files) {
      for await (const reading of openMail(file).read()) {
        if (reading.kind === 'mail') traces.push(...extract(readMessage(reading.mail)).traces);
      }
    }
  }
  const titles = join(shared, 'bench/titles');
  for (const name of existsSync(titles) ? readdirSync(titles) : []) {
    const text = readFileSync(join(titles, name), 'latin1');
    const part = { name: 'body', type: 'text/plain', text, flowed: false, delSp: false };
    const message = toMessageId(`<${name}@bench.invalid>`);
    if (message === undefined) continue;
    traces.push(...findTraces(repairLog(part)).traces.map((trace) => ({ ...trace, message, part: part.name })));
  }
  return traces.filter((trace) => trace.project === project);
}

/** The same functions every time: those whose names hash lowest. */
function draw(names: readonly string[]): readonly string[] {
  const key = (name: string) => createHash('sha1').update(name).digest('hex');
  return [...new Set(names)].sort((a, b) => (key(a) < key(b) ? -1 : 1)).slice(0, DRAWN);
}

function compareWithCtags(dir: string, tree: Tree, traces: readonly Trace[]): void {
  const truth = askCtags(dir);
  if (truth === null) {
    console.log('skipped: no ctags here');
    return;
  }
  const names = draw(traces.flatMap(({ frames }) => frames.map((frame) => bareName(frame.function))));
  const rows = names.map((name) => ({
    name,
    ours: new Set(tree.symbols().filesOf(name).filter(isC)),
    theirs: truth.get(name) ?? new Set<string>(),
  }));
  const both = rows.filter(({ ours, theirs }) => ours.size > 0 && theirs.size > 0);
  const same = both.filter(
    ({ ours, theirs }) => ours.size === theirs.size && [...ours].every((path) => theirs.has(path)),
  );
  const onlyOurs = rows.filter(({ ours, theirs }) => ours.size > 0 && theirs.size === 0);
  const onlyTheirs = rows.filter(({ ours, theirs }) => ours.size === 0 && theirs.size > 0);
  console.log(`\n${names.length} functions drawn from frames, against ctags:`);
  console.log(`  same files        ${same.length} of ${both.length} that both know`);
  for (const { name, ours, theirs } of both.filter((row) => !same.includes(row))) {
    console.log(`    ${name}: ${[...ours].join(' ')} | ${[...theirs].join(' ')}`);
  }
  console.log(`  only we know      ${onlyOurs.length} ${onlyOurs.map(({ name }) => name).join(' ')}`);
  console.log(`  only ctags knows  ${onlyTheirs.length} ${onlyTheirs.map(({ name }) => name).join(' ')}`);
  console.log(`  nobody knows      ${rows.length - both.length - onlyOurs.length - onlyTheirs.length}`);
}

function isC(path: string): boolean {
  return /\.[ch]$/.test(path);
}

function askCtags(dir: string): Map<string, Set<string>> | null {
  try {
    const args = ['-R', '--languages=C', '--langmap=C:.c.h', '--kinds-C=f', '-o', '-', '-x', '--_xformat=%N\t%F', '.'];
    const output = execFileSync('ctags', args, { cwd: dir, maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
    const files = new Map<string, Set<string>>();
    for (const line of output.toString('latin1').split('\n')) {
      const [name = '', path = ''] = line.split('\t');
      const known = files.get(name) ?? new Set();
      files.set(name, known.add(path.replace(/^\.\//, '')));
    }
    return files;
  } catch {
    return null;
  }
}

/** Functions whose file the log prints: is it the one that we find without being told. */
function comparePrinted(tree: Tree, traces: readonly Trace[]): void {
  let [right, several] = [0, 0];
  const seen = new Set<string>();
  const wrong: string[] = [];
  for (const trace of traces) {
    const untold = { ...trace, file: null, frames: trace.frames.map((frame) => ({ ...frame, location: null })) };
    for (const { frame, printed } of printedIn(trace)) {
      const whole = tree.symbols().fileEndingIn(printed);
      const key = `${frame.function} ${printed}`;
      if (whole === null || seen.has(key)) continue;
      seen.add(key);
      const { paths, isGuess } = findFrameFiles(frame, untold, tree);
      if (isGuess || paths.length === 0) continue;
      if (paths[0] === whole && paths.length === 1) right += 1;
      else if (paths.includes(whole)) several += 1;
      else wrong.push(`${frame.function}: printed ${whole}, found ${paths.join(' ')}`);
    }
  }
  console.log(`\nfunctions whose file the log prints, looked up without it:`);
  console.log(`  ${right} right, ${several} among several, ${wrong.length} wrong`);
  for (const line of wrong.slice(0, 20)) console.log(`    ${line}`);
}

/** Frames with a location, and the function behind the file of a headline: `WARNING: … at lib/list.c:23 name+0x10/0x90`. */
function printedIn(trace: Trace): { readonly frame: Frame; readonly printed: string }[] {
  const clean = (path: string) => path.replace(/:\d+$/, '').replace(/^(?:\.*\/)+/, '');
  const located = trace.frames.flatMap((frame) =>
    frame.location === null ? [] : [{ frame: { ...frame, location: null }, printed: clean(frame.location) }],
  );
  const told = /\bat (?<file>[\w/.-]{3,200}\.c):\d+ (?<name>[\w.]{2,200})\+0x/.exec(trace.headline)?.groups;
  const frame = trace.frames.find(({ function: name }) => name === told?.['name']);
  const file = told?.['file'];
  return file === undefined || !frame
    ? located
    : [...located, { frame: { ...frame, location: null }, printed: clean(file) }];
}

await main();
