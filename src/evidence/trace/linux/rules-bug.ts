import { CALL_TRACE, FROM_RIP, FROM_TRACE, FUNC, LOCK_PLACE, PC_FUNC } from './title-rule.ts';
import type { Header, TitleRule } from './title-rule.ts';

/**
 * Reports that begin with `BUG:`. The titles are syzkaller's (pkg/report/linux.go, Apache-2.0), so that they can be
 * looked up on its dashboard.
 */
const ACCESS = ['bad-access in {frame}'];

const KASAN: readonly TitleRule[] = [
  {
    when: /BUG: KASAN: (?<type>[a-z-]{1,60}) in [a-zA-Z0-9_]{1,200}(?:[.+]| \()/,
    then: [/(?<access>Read|Write) (?:of size|at addr) [0-9a-f]{1,16}/],
    title: 'KASAN: {type} {access} in {frame}',
    also: ACCESS,
    kind: 'kasan',
    stacks: [[{ to: new RegExp(String.raw`BUG: KASAN: [a-z-]{1,60} in ${FUNC}`) }, { to: CALL_TRACE }, 'trace']],
    skip: ['kernel_fault', 'tag_check', 'mem_abort', '^el1_', '^el1h_'],
  },
  {
    when: /BUG: KASAN: (?:double-free or invalid-free|double-free|invalid-free) in [a-zA-Z0-9_]{1,200}(?:[.+]| \()/,
    title: 'KASAN: invalid-free in {frame}',
    also: ['invalid-free in {frame}'],
    kind: 'kasan',
    stacks: [[{ to: new RegExp(String.raw`BUG: KASAN: [a-z -]{1,60} in ${FUNC}`) }, { to: CALL_TRACE }, 'trace']],
    skip: ['slab_', 'kfree', 'vunmap', 'vfree'],
  },
  {
    when: /BUG: KASAN: (?<type>[a-z-]{1,60}) on address/,
    then: [/(?<access>Read|Write) of size \d/],
    title: 'KASAN: {type} {access}',
    kind: 'kasan',
  },
  { when: /BUG: KASAN: (?<what>.{0,200})/, title: 'KASAN: {what}', kind: 'kasan', damaged: true },
];

const UNINIT = [['trace', { to: /(?:Local variable .{0,200} created at:|Uninit was created at:)/ }, 'trace']] as const;

const KMSAN: readonly TitleRule[] = [
  {
    when: /BUG: KMSAN: kernel-usb-infoleak in [a-zA-Z0-9_]{1,200}(?:[.+]| \()/,
    title: 'KMSAN: kernel-usb-infoleak in {frame}',
    also: ['KMSAN origin in {frame2}'],
    kind: 'kmsan',
    stacks: UNINIT,
    skip: ['alloc_skb', 'usb_submit_urb', 'usb_start_wait_urb', 'usb_bulk_msg', 'usb_interrupt_msg', 'usb_control_msg'],
    quiet: true,
  },
  {
    when: /BUG: KMSAN: (?<type>[a-z-]{1,60}) in [a-zA-Z0-9_]{1,200}(?:[.+]| \()/,
    title: 'KMSAN: {type} in {frame}',
    also: ACCESS,
    kind: 'kmsan',
    stacks: UNINIT,
    skip: ['alloc_skb', 'netlink_ack', 'netlink_rcv_skb', '_encrypt$', '^(?:crypto|cipher|drbg|rng)_'],
    quiet: true,
  },
];

const KFENCE_PLACE = new RegExp(String.raw`BUG: KFENCE: [a-z -]{1,60} in ${FUNC}`);

const RACES_AND_FENCES: readonly TitleRule[] = [
  { when: /BUG: KCSAN: (?<what>.{1,300})/, title: 'KCSAN: {what}', kind: 'kcsan', quiet: true },
  {
    when: /BUG: KFENCE: (?<type>use-after-free|out-of-bounds) (?<access>read|write) in [a-zA-Z0-9_]{1,200}(?:[.+]| \()/,
    title: 'KFENCE: {type} {access} in {frame}',
    also: ACCESS,
    kind: 'kasan',
    stacks: [[{ to: KFENCE_PLACE }, 'trace']],
  },
  {
    when: /BUG: KFENCE: invalid free in [a-zA-Z0-9_]{1,200}(?:[.+]| \()/,
    title: 'KFENCE: invalid free in {frame}',
    also: ['invalid-free in {frame}'],
    kind: 'kasan',
    stacks: [[{ to: KFENCE_PLACE }, 'trace']],
    quiet: true,
  },
  {
    when: /BUG: KFENCE: invalid (?<access>read|write) in [a-zA-Z0-9_]{1,200}(?:[.+]| \()/,
    title: 'KFENCE: invalid {access} in {frame}',
    also: ACCESS,
    kind: 'kasan',
    stacks: [[{ to: KFENCE_PLACE }, 'trace']],
  },
  {
    when: /BUG: KFENCE: memory corruption in [a-zA-Z0-9_]{1,200}(?:[.+]| \()/,
    title: 'KFENCE: memory corruption in {frame}',
    kind: 'kasan',
    stacks: [[{ to: KFENCE_PLACE }, 'trace']],
    quiet: true,
  },
];

const FAULTS: readonly TitleRule[] = [
  {
    when: /BUG: (?:unable to handle kernel paging request|unable to handle page fault for address|Unable to handle kernel data access)/,
    title: 'BUG: unable to handle kernel paging request in {frame}',
    also: ACCESS,
    kind: 'page-fault',
    stacks: [FROM_RIP],
  },
  {
    when: /BUG: (?:unable to handle kernel NULL pointer dereference|[kK]ernel NULL pointer dereference)/,
    title: 'BUG: unable to handle kernel NULL pointer dereference in {frame}',
    also: ACCESS,
    kind: 'page-fault',
    stacks: [FROM_RIP],
  },
  {
    when: /BUG: [uU]nable to handle kernel/,
    title: 'BUG: unable to handle kernel',
    kind: 'page-fault',
    damaged: true,
  },
];

const LOCKS: readonly TitleRule[] = [
  {
    when: /BUG: (?<lock>spinlock|rwlock) (?<what>lockup suspected|already unlocked|recursion|cpu recursion|bad magic|wrong owner|wrong CPU|trylock failure on UP)/,
    title: 'BUG: {lock} {what} in {frame}',
    kind: 'bug',
    stacks: [FROM_TRACE],
    skip: ['spin_', '_lock', '_unlock'],
  },
  {
    when: /BUG: .{0,100}still has locks held!/,
    then: [PC_FUNC],
    title: 'BUG: still has locks held in {fn}',
    kind: 'lockdep',
  },
  {
    when: /BUG: lock held when returning to user space/,
    then: [/leaving the kernel with locks still held/, LOCK_PLACE],
    title: 'BUG: lock held when returning to user space in {fn}',
    kind: 'lockdep',
    quiet: true,
  },
  {
    when: /BUG: bad unlock balance detected!/,
    title: 'BUG: bad unlock balance in {frame}',
    kind: 'lockdep',
    stacks: [[{ to: PC_FUNC }, { to: CALL_TRACE }, 'trace']],
  },
  {
    when: /BUG: held lock freed!/,
    then: [PC_FUNC],
    title: 'BUG: held lock freed in {fn}',
    kind: 'lockdep',
  },
  {
    when: /BUG: Invalid wait context/,
    title: 'WARNING: locking bug in {frame}',
    kind: 'lockdep',
    stacks: [FROM_TRACE],
    skip: ['lock_sock', 'release_sock'],
  },
  {
    when: /BUG: workqueue leaked lock or atomic/,
    then: [/last function: (?<fn>[a-zA-Z0-9_]{1,200})$/],
    title: 'BUG: workqueue leaked lock or atomic in {fn}',
    kind: 'bug',
    quiet: true,
  },
];

const OTHERS: readonly TitleRule[] = [
  {
    when: /BUG: soft lockup/,
    title: 'BUG: soft lockup in {frame}',
    also: ['stall in {frame}'],
    kind: 'soft-lockup',
    stacks: [FROM_RIP],
    pick: 'stall',
  },
  {
    when: /BUG: scheduling while atomic/,
    title: 'BUG: scheduling while atomic in {frame}',
    kind: 'bug',
    stacks: [FROM_TRACE],
    skip: ['schedule'],
  },
  { when: /BUG: Bad rss-counter state/, title: 'BUG: Bad rss-counter state', kind: 'bug', quiet: true },
  {
    when: /BUG: non-zero nr_ptes on freeing mm/,
    title: 'BUG: non-zero nr_ptes on freeing mm',
    kind: 'bug',
    quiet: true,
  },
  {
    when: /BUG: non-zero nr_pmds on freeing mm/,
    title: 'BUG: non-zero nr_pmds on freeing mm',
    kind: 'bug',
    quiet: true,
  },
  {
    when: /BUG: Dentry .{0,200} still in use \(\d{1,9}\) \[(?<how>unmount) of (?<what>[^\]]{1,100})\]/,
    title: 'BUG: Dentry still in use in {how}',
    also: ['BUG: Dentry still in use [{how} of {what}]'],
    kind: 'bug',
  },
  {
    when: /BUG: Bad page (?<what>state|cache)/,
    title: 'BUG: Bad page {what} in {frame}',
    kind: 'bug',
    stacks: [[{ to: /page last allocated/ }, 'trace']],
    skip: [
      '(?:free|put|get|update|release)_page',
      'free_unref',
      '^_*folio',
      'truncate_inode_pages',
      'page_frag_free',
      'alloc',
      'vmap',
      'page_owner',
    ],
  },
  { when: /BUG: Bad page map/, title: 'BUG: Bad page map', kind: 'bug' },
  { when: /BUG: workqueue lockup/, title: 'BUG: workqueue lockup', kind: 'bug', quiet: true },
  {
    when: /BUG: sleeping function called from invalid context at/,
    title: 'BUG: sleeping function called from invalid context in {frame}',
    kind: 'bug',
    stacks: [FROM_TRACE],
  },
  {
    when: /BUG: using (?<what>[a-z_]{1,60})\(\) in preemptible/,
    title: 'BUG: using {what}() in preemptible code in {frame}',
    kind: 'bug',
    stacks: [FROM_TRACE],
    skip: ['dump_stack', 'preemption', 'preempt', 'debug_', 'processor_id', 'this_cpu'],
  },
  {
    when: /BUG: memory leak/,
    title: 'memory leak in {frame}',
    kind: 'other',
    stacks: [[{ to: /backtrace(?: \(crc [0-9a-f]{0,16}\))?:/ }, 'trace']],
    skip: [
      'kmemleak',
      'mmap',
      'kmem',
      'slab',
      'alloc',
      'create_object',
      'idr_get',
      'list_lru_init',
      'kasprintf',
      'kvasprintf',
      'pcpu_create',
      'strdup',
      'strndup',
      'memdup',
    ],
  },
  {
    when: /BUG: .{0,100}stack guard page was hit at/,
    title: 'BUG: stack guard page was hit in {frame}',
    also: ['stack-overflow in {frame}'],
    kind: 'bug',
    stacks: [FROM_RIP],
    pick: 'stall',
  },
  { when: /BUG:\s*$/, title: 'BUG: corrupted', kind: 'bug', damaged: true },
];

export const BUG: Header = {
  text: 'BUG:',
  kind: 'bug',
  rules: [...KASAN, ...KMSAN, ...RACES_AND_FENCES, ...FAULTS, ...LOCKS, ...OTHERS],
  not: [/DEBUG:/, /xlog_status:/, /BUG: no syscalls can create resource/],
};
