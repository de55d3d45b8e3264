import type { PendingThread, Store } from '../ports.ts';
import type { ArrivalBook } from './arrivals.ts';
import type { PostBook } from './post-book.ts';

/** What a worker asks for when it takes threads to judge. Times are ISO 8601 in UTC. */
export interface Claim {
  /** Names the worker among all that run. */
  readonly by: string;
  readonly limit: number;
  readonly now: string;
  /** From then on others may take what was not judged: the worker is taken for dead. */
  readonly until: string;
  /** A thread that was taken so often, as it is, and never judged is handed out no more: it is set aside. */
  readonly attempts: number;
  /** Only these threads, by `PendingThread.key`. */
  readonly keys?: readonly string[];
}

/** A thread that could not be judged. A mail that joins it makes it wait again, and so does a person. */
export interface SetAside {
  readonly key: string;
  readonly attempts: number;
  /** One line; `null` where the worker died without a word, each time. */
  readonly reason: string | null;
  /** Who had it last. */
  readonly by: string;
}

/** A store that several workers judge from at once, in one process or on many machines. */
export interface SharedStore extends Store {
  /** Who gets digests, and the letters to them. */
  readonly post: PostBook;
  /** Mails that wait to be read. */
  readonly arrivals: ArrivalBook;
  /**
   * As `pending`, and nobody else is handed the same until `until`, or until a verdict on it is saved. Threads that others are
   * just taking are passed over: an empty answer says that nothing is free now.
   */
  claimPending(claim: Claim): Promise<readonly PendingThread[]>;
  /** Frees everything that a worker has taken and not judged; it counts as no attempt. For a worker that stops in peace. */
  releaseClaims(by: string): Promise<void>;
  /** Frees a thread that could not be judged and says why; the attempt counts. `reason` is one line. */
  failClaim(failure: { readonly key: string; readonly by: string; readonly reason: string }): Promise<void>;
  /** Keys of threads that somebody could claim now, the longest known first. */
  free(claim: Pick<Claim, 'now' | 'limit' | 'attempts'>): Promise<readonly string[]>;
  /** Keys of the threads of these mails that wait, whoever has them in hand. */
  waitingOf(messages: readonly string[]): Promise<readonly string[]>;
  /** Threads that were taken `attempts` times in vain, by key. */
  setAside(claim: Pick<Claim, 'now' | 'limit' | 'attempts'>): Promise<readonly SetAside[]>;
  /** Hands a thread out again that was set aside; `false` where there is none of that key. */
  retrySetAside(key: string): Promise<boolean>;
}
