import type { Console, LogLine, Repair } from '../../model/log.ts';
import type { Line } from '../../model/message.ts';

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

/** A draft for one line of a part; `raw` is the line with its quote marks, `text` what is left of it without them. */
export function toDraft(line: Line, raw: string, text: string): Draft {
  return {
    text,
    raw,
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

/**
 * Lists of repairs, each made once: a log has 200,000 lines and a handful of lists. By the list so far, then by the
 * repair that is added.
 */
const LISTS = new Map<readonly Repair[], Map<Repair, readonly Repair[]>>();

const UNQUOTED = extend(NONE, 'unquote');

function extend(list: readonly Repair[], repair: Repair): readonly Repair[] {
  const known = LISTS.get(list) ?? new Map<Repair, readonly Repair[]>();
  LISTS.set(list, known);
  const longer = known.get(repair) ?? (list.includes(repair) ? list : [...list, repair]);
  known.set(repair, longer);
  return longer;
}

/** Notes that a repair was made. */
export function addRepair(draft: Draft, repair: Repair): void {
  draft.repairs = extend(draft.repairs, repair);
}

export function toLogLine(draft: Draft): LogLine {
  const { text, first, last, depth, console, domain, caller, seconds, repairs } = draft;
  return { text, first, last, depth, console, domain, caller, seconds, repairs };
}
