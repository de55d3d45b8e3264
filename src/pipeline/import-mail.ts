import type { MailSource, RawMail, ReadFailure, Reading, Store } from '../ports.ts';
import { addBatch, type Tally } from './add-batch.ts';
import { judgePending, type JudgePorts } from './judge-pending.ts';

/** Mails added to the store in one transaction: few enough to keep memory flat, enough to spare commits. */
const BATCH_MAILS = 400;
const BATCH_BYTES = 8 * 1024 * 1024;

export interface ImportPorts extends JudgePorts {
  readonly onMail?: (read: number) => void;
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
  const progress: Tally & { read: number } = { read: 0, added: 0, known: 0, failures: [], cuts: [] };
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
