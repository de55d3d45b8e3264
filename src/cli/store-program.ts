import type { Command } from 'commander';
import { examples, lazily, type Host } from './declare.ts';

/** Declares `heddle store` and what it has below it. */
export function addStore(program: Command, host: Host): void {
  const store = program.command('store').description('the store itself: where everything lies that heddle knows');
  store
    .command('copy')
    .description('copy a whole store into an empty one: a SQLite file into PostgreSQL, or back; all or nothing')
    .argument('<from>', 'SQLite file or PostgreSQL URL')
    .argument('<to>', 'SQLite file or PostgreSQL URL, new or empty')
    .action(lazily(host, async () => (await import('./copy.ts')).runCopy))
    .addHelpText('after', examples([['heddle store copy heddle.db postgres://heddle@db.example.org/heddle', 'grow']]));
}
