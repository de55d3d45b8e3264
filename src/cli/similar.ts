import { existsSync } from 'node:fs';
import type { Style } from '../digest/style.ts';
import { writeSafeJson } from '../lib/safe-json.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import type { TriageThread } from '../model/triage.ts';
import { findSimilar, type Similar } from '../pipeline/find-similar.ts';
import { triageMail } from '../pipeline/triage-mail.ts';
import type { ReadFailure, Store } from '../ports.ts';
import { tellFailures, type Context } from './context.ts';
import { EXIT } from './failure.ts';
import { findThread } from './find-thread.ts';
import { readCount, toKnowledge } from './knowledge.ts';
import { openPaths } from './sources.ts';
import { withStore, type StoreOption } from './with-store.ts';

interface Options extends StoreOption {
  readonly json?: true;
  readonly limit: string;
}

/** What was asked for, and what the store holds of it. */
interface Answer {
  readonly thread: TriageThread;
  readonly similar: readonly Similar[];
}

/**
 * `heddle similar THREAD|PATH`: threads of the store with the same crash or a near one, and why. What exists as a file is
 * mail; everything else names a thread.
 */
export async function runSimilar([wanted]: readonly [string], options: Options, context: Context): Promise<number> {
  const limit = readCount(options.limit, '--limit');
  return withStore({ option: options, context, must: 'exist' }, async (store) => {
    const { threads, failures } = await readWanted(wanted, store, context);
    const answers: Answer[] = [];
    for (const thread of threads) answers.push({ thread, similar: await findSimilar(thread, store, limit) });
    if (options.json === true) await context.stdout.write(`${writeSafeJson({ threads: answers.map(toJson) })}\n`);
    else await writeAll(answers, context);
    await tellFailures(context, failures);
    return failures.length === 0 ? EXIT.ok : EXIT.unreadable;
  });
}

async function readWanted(
  wanted: string,
  store: Store,
  context: Context,
): Promise<{ readonly threads: readonly TriageThread[]; readonly failures: readonly ReadFailure[] }> {
  if (wanted !== '-' && !existsSync(wanted)) return { threads: [await findThread(store, wanted)], failures: [] };
  const { document, failures } = await triageMail(openPaths([wanted], context), toKnowledge(context, undefined));
  return { threads: document.threads, failures };
}

function toJson({ thread, similar }: Answer) {
  return { id: thread.id, traces: thread.traces.length, similar };
}

async function writeAll(answers: readonly Answer[], { stdout, stderr, style }: Context): Promise<void> {
  for (const [index, { thread, similar }] of answers.entries()) {
    const subject = toSafeLine(thread.subject === '' ? thread.id : thread.subject, 200);
    if (thread.traces.length === 0) {
      await stderr.write(`heddle: ${subject}: holds no crash log that could be compared\n`);
    } else if (similar.length === 0) {
      await stderr.write(`heddle: ${subject}: no other thread has this crash or one near to it\n`);
    } else {
      const rows = similar.flatMap((one) => writeSimilar(one, style));
      await stdout.write(`${index === 0 ? '' : '\n'}${style.bold(subject)}\n${rows.join('\n')}\n`);
    }
  }
}

function writeSimilar({ date, subject, title, distance, why, thread }: Similar, style: Style): string[] {
  const near = distance === 0 ? 'same' : `${Math.round((1 - distance) * 100)} %`;
  return [
    `  ${near.padStart(4)}  ${date?.slice(0, 10) ?? 'undated   '}  ${toSafeLine(subject, 200) || '(no subject)'}`,
    `        ${toSafeLine(title, 300)}`,
    `        ${style.cyan(toSafeLine(why, 300))}`,
    `        ${style.dim(toSafeLine(thread, 500))}`,
  ];
}
