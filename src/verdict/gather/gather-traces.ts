import type { Trace } from '../../model/evidence.ts';
import type { ThreadView } from '../../model/view.ts';

/**
 * The traces of a thread, one for each fingerprint.
 *
 * Of several copies of one crash the best stands for all: the least quoted, then the one with more frames, then the
 * earlier. A trace that is only quoted, because its mail is missing, stays. The same crash printed several times by
 * its reporter is one trace as well.
 *
 * @returns traces in the order of reading of their best copies.
 */
export function gatherTraces(view: ThreadView): Trace[] {
  const best = new Map<string, { trace: Trace; order: number }>();
  let order = 0;
  for (const { message } of view.thread.messages) {
    for (const trace of view.evidence.get(message.id)?.traces ?? []) {
      order += 1;
      const other = best.get(trace.fingerprint);
      if (!other || isBetter(trace, other.trace)) best.set(trace.fingerprint, { trace, order });
    }
  }
  return [...best.values()].sort((one, other) => one.order - other.order).map(({ trace }) => trace);
}

function isBetter(trace: Trace, other: Trace): boolean {
  if (trace.depth !== other.depth) return trace.depth < other.depth;
  return trace.frames.length > other.frames.length;
}
