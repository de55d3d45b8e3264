import type { Frame } from '../../../model/evidence.ts';
import type { LogLine } from '../../../model/log.ts';
import { toUserTrace, type Reading } from './user-trace.ts';

/** What the C library says before it aborts a program. */
const MESSAGES =
  /^\s{0,12}(?:\*\*\* (?:glibc detected \*\*\* |Error in [`'])?(?:(?<program>[^\s':*]{1,200})(?:'?: ))?)?(?<what>double free or corruption(?: \([!a-z]{1,12}\))?|free\(\): [a-z][\w ()/-]{1,60}|(?:malloc|realloc|munmap_chunk|malloc_consolidate|calloc)\(\): [a-z][\w ()/-]{1,60}|corrupted (?:size vs\. prev_size(?: [\w ]{1,40})?|double-linked list(?: \([\w ]{1,20}\))?)|stack smashing detected|buffer overflow detected|invalid fastbin entry \(free\)|%n in writable segment detected)\b/;

export const GLIBC_START =
  /double free|free\(\): |alloc\(\): |munmap_chunk|malloc_consolidate|corrupted (?:size|double)|smashing detected|overflow detected|Backtrace: =/;

const BACKTRACE = /^\s{0,12}={4,10} Backtrace: ={4,12}/;
/** `/usr/lib/libxenlight.so.4.6(libxl__free_all+0x6b)[0x7f…]`, `xl[0x408f1b]`, `/lib/libc.so.6(+0x7eb96)[0x7f…]`. */
const FRAME =
  /^\s{0,12}(?<object>[^\s()[\]]{1,200})(?:\((?<name>[\w.@]{0,200})(?:\+0x(?<offset>[0-9a-f]{1,16}))?\))?\[0x(?<address>[0-9a-f]{1,16})\]\s*$/;

/** The C library aborts a program: its message, and the backtrace that older releases print with it. */
export function readGlibc(log: readonly LogLine[], at: number): Reading | null {
  const from = log[at];
  if (!from) return null;
  const message = MESSAGES.exec(from.text)?.groups;
  if (!message) return null;
  const frames: Frame[] = [];
  let last = at;
  const head = log.slice(at + 1, at + 4).findIndex((line) => BACKTRACE.test(line.text));
  for (let next = at + 2 + head; head >= 0 && next < log.length; next += 1) {
    const frame = toFrame(FRAME.exec(log[next]?.text ?? '')?.groups);
    if (!frame) break;
    frames.push(frame);
    last = next;
  }
  const trace = toUserTrace(from, log[last] ?? from, {
    kind: frames.length > 0 ? 'backtrace' : 'exception',
    what: message['what'] ?? '',
    headline: from.text.trim(),
    program: message['program'] ?? null,
    frames,
  });
  return { trace, next: last + 1 };
}

function toFrame(groups: Readonly<Record<string, string | undefined>> | undefined): Frame | null {
  if (!groups) return null;
  const offset = groups['offset'];
  const object = groups['object'] ?? '';
  return {
    function: groups['name'] === undefined || groups['name'] === '' ? '??' : groups['name'],
    offset: offset === undefined ? null : parseInt(offset, 16),
    size: null,
    address: groups['address'] ?? null,
    module: object.slice(object.lastIndexOf('/') + 1),
    reliable: true,
    location: null,
  };
}
