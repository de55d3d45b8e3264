import type { Frame } from '../../../model/evidence.ts';
import type { LogLine } from '../../../model/log.ts';
import { matchJoined } from '../match-joined.ts';
import { toStableWords, toUserTrace, type Reading } from './user-trace.ts';

export const OCAML_START = /Fatal error: exception |^\s{0,12}Raised (?:at|by primitive operation at) /;
const FATAL = /Fatal error: exception (?<what>\S.{0,300})$/;
/** `Called from Store.write in file "store.ml", line 12, characters 3-9`; older compilers leave the function out. */
const FRAME =
  /^\s{0,12}(?:Raised (?:at|by primitive operation at)|Re-raised at|Called from) (?:(?<name>[A-Z][\w.()~<>]{0,150})(?: \(inlined\))? in )?file "(?<file>[^"]{1,200})"(?: \(inlined\))?, lines? (?<line>\d{1,7})/;
/** A frame is broken into no more pieces than this. */
const MAX_PIECES = 3;
const UNKNOWN = /^\s{0,12}(?:Raised at|Re-raised at|Called from) unknown location/;

/** The exception that ended an OCaml program (oxenstored), with its backtrace where it was printed. */
export function readOcaml(log: readonly LogLine[], at: number): Reading | null {
  const from = log[at];
  if (!from) return null;
  const fatal = FATAL.exec(from.text)?.groups?.['what'] ?? null;
  const frames: Frame[] = [];
  const last = readFrames(log, fatal === null ? at : at + 1, frames);
  if (fatal === null && frames.length === 0) return null;
  const trace = toUserTrace(from, log[last] ?? from, {
    kind: 'exception',
    what: fatal === null ? 'OCaml exception' : `OCaml exception ${toStableWords(fatal)}`,
    headline: from.text.trim(),
    frames,
    damage: frames.length === 0 ? 'no-frames' : null,
  });
  return { trace, next: last + 1 };
}

/** Fills `frames`; the index of the last line of the backtrace, or of the line above `start`. */
function readFrames(log: readonly LogLine[], start: number, frames: Frame[]): number {
  let last = start - 1;
  for (let next = start; next < log.length && next - last <= 2; next += 1) {
    const match = matchJoined(log, next, FRAME, MAX_PIECES);
    if (match) frames.push(toFrame(match.groups));
    next += (match?.count ?? 1) - 1;
    if (match || UNKNOWN.test(log[next]?.text ?? '')) last = next;
  }
  return Math.max(last, 0);
}

function toFrame(groups: Readonly<Record<string, string | undefined>>): Frame {
  return {
    function: groups['name'] ?? '??',
    offset: null,
    size: null,
    address: null,
    module: null,
    reliable: true,
    location: `${groups['file'] ?? ''}:${groups['line'] ?? ''}`,
  };
}
