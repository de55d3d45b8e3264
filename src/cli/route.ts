import { existsSync, writeFileSync } from 'node:fs';
import { writeRouting } from '../digest/routing-lines.ts';
import { writeAddingBody, writeDraft } from '../digest/write-draft.ts';
import { writeSafeJson } from '../lib/safe-json.ts';
import type { TriageThread } from '../model/triage.ts';
import { judgeThread } from '../pipeline.ts';
import { withEarlierPeople } from '../pipeline/earlier-people.ts';
import { triageMail } from '../pipeline/triage-mail.ts';
import { buildThread } from '../thread/build-threads.ts';
import { tellFailures, type Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { findThread } from './find-thread.ts';
import { toKnowledge } from './knowledge.ts';
import { openPaths } from './sources.ts';
import { storeFile, withStore, type StoreOption } from './with-store.ts';

interface Options extends StoreOption {
  readonly json?: true;
  readonly asOf?: string;
  readonly draft?: string;
}

/** `heddle route THREAD|PATH`: who should see it, and why. What exists as a file is mail; everything else names a thread. */
export async function runRoute([wanted]: readonly [string], options: Options, context: Context): Promise<number> {
  if (wanted !== '-' && !existsSync(wanted)) {
    if (isPath(wanted)) throw new CommandFailure(`${wanted}: no such file or folder`);
    const threads = [await judgeStored(wanted, options, context)];
    await writeAll(threads, options, context);
    await keepDraft(threads, options, context);
    return EXIT.ok;
  }
  const knowledge = toKnowledge(context, options.asOf);
  const { document, failures } = await triageMail(openPaths([wanted], context), knowledge);
  const threads = await withStored(document.threads, options, context);
  await writeAll(threads, options, context);
  await keepDraft(threads, options, context);
  await tellFailures(context, failures);
  return failures.length === 0 ? EXIT.ok : EXIT.unreadable;
}

/** Mail of a file, with what a store (where there is one) knows of the same crashes. */
async function withStored(threads: readonly TriageThread[], options: Options, context: Context) {
  const isThere = options.store !== undefined || existsSync(storeFile(options, context));
  if (!isThere || !threads.some(({ traces }) => traces.length > 0)) return threads;
  return withStore({ option: options, context, must: 'exist' }, async (store) => {
    const found: TriageThread[] = [];
    for (const thread of threads) found.push(await withEarlierPeople(thread, store));
    return found;
  });
}

/** Message-IDs have an @ and links a scheme; what looks like the name of a file was meant as one. */
function isPath(wanted: string): boolean {
  if (/^https?:|^id:|^<|@/.test(wanted)) return false;
  return wanted.includes('/') || /\.(?:eml|mbox|mbx|txt|log|patch|gz)$/i.test(wanted);
}

/** The stored thread; judged anew where another day is asked for. */
async function judgeStored(wanted: string, options: Options, context: Context): Promise<TriageThread> {
  return withStore({ option: options, context, must: 'exist' }, async (store) => {
    const thread = await findThread(store, wanted);
    if (options.asOf === undefined) return withEarlierPeople(thread, store);
    const mails = await store.mails(thread.id);
    const evidence = new Map(mails.map((one) => [one.message.id, one.evidence]));
    const heads = buildThread(mails.map(({ message }) => message));
    return withEarlierPeople(judgeThread(heads, evidence, toKnowledge(context, options.asOf)), store);
  });
}

async function writeAll(
  threads: readonly TriageThread[],
  { json }: Options,
  { stdout, style }: Context,
): Promise<void> {
  if (json === true) {
    await stdout.write(`${writeSafeJson({ threads: threads.map(({ id, routing }) => ({ id, routing })) })}\n`);
    return;
  }
  for (const [index, thread] of threads.entries()) {
    const lines = [style.bold(thread.subject === '' ? thread.id : thread.subject), ...writeRouting(thread, style)];
    await stdout.write(`${index === 0 ? '' : '\n'}${lines.join('\n')}\n`);
  }
}

/** A draft that adds the missing people, in a file for a person to look at and to send; of one thread alone. */
async function keepDraft(threads: readonly TriageThread[], { draft }: Options, { stderr }: Context): Promise<void> {
  if (draft === undefined) return;
  const [thread] = threads;
  if (thread === undefined || threads.length > 1) {
    throw new CommandFailure(`--draft answers one thread, and there are ${threads.length}: name one`, EXIT.usage);
  }
  const body = writeAddingBody(thread);
  if (body === null) {
    await stderr.write('heddle: nobody is missing: no draft was written\n');
    return;
  }
  writeFileSync(draft, writeDraft(thread, body));
  await stderr.write(`heddle: the draft is in ${draft}: look at it, then send it yourself\n`);
}
