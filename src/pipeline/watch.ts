import type { Standing } from '../model/mailbox.ts';
import type { TriageThread } from '../model/triage.ts';
import type { Clock, FollowedSource, RawMail, ReadFailure, Store } from '../ports.ts';
import type { Trees } from '../routing/trees/trees.ts';
import type { Witness } from './ask-witness.ts';
import { JudgeLoop } from './judge-loop.ts';
import { pumpSource, type GivenUp } from './pump-source.ts';
import { StandingBook } from './standing-book.ts';

/** Sources that do not end in time after they were told to are left alone: what they have given is safe. */
const GRACE_MS = 2_000;

export interface WatchPorts {
  readonly store: Store;
  readonly trees: Trees;
  readonly clock: Clock;
  /** A model, where one is configured. */
  readonly witness?: Witness | undefined;
  /** Ends the watch within seconds; what is not judged yet waits in the store. */
  readonly signal: AbortSignal;
  /** Ends by itself when every source has been caught up with, and all is judged. */
  readonly once: boolean;
  /**
   * A thread that was judged, and written down before. Told at least once: what was being told when the process was killed is
   * told again by the next watch.
   */
  readonly onThread?: (thread: TriageThread) => Promise<void>;
  readonly onFailure?: (failure: ReadFailure) => Promise<void>;
  /** See {@link pumpSource}: mails to the bot itself are kept apart. */
  readonly divert?: ((source: string, mails: readonly RawMail[]) => Promise<readonly RawMail[]>) | undefined;
  /** A mailbox was reached, caught up with, or lost; told where it changes. */
  readonly onStanding?: (standing: Standing) => Promise<void>;
}

export interface WatchResult {
  readonly added: number;
  readonly known: number;
  readonly judged: number;
  readonly failures: number;
  /** Sources that ended by themselves because a person has to act, with the reason. */
  readonly given: readonly GivenUp[];
}

/**
 * Reads every source at once, adds what comes, judges the threads that wait, and says so, until it is told to end, or no
 * source is left. May be killed at any instant: cursors are saved after the mails that they cover.
 *
 * @throws what the store throws (a full disk): nothing goes on then, and nothing is lost.
 */
export async function watchMail(sources: readonly FollowedSource[], ports: WatchPorts): Promise<WatchResult> {
  const { store, signal, onFailure } = ports;
  const stop = new AbortController();
  const everything = AbortSignal.any([signal, stop.signal]);
  const result = { added: 0, known: 0, failures: 0 };
  const judge = new JudgeLoop({ ...ports, signal: everything });
  const standings = await StandingBook.open(ports);
  const cursors = await store.cursors();
  const onFailures = async (failures: readonly ReadFailure[]) => {
    result.failures += failures.length;
    for (const failure of failures) await onFailure?.(failure);
  };
  const work = Promise.all([
    judge.run(),
    Promise.all(
      sources.map((source) =>
        pumpSource(source, {
          store,
          cursors,
          standings,
          once: ports.once,
          signal: everything,
          divert: ports.divert,
          onFailures,
          onAdded: (added) => {
            result.added += added.added;
            result.known += added.known;
            judge.ring(added.isLive);
          },
        }),
      ),
    ).then((ends) => {
      judge.finish();
      return ends.flatMap((end) => end ?? []);
    }),
  ]);
  try {
    const [, given] = await Promise.race([work, afterGrace(signal)]);
    return { ...result, judged: judge.judged, given };
  } finally {
    stop.abort();
  }
}

/** Answers some time after the signal, for whoever does not end by himself. */
async function afterGrace(signal: AbortSignal): Promise<[void, []]> {
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener(
      'abort',
      () => {
        resolve();
      },
      { once: true },
    );
  });
  await new Promise((resolve) => setTimeout(resolve, GRACE_MS).unref());
  return [undefined, []];
}
