import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { writeTime } from '../lib/days.ts';
import { writeSafeJson } from '../lib/safe-json.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import type { TriageThread } from '../model/triage.ts';
import { judgePending } from '../pipeline/judge-pending.ts';
import type { Correction, Store } from '../ports.ts';
import { readAssignment, type Assignment } from '../verdict/corrections/correction-values.ts';
import { toLabel } from '../verdict/corrections/to-labels.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { findThread, toThreadId } from './find-thread.ts';
import { readCount, toKnowledge } from './knowledge.ts';
import { openWitness } from './open-witness.ts';
import { withStore, type StoreOption } from './with-store.ts';

interface Options extends StoreOption {
  readonly by?: string;
  readonly undo?: string;
  readonly history?: true;
  /** A file, or `true` for standard output. */
  readonly export?: string | true;
  readonly json?: true;
}

type Args = readonly [string | undefined, readonly string[]];

/**
 * `heddle correct THREAD FIELD=VALUE...`: a person's word on a thread, which wins over the rules and survives re-reading; `--undo N`
 * takes one back, `--history` lists them, `--export` writes all of them as labels.
 */
export async function runCorrect([wanted, texts]: Args, options: Options, context: Context): Promise<number> {
  const acts = [options.undo, options.history, options.export].filter((one) => one !== undefined).length;
  if (acts + (texts.length > 0 ? 1 : 0) !== 1 || (wanted === undefined) !== (options.export !== undefined)) {
    throw new CommandFailure(
      'heddle correct wants a thread and FIELD=VALUE, or a thread and --undo N or --history, or --export alone',
      EXIT.usage,
    );
  }
  return withStore({ option: options, context, must: 'exist' }, async (store) => {
    if (options.export !== undefined) return exportLabels(options.export, store, context);
    const thread = await findThread(store, wanted ?? '');
    if (options.history === true) return writeHistory(thread, { store, json: options.json === true, context });
    if (options.undo !== undefined) return undo(thread, { number: options.undo, store, options, context });
    return correct(thread, { texts, store, options, context });
  });
}

interface Act {
  readonly store: Store;
  readonly options: Options;
  readonly context: Context;
}

/** All values are checked before the first is written. */
async function correct(
  thread: TriageThread,
  { texts, store, options, context }: Act & { readonly texts: readonly string[] },
): Promise<number> {
  const assignments: Assignment[] = [];
  for (const text of texts) assignments.push(await readChecked(text, { thread, store, context }));
  const said = { message: thread.messages[0]?.id ?? thread.id, by: toName(options), at: context.now.toISOString() };
  const written: Correction[] = [];
  for (const assignment of assignments) written.push(await store.correct({ ...said, ...assignment }));
  return tell(
    written.map(({ id, field, value }) => `${String(id)}  ${field} = ${value}`),
    { thread, store, options, context },
  );
}

async function undo(
  thread: TriageThread,
  { number, store, options, context }: Act & { readonly number: string },
): Promise<number> {
  const id = readCount(number, '--undo');
  const known = (await store.corrections(thread.id)).find((one) => one.id === id);
  if (!known) throw new CommandFailure(`this thread has no correction ${number}: --history lists those it has`);
  const undone = await store.undoCorrection(id, { by: toName(options), at: context.now.toISOString() });
  if (!undone) throw new CommandFailure(`correction ${number} was taken back already`);
  return tell([`${number}  ${undone.field} = ${undone.value} is taken back`], { thread, store, options, context });
}

/** Judges what waits now, so that the next command sees it, and says what the thread is taken for. */
async function tell(
  lines: readonly string[],
  { thread, store, options, context }: Act & { readonly thread: TriageThread },
): Promise<number> {
  const witness = openWitness(context);
  await judgePending({ store, ...toKnowledge(context, undefined), witness });
  await witness?.tell();
  const now = await findThread(store, thread.messages[0]?.id ?? thread.id);
  const { genre, status, classifiedBy } = now;
  if (options.json === true) {
    await context.stdout.write(`${writeSafeJson({ corrections: await store.corrections(now.id), thread: now })}\n`);
    return EXIT.ok;
  }
  const all = [...lines, `<${now.id}> is now: ${genre}, ${status} (by ${classifiedBy})`];
  await context.stdout.write(all.map((line) => `${toSafeLine(line, 700)}\n`).join(''));
  return EXIT.ok;
}

interface Checking {
  readonly thread: TriageThread;
  readonly store: Store;
  readonly context: Context;
}

async function readChecked(text: string, { thread, store, context }: Checking): Promise<Assignment> {
  const cut = text.indexOf('=') + 1;
  const isDuplicate = /^\s*duplicate-of\s*=/i.test(text);
  const read = readAssignment(
    isDuplicate ? `${text.slice(0, cut)}${toThreadId(text.slice(cut))}` : text,
    listComponents(context),
  );
  if (read.kind === 'bad') throw new CommandFailure(read.problem, EXIT.usage);
  if (!isDuplicate) return read.assignment;
  const other = await store.thread(read.assignment.value);
  if (other?.id === thread.id) throw new CommandFailure('duplicate-of cannot be the thread itself', EXIT.usage);
  return { field: 'duplicate-of', value: other?.id ?? read.assignment.value };
}

/** Titles of the entries of all MAINTAINERS files that heddle brings, each once. */
function listComponents(context: Context): readonly string[] {
  const { trees } = toKnowledge(context, undefined);
  return [...new Set(trees.all.flatMap((tree) => tree.maintainers().sections.map(({ title }) => title)))];
}

async function writeHistory(
  thread: TriageThread,
  { store, json, context }: { readonly store: Store; readonly json: boolean; readonly context: Context },
): Promise<number> {
  const corrections = await store.corrections(thread.id);
  if (json) {
    await context.stdout.write(`${writeSafeJson({ corrections })}\n`);
    return EXIT.ok;
  }
  const lines = corrections.map(({ id, field, value, by, at, undone }) => {
    const back = undone === null ? '' : `; taken back by ${undone.by}, ${writeTime(undone.at)}`;
    return `${String(id).padStart(4)}  ${writeTime(at)}  ${field} = ${value}, by ${by}${back}`;
  });
  const shown = lines.length === 0 ? ['nobody has corrected this thread'] : lines;
  await context.stdout.write(shown.map((line) => `${toSafeLine(line, 900)}\n`).join(''));
  return EXIT.ok;
}

async function exportLabels(target: string | true, store: Store, context: Context): Promise<number> {
  const labels = [];
  const seen = new Set<string>();
  for (const { message } of await store.corrections()) {
    const thread = await store.thread(message);
    if (!thread || seen.has(thread.id)) continue;
    seen.add(thread.id);
    const label = toLabel(thread, await store.corrections(thread.id));
    if (label) labels.push(label);
  }
  const text = `${writeSafeJson({ threads: labels })}\n`;
  if (target === true) await context.stdout.write(text);
  else {
    writeFileSync(target, text);
    await context.stdout.write(`${String(labels.length)} labelled threads written to ${toSafeLine(target, 300)}\n`);
  }
  return EXIT.ok;
}

const MAX_NAME = 100;

/** Who corrects: `--by`, else the name that git knows, else that of the account. */
function toName({ by }: Options): string {
  const git = by === undefined ? spawnSync('git', ['config', 'user.name'], { encoding: 'utf8', timeout: 5000 }) : null;
  const name = toSafeLine((by ?? git?.stdout ?? '').trim(), MAX_NAME);
  if (name !== '') return name;
  if (by !== undefined) throw new CommandFailure('--by wants a name', EXIT.usage);
  return toSafeLine(userInfo().username, MAX_NAME);
}
