import { Command, Option } from 'commander';
import type { Context } from './context.ts';
import { examples, JSON_OPTION, lazily, type Host } from './declare.ts';
import { addMail } from './mail-program.ts';
import { addDigests } from './digest-program.ts';
import { addFollowing } from './follow-program.ts';
import { addSubscribing } from './subscribe-program.ts';
import { addPost } from './post-program.ts';
import { addStore } from './store-program.ts';
import { addTrees } from './trees-program.ts';
import { addWork } from './work-program.ts';

const STORE = 'SQLite file or PostgreSQL URL of the store (default: HEDDLE_STORE, else ./heddle.db)';
const AS_OF = ['--as-of <date>', 'name the maintainers of that day, where a tree of that time is known'] as const;
const MAIL =
  'files or folders: .eml, mbox (also .gz), maildir, public-inbox git, saved thread page, - for standard input';

/**
 * Declares every command. What a command does is loaded only when it is called: `heddle --help` must not wait for parsers
 * and databases.
 */
export function buildProgram(host: Host): Command {
  const program = new Command('heddle')
    .description('Reads a development mailing list so that no report is lost.')
    .option('-v, --verbose', 'say more on standard error; with an error, where it happened')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .enablePositionalOptions(false)
    .showHelpAfterError('(heddle --help shows what there is)');
  addReading(program, host);
  addSubscribing(program, host);
  addFollowing(program, host);
  addMail(program, host);
  addStored(program, host);
  addDigests(program, host);
  addPost(program, host);
  addCorrecting(program, host);
  addAsking(program, host);
  addTrees(program, host);
  addStore(program, host);
  addWork(program, host);
  addHelping(program, host);
  return program.addHelpText('after', examples(FIRST_STEPS));
}

const FIRST_STEPS = [
  ['heddle triage mail.eml', 'what one mail says, and who should see it'],
  ['heddle import archive.mbox.gz', 'read an archive into ./heddle.db'],
  ['heddle digest --day 2024-05-15', 'what happened on that day'],
  ['xl dmesg | heddle check', 'is my log whole, what is missing, whom to tell'],
] as const;

function addReading(program: Command, host: Host): void {
  program
    .command('triage')
    .description('say what mail is about: no store, nothing kept')
    .argument('<paths...>', MAIL)
    .option(...JSON_OPTION)
    .option(...AS_OF)
    .action(lazily(host, async () => (await import('./triage.ts')).runTriage))
    .addHelpText(
      'after',
      examples([
        ['heddle triage thread.mbox', ''],
        ['heddle triage - --json < mail.eml', ''],
      ]),
    );
  program
    .command('import')
    .description('bring mail into the store and judge the threads it touches; may be stopped and repeated')
    .argument('<paths...>', MAIL)
    .option('--later', 'only write the mails down, for heddle work to read and judge them')
    .option('--store <file>', STORE)
    .option(...JSON_OPTION)
    .action(lazily(host, async () => (await import('./import.ts')).runImport))
    .addHelpText('after', examples([['heddle import xen-devel.mbox.gz --store xen.db', '']]));
  program
    .command('threads')
    .description('list threads: of the given mail, or of the store')
    .argument('[paths...]', MAIL)
    .option('--store <file>', STORE)
    .option('--genre <genre>', 'only this genre: report, patch, question, … (store only)')
    .option('--status <status>', 'only this status: new, needs-info, … (store only)')
    .option('--limit <n>', 'at most so many (store only)')
    .option(...JSON_OPTION)
    .action(lazily(host, async () => (await import('./threads.ts')).runThreads))
    .addHelpText(
      'after',
      examples([
        ['heddle threads --genre report --status new', ''],
        ['heddle threads a.mbox --json', ''],
      ]),
    );
}

function addStored(program: Command, host: Host): void {
  program
    .command('show')
    .description('everything that is known about a thread of the store')
    .argument('<thread>', 'Message-ID of the thread or of any mail in it, or a unique beginning of one')
    .option('--store <file>', STORE)
    .option('--explain', 'which words and rules it rests on, and how the log was repaired')
    .option('--ask', 'a draft mail that asks the reporter for what is missing')
    .option(...JSON_OPTION)
    .action(lazily(host, async () => (await import('./show.ts')).runShow))
    .addHelpText('after', examples([["heddle show '20240515.abc@example.org' --explain", '']]));
  program
    .command('search')
    .description('find mails of the store by words')
    .argument('<words...>', 'all of them must occur')
    .option('--limit <n>', 'at most so many', '20')
    .option('--store <file>', STORE)
    .option(...JSON_OPTION)
    .action(lazily(host, async () => (await import('./search.ts')).runSearch))
    .addHelpText('after', examples([['heddle search balloon multicall', '']]));
  program
    .command('similar')
    .description('threads of the store with the same crash or a near one, and why')
    .argument('<thread|path>', 'a thread of the store, or mail with a crash log')
    .option('--limit <n>', 'at most so many for each thread', '10')
    .option('--store <file>', STORE)
    .option(...JSON_OPTION)
    .action(lazily(host, async () => (await import('./similar.ts')).runSimilar))
    .addHelpText(
      'after',
      examples([
        ["heddle similar '20240515.abc@example.org'", 'of a thread that was imported'],
        ['heddle similar mail.eml --json', 'of a mail that is at hand'],
      ]),
    );
}

function addCorrecting(program: Command, host: Host): void {
  program
    .command('correct')
    .description('say what a thread is: it wins over the rules, survives re-reading, and can be taken back')
    .argument('[thread]', 'Message-ID of the thread or of any mail in it, or a unique beginning of one')
    .argument('[corrections...]', 'genre=, status=, component=, duplicate-of=, route= with a value')
    .option('--by <name>', 'who says so (default: the name that git knows)')
    .option('--undo <n>', 'take correction n back')
    .option('--history', 'list the corrections of the thread, with their numbers')
    .option('--export [file]', 'write what was corrected as labels, for npm run eval -- --labels FILE')
    .option('--store <file>', STORE)
    .option(...JSON_OPTION)
    .action(lazily(host, async () => (await import('./correct.ts')).runCorrect))
    .addHelpText(
      'after',
      examples([
        ["heddle correct '20240515.abc@example.org' genre=report status=fixed", ''],
        ["heddle correct '20240515.abc@example.org' --undo 3", ''],
      ]),
    );
}

function addAsking(program: Command, host: Host): void {
  program
    .command('route')
    .description('who should see a thread, and why')
    .argument('<thread|path>', 'a thread of the store, or mail')
    .option(...AS_OF)
    .option('--store <file>', STORE)
    .option(...JSON_OPTION)
    .option('--draft <file>', 'write a draft mail that adds the missing people, for you to send')
    .action(lazily(host, async () => (await import('./route.ts')).runRoute))
    .addHelpText(
      'after',
      examples([
        ['heddle route mail.eml --as-of 2017-09-28', ''],
        ["heddle route '20240515.abc@example.org' --draft add.eml", ''],
      ]),
    );
  program
    .command('maintainers')
    .description('who maintains files or patches, as scripts/get_maintainer.pl of a source tree answers')
    .argument('[patches...]', 'patches, - for standard input, which is the default without -f')
    .requiredOption(
      '--tree <dir|name>',
      'source tree with a MAINTAINERS file, or the name of an added one (heddle trees)',
    )
    .option('-f, --file <files...>', 'the arguments are source files')
    .option('--files-from <list>', 'source files, one a line, from a file or - for standard input')
    .option('--each', 'answer for each file by itself')
    .addOption(new Option('--format <format>', 'form of the output').choices(['perl', 'json']).default('perl'))
    .option('--explain', 'which pattern of which entry covers each file, and what was left out')
    .option('--git', 'where the tree is a git checkout: who signed changes of the files of late, too')
    .option('--git-fallback', 'as --git, for files alone that no entry covers exactly')
    .option('--git-blame', 'who signed the commits that the lines come from (of a patch: the lines that it changes)')
    .option('--fixes', 'who signed the commits that Fixes: lines of a patch name')
    .option('--git-all-signature-types', 'count every Something-by: line, not just sign-offs, reviews and acks')
    .option('--git-since <date>', 'how far back --git looks (default: 1-year-ago)')
    .option('--git-min-signatures <count>', 'so many signatures at least (default: 1)')
    .option('--git-max-maintainers <count>', 'so many people of each kind at most (default: 5)')
    .option('--git-min-percent <percent>', 'so many of a hundred changes at least (default: 5)')
    .option('--rolestats', "roles with their figures (default: the script's own habit)")
    .option('--no-rolestats', 'roles without figures')
    .action(lazily(host, async () => (await import('./maintainers.ts')).runMaintainers))
    .addHelpText(
      'after',
      examples([
        ['heddle maintainers --tree xen -f xen/common/sched/core.c', ''],
        ['heddle maintainers --tree linux --git --git-blame fix.patch', ''],
      ]),
    );
  addCheck(program, host);
}

function addCheck(program: Command, host: Host): void {
  program
    .command('check')
    .description('look at a draft mail or a pasted log before it is sent')
    .argument('[path]', 'a file (default: standard input)')
    .option(...JSON_OPTION)
    .action(lazily(host, async () => (await import('./check.ts')).runCheck))
    .addHelpText(
      'after',
      examples([
        ['dmesg | heddle check', ''],
        ['heddle check draft.eml', ''],
      ]),
    );
}

function addHelping(program: Command, host: Host): void {
  program
    .command('doctor')
    .description('what is configured, reachable and installed')
    .option('--store <file>', STORE)
    .option(...JSON_OPTION)
    .action(lazily(host, async () => (await import('./doctor.ts')).runDoctor));
  program
    .command('completion')
    .description('a script that completes commands and options')
    .argument('<shell>', 'bash, zsh or fish')
    .action(
      lazily(host, async () => {
        const { runCompletion } = await import('./completion.ts');
        return ([shell]: readonly [string], _options: object, context: Context) =>
          runCompletion(shell, program, context);
      }),
    )
    .addHelpText('after', examples([['source <(heddle completion bash)', '']]));
}
