import { writeTitle } from '../digest/to-entry.ts';
import { toTurn } from '../digest/turn.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import { writeSafeJson } from '../lib/safe-json.ts';
import type { TriageThread } from '../model/triage.ts';
import { collectMail, triageMail } from '../pipeline/triage-mail.ts';
import type { ThreadFilter } from '../ports.ts';
import { tellFailures, type Context } from './context.ts';
import { EXIT } from './failure.ts';
import { readCount, toKnowledge } from './knowledge.ts';
import { startProgress } from './progress.ts';
import { openPaths } from './sources.ts';
import { withStore, type StoreOption } from './with-store.ts';

interface Options extends StoreOption {
  readonly json?: true;
  readonly genre?: string;
  readonly status?: string;
  readonly limit?: string;
}

/** `heddle threads [PATH...]`: of the given mail, else of the store. `--json` is the grouping alone. */
export async function runThreads(
  [paths]: readonly [readonly string[]],
  options: Options,
  context: Context,
): Promise<number> {
  if (paths.length > 0) return options.json === true ? groupPaths(paths, context) : listPaths(paths, context);
  return withStore({ option: options, context, must: 'exist' }, async (store) => {
    if (options.json === true) await writeGrouping(store.grouping(), context);
    else for await (const thread of store.threads(toFilter(options))) await writeLine(thread, context);
    return EXIT.ok;
  });
}

async function groupPaths(paths: readonly string[], context: Context): Promise<number> {
  const progress = startProgress(context, 'mails');
  const { threads, failures } = await collectMail(openPaths(paths, context), progress.at);
  progress.end();
  await writeGrouping(
    threads.map(({ id, messages }) => ({ id, messages: messages.map(({ message }) => message.id) })),
    context,
  );
  await tellFailures(context, failures);
  return failures.length === 0 ? EXIT.ok : EXIT.unreadable;
}

async function listPaths(paths: readonly string[], context: Context): Promise<number> {
  const progress = startProgress(context, 'mails');
  const knowledge = toKnowledge(context, undefined);
  const { document, failures } = await triageMail(openPaths(paths, context), { ...knowledge, onMail: progress.at });
  progress.end();
  for (const thread of document.threads) await writeLine(thread, context);
  await tellFailures(context, failures);
  return failures.length === 0 ? EXIT.ok : EXIT.unreadable;
}

type Group = { readonly id: string; readonly messages: readonly string[] };

async function writeGrouping(groups: Iterable<Group> | AsyncIterable<Group>, { stdout }: Context): Promise<void> {
  await stdout.write('{ "threads": [');
  let between = '\n';
  for await (const { id, messages } of groups) {
    await stdout.write(`${between}${writeSafeJson({ id, messages })}`);
    between = ',\n';
  }
  await stdout.write('\n] }\n');
}

function toFilter({ genre, status, limit }: Options): ThreadFilter {
  return {
    ...(genre === undefined ? {} : { genre }),
    ...(status === undefined ? {} : { status }),
    ...(limit === undefined ? {} : { limit: readCount(limit, '--limit') }),
  };
}

async function writeLine(thread: TriageThread, { stdout, style }: Context): Promise<void> {
  const { id, genre, status, messages, lastActivityAt } = thread;
  const day = (lastActivityAt ?? 'undated').slice(0, 10);
  const turn = genre === 'report' ? `  ${style.dim(`turn: ${toTurn(thread).text}`)}` : '';
  const state = `${genre}/${status}`.padEnd(24);
  await stdout.write(
    `${day}  ${state} ${String(messages.length).padStart(3)}  ${style.bold(writeTitle(thread))}${turn}\n`,
  );
  await stdout.write(`            ${style.dim(toSafeLine(id, 500))}\n`);
}
