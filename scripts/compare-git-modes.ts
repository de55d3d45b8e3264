/**
 * Runs scripts/get_maintainer.pl of Xen 4.17, QEMU 7.2 and Linux 6.1 with their git modes, and our own library, on the same
 * questions, and compares the answers byte for byte. The trees come from Debian's source packages (see
 * `compare-maintainers.ts`) and are given a history of our own making (`maintainers/make-history.ts`), since the packages have
 * none; of Linux a part of the tree is taken. Where an order is random in the script, any of its orders is right.
 *
 *   npx tsx scripts/compare-git-modes.ts [--dir DIR] [--only xen|qemu|linux] [--mode NAME] [--files N] [--patches N]
 *
 * About ten minutes for all of it.
 */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openSourceGit } from '../src/edges/git/source-git.ts';
import { answerMaintainers, openTree, type OpenTree } from '../src/routing/maintainers/answer.ts';
import { GIT_DEFAULTS, type GitModes, type Tally } from '../src/routing/maintainers/git/git-question.ts';
import { makeHistory, toChance } from './maintainers/make-history.ts';
import { compare } from './maintainers/orders.ts';
import { draw, fetchSources, listFiles, PACKAGES, run, toReader } from './maintainers/sources.ts';

const { values } = parseArgs({
  options: {
    dir: { type: 'string', default: join(tmpdir(), 'heddle-maintainers') },
    only: { type: 'string' },
    mode: { type: 'string' },
    files: { type: 'string', default: '200' },
    patches: { type: 'string', default: '100' },
  },
});

const PARALLEL = 2;
const COMMITS = 1200;
/** Of Linux: enough for its script to know the tree, and what is near Xen. */
const LINUX_PARTS = [
  ...['COPYING', 'CREDITS', 'Kbuild', 'MAINTAINERS', 'Makefile', 'README', '.mailmap', '.get_maintainer.ignore'],
  ...[
    'arch/x86',
    'drivers/xen',
    'drivers/block',
    'drivers/pci',
    'drivers/net/xen-netback',
    'drivers/cpufreq',
    'init',
    'ipc',
  ],
  ...[
    'Documentation/devicetree/bindings/arm',
    'Documentation/process',
    'fs/9p',
    'fs/ext4',
    'include/xen',
    'kernel',
    'lib',
    'mm',
  ],
  'scripts',
];

interface Mode {
  readonly name: string;
  readonly flags: readonly string[];
  readonly modes: Partial<GitModes>;
}

const OFF = ['--roles', '--no-git-fallback'];
const MODES: readonly Mode[] = [
  { name: 'git', flags: [...OFF, '--git'], modes: { signers: true } },
  { name: 'git-blame', flags: [...OFF, '--git-blame'], modes: { blame: true } },
  { name: 'git-fallback', flags: ['--roles', '--git-fallback'], modes: { fallback: true } },
  {
    name: 'both, with figures',
    flags: [...OFF, '--git', '--git-blame', '--rolestats'],
    modes: { signers: true, blame: true, figures: true },
  },
  {
    name: 'limits',
    flags: [
      ...[...OFF, '--git', '--git-blame', '--git-since=2-years-ago', '--git-min-signatures=2'],
      ...['--git-max-maintainers=3', '--git-min-percent=12', '--git-all-signature-types'],
    ],
    modes: {
      ...{ signers: true, blame: true, since: '2-years-ago', minSignatures: 2 },
      ...{ maxMaintainers: 3, minPercent: 12, allTypes: true },
    },
  },
  { name: 'no figures', flags: [...OFF, '--git', '--no-rolestats'], modes: { signers: true, figures: false } },
];

type Package = (typeof PACKAGES)[number];

/** A tree with a history, made once; `null` paths where it was made before. */
function openHistory(name: Package, dir: string): { readonly top: string; readonly touched: readonly string[] } {
  const top = join(dir, `${name}-history`);
  const listed = join(dir, `${name}-history.json`);
  if (existsSync(listed)) return { top, touched: JSON.parse(readFileSync(listed, 'utf8')) as string[] };
  rmSync(top, { recursive: true, force: true });
  const parts = name === 'linux' ? LINUX_PARTS : readdirSync(join(dir, name));
  for (const part of parts) cpSync(join(dir, name, part), join(top, part), { recursive: true, verbatimSymlinks: true });
  // The script wants these folders to be there, whatever is in them.
  for (const folder of name === 'linux' ? ['drivers', 'fs', 'include', 'kernel', 'lib'] : [])
    mkdirSync(join(top, folder), { recursive: true });
  const now = Math.floor(Date.now() / 1000);
  const touched = makeHistory({ top, paths: listFiles(top), commits: COMMITS, now });
  writeFileSync(listed, JSON.stringify(touched));
  return { top, touched };
}

/** Patches of the history itself, each third one with a Fixes: line. */
function writePatches(top: string, dir: string, count: number): string[] {
  mkdirSync(dir, { recursive: true });
  const commits = run('git', ['log', '--no-merges', '--format=%H', '--since=2-years-ago'], top).trim().split('\n');
  return draw(commits, count).map((commit, at) => {
    const path = join(dir, `${commit}.patch`);
    const text = run('git', ['format-patch', '-1', '--stdout', commit], top);
    const fixes = `Fixes: ${(commits[(at * 7) % commits.length] ?? '').slice(0, 12)} ("area: change")\n---\n`;
    writeFileSync(path, at % 3 === 0 ? text.replace('\n---\n', `\n${fixes}`) : text);
    return path;
  });
}

async function askScript(
  top: string,
  flags: readonly string[],
  questions: readonly string[],
): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  const left = [...questions];
  const work = async () => {
    for (let question = left.pop(); question !== undefined; question = left.pop()) {
      const args = ['scripts/get_maintainer.pl', ...flags, question];
      const answer = await new Promise<string>((resolve) => {
        execFile('perl', args, { cwd: top, encoding: 'latin1' }, (_error, stdout) => {
          resolve(stdout);
        });
      });
      answers.set(question, answer);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return answers;
}

/** Where roles carry no figures, the answer does not tell for which file somebody was counted: so many orders are tried. */
const MOST_TRIES = 300;

/**
 * People of equal counts in the order in which the script told them, those with the role first (and at later tries, in
 * another order among those): if that gives the script's answer, it is one of its orders.
 */
function asTold(expected: string, attempt: number): NonNullable<OpenTree['arrangeSigners']> {
  const lines = expected.split('\n');
  const chance = toChance(attempt);
  return (tied, toRole) => {
    const placeOf = (one: Tally): number => {
      const at = lines.findIndex((line) => isSame(line, one.who) && line.includes(toRole(one)));
      // Whoever has no address is never told, and still takes a place.
      if (at < 0) return attempt === 0 || one.who.includes('@') ? lines.length : chance(lines.length);
      return attempt % 2 === 0 ? at + (attempt === 0 ? 0 : 0.5) : chance(lines.length);
    };
    const places = new Map(tied.map((one) => [one, placeOf(one)]));
    return tied.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  };
}

/** Is the line of that person, be it under another name or address. */
function isSame(line: string, who: string): boolean {
  const [name = '', address = ''] = who.split(/\s*<|>/);
  const told = line.slice(0, line.lastIndexOf(' ('));
  return told === who || (address !== '' && (told.includes(`<${address}>`) || told.startsWith(`${name} <`)));
}

/** Is the answer one of the script's, whatever the order among equals. */
function isOneOf(
  question: string,
  expected: string,
  tree: OpenTree,
  ask: (path: string, one: OpenTree) => string,
): boolean {
  for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
    const arranged = { ...tree, arrangeSigners: asTold(expected, attempt) };
    const outcome = attempt === 0 ? compare(question, expected, arranged, ask) : ask(question, arranged) === expected;
    if (outcome === true || outcome === 'equal' || outcome === 'tie') return true;
  }
  return false;
}

interface Asked {
  readonly title: string;
  readonly kind: 'files' | 'patches';
  readonly questions: readonly string[];
  readonly mode: Mode;
}

async function compareMode({ title, kind, questions, mode }: Asked, top: string, tree: OpenTree): Promise<boolean> {
  const isLinux = tree.file.dialect.countsLines;
  const fixes = isLinux ? [kind === 'patches' ? '--fixes' : '--no-fixes'] : [];
  const start = performance.now();
  const script = await askScript(top, [...mode.flags, ...fixes, ...(kind === 'files' ? ['-f'] : [])], questions);
  const between = performance.now();
  const modes: GitModes = { ...GIT_DEFAULTS, ...mode.modes, fixes: isLinux && kind === 'patches' };
  let right = 0;
  let told = 0;
  for (const question of questions) {
    const expected = script.get(question) ?? '';
    const known = remember(tree);
    if (isOneOf(question, expected, known, (path, one) => answer(kind, path, modes, one))) right += 1;
    else if ((told += 1) <= 5) console.log(`  differs: ${question} (${mode.name})`);
  }
  const [ours, theirs] = [performance.now() - between, between - start].map((ms) => (ms / 1000).toFixed(0));
  console.log(
    `${title.padEnd(34)} ${String(right)} of ${String(questions.length)} the same (ours ${ours ?? ''} s, the script ${theirs ?? ''} s)`,
  );
  return right === questions.length;
}

/** The history answers the same question once: other orders of the answer need not ask again. */
function remember(tree: OpenTree): OpenTree {
  const { git } = tree;
  if (!git) return tree;
  const answers = new Map<string, Buffer | null>();
  return {
    ...tree,
    git: (args) => {
      const key = args.join('\0');
      const known = answers.get(key);
      if (known !== undefined) return known;
      const fresh = git(args);
      answers.set(key, fresh);
      return fresh;
    },
  };
}

function answer(kind: Asked['kind'], path: string, git: GitModes, tree: OpenTree): string {
  const ask =
    kind === 'files'
      ? ({ kind, paths: [path] } as const)
      : ({ kind, patches: [{ name: path, bytes: readFileSync(path) }] } as const);
  return answerMaintainers({ ask, each: false, format: 'perl', git }, tree).output.toString('latin1');
}

async function comparePackage(name: Package, dir: string): Promise<boolean> {
  const { top, touched } = openHistory(name, dir);
  const git = openSourceGit(top, process.env);
  const tree = openTree(toReader(top), undefined, git);
  // Files with a history, and some without.
  const files = [
    ...draw(touched, Math.floor(Number(values.files) * 0.85)),
    ...draw(listFiles(top), Math.ceil(Number(values.files) * 0.15)).filter((path) => !path.startsWith('.git/')),
  ];
  const patches = writePatches(top, join(dir, `${name}-patches`), Number(values.patches));
  let agrees = true;
  for (const mode of MODES.filter((one) => values.mode === undefined || one.name === values.mode)) {
    for (const kind of ['files', 'patches'] as const) {
      const questions = kind === 'files' ? files : patches;
      const asked = { title: `${name} ${kind}: ${mode.name}`, kind, questions, mode };
      agrees = (await compareMode(asked, top, tree)) && agrees;
    }
  }
  return agrees;
}

mkdirSync(values.dir, { recursive: true });
fetchSources(values.dir);
let agrees = true;
for (const name of PACKAGES.filter((one) => values.only === undefined || values.only === one)) {
  agrees = (await comparePackage(name, values.dir)) && agrees;
}
process.exitCode = agrees ? 0 : 1;
