import type { BareTrace } from '../../../model/evidence.ts';
import type { LogLine } from '../../../model/log.ts';
import { withoutPatches } from '../without-patches.ts';
import { findDeviceFaults } from './device-faults.ts';
import { findCrashes } from './find-crashes.ts';
import { findGuestFirmware } from './guest-firmware.ts';
import { findXenctx } from './xenctx.ts';

/** The boot banner, and what `xl info` prints: a crash whose own banner is missing still tells its version there. */
const VERSION = /^\s{0,8}(?:Xen version (?<boot>\d[^\s(]{1,40}) \(|xen_version\s{0,30}: (?<info>\d\S{1,40}))/;

/**
 * Every crash that Xen reports in a repaired log, in the order of the log: of Xen itself, of a domain, of a device. Lines
 * of patches do not count. Never throws.
 */
export function findXenTraces(log: readonly LogLine[]): BareTrace[] {
  const lines = withoutPatches(log);
  const crashes = foldDumps(findCrashes(lines));
  const faults = findDeviceFaults(lines);
  const found = [...crashes, ...faults, ...findXenctx(lines), ...findGuestFirmware(lines)].sort(
    (a, b) => a.lines[0] - b.lines[0],
  );
  if (found.length === 0) return found;
  const version = findVersion(lines);
  return found.map((trace) => (trace.project === 'xen' && trace.version === null ? { ...trace, version } : trace));
}

function findVersion(lines: readonly LogLine[]): string | null {
  for (const line of lines) {
    if (!line.text.includes('ersion')) continue;
    const groups = VERSION.exec(line.text)?.groups;
    if (groups) return groups['boot'] ?? groups['info'] ?? null;
  }
  return null;
}

/** A key asks Xen to dump every CPU, and most of them idle: the same stack is kept once, and none without frames. */
function foldDumps(traces: readonly BareTrace[]): BareTrace[] {
  const seen = new Set<string>();
  return traces.filter((trace) => {
    if (trace.kind !== 'stack-dump') return true;
    const known = seen.has(trace.fingerprint) || trace.frames.length === 0;
    seen.add(trace.fingerprint);
    return !known;
  });
}
