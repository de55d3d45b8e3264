import { writeSafeJson } from '../lib/safe-json.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import { openKeptTree } from '../routing/trees/kept-tree.ts';
import { lintTree, type TreeLint } from '../routing/trees/lint-tree.ts';
import type { Context } from './context.ts';
import { EXIT } from './failure.ts';
import { needAdded } from './change-trees.ts';
import { treeFolder } from './load-trees.ts';

interface Options {
  readonly show?: keyof TreeLint;
  readonly json?: true;
}

/** Findings of a kind that are shown where not all are asked for. */
const FEW = 5;

/** `heddle trees lint [NAME]`: what is wrong with the MAINTAINERS files of added trees. */
export async function runTreesLint(
  [name]: readonly [string | undefined],
  { show, json }: Options,
  context: Context,
): Promise<number> {
  const folder = treeFolder(context);
  if (name !== undefined) needAdded(name, folder);
  const names = name === undefined ? folder.list().map((found) => found.name) : [name];
  if (names.length === 0) await context.stderr.write('heddle: no tree was added yet (heddle trees add NAME DIR|URL)\n');
  const found = names.map((one) => {
    const { about, part } = folder.open(one);
    const tree = openKeptTree(about, part);
    return { name: one, label: about.label, date: about.date, ...lintTree(tree.maintainers(), tree.symbols().files()) };
  });
  if (json === true) {
    await context.stdout.write(`${writeSafeJson({ trees: found })}\n`);
    return EXIT.ok;
  }
  for (const [index, one] of found.entries()) {
    const title = toSafeLine(`${one.name}: ${one.label} as of ${one.date}`, 300);
    await context.stdout.write(`${index === 0 ? '' : '\n'}${context.style.bold(title)}\n`);
    for (const line of toLines(one, show)) await context.stdout.write(`${toSafeLine(line, 400)}\n`);
  }
  return EXIT.ok;
}

function toLines(lint: TreeLint, show: keyof TreeLint | undefined): readonly string[] {
  const kinds: readonly [kind: keyof TreeLint, says: string, lines: readonly string[]][] = [
    ['dead', 'patterns cover no file', lint.dead.map(({ section, pattern }) => `${pattern}   ${section}`)],
    ['uncovered', 'files have no entry of their own', show === 'uncovered' ? lint.uncovered : byFolder(lint.uncovered)],
    ['nobody', 'entries name nobody', lint.nobody],
    [
      'ties',
      'files have several first entries',
      lint.ties.map(({ path, sections }) => `${path}   ${sections.join(' | ')}`),
    ],
  ];
  return kinds.flatMap(([kind, says, lines]) => {
    if (show !== undefined && show !== kind) return [];
    const shown = show === kind ? lines : lines.slice(0, FEW);
    const left = lines.length - shown.length;
    const more = left > 0 ? [`    … and ${left} more (--show ${kind})`] : [];
    return [`${String(lint[kind].length).padStart(7)} ${says}`, ...shown.map((line) => `    ${line}`), ...more];
  });
}

/** Where most of the files lie: the first two names of their folders, and how many each. */
function byFolder(paths: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const folder = `${path.split('/').slice(0, -1).slice(0, 2).join('/')}/`;
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([folder, count]) => `${folder.padEnd(40)} ${count}`);
}
