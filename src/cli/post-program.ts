import type { Command } from 'commander';
import { examples, JSON_OPTION, lazily, type Host } from './declare.ts';

const STORE = [
  '--store <file>',
  'SQLite file or PostgreSQL URL of the store (default: HEDDLE_STORE, else ./heddle.db)',
] as const;

/** Declares the commands about digests by mail, and the web server that their links lead to. */
export function addPost(program: Command, host: Host): void {
  addSubscribers(program, host);
  addLetters(program, host);
  program
    .command('serve')
    .description('the web pages: threads, and the links of digests; until stopped')
    .option('--host <host>', 'where to listen', '127.0.0.1')
    .option('--port <port>', '0 for any free one', '8080')
    .option(...STORE)
    .option(
      '--hash-password',
      'write the hash of the password on standard input, for HEDDLE_WEB_PASSWORD_FILE, and end',
    )
    .action(lazily(host, async () => (await import('./serve.ts')).runServe))
    .addHelpText('after', examples([['heddle serve --port 8080', '']]));
  program
    .command('up')
    .description(
      'everything in one process: the web pages, and beside them all mailboxes and archives that are followed',
    )
    .option('--host <host>', 'where to listen', '127.0.0.1')
    .option('--port <port>', '0 for any free one', '8080')
    .option(...STORE)
    .action(lazily(host, async () => (await import('./up.ts')).runUp))
    .addHelpText('after', examples([['heddle up', 'until Ctrl-C; npm start does the same']]));
}

function addSubscribers(program: Command, host: Host): void {
  const subscribers = program
    .command('subscribers')
    .description('who gets digests by mail, when, and of what')
    .option(...STORE)
    .option(...JSON_OPTION)
    .action(lazily(host, async () => (await import('./subscribers.ts')).runList))
    .addHelpText(
      'after',
      examples([
        ['heddle subscribers add ann@example.org --filter component:x86 --time 07:30 --zone Europe/Prague', ''],
        ['heddle subscribers pause ann@example.org', ''],
      ]),
    );
  subscribers
    .command('add')
    .description('ask somebody whether they want digests; with their yes they begin. Lists are refused')
    .argument('<address>', 'ann@example.org')
    .option('--name <name>', 'what they are called')
    .option('--filter <terms>', 'only threads for which every term holds (heddle digest --help)')
    .option('--form <form>', 'text, html, both or markdown', 'both')
    .option('--time <time>', 'HH:MM on their clocks', '07:00')
    .option('--zone <zone>', 'Europe/Prague', 'UTC')
    .option('--days <days>', 'mon,tue,… or mon-fri or daily', 'daily')
    .option('--again', 'although they left, or mail did not arrive')
    .option(...STORE)
    .action(lazily(host, async () => (await import('./subscribers.ts')).runAdd));
  const rows = [
    ['remove', '<address>', 'send them nothing any more; it is never forgotten'],
    ['confirm', '<address|token>', 'say yes for them: the operator knows that they want it'],
    ['pause', '<address>', 'no digests for now'],
    ['resume', '<address>', 'digests again: after a pause, or after mail did not arrive'],
  ] as const;
  for (const [name, argument, description] of rows) {
    subscribers
      .command(name)
      .description(description)
      .argument(argument)
      .option(...STORE)
      .action(lazily(host, async () => (await import('./subscribers.ts')).toRun(name)));
  }
}

function addLetters(program: Command, host: Host): void {
  program
    .command('deliver')
    .description('send digests when they are due, and obey commands that came by mail, until stopped; each letter once')
    .option('--once', 'what is due now, then end')
    .option('--dry-run', 'write letters down, send none')
    .option(
      '--to <place>',
      'smtp, an existing folder (.eml files), https://… (signed calls), or - for standard output',
      'smtp',
    )
    .option('--stop [reason]', 'nothing goes out any more, from whatever process, until --resume')
    .option('--resume', 'letters go out again')
    .option(...STORE)
    .action(lazily(host, async () => (await import('./deliver.ts')).runDeliver))
    .addHelpText(
      'after',
      examples([
        ['heddle deliver', 'until Ctrl-C'],
        ['heddle deliver --once --to outbox/', 'files, for somebody else to send'],
        ['heddle deliver --stop "wrong dates"', ''],
      ]),
    );
  const outbox = program
    .command('outbox')
    .description('letters to subscribers: what waits, what was sent, what was given up and why')
    .option('--state <state>', 'queued, held, sending, sent, failed, empty, superseded')
    .option('--limit <n>', 'at most so many', '50')
    .option(...STORE)
    .option(...JSON_OPTION)
    .action(lazily(host, async () => (await import('./outbox.ts')).runOutbox))
    .addHelpText(
      'after',
      examples([
        ['heddle outbox --state held', ''],
        ['heddle outbox approve all', ''],
      ]),
    );
  outbox
    .command('show')
    .description('read a letter that was not sent yet')
    .argument('<id>', 'as heddle outbox lists it')
    .option(...STORE)
    .action(lazily(host, async () => (await import('./outbox.ts')).runShowLetter));
  for (const word of ['approve', 'reject'] as const) {
    outbox
      .command(word)
      .description(word === 'approve' ? 'let a letter go that waits for it (HEDDLE_APPROVE)' : 'never send it')
      .argument('<id>', 'as heddle outbox lists it, or all')
      .option(...STORE)
      .action(lazily(host, async () => (await import('./outbox.ts')).toDecide(word)));
  }
}
