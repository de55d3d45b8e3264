import { describe, expect, it } from 'vitest';
import { looksLikeLog, repairLog } from '../../../src/evidence/log/repair-log.ts';
import { toPart } from './part.ts';

const STAMP = '[   12.345678] ';

function texts(text: string, flowed = false): string[] {
  return repairLog(toPart(text, { flowed })).map((line) => line.text);
}

describe('prefixes come off', () => {
  it.each([
    ['hypervisor', '(XEN) Panic on CPU 4:', { text: 'Panic on CPU 4:', console: 'xen' }],
    ['hypervisor with a date', '(XEN) [2021-09-06 18:15:04.090] mfn 639437', { text: 'mfn 639437', console: 'xen' }],
    ['hypervisor with seconds', '(XEN) [   24.247302] stuck!', { text: 'stuck!', console: 'xen', seconds: 24.247302 }],
    ['hypervisor with a raw counter', '(XEN) [0000000d2c23739a] Panic', { text: 'Panic', console: 'xen' }],
    ['guest', '(d12) BUG: x', { text: 'BUG: x', console: 'guest', domain: 12 }],
    ['guest with a kernel stamp', '(d1) [    1.500000] BUG: x', { text: 'BUG: x', console: 'guest', seconds: 1.5 }],
    ['kernel', '[    0.499470] BUG: x', { text: 'BUG: x', console: 'linux', seconds: 0.49947 }],
    ['kernel with a task', '[   14.045188][  T234] BUG: x', { text: 'BUG: x', caller: 'T234' }],
    ['kernel with a CPU', '[   14.045188][    C1] BUG: x', { text: 'BUG: x', caller: 'C1' }],
    ['level before the stamp', '<4>[   14.045188] BUG: x', { text: 'BUG: x', console: 'linux' }],
    ['level by name', '[2721961.681222]  ALERT: BUG: x', { text: 'BUG: x', seconds: 2721961.681222 }],
    ['early console', '(early) [    0.000000] Linux version 5.1', { text: 'Linux version 5.1', console: 'linux' }],
    ['syslog', 'Oct 17 22:52:07 dom0 kernel: BUG: x', { text: 'BUG: x', console: 'linux' }],
    ['syslog without host', 'Sep 25 22:02:50 [kernel] BUG: x', { text: 'BUG: x', console: 'linux' }],
    ['syslog and stamp', 'Oct 17 22:52:07 dom0 kernel: [   12.500000] BUG: x', { text: 'BUG: x', seconds: 12.5 }],
    ['journal in French', 'janv. 16 09:25:02 serveur kernel: BUG: x', { text: 'BUG: x', console: 'linux' }],
    ['test lab', 'Nov 18 01:55:18.633866 (XEN) Xen BUG at a.c:1', { text: 'Xen BUG at a.c:1', console: 'xen' }],
    [
      'combined log',
      'Oct 14 18:41:49.056589 VM hypervisor: (XEN) Xen BUG at a.c:1',
      { text: 'Xen BUG at a.c:1', console: 'xen' },
    ],
    ['host collects guests', 'dom7: [ 2866.578655] BUG: x', { text: 'BUG: x', console: 'linux' }],
    ['prompt', 'syzzy login: [   12.345678] BUG: x', { text: 'BUG: x', console: 'linux' }],
    ['ISO date', '[2022-09-10 21:50:26] [   12.345678] BUG: x', { text: 'BUG: x', console: 'linux' }],
    ['indented by a commit message', '    [   12.345678] BUG: x', { text: 'BUG: x', console: 'linux' }],
    ['date of dmesg -T', '[Mon Mar  4 10:11:12 2024] BUG: x', { text: 'BUG: x', console: 'linux' }],
  ])('%s', (_, text, wanted) => {
    expect(repairLog(toPart(text))).toMatchObject([wanted]);
  });

  it('one blank belongs to the prefix, the indentation of a frame stays', () => {
    expect(texts('(XEN)    [<ffff82d08022a60a>] R foo+0x1/0x2\n[    1.000000]  bar+0x1/0x2')).toEqual([
      '   [<ffff82d08022a60a>] R foo+0x1/0x2',
      ' bar+0x1/0x2',
    ]);
  });
});

describe('wrapped lines are joined', () => {
  it.each([
    [
      'symbol behind an address',
      `${STAMP} [<ffffffff81546022>]\nkernel_physical_mapping_init+0x15e/0x233`,
      ' [<ffffffff81546022>] kernel_physical_mapping_init+0x15e/0x233',
    ],
    [
      'symbol behind a marker',
      `${STAMP} [<ffffffff8107df27>] ?\n__raw_callee_save___pv_queued_spin_unlock+0x11/0x1e`,
      ' [<ffffffff8107df27>] ? __raw_callee_save___pv_queued_spin_unlock+0x11/0x1e',
    ],
    [
      'symbol behind R of Xen',
      '(XEN)    [<ffff82d040244cbf>] R\ncommon/sched/credit.c#csched_load_balance+0x41/0x877',
      '   [<ffff82d040244cbf>] R common/sched/credit.c#csched_load_balance+0x41/0x877',
    ],
    [
      'instruction pointer',
      'RIP: e030:\npmdp_test_and_clear_young+0x25/0x40',
      'RIP: e030: pmdp_test_and_clear_young+0x25/0x40',
    ],
    [
      'register value',
      '(XEN) rax: ffff82d040981618   rbx: ffff82d040981618   rcx:\n0000000000000000',
      'rax: ffff82d040981618   rbx: ffff82d040981618   rcx: 0000000000000000',
    ],
    [
      'fault address',
      `${STAMP}Unable to handle kernel NULL pointer dereference at\nvirtual address 0000000000000008`,
      'Unable to handle kernel NULL pointer dereference at virtual address 0000000000000008',
    ],
    [
      'kernel version',
      `${STAMP}CPU: 0 PID: 22 Comm: kworker/0:1 Not tainted\n4.4.88 #157`,
      'CPU: 0 PID: 22 Comm: kworker/0:1 Not tainted 4.4.88 #157',
    ],
    [
      'multicall result',
      'Sep 25 22:02:50 [kernel]   call  1/2: op=14 arg=[ffff880115bb7000]\nresult=0',
      '  call  1/2: op=14 arg=[ffff880115bb7000] result=0',
    ],
    [
      'lock place',
      `${STAMP} (sk_lock-AF_INET6){+.+.}, at: [<00000000abe26b8e>]\nsctp_wait_for_sndbuf+0x509/0x8d0`,
      ' (sk_lock-AF_INET6){+.+.}, at: [<00000000abe26b8e>] sctp_wait_for_sndbuf+0x509/0x8d0',
    ],
    [
      'frame of arm',
      '[<c010cdd0>] (show_stack) from [<c0bf240c>]\n(dump_stack_lvl+0x58/0x70)',
      '[<c010cdd0>] (show_stack) from [<c0bf240c>] (dump_stack_lvl+0x58/0x70)',
    ],
  ])('%s', (_, text, wanted) => {
    expect(texts(text)).toEqual([wanted]);
  });

  it('lines between two stamped ones, where the first could not have been longer', () => {
    const log = `${STAMP}Hardware name: Google Google Compute Engine/Google Compute\nEngine, BIOS Google 01/01/2011\n${STAMP}Call Trace:`;
    expect(texts(log)).toEqual([
      'Hardware name: Google Google Compute Engine/Google Compute Engine, BIOS Google 01/01/2011',
      'Call Trace:',
    ]);
  });

  it('a module list of many lines', () => {
    const modules = [
      'nf_tables nfnetlink vfat fat intel_rapl_msr think_lmi firmware',
      'intel_rapl_common pcspkr uvcvideo',
    ];
    const log = `${STAMP}Modules linked in: snd_seq_dummy snd_hrtimer snd_seq snd\n${modules.join('\n')}\n${STAMP}CPU: 1 PID: 0 Comm: x`;
    expect(texts(log)[0]).toBe(`Modules linked in: snd_seq_dummy snd_hrtimer snd_seq snd ${modules.join(' ')}`);
  });

  it('quoted lines of which the rest kept its mark', () => {
    expect(texts(`> ${STAMP} [<ffffffff81546022>]\n> foo_bar+0x15e/0x233`)).toEqual([
      ' [<ffffffff81546022>] foo_bar+0x15e/0x233',
    ]);
  });

  it('quoted lines of which the rest lost its mark', () => {
    const [line] = repairLog(toPart(`>> ${STAMP} [<ffffffff81546022>]\nfoo_bar+0x15e/0x233`));
    expect(line).toMatchObject({ text: ' [<ffffffff81546022>] foo_bar+0x15e/0x233', depth: 2, first: 1, last: 2 });
    expect(line?.repairs).toContain('unwrap-quote');
  });

  it('soft breaks of flowed text', () => {
    expect(texts(`${STAMP}CR2: 0000000000000010 CR3: 000000020f0fe005 CR4: \n00000000001606f0`, true)).toEqual([
      'CR2: 0000000000000010 CR3: 000000020f0fe005 CR4: 00000000001606f0',
    ]);
  });
});

describe('what is not broken stays', () => {
  it.each([
    ['prose without a log', 'Hi,\n\nI see this since the update, and it is\nreproducible here.\n\n  - one\n  - two \n'],
    [
      'prose below a log',
      `${STAMP}BUG: something\n\nThis happens with every kernel since last week and I wonder\nwhether it is known.`,
    ],
    [
      'unwrapped log with lines of programs in it',
      `${STAMP}${'a long line of a log that no mailer has wrapped '.repeat(3)}\n${STAMP}${'another long line '.repeat(8)}\nexecuting program 1:\n${STAMP}BUG: x`,
    ],
    [
      'register rows without stamps',
      'RAX: 0000000000000000 RBX: ffffc90040a0e000 RCX: 0000000000000000\nRDX: 0000000000000001 RSI: 0000000000000000 RDI: ffffc90040a0e000',
    ],
    [
      'headline and the line below it',
      'BUG: kernel NULL pointer dereference, address: 0000000000000050\n#PF: supervisor read access in kernel mode',
    ],
    ['the hypervisor named in prose', 'I looked at the (XEN) lines and at RIP: e030:foo+0x1/0x2 as well.'],
  ])('%s', (_, text) => {
    const wanted = text.split('\n').map((line) => line.replace(/^\[ {3}12\.345678\] /, ''));
    expect(texts(text)).toEqual(wanted);
  });
});

describe('other damage', () => {
  it('glued lines are split', () => {
    expect(texts('(XEN) [   24.240254] ******(XEN) [   24.247302] Watchdog timer detects that CPU0 is stuck!')).toEqual(
      ['******', 'Watchdog timer detects that CPU0 is stuck!'],
    );
  });

  it('blanks of other kinds become blanks', () => {
    expect(texts('[    1.000000]\u00a0\u00a0foo+0x1/0x2\u200b')).toEqual([' foo+0x1/0x2']);
    expect(texts('[    1.000000]\u00c2\u00a0\u00c2\u00a0foo+0x1/0x2')).toEqual([' foo+0x1/0x2']);
    expect(texts('[    1.000000]\ufffd\ufffdfoo+0x1/0x2')).toEqual(['foo+0x1/0x2']);
  });

  it('blank lines between all lines go', () => {
    const lines = Array.from({ length: 10 }, (_, i) => ` f${String(i)}+0x1/0x2`);
    expect(texts(['Call Trace:', ...lines].join('\n\n'))).toEqual(['Call Trace:', ...lines]);
  });

  it('a journal that was pasted newest first is turned round', () => {
    const lines = [
      '------------[ cut here ]------------',
      'BUG: x',
      'CPU: 0 PID: 1 Comm: a Not tainted 6.1.0',
      'Call Trace:',
      ' a+0x1/0x2',
      ' b+0x1/0x2',
      ' c+0x1/0x2',
      '---[ end trace 0000000000000000 ]---',
    ];
    const log = [...lines].reverse().map((line) => `Mai 02 10:00:00 host kernel: ${line}`);
    expect(texts(log.join('\n'))).toEqual(lines);
  });

  it('dash escapes of signed mail are undone', () => {
    const log = '-----BEGIN PGP SIGNED MESSAGE-----\n\nCall Trace:\n foo+0x1/0x2\n- ---[ end trace 1 ]---';
    expect(texts(log).at(-1)).toBe('---[ end trace 1 ]---');
  });

  it('Markdown fences go', () => {
    expect(texts('```\nCall Trace:\n foo+0x1/0x2\n```')).toEqual(['Call Trace:', ' foo+0x1/0x2']);
  });

  it('every line points back at the lines that it was made of', () => {
    const log = repairLog(toPart(`words\n> ${STAMP} [<ffffffff81546022>]\n> foo_bar+0x15e/0x233\n> ${STAMP}next: x`));
    expect(log.map(({ first, last, depth }) => [first, last, depth])).toEqual([
      [1, 1, 0],
      [2, 3, 1],
      [4, 4, 1],
    ]);
  });
});

describe('looksLikeLog', () => {
  it.each([
    ['Xen console', '(XEN) Freed 664kB init memory'],
    ['kernel stamp', '[    0.000000] ACPI: RSDP'],
    ['frame', ' foo+0x1/0x2'],
    ['gdb', 'Thread 1 "qemu-system-i38" received signal SIGSEGV'],
    ['valgrind', '==1234== Invalid read of size 8'],
    ['address sanitizer', '==77==ERROR: AddressSanitizer: heap-use-after-free'],
    ['Python', 'Traceback (most recent call last):'],
    ['OCaml', 'Fatal error: exception Not_found'],
    ['libxl', 'libxl: error: libxl_create.c:1267:domcreate_rebuild_done: x'],
    ['command line', 'Kernel command line: root=/dev/sda'],
    ['assertion without quotes', 'assertion failed: !blk->dev (/a/b.c: f: 903)'],
    ['assertion', "qemu: hw/a.c:1: f: Assertion `x' failed."],
  ])('%s', (_, text) => expect(looksLikeLog(text)).toBe(true));

  it.each([
    ['prose', 'Thanks for the patch, I will have a look at it tomorrow.'],
    ['diff', '@@ -1,3 +1,4 @@\n int a;\n+int b;'],
  ])('not %s', (_, text) => expect(looksLikeLog(text)).toBe(false));
});
