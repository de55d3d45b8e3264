import type { Witness } from '../src/pipeline/ask-witness.ts';
import type { MailReader, Taking } from '../src/pipeline/jobs/read-arrivals.ts';
import type { Mailbox } from '../src/model/mailbox.ts';
import type { Clock, FollowedSource, Log } from '../src/ports.ts';
import type { Queue } from '../src/ports/queue.ts';
import type { SharedStore } from '../src/ports/shared-store.ts';
import type { Trees } from '../src/routing/trees/trees.ts';

/** Pauses of the workers, in milliseconds. */
export interface Pauses {
  /** A thread is judged so long after the first mail that it waits with: what comes meanwhile is judged with it. */
  readonly company: number;
  /** Between two looks at a mailbox. */
  readonly poll: number;
  /** Between two looks at what the store has to do and the queue may have forgotten. */
  readonly reconcile: number;
}

/** What workers are given by the program that starts them. */
export interface WorkerPorts extends Taking {
  readonly store: SharedStore;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly log: Log;
  readonly trees: Trees;
  readonly witness?: Witness | undefined;
  readonly reader: MailReader;
  readonly openSource: (mailbox: Mailbox) => FollowedSource;
  readonly pauses: Pauses;
}
