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
  if (trace.message === other.message && trace.part === other.part && trace.depth === other.depth) return false;
  if (trace.depth > 0 || other.depth > 0) {
    return trace.fingerprint === other.fingerprint || isCutFrom(trace, other) || isCutFrom(other, trace);
  }
  if (trace.fingerprint !== other.fingerprint) return false;
  return trace.pid === other.pid && trace.cpu === other.cpu && trace.tainted === other.tainted;
}

/** A reply often keeps a few lines of a trace: its headline, or a run of its frames. */
function isCutFrom(short: Trace, whole: Trace): boolean {
  if (short.depth <= whole.depth || short.project !== whole.project || short.frames.length > whole.frames.length) {
    return false;
  }
  if (short.frames.length === 0) return short.headline === whole.headline || short.title === whole.title;
  const names = (trace: Trace): string => `\n${trace.frames.map((frame) => frame.function).join('\n')}\n`;
  return names(whole).includes(names(short));
}

function isBetter(trace: Trace, other: Trace): boolean {
  if (trace.depth !== other.depth) return trace.depth < other.depth;
  return trace.frames.length > other.frames.length;
}
