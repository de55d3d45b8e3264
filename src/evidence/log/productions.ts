/** A kind of log line that mail wraps, and how to see that its end is missing. */
interface Production {
  readonly name: string;
  /** What the line so far begins with. */
  readonly starts?: RegExp;
  /** What it ends with: the sign that something must follow. */
  readonly ends?: RegExp;
  /** What shows that nothing is missing. */
  readonly unless?: RegExp;
  /** What the next line has to begin with. */
  readonly next: RegExp;
  /** Nothing proves the end missing but the width: the first word of the next line would not have fitted. */
  readonly wide?: boolean;
  /** Only where the line had a prefix. */
  readonly stamped?: boolean;
}

const SYMBOL = /^(?![0-9a-f]{16}:)(?:\? {1,2})?:?[A-Za-z_][\w.$#/:-]{0,200}(?:\+0x|\+0\/|\s*$|\s*\[)/;
const HEX = /^[0-9a-f]{4,16}(?:\s|$)/i;
const WORDS = /^\S/;

/**
 * Productions that are incomplete by themselves (domain.md 3.9, row 4). What the line lacks, the next line has to be:
 * nothing is joined on width alone without a beginning that is known to be long.
 */
const PRODUCTIONS: readonly Production[] = [
  { name: 'frame address', ends: /\[<?[0-9a-fx ]{8,20}>?\](?:\s{1,4}[RSF?])?\s*$/, next: SYMBOL },
  { name: 'frame of arm', starts: /^\s{0,20}\[<[0-9a-f]{8}>\] \(\S{1,200}\)\s*$/, next: /^from \[</ },
  { name: 'callee of arm', starts: /^\s{0,20}\[<[0-9a-f]{8}>\]\s*$/, next: /^\([\w.]{1,200}(?:\)|\+0x)/ },
  { name: 'pc of the caller of arm', ends: /\) from\s*$/, next: /^\[<[0-9a-f]{8}>\] \(/ },
  { name: 'caller of arm', ends: /\) from \[<[0-9a-f]{8}>\]\s*$/, next: /^\([\w.]{1,200}\+0x/ },
  {
    name: 'caller of arm, without pc',
    starts: /^\s{1,20}[\w.]{1,200}(?: \[[\w-]{1,60}\])?(?: from)?\s*$/,
    next: /^(?:from )?[\w.]{1,200}\+0x/,
    wide: true,
  },
  {
    name: 'frame behind a stamp',
    starts: /^\s*$/,
    next: /^(?:\? )?[A-Za-z_][\w.]{0,200}\+0x[0-9a-f]{1,8}\/0x/,
    stamped: true,
  },
  { name: 'frame marker', starts: /^\s{0,20}\?\s{0,4}$/, next: SYMBOL },
  {
    name: 'instruction pointer',
    starts: /^\s{0,8}(?:RIP|EIP|IP|NIP|PC|pc|lr|LR)\b/,
    ends: /(?:[:\]]|\bat)\s*$/,
    next: /^(?:\[<|[0-9a-f]{4}:|:?[A-Za-z_][\w.$#/:-]{0,200}\+0)/,
  },
  {
    name: 'register value',
    ends: /(?:^|\s)(?:[A-Za-z]{1,6}\d{0,2}|ORIG_RAX|FAR_EL2|[A-Z]{2,6}\d?_EL\d)\s{0,4}:\s*$/,
    next: HEX,
  },
  {
    name: 'register row',
    starts: /^\s{0,8}(?:[A-Za-z]{1,6}\d{0,2}\s{0,3}: {0,4}[0-9a-f]{4,16}(?:\(\d{4}\))?\s{1,8}){1,3}$/,
    next: /^[A-Za-z]{1,6}\d{0,2}\s{0,3}: {0,4}(?:[0-9a-f]{4,16}|$)/,
    wide: true,
  },
  {
    name: 'code bytes',
    starts: /^\s{0,8}(?:Code:|\s{0,3}(?:[0-9a-f]{2} ){8})/,
    next: /^(?:[0-9a-f]{2}(?: |$)|<[0-9a-f]{2}>|\([0-9a-f]{4,8}\)|[0-9a-f]{8}(?: |$)|<[0-9a-f]{2}\s*$)/,
    wide: true,
  },
  {
    name: 'stack row',
    starts: /^\s{0,8}(?:[0-9a-f]{16}\s{1,3}){1,3}(?:[0-9a-f]{16})?\s*$/,
    next: /^[0-9a-f]{16}(?:\s|$)/,
    wide: true,
  },
  {
    name: 'module list',
    starts: /^\s{0,4}Modules linked in:/,
    next: /^(?:[a-z0-9_-]{2,40}(?:\([A-Z+-]{1,8}\))?|\[last unloaded:.{0,200})(?:\s|$)/i,
    wide: true,
  },
  { name: 'unloaded module', ends: /\[last unloaded:[^\]]{0,100}$/, next: /^[\w:.() -]{1,100}\]/ },
  {
    name: 'fault address',
    ends: /(?:dereference|paging request|data access)(?: at)?(?: virtual address)?(?:\s+at)?\s*$|(?:virtual address|for address:|address:?)\s*$/,
    next: /^(?:at |virtual |address )?(?:virtual address )?[0-9a-f]{8,16}\b|^at virtual$|^address\b/i,
  },
  {
    name: 'sentence of a headline',
    starts:
      /^[\s[*]{0,8}(?:(?:NMI )?watchdog: |rcu: )?(?:BUG: \S|unchecked MSR|mce: |WARNING: (?:CPU|possible|suspicious|[\w/.-]{1,80}\.[ch]:)|INFO: (?:task|rcu_|possible|trying|suspicious)|kernel BUG at|Kernel panic|Unable to handle|Internal error|general protection fault|Oops|UBSAN: |Xen (?:BUG|WARN)|Assertion '|traps: |\S{1,16}\[\d{1,8}\]: segfault|\S{1,16}: page allocation|VFS: Busy|\d{1,4} of \d{1,4} multicall)/,
    unless: /\+0x[0-9a-f]{1,8}\/0x[0-9a-f]{1,8}(?: \[[\w-]{1,60}\])?\s*$|!\s*$|\b[0-9a-f]{8,16}\s*$/,
    next: WORDS,
    wide: true,
  },
  {
    name: 'process line',
    starts: /^\s{0,4}(?:CPU: {0,4}\d|Pid: \d|Hardware name:|Workqueue:|Tainted:|Call Trace:|task: |Process )/,
    next: /^[\w#/(.,[+-]/,
    wide: true,
  },
  {
    name: 'process version',
    starts: /^\s{0,4}CPU: {0,4}\d/,
    ends: /(?:Tainted:? ?[A-Z ]{0,30}|Not tainted|Comm:|PID:)\s*$/,
    next: /^\S/,
  },
  {
    name: 'multicall result',
    starts: /^\s{0,6}call {1,3}\d{1,4}(?:\/\d{1,4})?: op=/,
    next: /^(?:result=|args?=|arg=|caller=|pars=|[0-9a-f]{1,16}(?:\s|$))/,
  },
  {
    name: 'lock place',
    starts: /^.{0,60}(?:\{[.+?-]{2,8}\}|#\d{1,2}:)/,
    ends: /(?:at:|,)\s*$/,
    next: /^(?:at:|\[<|[A-Za-z_])/,
  },
  {
    name: 'access of a task',
    starts: /^(?:Read|Write|Allocated|Freed) (?:of size|at addr|by task)/,
    next: /^(?:by |task |addr |at |[\w/.:-]{1,60}$)/,
    wide: true,
  },
  {
    name: 'module of a frame',
    ends: /\+0x[0-9a-f]{1,8}\/0x[0-9a-f]{1,8}\s*$/,
    next: /^\[(?=[\w-]{0,59}[a-z_])[\w-]{1,60}\]\s*$/,
  },
  { name: 'exception of RISC-V', ends: /Unhandled exception ?\[[^\]]{1,60}$/, next: /^[\w /]{1,60}\]/ },
  { name: 'xen call trace row', starts: /^\s{0,8}\[<[0-9a-f]{8,16}>\]\s/, ends: /(?:\s[RSF]|\])\s*$/, next: SYMBOL },
  {
    name: 'banner of Xen',
    starts: /^\s{0,8}-{3,4}\[ Xen-/,
    unless: /\]-{2,4}\s*$/,
    next: /^(?:debug=|Not tainted|Tainted|tainted|gcov|ubsan|[A-Z] {1,8}|\]-)/,
  },
  {
    name: 'message of Xen about a guest',
    starts:
      /^\s{0,8}d(?:\d{1,5}|\[[A-Z]+\])(?:v\d{1,5})? (?:VIRIDIAN|vmentry|EPT|SVM|Unhandled|Triple)|^\s{0,8}(?:Domain \d{1,5} (?:reported|crashed|\()|Hardware Dom|CONTROL-FLOW|CPU\d{1,5}: Unexpected)/,
    next: WORDS,
    wide: true,
  },
  {
    name: 'fault of a device',
    starts: /^\s{0,8}(?:AMD-Vi: |\[VT-D\]|smmu: |SMMUv3: |ipmmu: |avc: |\*{3} HVMLoader|Page fault at linear)/,
    next: WORDS,
    wide: true,
  },
  {
    name: 'report of a program',
    starts:
      /^\s{0,12}(?:==\d{1,8}==\s?\S|\*{3} glibc detected|(?:Thread [\d.]{1,9} .{0,40}|Program )(?:received|terminated)|Fatal error: exception|[A-Za-z_][\w.]{1,80}(?:Error|Exception):(?: |$))/,
    unless: /(?:\*{3}|\.|\))\s*$/,
    next: WORDS,
    wide: true,
  },
  {
    name: 'tool message',
    starts:
      /^(?:\s{2,8})?(?:\[?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[^\]]{0,16}\]?:? )?(?:\[\d{1,8}\] )?(?:Parsing config from \S{1,60}libxl|libxl|xc|xl|qemu-system-\w{1,20}|xenstored|libxl-save-helper|domainbuilder)(?: [\w -]{1,30})?:(?: |$)/,
    next: WORDS,
    wide: true,
  },
];

/** How much of a long line is looked at, at either end. */
const REACH = 300;

/**
 * The name of the production that `text` leaves open and `next` goes on with, or `null`. `wide`: the first word of
 * `next` would not have fitted; `stamped`: `text` had a prefix and `next` has none.
 */
export function findOpenProduction(
  text: string,
  next: string,
  { wide, stamped }: { readonly wide: boolean; readonly stamped: boolean },
): string | null {
  const head = text.slice(0, REACH);
  const tail = text.slice(-REACH);
  const start = next.slice(0, REACH).trimStart();
  if (FOREIGN.test(start)) return null;
  const bare = !stamped && isBeginning(next);
  for (const row of PRODUCTIONS) {
    if (row.wide === true && (!wide || bare)) continue;
    if (row.stamped === true && !stamped) continue;
    if (isOpen(row, head, tail) && row.next.test(start)) return row.name;
  }
  return null;
}

function isOpen({ starts, ends, unless }: Production, head: string, tail: string): boolean {
  if (starts && !starts.test(head)) return false;
  if (ends && !ends.test(tail)) return false;
  return unless?.test(tail) !== true;
}

/** What begins a line of a log, whatever its indentation. */
const BEGINNING =
  /^(?:\[<|Call [Tt]race|Code:|R[A-Z0-9]{2}: |[A-Z]{1,3}[A-Z0-9]: [0-9a-f]{8}|CPU: \d|Pid: \d|(?!Comm|PID|UID)[A-Z][A-Za-z]{1,15}(?: [a-z]{1,10})?: |Modules linked|#PF: |PGD |pgd = |\[[0-9a-f]{8}\] \*pgd|Oops: |Hardware name|(?:Read|Write) (?:of|at) |(?:Allocated|Freed) by|The buggy|Faulting instruction|Tainted: \[|pstate|pc : |---\[|-{8,}|={8,}|\*{8,}|\(XEN\)|#\d{1,3} |BUG: |WARNING: |INFO: |(?:libxl|xc|xl|xenstored|libxl-save-helper|xen be|xen-\w{1,20}|qemu-system-\w{1,20})(?: [\w -]{1,30})?(?:\[\d{1,8}\])?: |\[[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]\] |\[?\d{4}-\d\d-\d\d[ T]\d\d:|[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:|==\d{1,8}==|Raised (?:at|by)|Re-raised|Called from|0x[0-9a-f]{8,16} in )/;

/** What people and programs for mail write below a log. */
const FOREIGN = /^(?:-----(?:BEGIN|END) |_{20}|Thanks|Regards|Hi[ ,]|Hello|-- $)/;

/** A frame, or the process of a hung task: only where they are indented, since the rest of a wrapped line is not. */
const FRAME = /^\s+(?:Not tainted|Tainted: |\[<|\? |<[A-Z]|[A-Za-z_][\w.]{0,200}\+0x)/;

/** Whether a line begins a production of its own, so that it goes on with nothing. */
export function isBeginning(text: string): boolean {
  const line = text.slice(0, REACH);
  return FRAME.test(line) || BEGINNING.test(line.trimStart()) || FOREIGN.test(line);
}
