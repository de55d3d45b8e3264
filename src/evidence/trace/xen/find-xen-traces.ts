import type { BareTrace } from '../../../model/evidence.ts';
import type { LogLine } from '../../../model/log.ts';
import { findCrashes } from './find-crashes.ts';

/** Every crash that Xen reports in a repaired log, in the order of the log. Never throws. */
export function findXenTraces(log: readonly LogLine[]): BareTrace[] {
  return [...findCrashes(log)].sort((a, b) => a.lines[0] - b.lines[0]);
}
