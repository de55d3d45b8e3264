import type { Address } from './message.ts';
import type { TriageThread } from './triage.ts';
import type { Status } from './verdict.ts';

/** The window a digest speaks of: half open, ISO 8601 in UTC. */
export interface Window {
  readonly from: string;
  readonly to: string;
}

/** What somebody was told of a thread the last time. */
export interface Told {
  readonly status: Status;
  readonly mails: number;
  /** Whose turn it was. */
  readonly turn: string;
  /** Names of the rules by which it needed a human. */
  readonly urgent: readonly string[];
}

/** What one person's last digest said: NEW and CHANGED are against this. Plain JSON; whoever sends digests keeps it. */
export interface Snapshot {
  /** Where the window of that digest ended. */
  readonly to: string;
  /** By thread id. */
  readonly threads: Readonly<Record<string, Told>>;
}

/** A release that is being made, as of the end of a window. */
export interface Release {
  /** `4.20`. */
  readonly name: string;
  /** The release before it, and its day (`2024-07-29`). */
  readonly last: string | null;
  readonly since: string | null;
  /** `rc2, 2025-01-29` where a candidate was announced. */
  readonly candidate: string | null;
  /** Only fixes go in: blockers and regressions are worth a look every day. */
  readonly frozen: boolean;
}

/** What somebody said of a thread and a release. */
export interface ReleaseWord {
  readonly stance: 'blocker' | 'asked' | 'no-blocker';
  /** The release that is named, or `null`. */
  readonly release: string | null;
  readonly by: Address;
  readonly date: string | null;
  readonly message: string;
  readonly quote: string;
}

/** A patch that says which commit it mends, and does not ask to be taken into releases that have that commit. */
export interface Mend {
  readonly title: string;
  readonly url: string | null;
  /** `Fixes: 0123456789ab ("subject")`, as written. */
  readonly fixes: string;
  /** Who reported what it mends, where the patch says so. */
  readonly reportedBy: string | null;
}

/** What a digest is drawn from: threads as they stood at the end of the window, and the counts behind them. */
export interface DigestSource {
  readonly list: string;
  readonly window: Window;
  /** Every thread that was touched in the window, or that still waits for somebody. */
  readonly threads: readonly TriageThread[];
  /** Message ids that arrived in the window. */
  readonly arrived: ReadonlySet<string>;
  /** Thread id → its status at the beginning of the window, where it is known: what has moved. */
  readonly statusBefore?: ReadonlyMap<string, Status>;
  readonly counts: {
    readonly mails: number;
    readonly threads: number;
    readonly failures: number;
    readonly nearMisses: number;
  };
  /** What could not be seen, one sentence each: mailboxes that were silent, days without mail. */
  readonly blindSpots?: readonly string[];
  readonly release?: Release | null;
  /** By thread id, oldest first. */
  readonly releaseWords?: ReadonlyMap<string, readonly ReleaseWord[]>;
  /** Patches of the window. */
  readonly mends?: readonly Mend[];
}
