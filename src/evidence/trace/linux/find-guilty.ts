import { isMachinery } from '../machinery.ts';
import { pickFrame } from './pick-frame.ts';
import type { Pick, Step } from './title-rule.ts';

/** What begins another call trace inside a report. */
const STACK_START =
  /Call (?:T|t)race|Allocated:|Allocated by task \d|Freed:|Freed by task \d|[^k] backtrace(?: \(crc [0-9a-f]{0,16}\))?:|Backtrace:|Uninit was stored to memory at|status: [0-9a-f]{16} badaddr: [0-9a-f]{16} cause: [0-9a-f]{16}/;

const PC = String.raw`\[<?(?:0x)?[0-9a-f]{1,16}>?\]`;

/** A function name ends at `.` or `+`, so that `.isra.0` and `.cold` vanish. */
const FRAMES: readonly RegExp[] = [
  new RegExp(String.raw`^ {0,40}\(?(?:${PC} {1,4}){0,2}(?<fn>[a-zA-Z0-9_]{1,200})(?:[.+]| \([\w.-]{1,100}[/:])`),
  new RegExp(
    String.raw`^ {0,40}${PC} \((?<callee>[a-zA-Z0-9_.]{1,200})(?:\+0x[0-9a-f/x]{1,40})?\) from ${PC} \((?<fn>[a-zA-Z0-9_]{1,200})[.+]`,
  ),
  /^ {1,40}(?<callee>[a-zA-Z0-9_.]{1,200}) from (?<fn>[a-zA-Z0-9_]{1,200})[.+]/,
];

/** Injected faults print stacks of their own in the middle of a report. */
const INJECTED = /^(?: \[<?(?:0x)?[0-9a-f]{1,16}>?\])? should_fail(?:slab)?(?:\.[a-z0-9.]{1,60})?\+0x/;

/** What was found on the way. */
export interface Guilty {
  /** One function for each call trace on the way; `null` where it held nothing but machinery. */
  readonly frames: readonly (string | null)[];
  /** Whether every step found its line. */
  readonly whole: boolean;
}

/**
 * Walks the lines of a report by the steps of a rule and picks the guilty function of each call trace: the first one
 * that is no machinery, or the one that the rule's way of picking finds.
 */
export function findGuilty(
  lines: readonly string[],
  steps: readonly Step[],
  options: { readonly skip: readonly string[]; readonly pick: Pick },
): Guilty {
  const walk = new Walk(lines, options.skip);
  const results: (string | null)[] = [];
  let traces = 0;
  for (let step = 0; step < steps.length; step += 1) {
    const part = steps[step];
    if (part === 'trace') {
      if (traces > 0) results.push(pickFrame(walk.take(), options.pick));
      traces += 1;
      const next = steps[step + 1];
      if (walk.readTrace(next !== undefined && next !== 'trace' ? next.to : null)) step += 1;
    } else if (part !== undefined) {
      walk.skipTo(part.to);
    }
  }
  results.push(pickFrame(walk.take(), options.pick));
  return { frames: results, whole: walk.whole && !results.includes(null) };
}

class Walk {
  whole = true;
  private at = 0;
  private functions: string[] = [];

  private readonly lines: readonly string[];
  private readonly skip: RegExp | null;

  constructor(lines: readonly string[], skip: readonly string[]) {
    this.lines = lines;
    this.skip = skip.length > 0 ? new RegExp(skip.join('|')) : null;
  }

  take(): readonly string[] {
    const taken = this.functions;
    this.functions = [];
    return taken;
  }

  skipTo(pattern: RegExp): void {
    for (; this.at < this.lines.length;) {
      const line = this.lines[this.at] ?? '';
      this.at += 1;
      if (this.isInjected(line)) return;
      const match = pattern.exec(line);
      if (!match) continue;
      this.add(match);
      return;
    }
  }

  /** Reads frames up to the next call trace; true where the line of the next step came first, and was taken. */
  readTrace(next: RegExp | null): boolean {
    for (; this.at < this.lines.length;) {
      const line = this.lines[this.at] ?? '';
      this.at += 1;
      if (this.isInjected(line) || STACK_START.test(line)) return false;
      const match = next?.exec(line);
      if (match) {
        this.add(match);
        return true;
      }
      const frame = FRAMES.map((pattern) => pattern.exec(line)).find((found) => found !== null);
      if (frame) this.add(frame);
    }
    return false;
  }

  private isInjected(line: string): boolean {
    if (!INJECTED.test(line)) return false;
    this.whole = false;
    return true;
  }

  private add(match: RegExpExecArray): void {
    const name = match.slice(1).find((candidate) => candidate !== undefined && !this.isSkipped(candidate));
    if (name !== undefined) this.functions.push(name);
  }

  private isSkipped(name: string): boolean {
    return isMachinery(name) || this.skip?.test(name) === true;
  }
}
