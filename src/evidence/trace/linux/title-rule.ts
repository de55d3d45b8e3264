import type { TraceKind } from '../../../model/evidence.ts';

/** How to walk from the headline to the functions of a title. */
export type Step =
  /** Skip forward to the first line that matches; its captures are candidates for the frame. */
  | { readonly to: RegExp }
  /** Collect the functions of the call trace that follows, up to the next one. */
  | 'trace';

/** Which of the functions found is the one that the title names. */
export type Pick = 'first' | 'stall' | 'hang';

/** A way to title a report: the row of a table. */
export interface TitleRule {
  /** On the headline, or on the first line below it that matches any rule of its header. */
  readonly when: RegExp;
  /** Lines that must follow, in this order; their named captures fill the template. */
  readonly then?: readonly RegExp[];
  /** `{name}` is a named capture, `{frame}` the guilty function, `{frame2}` that of the second trace. */
  readonly title: string;
  /** Titles under which the same crash may be known. */
  readonly also?: readonly string[];
  readonly kind: TraceKind;
  /** Ways to the frame: the second is tried where the first finds nothing. Without any, the title names no frame. */
  readonly stacks?: readonly (readonly Step[])[];
  /** Fragments of function names that say nothing in reports of this kind. */
  readonly skip?: readonly string[];
  readonly pick?: Pick;
  /** The report is known to be a rest of another one. */
  readonly damaged?: true;
  /** Reports of this kind have no call trace. */
  readonly quiet?: true;
}

/** What begins a report: a plain substring of its first line. */
export interface Header {
  readonly text: string;
  readonly rules: readonly TitleRule[];
  /** The kind where no rule fits. */
  readonly kind: TraceKind;
  /** Lines that hold the text and begin no report. */
  readonly not?: readonly RegExp[];
  /** May stand inside another report without beginning a new one; where a pattern, only then. */
  readonly inside?: RegExp;
}

/** The marker of a call trace, on every architecture. */
export const CALL_TRACE = /(?:Call (?:T|t)race:)|(?:Backtrace:)/;

const PC = String.raw`\[<?(?:0x)?[0-9a-f]{1,16}>?\]`;
/** A function name ends at what compilers, offsets or `scripts/decode_stacktrace.sh` put behind it. */
export const FUNC = String.raw`(?<fn>[a-zA-Z0-9_]{1,200})(?:\.|\+| \()`;
export const SRC = String.raw`[a-zA-Z0-9_/.-]{1,200}\.[a-z]{1,4}:\d{1,6}`;

/** The line of the instruction pointer; Xen's PV guests have hexadecimal selectors (`RIP: e030:`). */
export const RIP = new RegExp(
  String.raw`(?:IP|NIP|pc |PC is at):? (?:(?:[0-9a-f]{1,4}:)?(?:${PC} {1,8}){0,2}${FUNC}|(?:[0-9a-f]{1,4}:)?0x[0-9a-f]{1,16}|(?:[0-9a-f]{1,4}:)?${PC} {1,8}\[< {0,30}\(null\)>\] {1,30}\(null\)|[0-9a-f]{1,4}: {1,30}\(null\))`,
);

/** Where a lock was taken: `at: [<pc>] fn+0x…`. */
export const LOCK_PLACE = new RegExp(String.raw`at: (?:${PC} {1,8})?${FUNC}`);
export const PC_FUNC = new RegExp(String.raw`${PC} {1,8}${FUNC}`);

export const FROM_TRACE: readonly Step[] = [{ to: CALL_TRACE }, 'trace'];
export const FROM_RIP: readonly Step[] = [{ to: RIP }, { to: CALL_TRACE }, 'trace'];
/** x86 warnings have the stack behind the RIP line, PowerPC behind `--- interrupt:`; old ones only a call trace. */
export const FROM_WARNING: readonly (readonly Step[])[] = [
  [
    { to: new RegExp(String.raw`(?:${RIP.source}|--- interrupt: \d{1,4} at (?<fn2>[a-zA-Z0-9_]{1,200})[.+])`) },
    'trace',
  ],
  FROM_TRACE,
];
