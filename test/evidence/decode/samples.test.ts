import { describe, expect, it } from 'vitest';
import { NOTHING_TOLD } from '../../../src/evidence/trace/nothing-told.ts';
import { addNotes } from '../../../src/evidence/decode/add-notes.ts';
import { readTable, readTableSet } from '../../../src/evidence/decode/tables.ts';
import type { BareTrace } from '../../../src/model/evidence.ts';
import { repairLog } from '../../../src/evidence/log/repair-log.ts';
import { toPart } from '../log/part.ts';

const TRACE: BareTrace = {
  ...NOTHING_TOLD,
  lines: [1, 10],
  depth: 0,
  project: 'xen',
  kind: 'fatal-trap',
  title: '',
  headline: '',
  fingerprint: '',
};

/** What the notes say of a line, in one text. */
function say(line: string, over: Partial<BareTrace> = {}): string {
  const log = repairLog(toPart(`${line}\n`));
  return addNotes({ ...TRACE, ...over }, log)
    .notes.map(({ text }) => text)
    .join('\n');
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** A table, how many rows it has (domain.md 7), and the line of a log in which a row of it is met. */
const TABLES: readonly (readonly [string, number, (key: string) => string])[] = [
  ['hypercalls', 50, (key) => `  call  1/2: op=${key} arg=[ffff880001e4a0c8] result=0`],
  ['errno', 49, (key) => `(XEN) d2: IOMMU mapping dfn 1 to mfn 1 failed: -${key}`],
  ['libxl-errors', 32, (key) => `libxl: error: libxl_create.c:1:f: Domain 9:cannot (re-)build domain: ${key}`],
  ['x86-traps', 25, (key) => `(XEN) FATAL TRAP: vec ${key}, #XX[0000]`],
  ['x86-cp-causes', 5, (key) => `(XEN) CONTROL-FLOW PROTECTION FAULT: #CP[000${key}] x`],
  ['fred-types', 7, (key) => `(XEN) FATAL TRAP: type ${key}, XXX, vec 6, #UD[0000]`],
  ['vmx-exits', 61, (key) => `(XEN) d7v0 vmentry failure (reason 0x8000${hex(Number(key), 4)}): x`],
  [
    'svm-exits',
    138,
    (key) =>
      `(XEN) d3v0 unexpected VMEXIT: exit reason = 0x${key === '-1' ? 'ffffffff' : key}, exitinfo1 0, exitinfo2 0`,
  ],
  [
    'arm-exception-classes',
    24,
    (key) => `(XEN) Hypervisor Trap. HSR=0x${hex(parseInt(key, 16) * 0x4000000, 8)} EC=0x0`,
  ],
  ['arm-fault-status', 32, (key) => `(XEN)    ESR_EL2: 96${hex(parseInt(key, 16), 6)}`],
  ['riscv-causes', 19, (key) => `(XEN) scause    : ${key.padStart(16, '0')} Unhandled exception[x]`],
  ['dmar-reasons', 21, (key) => `(XEN) [VT-D]DMAR: reason ${key.padStart(2, '0')} - x`],
  ['grant-status', 14, (key) => `gnttab: map failed, status = ${key}`],
  ['shutdown-reasons', 6, (key) => `Domain 1 has shut down, reason code ${key} 0x${key}`],
  ['xenbus-states', 9, (key) => `xenbus: timeout connecting to backend, state ${key}`],
  ['domids', 7, (key) => `domid 0x${key} is not valid here`],
];

describe.each(TABLES)('%s', (table, count, sample) => {
  const rows = Object.entries(readTable(table).rows);

  it(`has ${String(count)} rows`, () => {
    expect(rows).toHaveLength(count);
  });

  it.each(rows)('%s: %s', (key, meaning) => {
    expect(say(sample(key), { kind: 'other' })).toContain(meaning);
  });
});

describe('taint letters', () => {
  it.each(Object.entries(readTable('linux-taint').rows))('Linux %s: %s', (letter, meaning) => {
    expect(say('x', { project: 'linux', tainted: letter })).toContain(meaning);
  });

  it.each(Object.entries(readTable('xen-taint').rows))('Xen %s: %s', (letter, meaning) => {
    const said = say('x', { tainted: letter });
    expect(said).toBe(letter === 'C' ? '' : `taint ${letter}: ${meaning}`);
  });

  it('are all there', () => {
    const count = (table: 'linux-taint' | 'xen-taint'): number => Object.keys(readTable(table).rows).length;
    expect([count('linux-taint'), count('xen-taint')]).toEqual([20, 6]);
  });
});

describe('page fault bits', () => {
  it.each(Object.entries(readTable('x86-page-fault-bits').rows))('bit %s: %s', (bit, meaning) => {
    const said = say(`(XEN) [error_code=${hex(2 ** Number(bit), 4)}]`, { kind: 'page-fault' });
    expect(said).toContain(meaning);
  });
});

describe('selectors', () => {
  it.each(Object.entries(readTable('selectors').rows).filter(([key]) => key.startsWith('e0') && key !== 'e008'))(
    '%s: %s',
    (selector, meaning) => {
      expect(say(`RIP: ${selector}:foo+0x1/0x2`, { project: 'linux' })).toContain(meaning);
    },
  );
});

describe('page types of EPT violations', () => {
  it.each(Object.entries(readTableSet('p2m-types').tables['x86'] ?? {}))('%s: %s', (type, name) => {
    expect(say(`(XEN) d1v0 EPT violation 0x19c (--x/rw-) gpa 0x1 mfn 0x2 type ${type}`)).toContain(name);
  });
});

describe('sub-operations', () => {
  /** How many rows each table has (domain.md 7.2). */
  const COUNTS = {
    mmu_update: 4,
    mmuext_op: 20,
    grant_table_op: 13,
    physdev_op: 27,
    event_channel_op: 15,
    'event channel status': 6,
    sched_op: 8,
    vcpu_op: 16,
    xen_version: 15,
    memory_op: 28,
    platform_op: 25,
    hvm_op: 15,
    dm_op: 20,
    domctl: 79,
    sysctl: 26,
    kexec_op: 7,
    callback_op: 7,
    argo_op: 4,
    hypfs_op: 3,
    mca: 6,
    VIRQ: 21,
    vm_assist: 7,
    feature: 21,
    'update_va_mapping flags': 4,
  };

  it('are all there', () => {
    const { tables } = readTableSet('sub-operations');
    expect(Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, Object.keys(rows).length]))).toEqual(
      COUNTS,
    );
  });

  const numbers = Object.fromEntries(
    Object.entries(readTable('hypercalls').rows).map(([number, name]) => [name, number]),
  );
  const inRegisters = [
    'memory_op',
    'xen_version',
    'grant_table_op',
    'vcpu_op',
    'sched_op',
    'event_channel_op',
    'physdev_op',
    'hvm_op',
  ];
  const rows = inRegisters.flatMap((name) =>
    Object.entries(readTableSet('sub-operations').tables[name] ?? {}).map(
      ([key, meaning]) => [name, key, meaning] as const,
    ),
  );

  it.each(rows)('%s %s in the registers of a PV guest: %s', (name, key, meaning) => {
    const log = [
      '(XEN) RIP:    e033:[<ffffffff8220128c>]',
      `(XEN) rax: ${hex(Number(numbers[name]), 16)}   rbx: ffffc90041361000   rcx: ffffffff8220128c`,
      `(XEN) rdx: 0000000000000001   rsi: ffffc9004136b018   rdi: ${hex(Number(key), 16)}`,
    ];
    expect(say(log.join('\n'))).toContain(`rdi=${key} is ${meaning}`);
  });
});
