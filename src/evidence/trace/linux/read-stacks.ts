import type { Frame } from '../../../model/evidence.ts';
import type { LogLine } from '../../../model/log.ts';
import { readFrame } from './read-frame.ts';
import { CALL_TRACE } from './title-rule.ts';

/** One call trace of a report. */
export interface Stack {
  /** The line that announces it, or `null` where the frames follow the headline. */
  readonly marker: string | null;
  readonly frames: readonly Frame[];
  /** Stands behind lockdep's `stack backtrace:`: where the locks of the report met. */
  readonly isBacktrace: boolean;
}

/** Lines that announce another stack: histories of memory and locks, races, other CPUs. */
const OTHER_STACK =
  /(?:Allocated|Freed|allocated|freed) by task|^\s{0,8}(?:Allocated|Freed):|^--- interrupt: |Last potentially related|Second to last potentially|Uninit was|Local variable .{0,100} created at|page last (?:allocated|free)|^\s{0,8}-> #\d|which (?:became|lock)|acquired at:|registered at|\bUSE at:|-(?:W|R) at:|\.\.\. (?:key|acquired) |^\s{0,8}(?:read|write|read-write|assert no|race) .{0,80} by |NMI backtrace for|kfence-#\d|[^k] backtrace(?: \(crc [0-9a-f]{0,16}\))?:\s*$|^backtrace(?: \(crc [0-9a-f]{0,16}\))?:\s*$|CPU: \d{1,5} (?:UID: \d{1,9} )?PID: /;

const OVER =
  /^\s{0,8}(?:---\[ end |Showing all locks|The buggy address|This frame has|Memory state around|Kernel Offset)/;

/** The call traces of a report in the order of the log; those without a frame are left out. */
export function readStacks(lines: readonly LogLine[]): Stack[] {
  const stacks: { marker: string | null; frames: Frame[]; isBacktrace: boolean }[] = [];
  let open = true;
  let marker: string | null = null;
  let backtrace = false;
  let current: { marker: string | null; frames: Frame[]; isBacktrace: boolean } | null = null;
  for (const { text } of lines.slice(1)) {
    const isTrace = CALL_TRACE.test(text);
    if (isTrace || OTHER_STACK.test(text)) {
      [marker, current, open] = [text, null, true];
    } else if (OVER.test(text)) {
      [current, open] = [null, false];
    }
    if (text.includes('stack backtrace:')) backtrace = true;
    const frame = readFrame(text);
    if (!frame) continue;
    if (!current) {
      if (!open) continue;
      current = { marker, frames: [], isBacktrace: backtrace };
      stacks.push(current);
    }
    current.frames.push(frame);
  }
  return stacks;
}

/** The call trace that a reader looks at: where the crash happened, not where the memory or the lock came from. */
export function findMainStack(stacks: readonly Stack[], kind: string): Stack | null {
  if (kind !== 'lockdep') return stacks.find((stack) => !isPointer(stack)) ?? stacks[0] ?? null;
  const traces = stacks.filter((stack) => stack.marker !== null && CALL_TRACE.test(stack.marker));
  return stacks.find((stack) => stack.isBacktrace) ?? traces.at(-1) ?? stacks[0] ?? null;
}

/** Kernels before 2.6.30 print the instruction pointer on a line of its own, like a frame. */
function isPointer(stack: Stack): boolean {
  return stack.marker === null && stack.frames.length === 1 && stack.frames[0]?.address !== null;
}
