import { setImmediate } from 'node:timers/promises';
import type { Evidence } from '../model/evidence.ts';
import type { Message } from '../model/message.ts';
import type { TriageThread } from '../model/triage.ts';
import type { PendingThread, Store } from '../ports.ts';
import { EXTRACTOR, extract, RULES } from '../pipeline.ts';
import { buildThread } from '../thread/build-threads.ts';
import type { Trees } from '../routing/trees/trees.ts';
import { toMailText } from '../verdict/llm/mail-text.ts';
import type { TieKey } from '../ports/ties.ts';
import { judgeWithWitness, type Witness } from './ask-witness.ts';
import { tieStored } from './tie-threads.ts';

/** Mails whose evidence is made anew between two writes. */
const BATCH_STALE = 200;
/** Threads judged between two writes. */
const BATCH_THREADS = 200;

export interface JudgePorts {
  readonly store: Store;
  readonly trees: Trees;
  readonly asOf: Date;
  /** A model, where one is configured. */
  readonly witness?: Witness | undefined;
  readonly onJudged?: (left: number) => void;
  /** Ends early: what is left goes on waiting. */
  readonly signal?: AbortSignal;
}

/**
 * Judges every thread that waits, until none does; first of all, what another version of heddle found or judged is done
 * anew. Safe to run beside an import, and to be killed.
 */
export async function judgePending(ports: JudgePorts): Promise<number> {
  await renewJudging(ports);
  let judged = 0;
  for (;;) {
    const threads = await judgeBatch(ports, BATCH_THREADS);
    if (threads.length === 0) return judged;
    judged += threads.length;
    ports.onJudged?.(judged);
  }
}

/** Makes everything wait that another version of heddle has read or judged. */
export async function renewJudging({ store, signal }: Pick<JudgePorts, 'store' | 'signal'>): Promise<void> {
  while (signal?.aborted !== true) {
    const stale = await store.stale(EXTRACTOR, BATCH_STALE);
    if (stale.length === 0) break;
    await store.saveEvidence(stale.map(extractSafely));
  }
  if (signal?.aborted !== true) await store.judgeAgain(RULES);
}

/**
 * Judges up to `most` of the threads that wait, and writes the verdicts down together.
 *
 * @param beforeWriting is told of the verdicts when all are there and none is written yet.
 * @returns the verdicts; none where no thread waits, or the signal came first.
 */
export async function judgeBatch(
  ports: JudgePorts,
  most: number,
  beforeWriting?: (threads: readonly TriageThread[]) => Promise<void>,
): Promise<readonly TriageThread[]> {
  const verdicts = [];
  for (const one of await ports.store.pending(most)) {
    if (ports.signal?.aborted === true) break;
    verdicts.push({ key: one.key, version: one.version, ...(await judgeWaiting(one, ports)) });
    await setImmediate();
  }
  const threads = verdicts.map(({ thread }) => thread);
  if (verdicts.length > 0) await beforeWriting?.(threads);
  await ports.store.saveVerdicts(verdicts, RULES);
  return threads;
}

/** The verdict on one thread that waits, and what ties it to others; nothing is written. */
export async function judgeWaiting(
  waiting: PendingThread,
  { store, trees, asOf, witness }: Pick<JudgePorts, 'store' | 'trees' | 'asOf' | 'witness'>,
): Promise<{ readonly thread: TriageThread; readonly ties: readonly TieKey[] }> {
  const { heads, evidence, corrections } = waiting;
  const [first] = heads;
  const thread = buildThread(heads);
  const judged = await judgeWithWitness(
    { thread, evidence, knowledge: { trees, asOf, corrections } },
    {
      witness,
      readMails: async () => (first ? (await store.mails(first.id)).map(({ message }) => toMailText(message)) : []),
    },
  );
  return tieStored(judged, { thread, evidence, corrections }, store);
}

/**
 * Evidence that another extractor made is made anew from the mails as they are stored. A mail that the extractor
 * stumbles over has none from then on, and stops nobody else.
 */
function extractSafely(message: Message): Evidence {
  try {
    return extract(message);
  } catch {
    return extract({ ...message, parts: [] });
  }
}
