import { Option, type Command } from 'commander';
import { examples, JSON_OPTION, lazily, type Host } from './declare.ts';

const NAME = 'name of the tree: letters, digits, dot, plus, minus, underscore';

/** Declares `heddle trees` and what it has below it. */
export function addTrees(program: Command, host: Host): void {
  const trees = program
    .command('trees')
    .description('source trees: whose MAINTAINERS and functions routing knows; without more words, a list')
    .option(...JSON_OPTION)
    .action(lazily(host, async () => (await import('./trees.ts')).runTrees))
    .addHelpText('after', examples(EXAMPLES));
  trees
    .command('add')
    .description('read a source tree; it counts beside the bundled ones, as of its day')
    .argument('<name>', NAME)
    .argument('<source>', 'folder with sources, git checkout, bare repository, snapshot, or address of a repository')
    .option('--as-of <date>', 'of a repository: its last commit before the end of that day')
    .option('--date <day>', 'the day that the tree shows, where it does not tell: YYYY-MM-DD or YYYY-MM')
    .option('--label <text>', 'how replies call it, where it does not tell: "Xen 4.17"')
    .option(...JSON_OPTION)
    .action(lazily(host, async () => (await import('./change-trees.ts')).runTreesAdd))
    .addHelpText(
      'after',
      examples([
        ['heddle trees add xen ~/src/xen', 'a checkout'],
        ['heddle trees add xen-4.17 ~/src/xen --as-of 2022-12-12', 'one of its days'],
        ['heddle trees add qemu https://gitlab.com/qemu-project/qemu.git', 'a copy of its own'],
      ]),
    );
  trees
    .command('update')
    .description('read added trees again, one or all; repositories that were copied are fetched first')
    .argument('[name]', NAME)
    .option(...JSON_OPTION)
    .action(lazily(host, async () => (await import('./change-trees.ts')).runTreesUpdate))
    .addHelpText('after', examples([['heddle trees update', '']]));
  trees
    .command('remove')
    .description('forget an added tree; where it was read from stays as it is')
    .argument('<name>', NAME)
    .action(lazily(host, async () => (await import('./change-trees.ts')).runTreesRemove))
    .addHelpText('after', examples([['heddle trees remove xen', '']]));
  trees
    .command('lint')
    .description('what is wrong with MAINTAINERS: dead patterns, files that only catch-all entries cover, ties, nobody')
    .argument('[name]', `${NAME} (default: every added tree)`)
    .addOption(new Option('--show <what>', 'all findings of this kind').choices(LINTS))
    .option(...JSON_OPTION)
    .action(lazily(host, async () => (await import('./lint-trees.ts')).runTreesLint))
    .addHelpText(
      'after',
      examples([
        ['heddle trees lint xen', ''],
        ['heddle trees lint xen --show dead', 'every pattern that covers nothing'],
      ]),
    );
}

/** Kinds of findings, as `--show` calls them. */
const LINTS: readonly string[] = ['dead', 'uncovered', 'nobody', 'ties'];

const EXAMPLES = [
  ['heddle trees', 'what there is'],
  ['heddle trees add xen ~/src/xen', 'read a checkout'],
  ['heddle trees lint xen', 'is its MAINTAINERS file in order'],
] as const;
