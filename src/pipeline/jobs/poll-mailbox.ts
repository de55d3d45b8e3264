import type { Clock, FollowedSource, ReadFailure } from '../../ports.ts';
import type { SharedStore } from '../../ports/shared-store.ts';
import { pumpSource } from '../pump-source.ts';
import { StandingBook } from '../standing-book.ts';
import { bringMails } from './bring-mails.ts';

export interface PollPorts {
  readonly store: SharedStore;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Mails lie in these buckets now. */
  readonly onBuckets: (buckets: readonly string[]) => Promise<void>;
  readonly onFailures: (failures: readonly ReadFailure[]) => Promise<void>;
}

/** Fetches what a mailbox has that was not fetched before, for workers to read; ends when there is no more at the moment. */
export async function pollMailbox(source: FollowedSource, ports: PollPorts): Promise<void> {
  const { store, onBuckets, onFailures, signal } = ports;
  const stop = new AbortController();
  try {
    await pumpSource(source, {
      store,
      cursors: await store.cursors(),
      standings: await StandingBook.open(ports),
      once: true,
      signal: AbortSignal.any([signal, stop.signal]),
      bring: async (batch) => {
        const { buckets, ...brought } = await bringMails(batch, store);
        await onBuckets(buckets);
        return brought;
      },
      onFailures,
      onAdded: () => undefined,
    });
  } finally {
    stop.abort();
  }
}
