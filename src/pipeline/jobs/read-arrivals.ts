import type { Arrival } from '../../ports/arrivals.ts';
import type { Clock, Ingested, RawMail } from '../../ports.ts';
import type { SharedStore } from '../../ports/shared-store.ts';

/** Reads one mail, and gives up one that takes too long. */
export interface MailReader {
  /** @throws Error (one line) where the mail cannot be read; `StoppedReading` where the reader was told to end; `BrokenReader`. */
  read(mail: RawMail): Promise<Ingested>;
}

/** The reader was told to end: the mail is as good as before. */
export class StoppedReading extends Error {
  override readonly name = 'StoppedReading';
}

/** No mail can be read here, whatever it holds. */
export class BrokenReader extends Error {
  override readonly name = 'BrokenReader';
}

/** How workers take what there is to do from a store. */
export interface Taking {
  /** Names this worker among all that run. */
  readonly by: string;
  /** What it has taken and not done in that time goes to another; in milliseconds. */
  readonly leaseMs: number;
  /** What was taken so often in vain is set aside. */
  readonly attempts: number;
  /** Takes nothing more: what was taken is to be freed. */
  readonly signal: AbortSignal;
}

export interface ReadingPorts extends Taking {
  readonly store: SharedStore;
  readonly clock: Clock;
  readonly reader: MailReader;
}

/** Mails that are taken at once, and written in one transaction. */
const BATCH_MAILS = 20;

/** What one job of a bucket reads; the rest waits for the next, so that a full bucket does not keep a worker for hours. */
const MOST_BATCHES = 10;

export interface ReadBucket {
  /** Keys of the threads that wait to be judged now. */
  readonly threads: readonly string[];
  /** There may be more in it. */
  readonly more: boolean;
}

/**
 * Reads what lies in a bucket and brings it into the store. A mail that cannot be read is left where it is, with the reason: it is
 * tried again when it is rung for, or set aside. May be killed at any instant.
 */
export async function readArrivals(bucket: string, ports: ReadingPorts): Promise<ReadBucket> {
  const { store, clock, by, attempts, leaseMs, signal } = ports;
  const threads = new Set<string>();
  for (let batches = 0; batches < MOST_BATCHES; batches += 1) {
    if (signal.aborted) break;
    const now = clock.now();
    const until = new Date(now.getTime() + leaseMs).toISOString();
    const claim = { by, bucket, limit: BATCH_MAILS, now: now.toISOString(), until, attempts };
    const taken = await store.arrivals.claim(claim);
    if (taken.length === 0) return { threads: [...threads], more: false };
    const read = await readAll(taken, ports);
    await addOrFail(read, ports);
    await store.arrivals.end(read.map(({ digest }) => digest));
    for (const key of await store.waitingOf(read.map(({ message }) => message.id))) threads.add(key);
  }
  return { threads: [...threads], more: !signal.aborted };
}

async function readAll(taken: readonly Arrival[], { store, reader, by, signal }: ReadingPorts): Promise<Ingested[]> {
  const read: Ingested[] = [];
  for (const mail of taken) {
    if (signal.aborted) break;
    try {
      read.push(await reader.read(mail));
    } catch (error) {
      if (error instanceof StoppedReading) break;
      if (error instanceof BrokenReader) {
        await store.arrivals.release(by);
        throw error;
      }
      const reason = error instanceof Error ? error.message : String(error);
      await store.arrivals.fail({ digest: mail.digest, by, reason });
    }
  }
  return read;
}

/** A mail that the store stumbles over comes alone the next time, and is set aside in the end. */
async function addOrFail(read: readonly Ingested[], { store, by }: ReadingPorts): Promise<void> {
  try {
    await store.add(read);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    for (const { digest } of read) await store.arrivals.fail({ digest, by, reason });
    throw error;
  }
}
