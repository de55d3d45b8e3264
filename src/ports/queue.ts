/**
 * A doorbell: it says that there is something to do, and the store says what. Whatever a queue forgets is rung again from the
 * store; whatever it says twice may be done twice.
 */
export interface Queue {
  /**
   * Rings. A job that waits already is not doubled; one that runs is run once more afterwards, with the latest data; one that was
   * set aside begins anew.
   *
   * @throws QueueError (one line) where the queue cannot be reached.
   */
  add<T>(kind: JobKind<T>, jobs: readonly NewJob<T>[]): Promise<void>;
  /** Rings again and again, in place of what was scheduled under that id. */
  schedule<T>(kind: JobKind<T>, job: Omit<NewJob<T>, 'delayMs'>, when: When): Promise<void>;
  unschedule(kind: JobKind<unknown>, id: string): Promise<void>;
  /** Ids under which jobs of a kind are scheduled, in order. */
  scheduled(kind: JobKind<unknown>): Promise<readonly string[]>;
  /** Begins to work on jobs of a kind; on so many at once. */
  work<T>(kind: JobKind<T>, handler: (data: T, run: JobRun) => Promise<void>, concurrency: number): QueueWorker;
  /** Jobs that failed too often, or must not be tried again, newest first. */
  setAside(kind: JobKind<unknown>, limit: number): Promise<readonly FailedJob[]>;
  /** Lets a job that was set aside begin anew; `false` where there is none of that id. */
  retry(kind: JobKind<unknown>, id: string): Promise<boolean>;
  counts(kind: JobKind<unknown>): Promise<QueueCounts>;
  /** Ends the workers that are left, as {@link QueueWorker.close} does, and lets go of the line. */
  close(): Promise<void>;
}

/** What jobs of one name have in common. */
export interface JobKind<T> {
  /** Lower-case letters and hyphens. */
  readonly name: string;
  /** Checks what comes out of the queue; throws where it is no data of this kind. A method, so that kinds can be listed together. */
  read(data: unknown): T;
  /** How often a job is tried before it is set aside. */
  readonly attempts: number;
  /** The pause before the second attempt, in milliseconds; each further one is twice as long, and a little by chance. */
  readonly backOffMs: number;
  /** No more jobs than that are begun in that time, by all workers together. */
  readonly rate?: { readonly jobs: number; readonly perMs: number };
}

export interface NewJob<T> {
  /** What it is about: two jobs of one kind and id are the same job. Any text. */
  readonly id: string;
  /** Ids of what is in the store, never the thing itself. */
  readonly data: T;
  /** It waits so long, so that what comes meanwhile is done with it. */
  readonly delayMs?: number;
}

export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export type When =
  | { readonly kind: 'every'; readonly ms: number }
  /** Each day at `HH:MM` on the clocks of a time zone (`Europe/Berlin`); on some days of the week, or on all. */
  | { readonly kind: 'daily'; readonly at: string; readonly timeZone: string; readonly days?: readonly Weekday[] };

export interface JobRun {
  readonly id: string;
  /** 1 for the first. */
  readonly attempt: number;
}

export interface QueueWorker {
  /** Begins no more jobs, and resolves when those that run have ended. */
  close(): Promise<void>;
}

export interface FailedJob {
  readonly id: string;
  /** One line. */
  readonly reason: string;
  readonly attempts: number;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

export interface QueueCounts {
  readonly waiting: number;
  /** Waiting for their time to come. */
  readonly delayed: number;
  readonly running: number;
  readonly setAside: number;
}

/** Thrown by a handler: another attempt is of no use. */
export class FinalFailure extends Error {
  override readonly name = 'FinalFailure';
}

/** The queue cannot be used; the message is one line for a person, without the password. Nothing is lost: the store knows. */
export class QueueError extends Error {
  override readonly name = 'QueueError';
}
