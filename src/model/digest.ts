import type { TriageThread } from './triage.ts';
import type { Status } from './verdict.ts';

/** The window a digest speaks of: half open, ISO 8601 in UTC. */
export interface Window {
  readonly from: string;
  readonly to: string;
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
}
