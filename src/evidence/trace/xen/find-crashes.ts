import type { BareTrace } from '../../../model/evidence.ts';
import type { LogLine } from '../../../model/log.ts';
import { readDumpLine, type DumpLine } from './dump-line.ts';
import { CAUSES, PANICS } from './cause-rows.ts';
import { readCause, type Cause } from './causes.ts';
import { finishCrash, startCrash, type CrashDraft } from './crash-draft.ts';
import {
  continues,
  isSureOfXen,
  KERNEL_DIED,
  REASON,
  takeDetail,
  takesBanner,
  takesCrashed,
  takesPanic,
  takesTrace,
  toReason,
} from './crash-rules.ts';
import { readSymbol } from './xen-frame.ts';

/** So many foreign lines end a crash: the comments of a reply and another console's lines are fewer. */
const MAX_GAP = 120;
/** A panic's own words are few; more lines than this are something else. */
const MAX_BOX = 6;
/** Xen tells of a domain's end so many lines after that domain's kernel has told its own. */
const MAX_AFTER_DEATH = 500;
/** A line of the log that may belong to a crash, with its place. */
interface Step {
  readonly line: LogLine;
  /** Index in the log. */
  readonly at: number;
  /** How many lines came before it that are not another console's. */
  readonly own: number;
}

/**
 * Every crash, panic, warning, assertion, state dump and domain crash that Xen reports, in the order of the log:
 * cause, banner, registers, call trace and panic box of one failure make one trace.
 */
export function findCrashes(log: readonly LogLine[]): BareTrace[] {
  const reader = new CrashReader(log);
  let own = 0;
  for (const [at, line] of log.entries()) {
    if (line.console !== 'xen') reader.watch(line, at);
    if (line.console === 'guest' || line.console === 'linux') continue;
    reader.read({ line, at, own });
    own += 1;
  }
  return reader.finish();
}

class CrashReader {
  private readonly log: readonly LogLine[];
  private readonly traces: BareTrace[] = [];
  private draft: CrashDraft | null = null;
  private boxCause: Cause | null = null;
  private kernelDied = -MAX_AFTER_DEATH - 1;

  constructor(log: readonly LogLine[]) {
    this.log = log;
  }

  /** Another console's line: only the death of dom0's kernel matters here. */
  watch(line: LogLine, at: number): void {
    if (KERNEL_DIED.test(line.text.slice(0, 200))) this.kernelDied = at;
  }

  read(step: Step): void {
    const draft = this.draft;
    if (draft && step.own - draft.at > MAX_GAP) this.close();
    const found = readDumpLine(this.toWholeLine(step), this.draft !== null);
    if (this.draft?.inBox && this.readBox(this.draft, step, found)) return;
    if (this.draft && this.completes(this.draft, step)) return;
    if (found) this.take(step, found);
  }

  /** The name of an exception of RISC-V goes on in the next line, where the mailer broke it. */
  private toWholeLine({ line, at }: Step): string {
    if (!/Unhandled exception ?\[[^\]]{1,60}$/.test(line.text.slice(0, 300))) return line.text;
    return `${line.text.trimEnd()} ${this.log[at + 1]?.text.trim() ?? ''}`;
  }

  finish(): BareTrace[] {
    this.close();
    return this.traces;
  }

  private close(): void {
    if (this.draft) {
      const trace = finishCrash(this.draft, this.boxCause);
      if (trace) this.traces.push(trace);
    }
    this.draft = null;
    this.boxCause = null;
  }

  private open(step: Step): CrashDraft {
    this.close();
    this.draft = startCrash(step.line, step.own);
    return this.draft;
  }

  private touch(draft: CrashDraft, step: Step): void {
    draft.last = Math.max(draft.last, step.line.last);
    draft.at = step.own;
  }

  /** Lines between `Panic on CPU N:` and the stars below: the panic's own words. True where the line was one. */
  private readBox(draft: CrashDraft, step: Step, found: DumpLine | null): boolean {
    const text = step.line.text.trim();
    const words = draft.box.length > 0;
    if (found?.type === 'stars' || found?.type === 'end' || (text === '' && words) || draft.box.length >= MAX_BOX) {
      draft.inBox = false;
      if (found?.type === 'stars') this.touch(draft, step);
      return found?.type === 'stars';
    }
    if (text === '') return true;
    draft.box.push(text);
    this.touch(draft, step);
    if (draft.box.length === 1) this.boxCause = readCause(text, [...PANICS, ...CAUSES]);
    draft.headline ??= this.boxCause ? text : null;
    return true;
  }

  /** A symbol alone on its line finishes the frame or the instruction pointer above it. */
  private completes(draft: CrashDraft, step: Step): boolean {
    const last = draft.frames.at(-1);
    if (!last || last.function !== '' || step.own - draft.at > 2) return false;
    const symbol = readSymbol(step.line.text);
    if (!symbol || symbol.offset === null) return false;
    draft.frames[draft.frames.length - 1] = { ...symbol, address: last.address };
    this.touch(draft, step);
    return true;
  }

  private take(step: Step, found: DumpLine): void {
    switch (found.type) {
      case 'cause':
        return this.takeCause(step, found.cause);
      case 'banner':
        return this.takeBanner(step, found);
      case 'panic':
        return this.takePanic(step, found.cpu);
      case 'crashed':
        return this.takeCrashed(step, found);
      case 'trace':
        return this.takeTrace(step);
      default:
        return this.takeRest(step, found);
    }
  }

  private takeCause(step: Step, cause: Cause): void {
    const draft = this.draft;
    if (cause.row.name === 'ubsan' && !this.isXenUbsan(step)) return;
    if (draft && continues(draft, cause, step.own - draft.at)) {
      this.touch(draft, step);
      this.join(draft, cause, step);
      return;
    }
    if (cause.row.role === 'echo' && !draft) return;
    const opened = this.open(step);
    opened.cause = cause;
    opened.domain = cause.domain;
    opened.headline = this.toWholeLine(step).trim();
    if (cause.row.name === 'ubsan') this.addDetail(opened, step);
    if (cause.row.name === 'called-from' || cause.row.name === 'entry') this.lookBack(opened, step);
  }

  /** The cause proper takes the place of what came before it; a guest's first reason stays, the file is added. */
  private join(draft: CrashDraft, cause: Cause, step: Step): void {
    const open = draft.cause;
    if (open?.row.role === 'prelude' && cause.row.role !== 'echo') {
      draft.cause = cause.row.role === 'prelude' ? open : cause;
      draft.headline = step.line.text.trim();
    } else if (open?.row.role === 'guest') {
      draft.cause = { ...open, file: open.file ?? cause.file };
    }
    draft.domain ??= cause.domain;
  }

  /** Linux prints the same words: here a Xen banner or `Xen WARN` has to follow, unless the console is Xen's. */
  private isXenUbsan(step: Step): boolean {
    if (step.line.console === 'xen') return true;
    return this.log.slice(step.at + 1, step.at + 10).some((line) => /^\s*(?:Xen WARN at|----\[ Xen)/.test(line.text));
  }

  private addDetail(draft: CrashDraft, step: Step): void {
    const next = this.log[step.at + 1];
    if (!next || /^\s*(?:Xen WARN|----\[|={5})/.test(next.text)) return;
    draft.detail = next.text.trim().slice(0, 160) || null;
    draft.last = Math.max(draft.last, next.last);
  }

  /** The line above `domain_crash called from` says why, in whatever words the caller chose. */
  private lookBack(draft: CrashDraft, step: Step): void {
    const above = this.log[step.at - 1];
    if (above?.console !== 'xen' || above.depth !== draft.depth || !REASON.test(above.text)) return;
    const text = above.text.trim();
    if (draft.cause) draft.cause = { ...draft.cause, what: `${draft.cause.what}: ${toReason(text)}` };
    draft.headline = text;
    draft.first = Math.min(draft.first, above.first);
  }

  private takeBanner(step: Step, found: Extract<DumpLine, { type: 'banner' }>): void {
    const open = this.draft;
    const draft = open && takesBanner(open, step.own - open.at) ? open : this.open(step);
    this.touch(draft, step);
    draft.banner = true;
    draft.version = found.version;
    draft.tainted = found.tainted;
  }

  private takePanic(step: Step, cpu: number | null): void {
    const open = this.draft;
    const draft = open && takesPanic(open, cpu) ? open : this.open(step);
    this.touch(draft, step);
    draft.cpu ??= cpu;
    draft.boxed = true;
    draft.inBox = true;
    draft.inTrace = false;
  }

  private takeCrashed(step: Step, found: Extract<DumpLine, { type: 'crashed' }>): void {
    const open = this.draft;
    if (found.final && this.isTold(found.domain, step)) return;
    const draft = open && takesCrashed(open, found.domain) ? open : this.open(step);
    this.touch(draft, step);
    draft.crashed = true;
    draft.cpu = found.cpu;
    draft.domain = found.domain;
    draft.headline ??= step.line.text.trim();
  }

  /** `Hardware Dom0 crashed` ends a crash that another line told already: Xen's own, or the panic of dom0's kernel. */
  private isTold(domain: number, step: Step): boolean {
    if (this.draft?.domain === domain && this.draft.cause?.row.kind === 'domain-crash') {
      this.touch(this.draft, step);
      return true;
    }
    return step.at - this.kernelDied <= MAX_AFTER_DEATH;
  }

  private takeTrace(step: Step): void {
    const open = this.draft;
    const draft = open && takesTrace(open) ? open : this.open(step);
    this.touch(draft, step);
    draft.inTrace = true;
  }

  private takeRest(step: Step, found: DumpLine): void {
    const draft = this.draft ?? (isSureOfXen(found) ? this.open(step) : null);
    if (!draft || !takeDetail(draft, found)) return;
    this.touch(draft, step);
    if (found.type === 'end') this.close();
  }
}
