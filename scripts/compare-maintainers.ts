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
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { answerFiles, answerMaintainers, openTree, type OpenTree } from '../src/routing/maintainers/answer.ts';
import { writePerl } from '../src/routing/maintainers/write-perl.ts';
import { compare, type Outcome } from './maintainers/orders.ts';
import { draw, fetchSources, listFiles, toReader } from './maintainers/sources.ts';

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
