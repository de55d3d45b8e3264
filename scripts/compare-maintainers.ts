/**
 * Runs the scripts/get_maintainer.pl of Xen 4.17, QEMU 7.2 and Linux 6.1 and our own library on the same questions and
 * compares the answers byte for byte: every file of Xen, 2,000 of QEMU, 5,000 of Linux (drawn by a fixed rule), and every
 * patch of the Debian packages. Where an order is random in the script, any of its orders is right.
 *
 *   npx tsx scripts/compare-maintainers.ts [--dir DIR] [--only xen|qemu|linux] [--files N] [--keep]
 *
 * The source packages are fetched by apt from the mirror that this machine is set up with, into DIR (default: a folder
 * of the system's temporary one), and never into the repository. The script's answers are kept in DIR, so that a second
 * run compares at once. All of it takes about a quarter of an hour the first time.
 */
import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { answerFiles, answerMaintainers, openTree, type OpenTree } from '../src/routing/maintainers/answer.ts';
import type { Match } from '../src/routing/maintainers/match.ts';
import { writePerl } from '../src/routing/maintainers/write-perl.ts';

const { values } = parseArgs({
  options: {
    dir: { type: 'string', default: join(tmpdir(), 'heddle-maintainers') },
    only: { type: 'string' },
    files: { type: 'string' },
  },
});

interface Source {
  readonly name: string;
  /** How many files are drawn; `null` for all. */
  readonly files: number | null;
  readonly flags: readonly string[];
}

const SOURCES: readonly Source[] = [
  { name: 'xen', files: null, flags: ['--roles'] },
  { name: 'qemu', files: 2000, flags: ['--roles', '--no-git', '--no-git-fallback'] },
  { name: 'linux', files: 5000, flags: ['--roles', '--no-git', '--no-git-fallback'] },
];
const PARALLEL = 2;
const MOST_ORDERS = 500;

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** apt with its own lists and the machine's mirror, so that nothing of the machine's setup changes. */
function apt(dir: string): (...args: string[]) => string {
  const home = join(dir, 'apt');
  for (const folder of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(home, folder), { recursive: true });
  const targets = run('apt-get', ['indextargets', '--format', '$(REPO_URI) $(RELEASE)', 'Created-By: Packages'], dir);
  const mirrors = [...new Set(targets.split('\n'))].filter((line) => /\/debian\/? \w+$/.test(line));
  const [mirror] = mirrors;
  if (mirror === undefined) throw new Error('apt knows no Debian mirror; run apt-get update first.');
  const signed = existsSync(KEYRING) ? `[signed-by=${KEYRING}] ` : '';
  writeFileSync(
    join(home, 'sources.list'),
    ['deb', 'deb-src'].map((kind) => `${kind} ${signed}${mirror} main\n`).join(''),
  );
  const options = [
    `Dir::Etc::SourceList=${home}/sources.list`,
    'Dir::Etc::SourceParts=/dev/null',
    `Dir::State::Lists=${home}/lists`,
    `Dir::Cache=${home}/cache`,
    'APT::Sandbox::User=root',
  ].flatMap((option) => ['-o', option]);
  return (...args) => run('apt-get', [...options, ...args], dir);
}

/** Fetches and unpacks what is not there yet. Patches are left unapplied, so that they can be asked about. */
function fetchSources(dir: string): void {
  if (SOURCES.every(({ name }) => existsSync(join(dir, name, 'MAINTAINERS')))) return;
  const get = apt(dir);
  get('update');
  get('source', '--download-only', 'xen', 'qemu');
  get('source', '--download-only', '--diff-only', 'linux');
  get('download', 'linux-source-6.1');
  const found = (pattern: RegExp) => readdirSync(dir).find((name) => pattern.test(name)) ?? '';
  for (const name of ['xen', 'qemu']) {
    if (!existsSync(join(dir, name)))
      run('dpkg-source', ['--no-check', '--skip-patches', '-x', found(new RegExp(`^${name}_.*\\.dsc$`)), name], dir);
  }
  mkdirSync(join(dir, 'linux'), { recursive: true });
  run('dpkg-deb', ['-x', found(/^linux-source-6\.1_.*\.deb$/), 'linux-deb'], dir);
  run('tar', ['-xf', 'linux-deb/usr/src/linux-source-6.1.tar.xz', '-C', 'linux', '--strip-components=1'], dir);
  mkdirSync(join(dir, 'linux-debian'), { recursive: true });
  run('tar', ['-xf', found(/^linux_.*\.debian\.tar\.xz$/), '-C', 'linux-debian'], dir);
}

function listFiles(top: string): string[] {
  return run('find', ['.', '-type', 'f', '-not', '-path', './debian/*'], top)
    .split('\n')
    .filter((path) => path !== '')
    .map((path) => path.slice(2))
    .sort();
}

/** The same files every time: those whose names hash lowest. */
function draw(paths: readonly string[], count: number | null): string[] {
  if (count === null || count >= paths.length) return [...paths];
  const key = (path: string) => createHash('sha1').update(path).digest('hex');
  return paths
    .map((path) => [key(path), path] as const)
    .sort((a, b) => (a[0] < b[0] ? -1 : 1))
    .slice(0, count)
    .map(([, path]) => path);
}

interface Kept {
  readonly seconds: number;
  readonly answers: Record<string, string>;
}

/** The script's answers, latin1, each question in a process of its own; kept in a file beside the sources. */
async function askScript(
  source: Source,
  dir: string,
  kind: 'files' | 'patches',
  questions: readonly string[],
): Promise<Kept> {
  const store = join(dir, `${source.name}.${kind}.json`);
  const kept = existsSync(store) ? (JSON.parse(readFileSync(store, 'utf8')) as Kept) : { seconds: 0, answers: {} };
  const answers = { ...kept.answers };
  let seconds = kept.seconds;
  const left = questions.filter((question) => !(question in answers));
  const work = async () => {
    for (let question = left.pop(); question !== undefined; question = left.pop()) {
      const start = performance.now();
      const args = ['scripts/get_maintainer.pl', ...source.flags, ...(kind === 'files' ? ['-f'] : []), question];
      answers[question] = await new Promise((resolve) => {
        execFile('perl', args, { cwd: join(dir, source.name), encoding: 'latin1' }, (_error, stdout) => {
          resolve(stdout);
        });
      });
      seconds += (performance.now() - start) / 1000;
      if (left.length % 500 === 499) process.stderr.write(`${source.name} ${kind}: ${String(left.length + 1)} left\n`);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  writeFileSync(store, JSON.stringify({ seconds, answers }));
  return { seconds, answers };
}

function toReader(top: string): OpenTree['reader'] {
  const stat = (path: string) => statSync(join(top, path), { throwIfNoEntry: false });
  return {
    read: (path) => (stat(path)?.isFile() === true ? readFileSync(join(top, path)) : null),
    isDirectory: (path) => stat(path)?.isDirectory() === true,
  };
}

/** All orders of the entries that tie, as functions on the list of matches; `MOST_ORDERS` at most. */
function* findOrders(matches: readonly Match[]): Iterable<readonly Match[]> {
  const groups: Match[][] = [];
  for (const match of matches) {
    if (groups.at(-1)?.[0]?.score === match.score) groups.at(-1)?.push(match);
    else groups.push([match]);
  }
  yield* combine(groups);
}

function* combine([first, ...rest]: readonly Match[][]): Iterable<readonly Match[]> {
  if (!first) {
    yield [];
    return;
  }
  for (const head of permute(first)) for (const tail of combine(rest)) yield [...head, ...tail];
}

function* permute(items: readonly Match[]): Iterable<Match[]> {
  if (items.length < 2) yield [...items];
  else
    for (const [index, item] of items.entries())
      for (const rest of permute(items.toSpliced(index, 1))) yield [item, ...rest];
}

type Outcome = 'equal' | 'tie' | 'different';
type Ask = (question: string, tree: OpenTree) => string;
type Order = readonly Match[];

/** Asks with the orders given for the first files, and with no entry at all for the others. */
function askWith(question: string, orders: readonly Order[], tree: OpenTree, ask: Ask): string {
  let place = 0;
  return ask(question, { ...tree, arrange: () => orders[place++] ?? [] });
}

/** Could the answer for the first files grow into the expected one: are its lines there, in that order. */
function isOnTheWay(partial: string, expected: string): boolean {
  const lines = expected.split('\n');
  let from = 0;
  for (const line of partial.split('\n')) {
    const at = lines.indexOf(line, from);
    if (at < 0) return false;
    from = at + 1;
  }
  return true;
}

/** Compares one answer; entries that tie may come in any order, tried file by file. */
function compare(question: string, expected: string, tree: OpenTree, ask: Ask): Outcome {
  const seen: Order[] = [];
  const watched = { ...tree, arrange: (matches: Order) => (seen.push([...matches]), matches) };
  if (ask(question, watched) === expected) return 'equal';
  let orders: (readonly Order[])[] = [[]];
  for (const matches of seen) {
    const next = [...findOrders(matches)];
    const longer = orders.flatMap((before) => next.map((order) => [...before, order]));
    const good =
      next.length === 1 ? longer : longer.filter((order) => isOnTheWay(askWith(question, order, tree, ask), expected));
    orders = (good.length > 0 ? good : longer).slice(0, MOST_ORDERS);
  }
  return orders.some((order) => askWith(question, order, tree, ask) === expected) ? 'tie' : 'different';
}

function report(
  title: string,
  outcomes: readonly (readonly [string, Outcome])[],
  times: { ours: number; script: number },
): boolean {
  const count = (outcome: Outcome) => outcomes.filter(([, one]) => one === outcome).length;
  const right = count('equal') + count('tie');
  const ratio = (times.script / Math.max(times.ours, 0.001)).toFixed(0);
  console.log(
    `${title.padEnd(16)} ${String(right)} of ${String(outcomes.length)} the same (${String(count('tie'))} in another of the script's orders); ` +
      `ours ${times.ours.toFixed(2)} s, the script ${times.script.toFixed(0)} s, ratio ${ratio}`,
  );
  for (const [question] of outcomes.filter(([, outcome]) => outcome === 'different').slice(0, 10))
    console.log(`  differs: ${question}`);
  return count('different') === 0;
}

async function compareSource(source: Source, dir: string): Promise<boolean> {
  const top = join(dir, source.name);
  const wanted = values.files === undefined ? source.files : Number(values.files);
  const paths = draw(listFiles(top), wanted);
  const script = await askScript(source, dir, 'files', paths);
  const start = performance.now();
  const tree = openTree(toReader(top));
  const askFile = (path: string, one: OpenTree) => writePerl(answerFiles([path], one).entries);
  for (const path of paths) askFile(path, tree);
  const ours = (performance.now() - start) / 1000;
  const outcomes = paths.map((path) => [path, compare(path, script.answers[path] ?? '', tree, askFile)] as const);
  const filesAgree = report(`${source.name} files`, outcomes, { ours, script: script.seconds });
  return (await comparePatches(source, dir, tree)) && filesAgree;
}

async function comparePatches(source: Source, dir: string, tree: OpenTree): Promise<boolean> {
  const folder = join(dir, source.name === 'linux' ? 'linux-debian/debian/patches' : `${source.name}/debian/patches`);
  const patches = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:patch|diff)$/.test(name))
    .map((name) => join(folder, name))
    .sort();
  const script = await askScript(source, dir, 'patches', patches);
  const start = performance.now();
  const askPatch = (path: string, one: OpenTree) => {
    const ask = { kind: 'patches', patches: [{ name: path, bytes: readFileSync(path) }] } as const;
    return answerMaintainers({ ask, each: false, format: 'perl' }, one).output.toString('latin1');
  };
  for (const path of patches) askPatch(path, tree);
  const ours = (performance.now() - start) / 1000;
  const outcomes = patches.map((path) => [path, compare(path, script.answers[path] ?? '', tree, askPatch)] as const);
  return report(`${source.name} patches`, outcomes, { ours, script: script.seconds });
}

mkdirSync(values.dir, { recursive: true });
fetchSources(values.dir);
let agrees = true;
for (const source of SOURCES.filter(({ name }) => values.only === undefined || values.only === name)) {
  agrees = (await compareSource(source, values.dir)) && agrees;
}
process.exitCode = agrees ? 0 : 1;
