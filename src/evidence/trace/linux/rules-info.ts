import { FROM_TRACE, RIP, SRC } from './title-rule.ts';
import type { Header, TitleRule } from './title-rule.ts';

/** Where the timer came in: below it stands what the CPU was doing. Xen's guests get it as an event. */
const INTERRUPT =
  /apic_timer_interrupt|xen_timer_interrupt|xen_(?:pv_|hvm_)?(?:evtchn_do_upcall|callback_vector|do_upcall)|xen_do_hypervisor_callback/;

/** Reports that begin with `INFO:`. The titles are syzkaller's (pkg/report/linux.go, Apache-2.0). */
const PC_PLACE = /at: \[<?(?:0x)?[0-9a-f]{1,16}>?\] {1,8}(?<fn>[a-zA-Z0-9_]{1,200})[.+]/;

function deadlock(what: RegExp, before: RegExp): TitleRule {
  return { when: what, then: [before, PC_PLACE], title: 'possible deadlock in {fn}', kind: 'lockdep' };
}

const RULES: readonly TitleRule[] = [
  deadlock(/INFO: possible circular locking dependency detected/, /is trying to acquire lock/),
  deadlock(/INFO: possible irq lock inversion dependency detected/, /just changed the state of lock/),
  deadlock(/INFO: \w{1,20}-safe -> \w{1,20}-unsafe lock order detected/, /is trying to acquire/),
  deadlock(/INFO: possible recursive locking detected/, /is trying to acquire lock/),
  {
    when: /INFO: inconsistent lock state/,
    then: [/takes/, PC_PLACE],
    title: 'inconsistent lock state in {fn}',
    kind: 'lockdep',
  },
  {
    when: /INFO: rcu_(?:preempt|sched|bh|tasks) (?:self-)?detected(?: expedited)? stall/,
    title: 'INFO: rcu detected stall in {frame}',
    also: ['stall in {frame}'],
    kind: 'rcu-stall',
    stacks: [
      [{ to: INTERRUPT }, { to: RIP }, 'trace'],
      [{ to: new RegExp(`(?:${INTERRUPT.source}|Exception stack|el1h_64_irq)`) }, 'trace'],
    ],
    skip: ['apic_timer_interrupt', 'rcu', 'xen_timer', 'upcall', 'hypervisor_callback'],
    pick: 'stall',
  },
  {
    when: /INFO: trying to register non-static key/,
    title: 'INFO: trying to register non-static key in {frame}',
    kind: 'lockdep',
    stacks: [FROM_TRACE],
    skip: ['stack', 'lock', 'IRQ'],
  },
  {
    when: /INFO: suspicious RCU usage/,
    then: [new RegExp(SRC)],
    title: 'INFO: suspicious RCU usage in {frame}',
    kind: 'lockdep',
    stacks: [FROM_TRACE],
    skip: ['rcu', 'kmem', 'slab'],
  },
  {
    when: /INFO: task .{1,100} blocked(?: in I\/O wait| on \S{1,40}| on \w{1,40} likely owned by .{1,80})? for more than \d{1,9} seconds/,
    title: 'INFO: task hung in {frame}',
    also: ['hang in {frame}'],
    kind: 'hung-task',
    stacks: [FROM_TRACE],
    pick: 'hang',
  },
  {
    when: /INFO: task .{1,100} can't die for more than .{1,40} seconds/,
    title: "INFO: task can't die in {frame}",
    also: ['hang in {frame}'],
    kind: 'hung-task',
    stacks: [FROM_TRACE],
    skip: ['schedule'],
  },
  {
    when: /INFO: (?<how>Freed|Allocated) in (?<what>.{1,200})/,
    title: 'INFO: {how} in {what}',
    kind: 'kasan',
    damaged: true,
  },
  { when: /INFO:\s*$/, title: 'INFO: corrupted', kind: 'other', damaged: true },
];

export const INFO: Header = {
  text: 'INFO:',
  kind: 'other',
  rules: RULES,
  not: [
    /INFO: lockdep is turned off/,
    /INFO: Stall ended before state dump start/,
    /INFO: NMI handler/,
    /INFO: recovery required on readonly filesystem/,
    /(?:handler|interrupt).{0,200}took too long/,
    /INFO: sys_\S{0,60} is not present in/,
    /INFO: no syscalls can create resource/,
    /_INFO:/,
    /:INFO:/,
  ],
};
