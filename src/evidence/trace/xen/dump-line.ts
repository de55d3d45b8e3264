import type { Frame } from '../../../model/evidence.ts';
import { CAUSES, DOMAIN_CRASHED, PANICS } from './cause-rows.ts';
import { readCause, type Cause } from './causes.ts';
import { readSymbol, readXenFrame, type XenFrame } from './xen-frame.ts';

/** What one line of a Xen log is to a crash dump. */
export type DumpLine =
  | { readonly type: 'cause'; readonly cause: Cause }
  | { readonly type: 'banner'; readonly version: string; readonly tainted: string | null }
  | { readonly type: 'cpu'; readonly cpu: number }
  | { readonly type: 'ip'; readonly selector: string | null; readonly symbol: Frame | null }
  | { readonly type: 'trace' }
  | { readonly type: 'frame'; readonly frame: XenFrame }
  | { readonly type: 'panic'; readonly cpu: number }
  | { readonly type: 'crashed'; readonly domain: number; readonly cpu: number | null; readonly final: boolean }
  | { readonly type: 'stars' }
  | { readonly type: 'end' }
  | { readonly type: 'snip' }
  | { readonly type: 'body' };

/** How every line begins that {@link readDumpLine} knows: most lines of a log begin otherwise. */
const WORTH_A_LOOK = new RegExp(
  String.raw`^\s{0,12}(?:${[
    "Xen (?:BUG|WARN|call|stack|code|S[ME])|UBSAN|Assertion '|Watchdog|Early fatal|CPU|Hypervisor Trap|Data Abort",
    'Instruction Abort|Walking|Division by|scause|Unhandled|CHECKLOCK|FATAL|GENERAL|CONTROL-FLOW|DOUBLE|MACHINE|MCE: ',
    'Failed vm|EPT|SVM|Unexpected|unexpected|Bad vmexit|Triple|Domain |domain_crash|Hardware Dom|Guest stack',
    String.raw`d\d|[\w./-]{1,80}:\d{1,6}:d|-{3,4}\[|\*{3}|[RE]IP|PC:|\[(?:<| {2}|\.|…|s|e)|\.{3}|…|[<(]{0,2}snip`,
    String.raw`Panic on|Reboot in|Manual reset|Resetting with|Crash in|Faulting|Pagetable|L[1-4]\[|RFLAGS|ler:`,
    String.raw`r[a-z0-9]{2}: |X\d|FP:|LR:|SP:|[A-Z]{2,8}_EL\d|CR[0-4]|RSP|Sysenter|[CDEFGS]S: |[GIL]DTR|TR: |EFER|VME`,
    String.raw`PinBased|printk: |[a-z]{2,8}\s{1,8}: [0-9a-f]`,
  ].join('|')})`,
);

/** Lines that belong to a dump and say nothing here: registers, stack, page walk, other CPUs, the VMCS. */
const BODY = new RegExp(
  String.raw`^\s{0,12}(?:${[
    'Xen (?:stack trace from|code around)|Guest stack trace from',
    String.raw`\[error_code=|Faulting linear address|Pagetable walk|L[1-4]\[|CPU\d{1,5}\s{1,4}(?:@|d)`,
    String.raw`RFLAGS: |ler: |r[a-z0-9]{2}: [0-9a-f]{16}|(?:X\d{1,2}|FP|LR|SP|[A-Z]{2,8}_EL\d): `,
    String.raw`\*{5,20} VMCS Area|\*{3} (?:Guest|Host|Control) State|CR[0-4](?:: actual| ?=)|RSP ?=|RIP ?=|RFLAGS=`,
    'Sysenter |[CDEFGS]S: (?:sel|[0-9a-f]{4})|[GIL]DTR: |TR: |EFER ?=|[a-z]{2,8}\\s{1,8}: [0-9a-f]{16}|VMEntry|VMExit|PinBased',
    String.raw`printk: \d{1,9} messages suppressed|d\d{1,5}v\d{1,5} {1,3}(?:Walking EPT|epte|--- GLA)`,
  ].join('|')})`,
);

const BANNER = /-{3,4}\[ Xen-(?<version>\S{1,60}) {1,8}\S{1,20} (?<flags>.{0,80}?)(?:\]----|$)/;
const TAINT = /Tainted: {0,8}(?<letters>[A-Z](?: {0,8}[A-Z]){0,8})/;
const CPU = /^\s{0,8}CPU: {1,8}(?<cpu>\d{1,5})\s*$/;
const IP =
  /^\s{0,8}(?:[RE]IP: {0,8}(?<selector>[0-9a-f]{4}):\[<[0-9a-f]{8,16}>\]|PC: {1,8}[0-9a-f]{8,16})(?<rest>.{0,300})$/;
const PANIC = /^\s{0,8}Panic on CPU (?<cpu>\d{1,5}): {0,8}$/;
const STARS = /^\s{0,8}\*{10,100}\s*$/;
const END = /^\s{0,8}(?:Reboot in \w{1,8} seconds|Manual reset required|Resetting with |Crash in \w{1,8} seconds)/;
const SNIP = /^\s{0,8}(?:\.{3,80}|…|\[\.{3}\]|[[<(]{0,2}snip[\])>]{0,2}|\[…\])\s*$/i;
/** Longer lines are cut before any pattern sees them: no line of a dump is. */
const MAX_LINE = 1000;

/** What a line says to a crash dump; `null` for lines that belong to none. `open`: whether a dump has begun. */
export function readDumpLine(line: string, open: boolean): DumpLine | null {
  const text = line.length > MAX_LINE ? line.slice(0, MAX_LINE) : line;
  if (!WORTH_A_LOOK.test(text)) return null;
  const cause = readCause(text, CAUSES);
  if (cause) return { type: 'cause', cause };
  return readCrashed(text) ?? readFixed(text) ?? readRegisters(text) ?? (open ? readOpen(text) : null);
}

function readCrashed(text: string): DumpLine | null {
  const groups = DOMAIN_CRASHED.map((pattern) => pattern.exec(text)?.groups).find((one) => one !== undefined);
  if (!groups) return null;
  const cpu = groups['cpu'];
  return {
    type: 'crashed',
    domain: Number(groups['domain']),
    cpu: cpu === undefined ? null : Number(cpu),
    final: cpu === undefined,
  };
}

function readFixed(text: string): DumpLine | null {
  const banner = BANNER.exec(text)?.groups;
  if (banner) return { type: 'banner', version: banner['version'] ?? '', tainted: toTaint(banner['flags'] ?? '') };
  const panic = PANIC.exec(text)?.groups;
  if (panic) return { type: 'panic', cpu: Number(panic['cpu']) };
  if (/^\s{0,8}Xen call trace:?\s*$/.test(text)) return { type: 'trace' };
  if (STARS.test(text)) return { type: 'stars' };
  if (END.test(text)) return { type: 'end' };
  return null;
}

function readRegisters(text: string): DumpLine | null {
  const cpu = CPU.exec(text)?.groups;
  if (cpu) return { type: 'cpu', cpu: Number(cpu['cpu']) };
  const ip = IP.exec(text)?.groups;
  if (ip) return { type: 'ip', selector: ip['selector'] ?? null, symbol: readSymbol(ip['rest'] ?? '') };
  const frame = readXenFrame(text);
  return frame === null ? null : { type: 'frame', frame };
}

function readOpen(text: string): DumpLine | null {
  if (SNIP.test(text)) return { type: 'snip' };
  if (BODY.test(text)) return { type: 'body' };
  const cause = readCause(text, PANICS);
  return cause === null ? null : { type: 'cause', cause };
}

/** The letters of `Tainted:   C  H`, without the blanks between; `null` for `Not tainted`. */
function toTaint(flags: string): string | null {
  const letters = TAINT.exec(flags)?.groups?.['letters'];
  return letters === undefined ? null : letters.replace(/ /g, '');
}
