import type { Frame } from '../../../model/evidence.ts';
import type { LogLine } from '../../../model/log.ts';
import { matchJoined } from '../match-joined.ts';
import { toStableWords, toUserTrace, type Reading } from './user-trace.ts';

/** How a tool that checks memory prints: its headline, and the frames of the first stack below it. */
interface Tool {
  readonly name: string;
  readonly start: RegExp;
  readonly frame: RegExp;
  /** Lines that may stand between the headline and the first frame. */
  readonly between: number;
}

const TOOLS: readonly Tool[] = [
  {
    name: 'valgrind',
    start:
      /^\s{0,8}==(?<pid>\d{1,8})== (?<what>(?:Invalid (?:read|write|free)|Conditional jump|Use of uninitialised|Syscall param|Mismatched free|Source and destination overlap|Jump to the invalid|Process terminating|\d[\d,]{0,12} bytes in \d[\d,]{0,12} blocks are definitely lost).{0,200})$/,
    frame:
      /^\s{0,8}==\d{1,8}==\s{1,8}(?:at|by) 0x(?<address>[0-9A-Fa-f]{1,16}): (?<name>\S{1,200}) \((?:in (?<object>[^()\s]{1,200})|(?<location>[^()\s]{1,200}))\)/,
    between: 1,
  },
  {
    name: 'AddressSanitizer',
    start: /^\s{0,8}==(?<pid>\d{1,8})== ?ERROR: (?:Address|Leak|Memory|Thread)Sanitizer: (?<what>.{1,200})$/,
    frame:
      /^\s{0,12}#\d{1,4} 0x(?<address>[0-9a-f]{1,16})(?: in (?<name>\S{1,200}))? {1,4}(?:\((?<object>[^()\s+]{1,200})\+0x[0-9a-f]{1,16}\)|(?<location>[^()\s]{1,200}:\d{1,7}(?::\d{1,7})?))/,
    between: 4,
  },
];

/** A frame is broken into no more pieces than this. */
const MAX_PIECES = 2;

export const CHECKER_START = /^\s{0,8}==\d{1,8}== ?(?:ERROR: |[A-Z0-9])/;

/** A finding of valgrind or AddressSanitizer, with its first stack: where it happened, not where memory came from. */
export function readMemoryChecker(log: readonly LogLine[], at: number): Reading | null {
  const from = log[at];
  if (!from) return null;
  for (const tool of TOOLS) {
    const found = tool.start.exec(from.text)?.groups;
    if (found) return readStack(log, at, { tool, what: found['what'] ?? '', pid: Number(found['pid']) });
  }
  return null;
}

function readStack(
  log: readonly LogLine[],
  at: number,
  found: { readonly tool: Tool; readonly what: string; readonly pid: number },
): Reading | null {
  const from = log[at];
  if (!from) return null;
  const frames: Frame[] = [];
  let last = at;
  for (let next = at + 1; next < log.length; next += 1) {
    const match = matchJoined(log, next, found.tool.frame, MAX_PIECES);
    const frame = match?.text.startsWith(log[next]?.text.trim() ?? '') ? toFrame(match.groups) : null;
    if (!match || !frame) {
      if (frames.length > 0 || next - at > found.tool.between) break;
      continue;
    }
    frames.push(frame);
    next += match.count - 1;
    last = next;
  }
  if (frames.length === 0) return null;
  const trace = toUserTrace(from, log[last] ?? from, {
    kind: 'backtrace',
    what: `${found.tool.name}: ${toWhat(found.what)}`,
    headline: from.text.trim().replace(/^==\d{1,8}== ?/, ''),
    pid: found.pid,
    frames,
  });
  return { trace, next: last + 1 };
}

/** `heap-use-after-free on address 0x… at pc …` → `heap-use-after-free`; sizes stay, since they tell bugs apart. */
function toWhat(text: string): string {
  const short = text.replace(/ on (?:unknown )?address\b.*$/, '').trim();
  return /^(?:Invalid|[a-z-]+$)/.test(short) ? short : toStableWords(short);
}

function toFrame(groups: Readonly<Record<string, string | undefined>> | undefined): Frame | null {
  if (!groups) return null;
  const object = groups['object'];
  return {
    function: groups['name'] ?? '??',
    offset: null,
    size: null,
    address: (groups['address'] ?? '').toLowerCase(),
    module: object === undefined ? null : object.slice(object.lastIndexOf('/') + 1),
    reliable: true,
    location: groups['location'] ?? null,
  };
}
