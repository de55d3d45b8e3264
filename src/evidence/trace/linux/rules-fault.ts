import { FROM_RIP, FROM_TRACE, FUNC, RIP } from './title-rule.ts';
import type { Header, TitleRule } from './title-rule.ts';

/**
 * Exceptions, panics and the other reports. The titles are syzkaller's (pkg/report/linux.go, Apache-2.0), but for those
 * of Xen's multicalls, hard lockups, page allocation failures and bare oopses, which it does not know.
 */
const ACCESS = ['bad-access in {frame}'];

/** An exception that is titled by the function that took it. */
function exception(text: string, row: Omit<TitleRule, 'when'> & { readonly when?: RegExp }): Header {
  const when = row.when ?? new RegExp(text.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return { text, kind: row.kind, rules: [{ stacks: [FROM_RIP], ...row, when }] };
}

const PANIC_RULES: readonly TitleRule[] = [
  {
    when: new RegExp(String.raw`Kernel panic - not syncing: stack-protector: Kernel stack is corrupted in: ${FUNC}`),
    title: 'kernel panic: stack is corrupted in {fn}',
    kind: 'panic',
    quiet: true,
  },
  {
    when: /Kernel panic - not syncing: stack-protector: Kernel stack is corrupted in: [a-f0-9]/,
    title: 'kernel panic: stack is corrupted in {frame}',
    kind: 'panic',
    stacks: [FROM_TRACE],
    skip: ['stack_chk'],
  },
  {
    when: /Kernel panic - not syncing: corrupted stack end detected inside scheduler/,
    title: 'kernel panic: corrupted stack end in {frame}',
    also: ['stack-overflow in {frame}'],
    kind: 'panic',
    stacks: [FROM_TRACE],
    skip: ['schedule', 'retint_kernel'],
    pick: 'stall',
  },
  {
    when: /Kernel panic - not syncing: kernel stack overflow/,
    title: 'kernel stack overflow in {frame}',
    also: ['stack-overflow in {frame}'],
    kind: 'panic',
    stacks: [FROM_TRACE],
    skip: ['bad_stack'],
    pick: 'stall',
  },
  {
    when: /Kernel panic - not syncing: Attempted to kill init!/,
    title: 'kernel panic: Attempted to kill init!',
    kind: 'panic',
  },
  {
    when: /Kernel panic - not syncing: Couldn't open N_TTY ldisc for \S{1,40} --- error -\d/,
    title: "kernel panic: Couldn't open N_TTY ldisc",
    kind: 'panic',
  },
  {
    when: /Kernel panic - not syncing: Fatal exception/,
    title: 'kernel panic: Fatal exception',
    kind: 'panic',
    damaged: true,
  },
  {
    when: /Kernel panic - not syncing: panic_on_warn set/,
    title: 'kernel panic: panic_on_warn set',
    kind: 'panic',
    damaged: true,
  },
  {
    when: /Kernel panic - not syncing: hung_task: blocked tasks/,
    title: 'kernel panic: hung_task: blocked tasks',
    kind: 'panic',
    damaged: true,
  },
  { when: /Kernel panic - not syncing: (?<what>.{1,200})/, title: 'kernel panic: {what}', kind: 'panic' },
];

const KERNEL_BUG_RULES: readonly TitleRule[] = [
  {
    when: /kernel BUG at mm\/usercopy\.c/,
    title: 'BUG: bad usercopy in {frame}',
    kind: 'bug',
    stacks: [FROM_TRACE],
    skip: ['usercopy', '__check'],
  },
  {
    when: /kernel BUG at lib\/list_debug\.c/,
    title: 'BUG: corrupted list in {frame}',
    also: ACCESS,
    kind: 'bug',
    stacks: [FROM_TRACE],
  },
  { when: /kernel BUG at/, title: 'kernel BUG in {frame}', kind: 'bug', stacks: [FROM_RIP], skip: ['^skb_'] },
];

const UBSAN_RULES: readonly TitleRule[] = [
  {
    when: /UBSAN: Undefined behaviour in/,
    title: 'UBSAN: undefined-behaviour in {frame}',
    kind: 'ubsan',
    stacks: [FROM_TRACE],
    skip: ['ubsan', 'overflow'],
  },
  {
    when: /UBSAN: (?<what>array-index-out-of-bounds) in/,
    title: 'UBSAN: {what} in {frame}',
    also: ACCESS,
    kind: 'ubsan',
    stacks: [FROM_TRACE],
    skip: ['ubsan', 'overflow'],
  },
  {
    when: /UBSAN: (?<what>[^\n]{1,80}?) in/,
    title: 'UBSAN: {what} in {frame}',
    kind: 'ubsan',
    stacks: [FROM_TRACE],
    skip: ['ubsan', 'overflow'],
  },
];

/** The register dump and the panic that end another report. */
const PART_OF_ANOTHER = /./;

export const FAULTS: readonly Header[] = [
  exception('Unable to handle kernel', {
    when: /Unable to handle kernel (?<what>paging request|NULL pointer dereference|access to user memory)/,
    title: 'BUG: unable to handle kernel {what} in {frame}',
    also: ACCESS,
    kind: 'page-fault',
  }),
  {
    ...exception('general protection fault', {
      when: /general protection fault.{0,200}:/,
      title: 'general protection fault in {frame}',
      also: ACCESS,
      kind: 'general-protection',
    }),
    not: [/general protection fault .{0,200} error:[0-9a-f]{1,8} in /, /general protection (?:fault )?ip:/],
  },
  exception('stack segment: ', { title: 'stack segment fault in {frame}', kind: 'oops' }),
  {
    text: 'Kernel panic',
    kind: 'panic',
    rules: PANIC_RULES,
    inside: /Kernel panic - not syncing/,
    not: [/end Kernel panic/],
  },
  {
    ...exception('PANIC: double fault', {
      title: 'PANIC: double fault in {frame}',
      kind: 'oops',
      stacks: [[{ to: RIP }]],
    }),
    inside: PART_OF_ANOTHER,
  },
  {
    text: 'rust_kernel: panicked',
    kind: 'panic',
    rules: [
      {
        when: /rust_kernel: panicked at/,
        then: [/^(?<what>\S.{0,200})$/],
        title: '{what} in {frame}',
        kind: 'panic',
        stacks: [FROM_TRACE],
        skip: ['__rustc::rust_begin_unwind'],
      },
    ],
  },
  { text: 'kernel BUG', kind: 'bug', rules: KERNEL_BUG_RULES },
  {
    text: 'Kernel BUG',
    kind: 'bug',
    rules: [{ when: /Kernel BUG (?<what>.{0,200})/, title: 'kernel BUG {what}', kind: 'bug' }],
  },
  {
    text: 'BUG kmalloc-',
    kind: 'bug',
    rules: [{ when: /BUG kmalloc-.{0,60}: Object already free/, title: 'BUG: Object already free', kind: 'bug' }],
  },
  exception('divide error:', { title: 'divide error in {frame}', kind: 'oops', stacks: [[{ to: RIP }]] }),
  exception('divide_error:', { title: 'divide error in {frame}', kind: 'oops', stacks: [[{ to: RIP }]] }),
  {
    ...exception('invalid opcode:', { title: 'invalid opcode in {frame}', kind: 'oops', stacks: [[{ to: RIP }]] }),
    inside: /invalid opcode: 0000/,
  },
  exception('int3:', { title: 'int3 in {frame}', kind: 'oops', stacks: [[{ to: RIP }]] }),
  { text: 'UBSAN:', kind: 'ubsan', rules: UBSAN_RULES },
  {
    text: 'unregister_netdevice: waiting for',
    kind: 'other',
    rules: [
      {
        when: /unregister_netdevice: waiting for .{0,60} to become free/,
        title: 'unregister_netdevice: waiting for DEV to become free',
        kind: 'other',
        quiet: true,
      },
    ],
    inside: PART_OF_ANOTHER,
  },
  {
    text: 'VFS: Close: file count is 0',
    kind: 'bug',
    rules: [{ when: /VFS: Close/, title: 'VFS: Close: file count is zero (use-after-free)', kind: 'bug', quiet: true }],
  },
  {
    text: 'VFS: Busy inodes after unmount',
    kind: 'bug',
    rules: [{ when: /VFS: Busy/, title: 'VFS: Busy inodes after unmount (use-after-free)', kind: 'bug', quiet: true }],
  },
  {
    ...exception('Internal error:', { title: 'Internal error in {frame}', also: ACCESS, kind: 'oops' }),
    inside: PART_OF_ANOTHER,
  },
  exception('Unhandled fault:', { title: 'Unhandled fault in {frame}', also: ACCESS, kind: 'oops' }),
  exception('Alignment trap:', { title: 'Alignment trap in {frame}', kind: 'oops' }),
  {
    text: 'multicall(s) failed',
    kind: 'multicall',
    rules: [
      {
        when: /\d multicall\(s\) failed/,
        title: 'multicall failed in {frame}',
        kind: 'multicall',
        stacks: [FROM_TRACE],
        skip: ['xen_mc_', 'xen_multicall'],
      },
    ],
  },
  {
    text: 'unchecked MSR access error',
    kind: 'other',
    rules: [
      {
        when: /unchecked MSR access error: (?<how>RDMSR|WRMSR)/,
        title: 'unchecked MSR access error: {how} in {frame}',
        kind: 'other',
        stacks: [FROM_TRACE],
        skip: ['_msr'],
      },
    ],
    inside: PART_OF_ANOTHER,
  },
  {
    text: 'hard LOCKUP on cpu',
    kind: 'hard-lockup',
    rules: [
      {
        when: /hard LOCKUP on cpu/,
        title: 'BUG: hard lockup in {frame}',
        also: ['stall in {frame}'],
        kind: 'hard-lockup',
        stacks: [FROM_RIP],
        pick: 'stall',
      },
    ],
  },
  {
    text: 'page allocation failure',
    kind: 'other',
    rules: [
      {
        when: /page allocation failure/,
        title: 'page allocation failure in {frame}',
        kind: 'other',
        stacks: [FROM_TRACE],
      },
    ],
  },
  {
    text: 'Oops: ',
    kind: 'oops',
    rules: [{ when: /Oops: /, title: 'Oops in {frame}', also: ACCESS, kind: 'oops', stacks: [FROM_RIP] }],
    inside: PART_OF_ANOTHER,
  },
];
