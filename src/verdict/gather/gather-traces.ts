import type { Trace } from '../../model/evidence.ts';
import type { ThreadView } from '../../model/view.ts';

/**
 * The traces of a thread, each happening once.
 *
 * A copy vanishes where the same happening stands better elsewhere: quoted in a reply, attached beside the body, sent a
 * second time. Of the copies the least quoted stands, then the one with more frames, then the earlier; one that is only
 * quoted, because its mail is missing, stays. The same crash twice in one log is two happenings with one fingerprint.
 *
 * @returns traces in the order of reading.
 */
export function gatherTraces(view: ThreadView): Trace[] {
  const kept: Trace[] = [];
  for (const { message } of view.thread.messages) {
    for (const trace of view.evidence.get(message.id)?.traces ?? []) {
      const copies = kept.filter((other) => isCopy(trace, other));
      if (copies.length === 0) kept.push(trace);
      else if (copies.every((copy) => isBetter(trace, copy))) {
        kept.splice(0, kept.length, ...kept.filter((other) => !copies.includes(other)), trace);
      }
    }
  }
  return kept;
}

/** Whether two traces are one happening, printed in different places. */
function isCopy(trace: Trace, other: Trace): boolean {
  if (trace.fingerprint !== other.fingerprint) return false;
  const samePlace = trace.message === other.message && trace.part === other.part && trace.depth === other.depth;
  if (samePlace) return false;
  if (trace.depth > 0 || other.depth > 0) return true;
  return trace.pid === other.pid && trace.cpu === other.cpu && trace.tainted === other.tainted;
}

function isBetter(trace: Trace, other: Trace): boolean {
  if (trace.depth !== other.depth) return trace.depth < other.depth;
  return trace.frames.length > other.frames.length;
}
