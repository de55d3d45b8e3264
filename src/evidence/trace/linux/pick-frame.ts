import type { Pick } from './title-rule.ts';

/**
 * Functions that hand work out: in a stall the function called by one of them names the loop, since the innermost
 * ones are random. From syzkaller's pkg/report/linux.go (Apache-2.0).
 */
const ANCHOR = new RegExp(
  String.raw`
  process_one_work do_syscall_ do_fast_syscall_ sysenter_dispatch tracesys_phase2 el0_svc_handler invoke_syscall
  ret_fast_syscall netif_receive_skb do_softirq call_timer_fn _run_timers run_timer_softirq hrtimer_run run_ksoftirqd
  smpboot_thread_fn ^kthread$ start_secondary cpu_startup_entry ret_from_fork
  vfs_write vfs_read vfs_iter_read vfs_iter_write do_iter_read do_iter_write call_read_iter call_write_iter
  new_sync_read new_sync_write vfs_ioctl ksys_ioctl compat_ioctl compat_sys_ioctl blkdev_driver_ioctl blkdev_ioctl
  do_iter_readv_writev ^call_mmap mmap_region do_mmap do_dentry_open vfs_open
  ^sock_sendmsg ^sock_recvmsg ^sock_release ^__sock_release ^setsockopt$ kernel_setsockopt sock_common_setsockopt
  ^listen$ kernel_listen sk_common_release ^sock_mmap ^accept$ kernel_accept ^sock_do_ioctl ^sock_ioctl
  ^compat_sock_ioctl ^nfnetlink_rcv_msg ^rtnetlink_rcv_msg ^netlink_dump ^(?:sys_)?(?:socketpair|connect|ioctl)
  __do_fault do_page_fault ^page_fault$ __fput task_work_run exit_to_usermode smp_call_function tasklet_action
  tasklet_hi_action`
    .trim()
    .split(/\s+/)
    .join('|'),
);

/** Waits that every hung task shares; two of them name the bug better than the task that happened to wait. */
const HANG_ANCHORS: readonly (readonly [fragment: string, name: string | null])[] = [
  ['rtnl_lock', null],
  ['synchronize_rcu', 'synchronize_rcu'],
  ['synchronize_srcu', 'synchronize_rcu'],
  ['synchronize_net', 'synchronize_rcu'],
  ['synchronize_sched', 'synchronize_rcu'],
];

const WAITING =
  /sched|_lock|_slowlock|down|rwsem|completion|kthread|wait|synchronize|context_switch|__switch_to|cancel_delayed_work|rcu_barrier/;

/** The function that a title should name, of those that a call trace gave (innermost first); `null` for none. */
export function pickFrame(functions: readonly string[], pick: Pick): string | null {
  if (pick === 'stall') return pickStalled(functions);
  if (pick === 'hang') return pickHung(functions);
  return functions[0] ?? null;
}

function pickStalled(functions: readonly string[]): string | null {
  let before = functions[0] ?? null;
  for (const name of functions) {
    if (ANCHOR.test(name) || ANCHOR.test(toPlainSyscall(name)))
      return name.includes('smp_call_function') ? 'smp_call_function' : before;
    before = name;
  }
  return null;
}

function pickHung(functions: readonly string[]): string | null {
  for (const name of functions) {
    const anchor = HANG_ANCHORS.find(([fragment]) => name.includes(fragment));
    if (anchor) return anchor[1] ?? name;
  }
  return functions.find((name) => !WAITING.test(name)) ?? null;
}

const SYSCALL_PREFIXES = [
  'SYSC_',
  'SyS_',
  'sys_',
  '__x64_',
  '__ia32_',
  '__arm64_',
  '____sys_',
  '___sys_',
  '__sys_',
  '__se_',
  '__se_sys_',
  '__do_sys_',
  'compat_SYSC_',
  'compat_SyS_',
  'ksys_',
] as const;

/** The function without what architectures put before a system call: the shortest that taking one prefix off gives. */
export function toPlainSyscall(name: string): string {
  let shortest = name;
  for (const prefix of SYSCALL_PREFIXES) {
    if (name.startsWith(prefix) && name.length - prefix.length < shortest.length) shortest = name.slice(prefix.length);
  }
  return shortest;
}

/** The names under which the function may have been titled: itself, and without each prefix that it has. */
export function toOtherSyscalls(name: string): string[] {
  const others = SYSCALL_PREFIXES.filter((prefix) => name.startsWith(prefix)).map((prefix) =>
    name.slice(prefix.length),
  );
  return [name, ...others];
}
