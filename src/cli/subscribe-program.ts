import { Option, type Command } from 'commander';
import { BACK_FILLS } from '../model/mailbox.ts';
import { examples, JSON_OPTION, lazily, type Host } from './declare.ts';

const STORE = ['--store <file>', 'where it is written down (default: HEDDLE_STORE, else ./heddle.db)'] as const;

/** Declares the commands that say which mailboxes are followed. */
export function addSubscribing(program: Command, host: Host): void {
  program
    .command('subscribe')
    .description('follow a mailbox: looks into it, says what is there, and writes it down; asks where no URL is given')
    .argument('[url]', 'imaps://user@host[:port]/folder, or imap:// with STARTTLS (@ in the user is written %40)')
    .option('--password-file <file>', 'its first line is the password; mode 0600')
    .option('--password-command <command>', 'prints the password: "pass show bot"')
    .option('--oauth <file>', 'JSON of mode 0600: provider or token_endpoint, client_id, client_secret, refresh_token')
    .option('--ca <file>', 'trust this certificate (PEM) beside those of the system')
    .option('--name <name>', 'how it is called (default: its folder, or the address of its inbox)')
    .addOption(
      new Option('--back-fill <order>', 'in which order mail that is there already is read')
        .choices(BACK_FILLS)
        .default(BACK_FILLS[0]),
    )
    .option('--insecure', 'with imap://: plain text, password and mail readable by everybody on the way')
    .option('--yes', 'do not ask whether to follow it')
    .option(...STORE)
    .action(lazily(host, async () => (await import('./subscribe.ts')).runSubscribe))
    .addHelpText(
      'after',
      examples([
        ['heddle subscribe', 'asks for everything'],
        ['heddle subscribe imaps://bot%40example.org@mail.example.org/xen-devel --password-file ~/.bot', ''],
        ['heddle subscribe imaps://bot@mail.example.org/ --password-command "pass show bot"', ''],
        ['heddle subscribe imaps://bot%40gmail.com@imap.gmail.com/ --oauth ~/.bot-oauth.json', ''],
      ]),
    );
  program
    .command('mailboxes')
    .description('what is followed, how it stands, and where its password is (never the password)')
    .option(...STORE)
    .option(...JSON_OPTION)
    .action(lazily(host, async () => (await import('./mailboxes.ts')).runMailboxes))
    .addHelpText('after', examples([['heddle mailboxes --json', '']]));
  program
    .command('unsubscribe')
    .description('follow a mailbox or an archive no more; its mails stay')
    .argument('<name>', 'as heddle mailboxes calls it')
    .option(...STORE)
    .action(lazily(host, async () => (await import('./mailboxes.ts')).runUnsubscribe))
    .addHelpText('after', examples([['heddle unsubscribe xen-devel', '']]));
  addJoining(program, host);
}

function addJoining(program: Command, host: Host): void {
  program
    .command('join')
    .description(
      'ask a Mailman list to subscribe an address, and answer when it asks back; shows each mail before it is sent',
    )
    .argument('<list>', 'xen-devel, or the address of a list')
    .option(
      '--as <address>',
      'the address that joins (default: HEDDLE_SMTP_FROM, else the one whose mailbox is followed)',
    )
    .option('--confirm [mail]', 'answer the confirmation that came back, found in the store or in this file')
    .option('--dry-run', 'show the mail, send nothing')
    .option('--yes', 'send without asking')
    .option(...STORE)
    .action(lazily(host, async () => (await import('./join.ts')).runJoin))
    .addHelpText(
      'after',
      examples([
        ['heddle join xen-devel --dry-run', 'what would be sent'],
        ['heddle join xen-devel --as bot@example.org', ''],
        ['heddle join xen-devel --confirm', 'once the list has asked back'],
      ]),
    );
}
