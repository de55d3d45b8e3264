import type { TriageThread } from '../model/triage.ts';
import type { Ingested, MailSource, PendingThread, RawMail, ReadFailure, Reading, Store } from '../ports.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Message } from '../model/message.ts';
import { EXTRACTOR, extract, ingest, RULES, toDigest } from '../pipeline.ts';
import { buildThread } from '../thread/build-threads.ts';
import type { Trees } from '../routing/trees/trees.ts';
import { toMailText } from '../verdict/llm/mail-text.ts';
import { judgeWithWitness, type Witness } from './ask-witness.ts';
import { findCut } from './cut-text.ts';
import { toFailure } from './triage-mail.ts';

/** Mails added to the store in one transaction: few enough to keep memory flat, enough to spare commits. */
const BATCH_MAILS = 400;
const BATCH_BYTES = 8 * 1024 * 1024;
/** Mails whose evidence is made anew between two writes. */
const BATCH_STALE = 200;
/** Threads judged between two writes. */
const BATCH_THREADS = 200;

export interface ImportPorts {
  readonly store: Store;
  readonly trees: Trees;
  readonly asOf: Date;
  /** A model, where one is configured. */
  readonly witness?: Witness | undefined;
  readonly onMail?: (read: number) => void;
  readonly onJudged?: (left: number) => void;
}

export interface ImportResult {
  /** Mails that the store had not seen. */
  readonly added: number;
  readonly known: number;
  readonly threads: number;
  readonly failures: readonly ReadFailure[];
  /** New mails that were read in part, and what was left out. */
  readonly cuts: readonly ReadFailure[];
}

/**
 * Brings every mail of the sources into the store and judges the threads that they touch.
 *
 * May be killed at any instant and started again: what is still to do is written in the store, and a mail that is known
 * is not parsed again. Followed sources (git archives) go on where the last run stopped.
 */
export async function importMail(sources: readonly MailSource[], ports: ImportPorts): Promise<ImportResult> {
  const progress = { read: 0, added: 0, known: 0, failures: [] as ReadFailure[], cuts: [] as ReadFailure[] };
  const cursors = await ports.store.cursors();
  for (const source of sources) {
    let batch: RawMail[] = [];
    let bytes = 0;
    for await (const reading of source.read({ cursors })) {
      if (reading.kind === 'failure') progress.failures.push(reading.failure);
      if (reading.kind === 'mail') {
        batch.push(reading.mail);
        bytes += reading.mail.bytes.length;
        progress.read += 1;
        ports.onMail?.(progress.read);
      }
      if (batch.length >= BATCH_MAILS || bytes >= BATCH_BYTES || reading.kind === 'cursor') {
        await addBatch(batch, ports.store, progress);
        batch = [];
        bytes = 0;
      }
      await keepCursor(reading, ports.store);
    }
    await addBatch(batch, ports.store, progress);
  }
  await judgePending(ports);
  const { threads } = await ports.store.counts();
  return { added: progress.added, known: progress.known, threads, failures: progress.failures, cuts: progress.cuts };
}

/** A cursor is written only after the mails before it: a crash in between reads them twice, never not at all. */
async function keepCursor(reading: Reading, store: Store): Promise<void> {
  if (reading.kind === 'cursor') await store.saveCursor(reading.source, reading.cursor);
}

interface Progress {
  added: number;
  known: number;
  failures: ReadFailure[];
  cuts: ReadFailure[];
}

async function addBatch(batch: readonly RawMail[], store: Store, progress: Progress): Promise<void> {
  if (batch.length === 0) return;
  const named = batch.map((mail) => ({ mail, digest: toDigest(mail) }));
  const known = await store.knownDigests(named.map(({ digest }) => digest));
  const fresh: Ingested[] = [];
  for (const { mail, digest } of named) {
    if (known.has(digest)) {
      progress.known += 1;
      continue;
    }
    try {
      const read = ingest(mail);
      const cut = findCut(read.message, mail.origin);
      if (cut) progress.cuts.push(cut);
      fresh.push(read);
    } catch (error) {
      progress.failures.push(toFailure(mail, error));
    }
  }
  if (fresh.length === 0) return;
  const result = await store.add(fresh);
  progress.added += result.added;
  progress.known += result.known;
}

/**
 * Judges every thread that waits, until none does; first of all, what another version of heddle found or judged is done
 * anew. Safe to run beside an import, and to be killed.
 */
export async function judgePending(ports: ImportPorts): Promise<number> {
  let judged = 0;
  await renewEvidence(ports.store);
  await ports.store.judgeAgain(RULES);
  for (;;) {
    const waiting = await ports.store.pending(BATCH_THREADS);
    if (waiting.length === 0) return judged;
    const verdicts = [];
    for (const one of waiting) {
      verdicts.push({ key: one.key, version: one.version, thread: await judgeWaiting(one, ports) });
    }
    await ports.store.saveVerdicts(verdicts, RULES);
    judged += waiting.length;
    ports.onJudged?.(judged);
  }
}

async function judgeWaiting(
  waiting: PendingThread,
  { store, trees, asOf, witness }: ImportPorts,
): Promise<TriageThread> {
  const { heads, evidence, corrections } = waiting;
  const [first] = heads;
  return judgeWithWitness(
    { thread: buildThread(heads), evidence, knowledge: { trees, asOf, corrections } },
    {
      witness,
      readMails: async () => (first ? (await store.mails(first.id)).map(({ message }) => toMailText(message)) : []),
    },
  );
}

/**
 * Evidence that another extractor made is made anew from the mails as they are stored. A mail that the extractor
 * stumbles over has none from then on, and stops nobody else.
 */
async function renewEvidence(store: Store): Promise<void> {
  for (;;) {
    const stale = await store.stale(EXTRACTOR, BATCH_STALE);
    if (stale.length === 0) return;
    await store.saveEvidence(stale.map(extractSafely));
  }
}

function extractSafely(message: Message): Evidence {
  try {
    return extract(message);
  } catch {
    return extract({ ...message, parts: [] });
  }
}
