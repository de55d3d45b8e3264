import { Option, type Command } from 'commander';
import { writeFilterHelp } from '../digest/filter/read-filter.ts';
import { examples, lazily, type Host } from './declare.ts';

const STORE = 'SQLite file or PostgreSQL URL of the store (default: HEDDLE_STORE, else ./heddle.db)';
const FILTER = ['--filter <terms>', 'only threads for which every term holds: component:x86 severity>=50'] as const;
const COMPONENT = ['--component <name>', 'the same as --filter component:NAME'] as const;
const ME = ['--me <addresses>', 'whom to:me means, and for whom "Needs you" is; several are parted by commas'] as const;

/** Declares the commands that write digests. */
export function addDigests(program: Command, host: Host): void {
  program
    .command('digest')
    .description('what happened on a UTC day, as it looked at its end')
    .option('--day <day>', 'YYYY-MM-DD (default: yesterday)')
    .addOption(
      new Option('--format <format>', 'form of the output')
        .choices(['text', 'markdown', 'html', 'json', 'atom'])
        .default('text'),
    )
    .option('--list <name>', 'name of the list in the digest (default: HEDDLE_LIST, else xen-devel)')
    .option(...FILTER)
    .option(...COMPONENT)
    .option(...ME)
    .option(
      '--for <address>',
      'the letter that this subscriber would get now (or of --day): their filter, form and news',
    )
    .option('--store <file>', STORE)
    .action(lazily(host, async () => (await import('./digest.ts')).runDigest))
    .addHelpText(
      'after',
      () =>
        `\nTerms of a filter (a minus in front turns one around, commas part values of which one must hold):\n${writeFilterHelp()}`,
    )
    .addHelpText(
      'after',
      examples([
        ['heddle digest --day 2024-05-15 --format html > digest.html', ''],
        ["heddle digest --filter 'component:x86 severity>=50 -kind:question'", ''],
        ['heddle digest --filter to:me --me ann@example.org', ''],
      ]),
    );
  addRelease(program, host);
  addReplay(program, host);
}

function addRelease(program: Command, host: Host): void {
  program
    .command('release')
    .description('open and closed issues of the release that is being made, in the form that release managers post')
    .option(
      '--name <release>',
      'the release, such as 4.20 (default: HEDDLE_RELEASE, else the next after the newest known)',
    )
    .option('--since <day>', 'day of the release before it, YYYY-MM-DD (default: HEDDLE_RELEASE_SINCE, else as known)')
    .option('--day <day>', 'as it looked at the end of that day, YYYY-MM-DD (default: today)')
    .option('--store <file>', STORE)
    .action(lazily(host, async () => (await import('./release.ts')).runRelease))
    .addHelpText('after', examples([['heddle release --name 4.20 --since 2024-07-29', '']]));
}

function addReplay(program: Command, host: Host): void {
  program
    .command('replay')
    .description(
      'the digests of many days into a folder, each against the one before, as a subscriber would have got them',
    )
    .requiredOption('--from <day>', 'YYYY-MM-DD, the first day')
    .requiredOption('--to <day>', 'YYYY-MM-DD, the last day')
    .requiredOption('--out <folder>', 'an existing folder; files of the same names are replaced')
    .option('--formats <formats>', 'forms, parted by commas: text, markdown, html, json, atom', 'text,html')
    .option('--list <name>', 'name of the list in the digests (default: HEDDLE_LIST, else xen-devel)')
    .option(...FILTER)
    .option(...COMPONENT)
    .option(...ME)
    .option('--store <file>', STORE)
    .action(lazily(host, async () => (await import('./replay.ts')).runReplay))
    .addHelpText('after', examples([['heddle replay --from 2025-04-01 --to 2025-04-30 --out april', '']]));
}
