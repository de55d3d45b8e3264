import type { BareTrace } from '../../../model/evidence.ts';
import type { LogLine } from '../../../model/log.ts';
import { collectReport } from './collect-report.ts';
import { findHeadline } from './headers.ts';
import { toStackDump } from './to-stack-dump.ts';
import { isUnmistakable, toTrace } from './to-trace.ts';

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

/** More reports than this are noise, or an attempt to keep us busy. */
const MAX_TRACES = 1000;

function findInStream(stream: readonly LogLine[]): BareTrace[] {
  const traces: BareTrace[] = [];
  let free = 0;
  let barren = 0;
  for (let at = 0; at < stream.length && traces.length < MAX_TRACES; at += 1) {
    const found = findAt(stream, at, { free, barren });
    if (!found) continue;
    if (found.trace) {
      traces.push(found.trace);
      free = found.end;
      at = Math.max(found.end - 1, at);
    } else {
      barren = Math.max(barren, found.end);
    }
  }
  return traces;
}

/** What is known of the lines so far. */
interface Progress {
  /** Lines before this one belong to an earlier trace. */
  readonly free: number;
  /** Lines before this one were looked through and held no evidence: what is part of a report begins none there. */
  readonly barren: number;
}

/** The report that begins at a line, if one does; without a trace where it was nothing but a headline in prose. */
function findAt(
  stream: readonly LogLine[],
  at: number,
  { free, barren }: Progress,
): { trace: BareTrace | null; end: number } | null {
  const line = stream[at];
  if (!line) return null;
  const headline = isReplayed(stream[at + 1]) ? null : findHeadline(line);
  if (!headline) return toStackDump(stream, at, free);
  if (headline.inside && at < barren && !isUnmistakable(line.text)) return null;
  const report = collectReport(stream, at);
  return { trace: toTrace(stream, { at, free, headline, report }), end: report.end };
}

/** A console that lost the rest of a line prints it again, whole, behind this mark. */
function isReplayed(next: LogLine | undefined): boolean {
  return next?.text.includes('** replaying previous printk message **') === true;
}
