import { CALL_TRACE, FROM_TRACE, FROM_WARNING, LOCK_PLACE, PC_FUNC, SRC } from './title-rule.ts';
import type { Header, TitleRule } from './title-rule.ts';

/**
 * Reports that begin with `WARNING:`. The titles are syzkaller's (pkg/report/linux.go, Apache-2.0).
 */
const MEMORY = ['kmalloc', 'krealloc', 'slab', 'kmem'];
const USB = ['usb_submit_urb', 'usb_start_wait_urb', 'usb_bulk_msg', 'usb_interrupt_msg', 'usb_control_msg'];

/** A warning whose place in the source says what it is about. */
function bugOf(what: string, when: RegExp, skip: readonly string[]): TitleRule {
  return { when, title: `WARNING: ${what} in {frame}`, kind: 'warning', stacks: FROM_WARNING, skip };
}

const KNOWN_PLACES: readonly TitleRule[] = [
  bugOf('ODEBUG bug', /WARNING: .{0,200}lib\/debugobjects\.c.{0,200} (?:debug_print|debug_check|at)/, [
    'debug_',
    'rcu',
    'hrtimer_',
    'timer_',
    'work_',
    'percpu_',
    'vunmap',
    'vfree',
    '__free_',
    'debug_check',
    'kobject_',
  ]),
  bugOf('bad usercopy', /WARNING: .{0,200}mm\/usercopy\.c.{0,200} (?:usercopy_warn|at)/, ['usercopy', '__check']),
  bugOf('kobject bug', /WARNING: .{0,200}lib\/kobject\.c.{0,200} (?:kobject_|at)/, ['kobject_']),
  bugOf('proc registration bug', /WARNING: .{0,200}fs\/proc\/generic\.c.{0,200} (?:proc_register|at)/, ['proc_']),
  bugOf('refcount bug', /WARNING: .{0,200}lib\/refcount\.c.{0,200} (?:refcount_|at)/, ['refcount', 'kobject_']),
  bugOf('locking bug', /WARNING: .{0,200}kernel\/locking\/lockdep\.c.{0,200}lock_/, ['lock_sock', 'release_sock']),
];

const LOCK_STATES: readonly TitleRule[] = [
  {
    when: /WARNING: .{0,100}still has locks held!/,
    then: [/at: (?<fn>[a-zA-Z0-9_]{1,200})[.+]/],
    title: 'WARNING: still has locks held in {fn}',
    kind: 'lockdep',
  },
  {
    when: /WARNING: Nested lock was not taken/,
    title: 'WARNING: nested lock was not taken in {frame}',
    kind: 'lockdep',
    stacks: FROM_WARNING,
  },
  {
    when: /WARNING: lock held when returning to user space/,
    then: [/leaving the kernel with locks still held/, LOCK_PLACE],
    title: 'WARNING: lock held when returning to user space in {fn}',
    kind: 'lockdep',
    quiet: true,
  },
];

const PLACES: readonly TitleRule[] = [
  bugOf('kmalloc bug', /WARNING: .{0,200}mm\/.{0,100}\.c.{0,200} k?.?malloc/, MEMORY),
  bugOf('zero-size vmalloc', /WARNING: .{0,200}mm\/vmalloc\.c.{0,200}__vmalloc_node/, []),
  {
    when: /WARNING: .{0,300} usb_submit_urb/,
    title: 'WARNING in {frame}/usb_submit_urb',
    kind: 'warning',
    stacks: FROM_WARNING,
    skip: USB,
  },
  ...[
    new RegExp(String.raw`WARNING: ${SRC} at 0x\d{1,16}, CPU#\d`),
    new RegExp(String.raw`WARNING: .{0,200} at ${SRC} {1,3}[a-zA-Z0-9_]{1,200}(?:[.+]| \()`),
    new RegExp(String.raw`WARNING: ${SRC} at [a-zA-Z0-9_]{1,200}(?:[.+]| \()`),
    /WARNING: CPU: \d{1,5} PID: \d{1,10} at .{1,300} [a-zA-Z0-9_]{1,200}\+0x/,
    new RegExp(String.raw`WARNING: \[.{0,200}\] ${SRC} at [a-zA-Z0-9_]{1,200}(?:[.+]| \()`),
  ].map((when): TitleRule => ({ when, title: 'WARNING in {frame}', kind: 'warning', stacks: FROM_WARNING })),
];

const DEADLOCKS: readonly TitleRule[] = [
  {
    when: /WARNING: possible circular locking dependency detected/,
    then: [/is trying to acquire lock/],
    title: 'possible deadlock in {frame}',
    kind: 'lockdep',
    stacks: [[{ to: LOCK_PLACE }, { to: LOCK_PLACE }, 'trace']],
    skip: ['process_one_work', 'flush_workqueue', 'drain_workqueue', 'destroy_workqueue'],
  },
  {
    when: /WARNING: possible irq lock inversion dependency detected/,
    then: [/just changed the state of lock/, LOCK_PLACE],
    title: 'possible deadlock in {fn}',
    kind: 'lockdep',
  },
  {
    when: /WARNING: .{0,60}-safe -> .{0,60}-unsafe lock order detected/,
    title: 'possible deadlock in {frame}',
    kind: 'lockdep',
    stacks: [[{ to: /which became .{0,100} at:/ }, 'trace']],
  },
  {
    when: /WARNING: possible recursive locking detected/,
    then: [/is trying to acquire lock/, LOCK_PLACE],
    title: 'possible deadlock in {fn}',
    kind: 'lockdep',
  },
  {
    when: /WARNING: inconsistent lock state/,
    then: [/takes/, LOCK_PLACE],
    title: 'inconsistent lock state in {frame}',
    kind: 'lockdep',
    stacks: [FROM_TRACE],
  },
  {
    when: /WARNING: suspicious RCU usage/,
    then: [new RegExp(SRC)],
    title: 'WARNING: suspicious RCU usage in {frame}',
    kind: 'lockdep',
    stacks: [FROM_TRACE],
    skip: ['rcu', 'kmem', 'slab'],
  },
  {
    when: /WARNING: bad unlock balance detected!/,
    title: 'WARNING: bad unlock balance in {frame}',
    kind: 'lockdep',
    stacks: [[{ to: PC_FUNC }, { to: CALL_TRACE }, 'trace']],
  },
  {
    when: /WARNING: held lock freed!/,
    then: [/at:(?: \[<?(?:0x)?[0-9a-f]{1,16}>?\])? {1,8}(?<fn>[a-zA-Z0-9_]{1,200})[.+]/],
    title: 'WARNING: held lock freed in {fn}',
    kind: 'lockdep',
  },
];

const UNWINDER: readonly TitleRule[] = [
  {
    when: /WARNING: kernel stack regs at [0-9a-f]{1,16} in \S{0,60} has bad '(?<what>[^']{1,20})' value/,
    title: "WARNING: kernel stack regs has bad '{what}' value",
    kind: 'warning',
    quiet: true,
  },
  {
    when: /WARNING: kernel stack frame pointer at [0-9a-f]{1,16} in \S{0,60} has bad value/,
    title: 'WARNING: kernel stack frame pointer has bad value',
    kind: 'warning',
    quiet: true,
  },
  {
    when: /WARNING: kernel stack (?:regs .{0,100} has bad 'bp'|frame pointer .{0,100} has bad) value/,
    title: 'WARNING: kernel stack regs has bad value',
    kind: 'warning',
    quiet: true,
  },
  { when: /WARNING:\s*$/, title: 'WARNING: corrupted', kind: 'warning', damaged: true },
];

export const WARNING: Header = {
  text: 'WARNING:',
  kind: 'warning',
  rules: [...KNOWN_PLACES, ...LOCK_STATES, ...PLACES, ...DEADLOCKS, ...UNWINDER],
  not: [
    /WARNING: \/etc\/ssh\/moduli does not exist/,
    /WARNING: workqueue cpumask: online intersect/,
    /WARNING: [Tt]he mand mount option/,
    /WARNING: Unsupported flag value/,
    /WARNING: Unprivileged eBPF is enabled/,
    /WARNING: fbcon: Driver/,
    /WARNING: See https/,
    /WARNING: kernel not compiled with CPU_SRSO/,
    /EXT4-[Ff][Ss](?: \(.{0,60}\))?:/,
    /[Ww][Aa][Rr][Nn][Ii][Nn][Gg]: .{0,100} [Uu][Ss][Ee][Ss] (?:deprecated v2 capabilities|wireless extensions)/i,
    /XFS \(\w{1,40}\): WARNING/,
    /xen:grant_table: WARNING/,
  ],
};
