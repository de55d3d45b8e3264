import type { Command } from 'commander';
import { examples, JSON_OPTION, lazily, type Host } from './declare.ts';

const STORE = [
  '--store <file>',
  'SQLite file or PostgreSQL URL of the store (default: HEDDLE_STORE, else ./heddle.db)',
] as const;

/** Declares the commands that follow mailboxes and archives. */
export function addMail(program: Command, host: Host): void {
  program
    .command('watch')
    .description(
      'read the mailboxes and archives that are followed, and tell of each thread as it is judged, until stopped',
    )
    .option('--once', 'read what is there, judge it, and end')
    .option(...STORE)
    .option(JSON_OPTION[0], 'for programs: one JSON object a line, {"thread": id, "at": time, "triage": document}')
    .action(lazily(host, async () => (await import('./watch.ts')).runWatch))
    .addHelpText(
      'after',
      examples([
        ['heddle watch', 'until Ctrl-C'],
        ['heddle watch --once', 'from cron'],
        ['heddle watch --json | ./tell-the-team', 'a line for each judged thread'],
      ]),
    );
}
