import type { LogLine } from '../../../model/log.ts';
import { readFrame } from './read-frame.ts';
import { findHeadline } from './headers.ts';
import type { Headline } from './headers.ts';

/** Lines of one report, from its headline on. */
export interface Report {
  /** Index in the stream of the line behind the report. */
  readonly end: number;
  /** The lines that the same context printed. */
  readonly lines: readonly LogLine[];
  /** Lines that another CPU or task printed in the middle. */
  readonly interleaved: boolean;
  /** Somebody cut pieces out. */
  readonly snipped: boolean;
}

/** Who printed a line: the task or CPU, or at least whether it was a kernel with a clock. */
export function contextOf(line: LogLine): string {
  return line.caller ?? (line.seconds === null ? '' : 'console');
}

/** What reports are made of besides frames: registers, fields, markers, code, lock states, ends. */
const PART_OF_REPORT = new RegExp(
  [
    String.raw`^\s{0,20}(?:[ER]?[A-Z]{2,4}|[ERr]?\d{1,2}|R\d\d|[xXr]\d{1,2}|FS|GS|CS|CR\d|DR\d|EFLAGS|NIP|MSR|GPR\d\d|sp|pc|lr|ra|epc|gp|tp|t\d|s\d|a\d|pstate|PSTATE|status|badaddr|psr|Krnl|PSW)\s{0,3}:\s`,
    String.raw`(?:Call [Tt]race|Backtrace|backtrace|Code|Workqueue|Modules linked in|Hardware name|task|Process|Stack|Exception stack|Tainted|PGD|pgd|PC is at|LR is at|Mem abort info|Data abort info|Dumping ftrace|Internal error|Oops|Comm|CPU|PID)\b`,
    String.raw`---\[ |\[ cut here \]|={20}|\*{20}|-{20}|#PF:|<\/?(?:IRQ|TASK|NMI|EOI)>`,
    String.raw`(?:Read|Write) of size|by task|to the (?:object|buggy|page)|Memory state|^\s*[>\s]?[0-9a-f]{12,16}: (?:[0-9a-f]{2} ?){4}|of size|page:|flags:|raw:|kfence|uninit|Uninit|bytes by`,
    String.raw`locks? held|trying to|\{[.+?=A-Z-]{2,20}\}|but task|which|the existing dependency|other info|scenario|lock\(|\*\*\* DEADLOCK|stack backtrace|hardirqs|softirqs|event stamp|rcu_scheduler`,
    String.raw`multicall|op=\d|disables this message|state:|blocked for|Showing all|NMI backtrace|Sending NMI|hex dump|comm "|fault address|\bpreempt`,
    String.raw`^\s{0,8}(?:[0-9a-f]{8,16}\s{1,4}){2,8}`,
    String.raw`Kernel Offset|Kernel panic|Rebooting in|Fixing recursive|note: |Disabling lock debugging`,
  ].join('|'),
);

/** Messages that print a stack and are no report; what follows them does not belong to the report before. */
const INFORMATION = /vmalloc: allocation failure:|FAULT_INJECTION: forcing a failure|FAULT_FLAG_ALLOW_RETRY missing/;

export function beginsInformation(text: string): boolean {
  return INFORMATION.test(text);
}

const ENDS = /^\s{0,8}(?:---\[ end |Rebooting in \d)/;

/** What may still follow the end line: the panic, the registers again, Xen's failed calls. */
const AFTER_END =
  /Kernel panic|Kernel Offset|^\s{0,8}(?:R[A-Z0-9]{2}|CR\d|DR\d|FS|CS|Code|E[A-Z]{2}):|multicall\(s\) failed|^\s{1,8}call {1,3}\d|Rebooting in|---\[ end|Shutting down cpus|Dumping ftrace|ftrace buffer|note: |CPU: \d|Hardware name|Call [Tt]race|\+0x[0-9a-f]{1,8}\/0x/;

const SNIP =
  /^\s{0,8}(?:\.{3,}|\u2026|[<[(]\s?(?:\.\.\.|snip|cut|\u2026).{0,20}|[-=]*\s?(?:8<|snip)\s?[-=]*.{0,20})\s*$/i;

/** How many lines that say nothing may stand inside a report: many where stamps prove one log, few in prose. */
const GAP_STAMPED = 40;
const GAP_BARE = 10;
const GAP_AFTER_END = 4;
/** Other contexts may print a lot in between. */
const GAP_FOREIGN = 400;
const MAX_LINES = 3000;

/** Collects the report that begins at `from`, up to the next headline, a gap or its own end. */
export function collectReport(stream: readonly LogLine[], from: number): Report {
  const first = stream[from];
  if (!first) return { end: from + 1, lines: [], interleaved: false, snipped: false };
  const collector = new Collector(first, from);
  for (let at = from + 1; at < stream.length && at - from < MAX_LINES; at += 1) {
    const line = stream[at];
    if (!line || !collector.take(line, at)) break;
  }
  return collector.report(stream);
}

class Collector {
  private readonly context: string;
  private readonly stamped: boolean;
  private readonly depth: number;
  /** Index of the last line that belongs to the report. */
  private last: number;
  private ended = false;
  private interleaved = false;
  private snipped = false;
  private strangers = 0;
  /** CPUs were asked for their stacks: what they print belongs to the report. */
  private allCpus = false;
  private readonly own: number[];

  constructor(first: LogLine, from: number) {
    this.context = contextOf(first);
    this.stamped = first.seconds !== null || first.console !== null;
    this.depth = first.depth;
    this.last = from;
    this.own = [from];
  }

  /** False where the report is over. */
  take(line: LogLine, at: number): boolean {
    if (!this.isOwn(line)) {
      this.strangers += 1;
      if (this.isOther(line)) this.interleaved = true;
      return at - this.last <= (line.depth === this.depth ? GAP_FOREIGN : this.gap());
    }
    if (beginsInformation(line.text) || this.findNew(line, at)) return false;
    this.own.push(at);
    if (SNIP.test(line.text)) this.snipped = true;
    if (this.belongs(line)) this.last = at;
    if (ENDS.test(line.text)) this.ended = true;
    if (line.text.includes('Sending NMI from CPU')) this.allCpus = true;
    return at - this.last - (this.stamped ? this.strangersSince() : 0) <= this.gap();
  }

  report(stream: readonly LogLine[]): Report {
    const lines = this.own.filter((at) => at <= this.last).flatMap((at) => stream[at] ?? []);
    return { end: this.last + 1, lines, interleaved: this.interleaved, snipped: this.snipped };
  }

  /** Another CPU or task that reports something; a line without a stamp is a piece or a comment. */
  private isOther(line: LogLine): boolean {
    if (this.context === '' || contextOf(line) === '' || line.depth !== this.depth) return false;
    return line.text.includes('+0x') || findHeadline(line) !== null;
  }

  private isOwn(line: LogLine): boolean {
    if (line.depth !== this.depth) return false;
    const context = contextOf(line);
    return context === this.context || (this.allCpus && /^C\d/.test(context));
  }

  private findNew(line: LogLine, at: number): Headline | null {
    const headline = findHeadline(line);
    if (!headline || headline.inside) return null;
    if (headline.header.kind === 'multicall' && at - this.last <= GAP_AFTER_END) return null;
    return headline;
  }

  private belongs(line: LogLine): boolean {
    if (this.ended) return AFTER_END.test(line.text.slice(0, 300));
    return PART_OF_REPORT.test(line.text.slice(0, 300)) || readFrame(line.text) !== null;
  }

  private strangersSince(): number {
    return Math.min(this.strangers, GAP_FOREIGN);
  }

  private gap(): number {
    if (this.ended) return GAP_AFTER_END;
    return this.stamped ? GAP_STAMPED : GAP_BARE;
  }
}
