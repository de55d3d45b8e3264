import type { BareTrace } from '../../../model/evidence.ts';
import type { LogLine } from '../../../model/log.ts';
import { collectReport } from './collect-report.ts';
import { findHeadline } from './headers.ts';
import { toStackDump } from './to-stack-dump.ts';
import { toTrace } from './to-trace.ts';

/**
 * The reports of Linux kernels in a repaired log, of the host and of guests whose console the hypervisor prints, each
 * console by itself, in the order of their first lines.
 */
export function findLinuxTraces(log: readonly LogLine[]): BareTrace[] {
  return toStreams(log)
    .flatMap(findInStream)
    .sort((a, b) => a.lines[0] - b.lines[0]);
}

/** One list of lines for each console that a kernel may print on. */
function toStreams(log: readonly LogLine[]): LogLine[][] {
  const streams = new Map<string, LogLine[]>();
  for (const line of log) {
    if (line.console === 'xen') continue;
    const key = line.console === 'guest' ? `guest ${String(line.domain)}` : 'linux';
    const stream = streams.get(key);
    if (stream) stream.push(line);
    else streams.set(key, [line]);
  }
  return [...streams.values()];
}

function findInStream(stream: readonly LogLine[]): BareTrace[] {
  const traces: BareTrace[] = [];
  let free = 0;
  for (let at = 0; at < stream.length;) {
    const found = findAt(stream, at, free);
    if (found) {
      traces.push(found.trace);
      free = found.end;
    }
    at = found ? Math.max(found.end, at + 1) : at + 1;
  }
  return traces;
}

/** A console that lost the rest of a line prints it again, whole, behind this mark. */
function isReplayed(next: LogLine | undefined): boolean {
  return next?.text.includes('** replaying previous printk message **') === true;
}

/** The trace that begins at a line, if one does. Lines before `free` belong to an earlier one. */
function findAt(stream: readonly LogLine[], at: number, free: number): { trace: BareTrace; end: number } | null {
  const line = stream[at];
  if (!line) return null;
  const headline = isReplayed(stream[at + 1]) ? null : findHeadline(line);
  if (!headline) return toStackDump(stream, at, free);
  const report = collectReport(stream, at);
  const trace = toTrace(stream, { at, free, headline, report });
  return trace && { trace, end: report.end };
}
