import type { TriageThread } from '../model/triage.ts';
import type { Standing } from '../model/mailbox.ts';
import type { Clock, FollowedSource, ReadFailure, Store } from '../ports.ts';
import type { Trees } from '../routing/trees/trees.ts';
import type { Witness } from './ask-witness.ts';

export interface WatchPorts {
  readonly store: Store;
  readonly trees: Trees;
  readonly clock: Clock;
  /** A model, where one is configured. */
  readonly witness?: Witness | undefined;
  /** Ends the watch: what was read is added and judged first where that takes no longer than a few seconds. */
  readonly signal: AbortSignal;
  /** Ends by itself when every source has been caught up with, and all is judged. */
  readonly once: boolean;
  /** A thread that was judged, and written down before. */
  readonly onThread?: (thread: TriageThread) => Promise<void>;
  readonly onFailure?: (failure: ReadFailure) => Promise<void>;
  /** A mailbox was reached, caught up with, or lost; told where it changes. */
  readonly onStanding?: (standing: Standing) => Promise<void>;
}

export interface WatchResult {
  readonly added: number;
  readonly known: number;
  readonly judged: number;
  readonly failures: number;
  /** Sources that ended by themselves because a person has to act, with the reason. */
  readonly given: readonly { readonly name: string; readonly reason: string }[];
}

/** Reads every source at once, adds what comes, judges the threads that wait, and says so, until it is told to end. */
export function watchMail(_sources: readonly FollowedSource[], _ports: WatchPorts): Promise<WatchResult> {
  throw new Error('not yet');
}
