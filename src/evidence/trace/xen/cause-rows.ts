import type { TraceKind } from '../../../model/evidence.ts';

/**
 * Lines that announce a failure, as rows. The texts are those of xen.git (xen/common/bug.c, common/ubsan/,
 * common/domain.c, drivers/char/console.c, arch/x86/{traps.c,nmi.c,hvm/}, arch/arm/traps.c, arch/riscv/traps.c) of all
 * releases since 4.0.
 */
export interface CauseRow {
  readonly name: string;
  readonly kind: TraceKind;
  /** The title without function and file; `{text}` and `{raw}` stand for named groups, numbers taken out of `text`. */
  readonly what: string;
  /** From the start of the line. Named groups: `file`, `cpu`, `domain`, `text`, `raw`. */
  readonly pattern: RegExp;
  /**
   * `cause` starts a trace. `guest` starts one that `Domain N crashed` may follow. `prelude` stands before the cause
   * proper, which takes its place. `echo` says more about what is open, and never starts a trace.
   */
  readonly role: Role;
}

type Role = 'cause' | 'guest' | 'prelude' | 'echo';
type Row = readonly [name: string, kind: TraceKind, what: string, pattern: string];

const FILE = String.raw`(?<file>[\w./+-]{1,120}):\d{1,6}(?::\d{1,6})?`;
/** What gprintk and gdprintk put in front: `d0v1 `, `traps.c:458:d0 `, `d0:v0: `. */
const GUEST = String.raw`(?:[\w./-]{1,80}:\d{1,6}:)?d(?<domain>\d{1,5})(?::?v\d{1,5})?:? `;
const HEX = '[0-9a-f]{1,16}';

function toRows(role: Role, rows: readonly Row[]): readonly CauseRow[] {
  return rows.map(([name, kind, what, pattern]) => ({
    name,
    kind,
    what,
    role,
    pattern: new RegExp(`^\\s{0,8}${pattern}`),
  }));
}

const CRASHES = toRows('cause', [
  ['bug', 'bug', 'Xen BUG', `Xen BUG at ${FILE}\\s*$`],
  ['warn', 'warning', 'Xen WARN', `Xen WARN at ${FILE}\\s*$`],
  ['assertion', 'assertion', "Xen assertion '{raw}' failed", `Assertion '(?<raw>.{1,300})' failed at ${FILE}\\s*$`],
  [
    'old-assertion',
    'assertion',
    "Xen assertion '{raw}' failed",
    "Assertion '(?<raw>.{1,300})' failed, line \\d{1,6}, file (?<file>[\\w./+-]{1,120})",
  ],
  ['ubsan', 'ubsan', 'Xen UBSAN', `UBSAN: Undefined behaviour in ${FILE}\\s*$`],
  ['watchdog', 'fatal-trap', 'Xen watchdog timeout', 'Watchdog timer detects that CPU(?<cpu>\\d{1,5}) is stuck!'],
  ['double-fault', 'fatal-trap', 'Xen double fault', '\\*\\*\\* DOUBLE FAULT \\*\\*\\*'],
  ['early-page-fault', 'page-fault', 'Xen early page fault', 'Early fatal page fault at '],
  ['division', 'fatal-trap', 'Xen division by zero', 'Division by zero in hypervisor'],
  ['smep', 'page-fault', 'Xen SMEP violation', 'Xen SMEP violation'],
  ['smap', 'page-fault', 'Xen SMAP violation', 'Xen SMAP violation'],
  [
    'arm-trap',
    'fatal-trap',
    'Xen unexpected trap: {text}',
    'CPU(?<cpu>\\d{1,5}): Unexpected Trap: (?<text>[^\\n]{1,80})$',
  ],
  [
    'riscv-trap',
    'fatal-trap',
    'Xen unhandled exception: {text}',
    'scause\\s{0,12}: [0-9a-f]{8,16} Unhandled exception ?\\[(?<text>[^\\]]{1,60})\\]',
  ],
  ['riscv-old', 'fatal-trap', 'Xen unhandled exception: {text}', 'Unhandled exception: (?<text>[A-Z][^\\n]{1,60})$'],
  ['host-dump', 'stack-dump', 'Xen state dump', '\\*\\*\\* Dumping CPU(?<cpu>\\d{1,5}) host state: \\*\\*\\*'],
  [
    'guest-dump',
    'stack-dump',
    'Xen guest state dump',
    '\\*\\*\\* Dumping CPU(?<cpu>\\d{1,5}) guest state \\(d(?<domain>\\d{1,5})v\\d{1,5}\\): \\*\\*\\*',
  ],
  [
    'vcpu-dump',
    'stack-dump',
    'Xen guest state dump',
    '\\*\\*\\* Dumping Dom(?<domain>\\d{1,5}) vcpu#\\d{1,5} state: \\*\\*\\*',
  ],
]);

const PRELUDES = toRows('prelude', [
  ['arm-hsr', 'fatal-trap', 'Xen hypervisor trap', 'Hypervisor Trap\\. HSR='],
  ['arm-abort', 'fatal-trap', 'Xen {text} abort', '(?<text>Data|Instruction) Abort Trap\\. Syndrome='],
  ['arm-walk', 'fatal-trap', 'Xen hypervisor trap', 'Walking Hypervisor VA 0x'],
  ['checklock', 'bug', 'Xen lock taken with and without interrupts', 'CHECKLOCK FAILURE: '],
]);

const GUEST_CRASHES = toRows('guest', [
  [
    'vmentry',
    'domain-crash',
    'Xen domain crash: vmentry failure: {text}',
    `${GUEST}vmentry failure \\(reason 0x${HEX}\\):? ?(?<text>.{0,60})`,
  ],
  [
    'old-vmentry',
    'domain-crash',
    'Xen domain crash: vmentry failure: {text}',
    `Failed vm entry \\(exit reason 0x${HEX}\\) caused by (?<text>.{0,60})`,
  ],
  [
    'ept',
    'domain-crash',
    'Xen domain crash: EPT violation ({text})',
    `(?:${GUEST})?EPT violation 0x${HEX} \\((?<text>[rwx-]{3}/[rwx-]{3})\\)`,
  ],
  ['old-ept', 'domain-crash', 'Xen domain crash: EPT violation', `(?:${GUEST})?EPT violation 0x${HEX}\\b`],
  ['svm', 'domain-crash', 'Xen domain crash: SVM violation', `(?:${GUEST})?SVM violation gpa `],
  [
    'vmexit',
    'domain-crash',
    'Xen domain crash: unexpected vmexit',
    `(?:${GUEST})?(?:Unexpected vmexit: reason|Bad vmexit \\(reason|unexpected VMEXIT: exit reason) `,
  ],
  [
    'triple-fault',
    'domain-crash',
    'Xen domain crash: triple fault',
    `(?:${GUEST})?Triple fault - invoking HVM shutdown action`,
  ],
  [
    'viridian',
    'domain-crash',
    'Xen domain crash: Windows bug check 0x{raw}',
    `${GUEST}VIRIDIAN CRASH: (?<raw>[0-9a-f]{1,8}) `,
  ],
  [
    'unhandled',
    'domain-crash',
    'Xen domain crash: unhandled {text}',
    `${GUEST}Unhandled (?<text>[a-z /]{1,60}?)(?: fault/trap)? \\[#\\d`,
  ],
  [
    'unhandled-old',
    'domain-crash',
    'Xen domain crash: unhandled {text}',
    `${GUEST}Unhandled (?<text>[a-z ]{1,40}?) fault/trap`,
  ],
  [
    'unhandled-vector',
    'domain-crash',
    'Xen domain crash: unhandled {text}',
    `${GUEST}Unhandled: vec \\d{1,3}, (?<text>#?\\w{1,8})\\[`,
  ],
  ['unhandled-older', 'domain-crash', 'Xen domain crash: unhandled page fault', `${GUEST}unhandled page fault \\(ec=`],
  [
    'watchdog-guest',
    'domain-crash',
    'Xen domain crash: guest watchdog',
    'Watchdog timer \\d{1,3} fired for d(?<domain>\\d{1,5})',
  ],
  ['called-from', 'domain-crash', 'Xen domain crash', `domain_crash(?:_sync)? called from ${FILE}`],
  [
    'entry',
    'domain-crash',
    'Xen domain crash: fault while an event was delivered',
    'domain_crash_sync called from entry\\.S',
  ],
]);

/** The first line of a panic box, where it says more than free text. */
export const PANICS = toRows('echo', [
  ['page-fault', 'page-fault', 'Xen page fault', 'FATAL PAGE FAULT'],
  ['old-page-fault', 'page-fault', 'Xen page fault', 'FATAL TRAP: vector = 14 \\('],
  ['watchdog-nmi', 'fatal-trap', 'Xen NMI', 'FATAL TRAP: (?:vector = 2 \\(nmi\\)|vec 2, NMI)'],
  ['old-trap', 'fatal-trap', 'Xen fatal trap: {text}', 'FATAL TRAP: vector = \\d{1,3} \\((?<text>[^)]{1,40})\\)'],
  [
    'new-trap',
    'fatal-trap',
    'Xen fatal trap: {text}',
    'FATAL (?:RESERVED )?TRAP: (?:type \\d{1,2}, [^,]{1,20}, )?vec \\d{1,3}, (?<text>[#\\w]{1,20})',
  ],
  ['general-protection', 'general-protection', 'Xen general protection fault', 'GENERAL PROTECTION FAULT'],
  [
    'control-flow',
    'fatal-trap',
    'Xen control-flow protection fault: {text}',
    `CONTROL-FLOW PROTECTION FAULT: #CP\\[${HEX}\\] (?<text>near ret|far/iret|[\\w?]{1,20})`,
  ],
  ['double-fault-box', 'fatal-trap', 'Xen double fault', 'DOUBLE FAULT -- system shutdown'],
  ['machine-check', 'fatal-trap', 'Xen machine check', '(?:MACHINE CHECK|MCE: )'],
  ['arm-division', 'fatal-trap', 'Xen division by zero', 'Division by zero in hypervisor'],
]);

/** What may start a trace. */
export const CAUSES: readonly CauseRow[] = [...CRASHES, ...PRELUDES, ...GUEST_CRASHES];

/** The lines by which Xen says that a domain is gone. */
export const DOMAIN_CRASHED: readonly RegExp[] = [
  /^\s{0,8}Domain (?<domain>\d{1,5}) \(vcpu#\d{1,5}\) crashed on cpu#(?<cpu>\d{1,5})/,
  /^\s{0,8}Domain (?<domain>\d{1,5}) reported crashed by domain \d{1,5} on cpu#(?<cpu>\d{1,5})/,
  /^\s{0,8}(?:Hardware Dom|Domain )(?<domain>\d{1,5}) crashed: /,
];
