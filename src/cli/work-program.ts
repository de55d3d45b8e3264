import type { Command } from 'commander';
import { examples, JSON_OPTION, lazily, type Host } from './declare.ts';

const STORE = 'SQLite file or PostgreSQL URL of the store (default: HEDDLE_STORE, else DATABASE_URL, else ./heddle.db)';

/** Declares the commands of workers, and of those who look after them. */
export function addWork(program: Command, host: Host): void {
  program
    .command('work')
    .description('work on what the store has to do, as one of any number of processes, until it is told to end')
    .argument('[jobs...]', 'poll (fetch mail), ingest (read it), triage (judge threads); default: all of them')
    .option('--concurrency <n>', 'do so many of each at once', '1')
    .option('--health <port>', 'answer /health and /ready on this port')
    .option('--lease <seconds>', 'what a worker has not done in that time goes to another', '120')
    .option('--limit <seconds>', 'a mail that takes longer to read is given up', '20')
    .option('--company <seconds>', 'a thread is judged so long after its first new mail, with what came meanwhile', '8')
    .option('--every <seconds>', 'look so often at mailboxes, and at what may have been forgotten', '30')
    .option('--store <place>', STORE)
    .action(lazily(host, async () => (await import('./work.ts')).runWork))
    .addHelpText(
      'after',
      examples([
        ['heddle work', 'everything in one process'],
        ['heddle work ingest triage --concurrency 2', 'with REDIS_URL and DATABASE_URL: one of many'],
      ]),
    );
  const jobs = program
    .command('jobs')
    .description('what waits for workers, and what was set aside after too many attempts');
  jobs
    .command('list', { isDefault: true })
    .description('mails and threads that were set aside, with the reason')
    .option('--store <place>', STORE)
    .option(...JSON_OPTION)
    .action(lazily(host, async () => (await import('./jobs.ts')).runJobs))
    .addHelpText('after', examples([['heddle jobs', '']]));
  jobs
    .command('retry')
    .description('have them tried again')
    .argument('[ids...]', 'digest of a mail (or its beginning), or key of a thread, as heddle jobs lists them')
    .option('--all', 'all of them')
    .option('--store <place>', STORE)
    .action(lazily(host, async () => (await import('./jobs.ts')).runRetry))
    .addHelpText('after', examples([['heddle jobs retry --all', 'after an update of heddle']]));
}
