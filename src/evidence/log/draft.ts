import type { Console, LogLine, Repair } from '../../model/log.ts';

/** A log line while it is being repaired: a {@link LogLine} that may still change. */
export interface Draft {
  text: string;
  /** The line as the mail has it, quote marks included: what its length says about wrapping. */
  readonly raw: string;
  readonly first: number;
  last: number;
  readonly depth: number;
  console: Console | null;
  domain: number | null;
  caller: string | null;
  seconds: number | null;
  /** Names of the prefixes that were taken off: lines of one log carry the same ones. */
  stamp: string;
  repairs: readonly Repair[];
}

/** A draft for one line of a part. */
export function toDraft(line: {
  readonly text: string;
  readonly raw: string;
  readonly number: number;
  readonly depth: number;
}): Draft {
  return {
    text: line.text,
    raw: line.raw,
    first: line.number,
    last: line.number,
    depth: line.depth,
    console: null,
    domain: null,
    caller: null,
    seconds: null,
    stamp: '',
    repairs: line.depth > 0 ? UNQUOTED : NONE,
  };
}

const NONE: readonly Repair[] = [];
const UNQUOTED: readonly Repair[] = ['unquote'];

/** Notes that a repair was made. */
export function addRepair(draft: Draft, repair: Repair): void {
  if (!draft.repairs.includes(repair)) draft.repairs = [...draft.repairs, repair];
}

export function toLogLine(draft: Draft): LogLine {
  const { text, first, last, depth, console, domain, caller, seconds, repairs } = draft;
  return { text, first, last, depth, console, domain, caller, seconds, repairs };
}
