import { describe, expect, it } from 'vitest';
import { repairLog } from '../../../../src/evidence/log/repair-log.ts';
import { findLinuxTraces } from '../../../../src/evidence/trace/linux/find-linux-traces.ts';
import type { BareTrace } from '../../../../src/model/evidence.ts';
import { toPart } from '../../log/part.ts';
import { golden } from '../../../bless.ts';
import { addNotes } from '../../../../src/evidence/decode/add-notes.ts';
import { readFamily } from '../cases.ts';
import { writeTrace } from '../write-trace.ts';

const CASES = readFamily('linux');

/** The lines of a case. */
function linesOf(name: string): string[] {
  return (
    CASES.find((one) => one.name === name)
      ?.text.trimEnd()
      .split('\n') ?? []
  );
}

function find(lines: readonly string[]): BareTrace[] {
  return findLinuxTraces(repairLog(toPart(lines.join('\n'))));
}

describe('cases', () => {
  it.each(CASES)('$name', ({ text, expected }) => {
    const log = repairLog(toPart(text));
    const found = findLinuxTraces(log).map((trace) => writeTrace(addNotes(trace, log)));
    const said = found.join('\n');
    expect(said).toBe(golden(expected, said));
  });
});

/** A report with that headline and a call trace below it. */
function report(headline: string, frames: readonly string[], between: readonly string[] = []): string[] {
  const process = 'CPU: 1 PID: 77 Comm: foo Not tainted 6.1.0-example #1';
  return [headline, ...between, process, 'Call Trace:', ...frames.map((name) => ` ${name}+0x1/0x20`)].map(
    (line, i) => `[   10.${String(100000 + i)}] ${line}`,
  );
}

describe('titles and kinds', () => {
  it.each<readonly [string, readonly string[], string]>([
    [
      'page-fault',
      report(
        'BUG: unable to handle page fault for address: ffffc90040691000',
        ['foo_read'],
        ['RIP: 0010:foo_copy+0x1/0x20'],
      ),
      'BUG: unable to handle kernel paging request in foo_copy',
    ],
    [
      'page-fault',
      report(
        'BUG: kernel NULL pointer dereference, address: 0000000000000050',
        ['foo_read'],
        ['RIP: e030:memcpy+0x1/0x20'],
      ),
      'BUG: unable to handle kernel NULL pointer dereference in foo_read',
    ],
    [
      'general-protection',
      report(
        'general protection fault, probably for non-canonical address 0xdffffc0000000000: 0000 [#1] SMP',
        ['foo_read'],
        ['RIP: 0010:foo_copy+0x1/0x20'],
      ),
      'general protection fault in foo_copy',
    ],
    [
      'bug',
      report(
        'kernel BUG at drivers/block/foo.c:1917!',
        ['foo_read'],
        ['invalid opcode: 0000 [#1] SMP PTI', 'RIP: 0010:foo_connect+0x1/0x20'],
      ),
      'kernel BUG in foo_connect',
    ],
    [
      'bug',
      report('kernel BUG at lib/list_debug.c:29!', ['__list_add_valid', 'foo_enqueue']),
      'BUG: corrupted list in foo_enqueue',
    ],
    [
      'bug',
      report('BUG: scheduling while atomic: foo/77/0x00000002', [
        'dump_stack',
        '__schedule_bug',
        '__schedule',
        'foo_wait',
      ]),
      'BUG: scheduling while atomic in foo_wait',
    ],
    [
      'bug',
      report('BUG: sleeping function called from invalid context at kernel/locking/mutex.c:580', [
        'dump_stack_lvl',
        '__might_resched',
        'foo_ioctl',
      ]),
      'BUG: sleeping function called from invalid context in foo_ioctl',
    ],
    [
      'warning',
      report(
        'WARNING: CPU: 1 PID: 77 at kernel/sched/fair.c:3339 foo_update+0x4f4/0x510',
        ['foo_tick'],
        ['RIP: 0010:foo_update+0x4f4/0x510'],
      ),
      'WARNING in foo_update',
    ],
    [
      'warning',
      report(
        'WARNING: fs/foo.c:829 at foo_put+0x334/0x430, CPU#1: foo/77',
        ['foo_tick'],
        ['RIP: 0010:foo_put+0x334/0x430'],
      ),
      'WARNING in foo_put',
    ],
    [
      'warning',
      report(
        'WARNING: CPU: 1 PID: 77 at lib/refcount.c:28 refcount_warn_saturate+0xae/0xf0',
        ['kobject_put', 'foo_release'],
        ['RIP: 0010:refcount_warn_saturate+0xae/0xf0'],
      ),
      'WARNING: refcount bug in foo_release',
    ],
    [
      'warning',
      report(
        'WARNING: CPU: 1 PID: 77 at lib/debugobjects.c:291 debug_print_object+0x166/0x220',
        ['debug_check_no_obj_freed', 'kfree', 'foo_release'],
        ['RIP: 0010:debug_print_object+0x166/0x220'],
      ),
      'WARNING: ODEBUG bug in foo_release',
    ],
    [
      'lockdep',
      report(
        'WARNING: suspicious RCU usage',
        ['dump_stack', 'lockdep_rcu_suspicious', 'foo_lookup'],
        ['6.1.0 Not tainted', 'net/foo.c:12 suspicious rcu_dereference_check() usage!'],
      ),
      'WARNING: suspicious RCU usage in foo_lookup',
    ],
    [
      'hung-task',
      report('INFO: task foo:77 blocked for more than 120 seconds.', ['__schedule', 'schedule', 'foo_sync']),
      'INFO: task hung in foo_sync',
    ],
    [
      'soft-lockup',
      report(
        'watchdog: BUG: soft lockup - CPU#8 stuck for 22s! [foo:77]',
        ['foo_loop', 'foo_ioctl', '__x64_sys_ioctl', 'do_syscall_64'],
        ['RIP: 0010:foo_spin+0x1/0x20'],
      ),
      'BUG: soft lockup in foo_ioctl',
    ],
    [
      'hard-lockup',
      report(
        'NMI watchdog: Watchdog detected hard LOCKUP on cpu 3',
        ['foo_loop', 'foo_ioctl', 'do_syscall_64'],
        ['RIP: 0010:foo_spin+0x1/0x20'],
      ),
      'BUG: hard lockup in foo_ioctl',
    ],
    [
      'rcu-stall',
      report('rcu: INFO: rcu_sched self-detected stall on CPU', [
        'dump_stack',
        'rcu_check_callbacks',
        'apic_timer_interrupt',
        'foo_loop',
        'foo_ioctl',
        'do_syscall_64',
      ]),
      'INFO: rcu detected stall in foo_ioctl',
    ],
    [
      'kasan',
      report(
        'BUG: KASAN: use-after-free in foo_get+0x1/0x20',
        ['dump_stack', 'kasan_report', 'foo_get'],
        ['Write of size 8 at addr ffff8881d7830000 by task foo/77'],
      ),
      'KASAN: use-after-free Write in foo_get',
    ],
    [
      'kmsan',
      report('BUG: KMSAN: uninit-value in foo_get+0x1/0x20', [], [' foo_get+0x1/0x20', ' foo_ioctl+0x1/0x20']),
      'KMSAN: uninit-value in foo_get',
    ],
    ['kcsan', report('BUG: KCSAN: data-race in foo_get / foo_put', [], []), 'KCSAN: data-race in foo_get / foo_put'],
    [
      'kasan',
      report('BUG: KFENCE: out-of-bounds read in foo_get+0x1/0x20', [], [' foo_get+0x1/0x20']),
      'KFENCE: out-of-bounds read in foo_get',
    ],
    [
      'ubsan',
      report('UBSAN: array-index-out-of-bounds in drivers/foo.c:151:15', [
        'dump_stack',
        'ubsan_epilogue',
        '__ubsan_handle_out_of_bounds',
        'foo_get',
      ]),
      'UBSAN: array-index-out-of-bounds in foo_get',
    ],
    [
      'panic',
      report('Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000009', [
        'dump_stack',
        'panic',
        'do_exit',
      ]),
      'kernel panic: Attempted to kill init!',
    ],
    [
      'multicall',
      report('1 of 1 multicall(s) failed: cpu 0', ['dump_stack', 'xen_mc_flush', 'xen_alloc_pte']),
      'multicall failed in xen_alloc_pte',
    ],
    [
      'other',
      report('foo: page allocation failure: order:4, mode:0x40cc0(GFP_KERNEL|__GFP_COMP)', [
        'dump_stack',
        'warn_alloc',
        '__alloc_pages',
        'foo_ring_setup',
      ]),
      'page allocation failure in foo_ring_setup',
    ],
    ['oops', report('Oops: 0002 [#1] SMP', ['foo_read'], ['RIP: 0010:foo_copy+0x1/0x20']), 'Oops in foo_copy'],
    [
      'stack-dump',
      report('sysrq: Show backtrace of all active CPUs', ['dump_stack', 'foo_show', 'foo_write']),
      'stack dump in foo_show',
    ],
  ])('%s', (kind, lines, title) => {
    expect(find(lines).map((trace) => [trace.kind, trace.title])).toEqual([[kind, title]]);
  });

  it('a leak is named by its object', () => {
    const [trace] = find([
      'BUG: memory leak',
      'unreferenced object 0xffff8800342540c0 (size 1864):',
      '  comm "a.out", pid 24109, jiffies 4299060398 (age 27.984s)',
      '  backtrace:',
      '    [<ffffffff85c73a22>] kmemleak_alloc+0x72/0xc0',
      '    [<ffffffff84b642c9>] foo_create+0x69/0x340',
    ]);
    expect(trace).toMatchObject({
      title: 'memory leak in foo_create',
      comm: 'a.out',
      pid: 24109,
      headline: 'unreferenced object 0xffff8800342540c0 (size 1864):',
    });
  });
});

describe('fields', () => {
  it.each<readonly [string, Partial<BareTrace>]>([
    [
      'CPU: 0 UID: 0 PID: 128 Comm: kworker/0:2 Not tainted 6.13.6-1.example.x86_64 #1',
      { cpu: 0, pid: 128, comm: 'kworker/0:2', version: '6.13.6-1.example.x86_64', tainted: null },
    ],
    [
      'CPU: 6 PID: 9 Comm: a b Tainted: G        W  OE     5.15.0-1 #1',
      { cpu: 6, pid: 9, comm: 'a b', version: '5.15.0-1', tainted: 'G        W  OE' },
    ],
    [
      'Pid: 2165, comm: ip Not tainted 3.5.0upstream-08854-g444fa66 #1',
      { pid: 2165, comm: 'ip', version: '3.5.0upstream-08854-g444fa66' },
    ],
  ])('%s', (line, wanted) => {
    const lines = [
      'BUG: unable to handle kernel NULL pointer dereference at 0000000000000010',
      line,
      'Hardware name: Example Board',
      'Call Trace:',
      ' foo+0x1/0x2',
    ];
    expect(find(lines)).toMatchObject([{ ...wanted, hardware: 'Example Board' }]);
  });
});

describe('what belongs to a trace', () => {
  it('the panic that a crash ends in is no trace of its own', () => {
    expect(find(linesOf('pv-guest-page-fault')).map(({ kind, lines }) => [kind, lines])).toEqual([
      ['page-fault', [1, 21]],
    ]);
  });

  it('the calls that a multicall failed in', () => {
    expect(find(linesOf('multicall-with-a-warning-before-it'))).toMatchObject([
      {
        kind: 'multicall',
        title: 'multicall failed in xen_alloc_pte',
        culprit: 'xen_alloc_pte',
        file: 'arch/x86/xen/multicalls.c',
        lines: [1, 20],
      },
    ]);
  });

  it('one context among others, and that others were there', () => {
    const [trace] = find(linesOf('callers-of-one-task-among-others'));
    expect(trace?.frames.map((frame) => frame.function)).toEqual([
      'dump_stack_lvl',
      'kasan_report',
      'foo_parse_the_header_of_a_packet',
    ]);
    expect(trace?.damage).toBe('interleaved');
  });

  it('two reports are two traces', () => {
    expect(
      find([...report('kernel BUG at a/b.c:1!', ['foo_a']), ...report('kernel BUG at a/c.c:2!', ['foo_b'])]).map(
        ({ file }) => file,
      ),
    ).toEqual(['a/b.c', 'a/c.c']);
  });

  it('a message that the console lost the end of is read where it is whole', () => {
    const lines = [
      '[    5.000001][   T31] INFO: t',
      '** replaying previous printk message **',
      '[    5.000001][   T31] INFO: task foo:77 blocked for more than 143 seconds.',
      '[    5.000002][   T31] Call trace:',
      '[    5.000003][   T31]  foo_sync+0x1/0x2',
    ];
    expect(find(lines).map(({ headline }) => headline)).toEqual([
      'INFO: task foo:77 blocked for more than 143 seconds.',
    ]);
  });

  it('a cut report says so', () => {
    expect(
      find([
        ...report('kernel BUG at a/b.c:1!', ['foo_a']),
        '[   10.200000] ',
        '[...]',
        '[   10.300000]  foo_z+0x1/0x2',
      ])[0]?.damage,
    ).not.toBe('no-frames');
    expect(
      find([
        'BUG: kernel NULL pointer dereference, address: 0000000000000050',
        'RIP: 0010:foo+0x1/0x2',
        '[...]',
        'Call Trace:',
        ' foo_b+0x1/0x2',
      ])[0]?.damage,
    ).toBe('cut-short');
  });
});

describe('no crash', () => {
  it.each([
    ['checkpatch', ['WARNING: line over 80 characters', '#123: FILE: drivers/xen/foo.c:12:', '+\tfoo();']],
    [
      'prose that quotes a headline',
      ['The patch fixes "BUG: unable to handle kernel NULL pointer dereference" in foo.'],
    ],
    ['a list of functions', ['I changed these:', '  foo_read()', '  foo_write()']],
    ['lockdep that is off', ['[    1.000000] INFO: lockdep is turned off.']],
    ['a mount option', ['[    1.000000] WARNING: the mand mount option is being deprecated and']],
    ['source code', ['\tpanic("Kernel panic - not syncing: %s", why);', '\tWARN_ON(foo);']],
    [
      'a program that died',
      ['[    1.000000] traps: foo[12] general protection fault ip:7f sp:7f error:0 in libc.so[7f]'],
    ],
    ['a grant that is in use', ['[    1.000000] xen:grant_table: WARNING:e.g. 0x112 still in use!']],
  ])('%s', (_, lines) => expect(find(lines)).toEqual([]));
});
