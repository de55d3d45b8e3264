import type { BareTrace } from '../../model/evidence.ts';
import type { LogLine } from '../../model/log.ts';
import { addNotes } from '../decode/add-notes.ts';
import { findLinuxTraces } from './linux/find-linux-traces.ts';
import { findUserspaceTraces } from './userspace/find-userspace-traces.ts';
import { putMainFirst } from './put-main-first.ts';
import { findXenTraces } from './xen/find-xen-traces.ts';

/** Fewer frame-like lines than this are a quotation in prose. */
const MIN_NEAR_MISS = 3;

/** Nobody reads more of them, and a log may be made to hold a hundred thousand. */
const MAX_TRACES = 500;

const FRAME_LIKE = /\w\+0x[0-9a-f]{1,8}\/0x[0-9a-f]{1,8}/;

/**
 * All traces of a repaired log, none inside another: the main one first, then the others in the order of their first
 * lines. The main trace is the first real failure. Also how many lines look like
 * frames and belong to no trace, so that a format that changed is noticed (0 where there are hardly any).
 */
export function findTraces(log: readonly LogLine[]): { traces: BareTrace[]; nearMisses: number } {
  if (log.length === 0) return { traces: [], nearMisses: 0 };
  const found = [...findXenTraces(log), ...findLinuxTraces(log), ...findUserspaceTraces(log)];
  const traces = putMainFirst(dropInner(found), log).map((trace) => addNotes(trace, log));
  return { traces, nearMisses: countNearMisses(log, traces) };
}

/** Of traces of one console that share lines the earlier and longer one stays. */
function dropInner(found: readonly BareTrace[]): BareTrace[] {
  const ordered = [...found].sort((a, b) => a.lines[0] - b.lines[0] || b.lines[1] - a.lines[1]);
  const kept: BareTrace[] = [];
  const ends = new Map<string, number>();
  for (const trace of ordered) {
    const console = toConsole(trace);
    const end = ends.get(console) ?? 0;
    if (trace.lines[0] <= end) continue;
    kept.push(trace);
    ends.set(console, Math.max(end, trace.lines[1]));
  }
  return kept.slice(0, MAX_TRACES);
}

/** Xen prints on a console of its own, between the lines of a kernel that is crashing too; programs print on the kernel's,
 * and two CPUs that crash at once print line by line. */
function toConsole({ project, damage, fingerprint }: BareTrace): string {
  if (project === 'xen') return 'xen';
  return damage === 'interleaved' ? `kernel ${fingerprint}` : 'kernel';
}

function countNearMisses(log: readonly LogLine[], traces: readonly BareTrace[]): number {
  const ordered = traces.map(({ lines }) => lines).sort((a, b) => a[0] - b[0]);
  let count = 0;
  let next = 0;
  let end = 0;
  for (const line of log) {
    for (let span = ordered[next]; span && span[0] <= line.last; span = ordered[next]) {
      end = Math.max(end, span[1]);
      next += 1;
    }
    if (line.first > end && FRAME_LIKE.test(line.text.slice(0, 500))) count += 1;
  }
  return count >= MIN_NEAR_MISS ? count : 0;
}
