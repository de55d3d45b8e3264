import type { BareTrace } from '../../model/evidence.ts';
import type { LogLine } from '../../model/log.ts';

/** The trace with notes on what its numbers mean. `log` is the repaired log that the trace was found in. */
export function addNotes(trace: BareTrace, _log: readonly LogLine[]): BareTrace {
  return trace;
}
