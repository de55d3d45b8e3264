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
/** So many CPUs crash at once at most. */
const MAX_BETWEEN = 4;

interface Found {
  readonly trace: BareTrace | null;
  readonly end: number;
}

function findInStream(stream: readonly LogLine[]): BareTrace[] {
  const traces: BareTrace[] = [];
  let free = 0;
  let barren = 0;
  for (let at = 0; at < stream.length && traces.length < MAX_TRACES; at += 1) {
    const found = findAt(stream, at, { free, barren });
    if (!found) continue;
    if (found.trace) {
      traces.push(found.trace);
      traces.push(...findBetween(stream, at, found));
      free = found.end;
      at = Math.max(found.end - 1, at);
    } else {
      barren = Math.max(barren, found.end);
    }
  }
  return traces;
}

/** Reports of other CPUs and tasks that began while one was printed: only the caller of each line tells them apart. */
function findBetween(stream: readonly LogLine[], at: number, found: Found): BareTrace[] {
  if (found.trace?.damage !== 'interleaved') return [];
  const taken = new Set([stream[at]?.caller ?? null, null]);
  const between: BareTrace[] = [];
  for (let next = at + 1; next < found.end && between.length < MAX_BETWEEN; next += 1) {
    const line = stream[next];
    if (!line || taken.has(line.caller)) continue;
    const other = findHeadline(line) === null ? null : findAt(stream, next, { free: next, barren: 0 });
    if (!other?.trace) continue;
    taken.add(line.caller);
    between.push(other.trace);
  }
  return between;
}

/** What is known of the lines so far. */
interface Progress {
  /** Lines before this one belong to an earlier trace. */
  readonly free: number;
  /** Lines before this one were looked through and held no evidence: what is part of a report begins none there. */
  readonly barren: number;
}

/** The report that begins at a line, if one does; without a trace where it was nothing but a headline in prose. */
function findAt(stream: readonly LogLine[], at: number, { free, barren }: Progress): Found | null {
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
