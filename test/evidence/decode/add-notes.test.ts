import { describe, expect, it } from 'vitest';
import { NOTHING_TOLD } from '../../../src/evidence/trace/nothing-told.ts';
import type { BareTrace } from '../../../src/model/evidence.ts';
import type { Console, LogLine } from '../../../src/model/log.ts';
import { addNotes } from '../../../src/evidence/decode/add-notes.ts';

const toLog = (lines: readonly string[], console: Console | null = null): LogLine[] =>
  lines.map((text, at) => ({
    text,
    first: at + 1,
    last: at + 1,
    depth: 0,
    console,
    domain: null,
    caller: null,
    seconds: null,
    repairs: [],
  }));

const toTrace = (over: Partial<BareTrace>): BareTrace => ({
  ...NOTHING_TOLD,
  lines: [1, 1000],
  depth: 0,
  project: 'linux',
  kind: 'multicall',
  title: '',
  headline: '',
  fingerprint: '',
  ...over,
});

const notesOf = (lines: readonly string[], over: Partial<BareTrace> = {}): string[] =>
  addNotes(toTrace(over), toLog(lines)).notes.map(({ text, line }) => `${String(line)} ${text}`);

describe('addNotes: multicalls', () => {
  it.each<[string, string, string[]]>([
    [
      'the old form',
      '  call  1/2: op=14 arg=[ffff880001e4a0c8] result=-22\txen_pmd_clear+0x20/0x30',
      ['1 op=14 is HYPERVISOR_update_va_mapping', '1 result=-22 is EINVAL'],
    ],
    [
      'the middle form',
      '  call  1: op=1 arg=[ffff88817fe1faf0] result=-16',
      ['1 op=1 is HYPERVISOR_mmu_update', '1 result=-16 is EBUSY'],
    ],
    [
      'the new form, refused for an MSI page',
      '  call  2: op=1 result=-1 caller=xen_extend_mmu_update+0x4e/0xd0 pars=ffff888267e25ad0 1 0 7ff0 args=9ba37a678 80000000feec2073',
      [
        '1 op=1 is HYPERVISOR_mmu_update',
        '1 result=-1 is EPERM',
        '1 domid 7ff0 is DOMID_SELF',
        '1 the update of 9ba37a678 is NORMAL_PT_UPDATE',
        '1 the entry 80000000feec2073 points at feec2000, the MSI window of x86',
      ],
    ],
    [
      'a negative result printed without its sign',
      '  call  1/1: op=26 arg=[ffff8800] result=18446744073709551594',
      ['1 op=26 is HYPERVISOR_mmuext_op', '1 result=18446744073709551594 is EINVAL'],
    ],
    [
      'a hypercall that worked',
      '  call  1/1: op=3 arg=[ffff8800] result=0',
      ['1 op=3 is HYPERVISOR_stack_switch', '1 result=0 is success'],
    ],
    ['a number that no table knows', '  call  1/1: op=59 arg=[ffff8800] result=-999', []],
  ])('%s', (_, line, notes) => {
    expect(notesOf([line])).toEqual(notes);
  });
});

describe('addNotes: one line', () => {
  it.each<[string, string, Partial<BareTrace>, string[]]>([
    [
      'a stub of the hypercall page',
      ' [<ffffffff8100122a>] hypercall_page+0x22a/0x1000',
      { kind: 'oops' },
      ['1 hypercall_page+0x22a is HYPERVISOR_xen_version'],
    ],
    ['an errno of Xen', 'd2: IOMMU mapping dfn 1 to mfn 1 failed: -12', { project: 'xen' }, ['1 -12 is ENOMEM']],
    ['an errno in brackets', 'd[IO]: deassign (0000:00:01.0) failed (-3)', { project: 'xen' }, ['1 -3 is ESRCH']],
    [
      'the same number from libxl',
      'libxl: error: libxl_create.c:1267:domcreate_rebuild_done: Domain 9:cannot (re-)build domain: -3',
      { project: 'userspace', kind: 'other' },
      ['1 libxl -3 is ERROR_FAIL'],
    ],
    [
      'an rc of libxl',
      'libxl: error: libxl_qmp.c:1: f: Domain 3:Error happened with the QMP connection to QEMU, rc=-26',
      { project: 'userspace', kind: 'other' },
      ['1 libxl -26 is ERROR_PROTOCOL_ERROR_QMP'],
    ],
    [
      'a fatal trap of before 4.14',
      'FATAL TRAP: vector = 12 (stack error)',
      { project: 'xen', kind: 'fatal-trap' },
      ['1 vector 12 is #SS Stack-Segment Fault'],
    ],
    [
      'a page fault of a guest with its error code',
      'd0v0 Unhandled: vec 14, #PF[0007]',
      { project: 'xen', kind: 'domain-crash' },
      ['1 vector 14 is #PF Page Fault', '1 #PF error code 0007: user write, the page is present but forbids it'],
    ],
    [
      'a reserved bit',
      '[error_code=0009]',
      { project: 'xen', kind: 'page-fault' },
      ['1 #PF error code 0009: supervisor read, the page is present but forbids it, reserved bit set'],
    ],
    [
      'an instruction fetch',
      '[error_code=0011]',
      { project: 'xen', kind: 'page-fault' },
      ['1 #PF error code 0011: supervisor instruction fetch, the page is present but forbids it'],
    ],
    [
      'a selector error that names a vector',
      'FATAL TRAP: vec 13, #GP[0402]',
      { project: 'xen', kind: 'fatal-trap' },
      ['1 vector 13 is #GP General Protection Fault', '1 error code 0402: entry 128 of the interrupt descriptor table'],
    ],
    [
      'a VM entry that failed',
      'd7v0 vmentry failure (reason 0x80000021): Invalid guest state (0)',
      { project: 'xen', kind: 'domain-crash' },
      ['1 reason 0x80000021 is INVALID_GUEST_STATE: the processor refused to enter the guest'],
    ],
    [
      'the page type of an EPT violation',
      'd1v0 EPT violation 0x19c (--x/rw-) gpa 0x0000007ed373a1 mfn 0x33ed37 type 5',
      { project: 'xen', kind: 'domain-crash' },
      ['1 type 5 is mmio_direct'],
    ],
    [
      'an exit of SVM',
      'd3v0 unexpected VMEXIT: exit reason = 0x7f, exitinfo1 0, exitinfo2 0',
      { project: 'xen', kind: 'domain-crash' },
      ['1 exit code 0x7f is SHUTDOWN'],
    ],
    [
      'the syndrome of arm64 Linux',
      '  ESR = 0x96000004',
      { kind: 'oops' },
      ['1 EC 0x25 is data abort at the same exception level', '1 fault status 0x04 is translation fault, level 0'],
    ],
    [
      'the syndrome of a trap that is no abort',
      'Hypervisor Trap. HSR=0x02000000 EC=0x0 IL=1 Syndrome=0x0',
      { project: 'xen', kind: 'fatal-trap' },
      ['1 EC 0x00 is unknown reason'],
    ],
    [
      'a RISC-V cause',
      'scause    : 000000000000000c Unhandled exception[Instruction Page Fault]',
      { project: 'xen', kind: 'fatal-trap' },
      ['1 scause c is instruction page fault'],
    ],
    [
      'a DMAR reason',
      '[VT-D]DMAR: reason 06 - PTE Read access is not set',
      { project: 'xen', kind: 'other' },
      ['1 DMAR reason 6 is PTE forbids the read'],
    ],
    [
      'a PV kernel',
      'RIP: e030:__pci_enable_msix_range.part.0+0x26b/0x5f0',
      { kind: 'oops' },
      ['1 e030 is a 64-bit PV kernel'],
    ],
    ['no PV kernel', 'RIP: 0010:func+0x26b/0x5f0', { kind: 'oops' }, []],
    ['Xen itself', 'RIP:    e008:[<ffff82d08022a60a>] f+0xafa/0x1350', { project: 'xen', kind: 'bug' }, []],
    [
      'a reserved domain',
      'Domain 32754 domain_lock: addr=ffff83027c8c9018, lockval=00000000, not locked',
      { project: 'xen', kind: 'bug' },
      ['1 domain 32754 is DOMID_XEN (pages of Xen itself)'],
    ],
    [
      'a second oops',
      'Oops: 0002 [#2] SMP',
      { kind: 'oops' },
      ['1 the oops with the number 2 since boot: the first one tells more'],
    ],
    [
      'a gap',
      'printk: 52 messages suppressed.',
      { project: 'xen', kind: 'domain-crash' },
      ['1 52 messages were suppressed here: the log has a gap'],
    ],
    [
      'a shutdown reason',
      'Domain 1 has shut down, reason code 3 0x3',
      { project: 'userspace', kind: 'other' },
      ['1 reason code 3 is crash'],
    ],
    [
      'a grant status',
      'gnttab: map failed, status = -3',
      { kind: 'oops' },
      ['1 grant status -3 is bad_gntref: invalid grant reference'],
    ],
    ['a xenbus state', 'xenbus: timeout connecting to backend, state 4', { kind: 'other' }, ['1 state 4 is Connected']],
    [
      'a member of a structure at NULL',
      'Faulting linear address: 0000000000000010',
      { project: 'xen', kind: 'page-fault' },
      ['1 address 0x10: a member of a structure at NULL'],
    ],
    [
      'memory that was freed',
      'Faulting linear address: 6b6b6b6b6b6b6b6b',
      { project: 'xen', kind: 'page-fault' },
      ['1 address 6b6b6b6b6b6b6b6b is a poison pattern: memory used after it was freed'],
    ],
    [
      'a mapping that is gone',
      'Faulting linear address: ffff82c000201000',
      { project: 'xen', kind: 'page-fault' },
      ["1 address ffff82c000201000 is in Xen's vmap, ioremap or fixmap: a mapping that is gone or was never made"],
    ],
    ['nothing to say', 'CPU: 0 PID: 22 Comm: kworker/0:1', { kind: 'oops' }, []],
  ])('%s', (_, line, over, notes) => {
    expect(notesOf([line], over)).toEqual(notes);
  });
});

describe('addNotes: the whole trace', () => {
  it('reads the registers of a PV guest that is in a hypercall', () => {
    const lines = [
      'RIP:    e033:[<ffffffff8220128c>]',
      'rax: 0000000000000014   rbx: ffffc90041361000   rcx: ffffffff8220128c',
      'rdx: 0000000000000001   rsi: ffffc9004136b018   rdi: 0000000000000000',
    ];
    expect(notesOf(lines, { project: 'xen', kind: 'domain-crash' })).toEqual([
      '1 e033 is a 64-bit PV guest, kernel or user, as Xen sees it',
      '2 rax=20 is HYPERVISOR_grant_table_op: the guest was in this hypercall',
      '2 rdi=0 is map_grant_ref',
    ]);
  });

  it('says nothing of registers where the guest was in no hypercall', () => {
    const lines = [
      'RIP:    e033:[<ffffffff82b9f731>]',
      'rax: 0000000000000014   rbx: 0000000000000000   rcx: 0000000000000001',
    ];
    expect(notesOf(lines, { project: 'xen', kind: 'domain-crash' })).toEqual([
      '1 e033 is a 64-bit PV guest, kernel or user, as Xen sees it',
    ]);
  });

  it.each<[string, Partial<BareTrace>, string[]]>([
    [
      'linux W',
      { tainted: 'G        W  O' },
      [
        '1 taint W: a warning was printed before: this is not the first failure',
        '1 taint O: an out-of-tree module was loaded',
      ],
    ],
    ['linux G', { tainted: 'G' }, []],
    ['xen H', { project: 'xen', tainted: 'H' }, ['1 taint H: hvm_fep is on: a test option']],
    ['xen C, which is harmless', { project: 'xen', tainted: 'C' }, []],
    ['none', { tainted: null }, []],
  ])('taint: %s', (_, over, notes) => {
    expect(notesOf([], over)).toEqual(notes);
  });

  it('says that S frames of a release build are guesses', () => {
    const guess = { function: 'f', offset: 1, size: 2, address: null, module: null, reliable: false, location: null };
    const banner = ['----[ Xen-4.13.0  x86_64  debug=n   Not tainted ]----'];
    expect(notesOf(banner, { project: 'xen', kind: 'bug', frames: [guess] })).toHaveLength(1);
    expect(notesOf(banner, { project: 'xen', kind: 'bug', frames: [{ ...guess, reliable: true }] })).toEqual([]);
  });

  it('points at what Xen complained of right before it took a domain down', () => {
    const log = toLog(['Failed to shatter gfn 7ed37: -12', 'd1v0 EPT violation 0x19c (--x/rw-) gpa 0x1'], 'xen');
    const trace = toTrace({ project: 'xen', kind: 'domain-crash', lines: [2, 2] });
    expect(addNotes(trace, log).notes).toEqual([{ text: 'before it: Failed to shatter gfn 7ed37: -12', line: 1 }]);
  });

  it('points at the page table that Xen refused right before a multicall failed', () => {
    const refused = toLog(['mm.c:2031:d3v0 Bad L1 flags 800000'], 'xen');
    const failed = toLog(['', '1 of 1 multicall(s) failed: cpu 0'], 'linux').slice(1);
    const trace = toTrace({ kind: 'multicall', lines: [2, 2] });
    expect(addNotes(trace, [...refused, ...failed]).notes).toEqual([
      { text: 'before it: mm.c:2031:d3v0 Bad L1 flags 800000', line: 1 },
    ]);
  });

  it('says what a log that starts late has lost, and how Xen keeps more of it', () => {
    const late = ['1 the log starts late: what led to this is missing'];
    expect(notesOf([], { damage: 'starts-late' })).toEqual(late);
    expect(notesOf([], { damage: 'starts-late', project: 'xen', kind: 'bug' })).toEqual([
      `${late[0] ?? ''}; a larger console ring (conring_size=) keeps more`,
    ]);
  });

  it('says the same thing once, and only about lines of the trace', () => {
    const lines = ['x failed: -12', 'y failed: -12', 'z failed: -22'];
    expect(notesOf(lines, { project: 'xen', kind: 'other', lines: [1, 2] })).toEqual(['1 -12 is ENOMEM']);
  });
});
