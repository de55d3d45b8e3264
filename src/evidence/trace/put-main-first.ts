import type { BareTrace, TraceKind } from '../../model/evidence.ts';
import type { LogLine } from '../../model/log.ts';

/** Kinds that only tell how the machine stood, or that a program failed: a real failure beside them is the news. */
const ASIDE: ReadonlySet<TraceKind> = new Set(['stack-dump', 'other']);

/** Kinds after which a kernel goes on as if nothing had been. */
const HARMLESS: ReadonlySet<TraceKind> = new Set(['warning', 'lockdep', 'ubsan']);

const FATAL: ReadonlySet<TraceKind> = new Set([
  'oops',
  'page-fault',
  'general-protection',
  'bug',
  'panic',
  'kasan',
  'hard-lockup',
  'assertion',
  'fatal-trap',
]);

/** A warning this many seconds before the crash has nothing to do with it. */
const LONG_BEFORE = 60;

/**
 * Puts the main trace in front and leaves the order of the others. Main is the first real failure: not a stack that
 * was printed for information, and not a harmless warning of long before the crash.
 */
export function putMainFirst(traces: readonly BareTrace[], log: readonly LogLine[]): BareTrace[] {
  const main = findMain(traces, log);
  return main === undefined ? [] : [main, ...traces.filter((trace) => trace !== main)];
}

function findMain(traces: readonly BareTrace[], log: readonly LogLine[]): BareTrace | undefined {
  const failures = traces.filter((trace) => !ASIDE.has(trace.kind));
  const first = failures[0];
  if (!first) return traces[0];
  if (!HARMLESS.has(first.kind)) return first;
  const fatal = failures.find((trace) => FATAL.has(trace.kind));
  if (!fatal) return first;
  const [before, after] = [secondsAt(first, log), secondsAt(fatal, log)];
  return before !== null && after !== null && after - before > LONG_BEFORE ? fatal : first;
}

function secondsAt(trace: BareTrace, log: readonly LogLine[]): number | null {
  const line = log.find((candidate) => candidate.first >= trace.lines[0] && candidate.seconds !== null);
  return line !== undefined && line.first <= trace.lines[1] ? line.seconds : null;
}
