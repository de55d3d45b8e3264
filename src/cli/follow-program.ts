import { Option, type Command } from 'commander';
import { examples, JSON_OPTION, lazily, type Host } from './declare.ts';

/** Declares the command that follows public archives. */
export function addFollowing(program: Command, host: Host): void {
  program
    .command('follow')
    .description(
      'follow the public archive of a list, with no account: looks at it, and writes it down for heddle watch',
    )
    .argument(
      '<list|url>',
      'a list that heddle knows (xen-devel), the address of its archive, or the folder of a git mirror',
    )
    .addOption(
      new Option('--by <way>', 'how: its git history (misses nothing), its web pages, anonymous IMAP').choices([
        'git',
        'http',
        'imap',
      ]),
    )
    .option('--name <name>', 'how it is called (default: the name of the list)')
    .option('--since <day>', 'leave out what the archive received before: YYYY-MM-DD, or now (default: read all of it)')
    .option('--oldest-first', 'read what is there in order (default: newest first, where the way allows it)')
    .option('--store <file>', 'where it is written down (default: HEDDLE_STORE, else ./heddle.db)')
    .option(...JSON_OPTION)
    .action(lazily(host, async () => (await import('./follow.ts')).runFollow))
    .addHelpText(
      'after',
      examples([
        ['heddle follow xen-devel --since 2024-01-01', 'from its archive at lore.kernel.org, by git'],
        ['heddle follow https://lore.kernel.org/xen-devel/ --by http --since now', 'only what comes'],
        ['heddle follow /srv/mirror/xen-devel', 'a mirror that grokmirror keeps'],
      ]),
    );
}
