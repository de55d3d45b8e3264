import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findXenRange, lookUp, lookUpSubOperation, readTableSet } from '../../../src/evidence/decode/tables.ts';

const DATA = join(import.meta.dirname, '../../../data');

describe('lookUp', () => {
  it.each([
    ['hypercalls', '14', 'update_va_mapping'],
    ['hypercalls', '42', 'hypfs_op'],
    ['hypercalls', '11', null],
    ['errno', '12', 'ENOMEM'],
    ['errno', '11', 'EAGAIN'],
    ['errno', '110', 'ETIMEDOUT'],
    ['libxl-errors', '-3', 'ERROR_FAIL'],
    ['libxl-errors', '-26', 'ERROR_PROTOCOL_ERROR_QMP'],
    ['libxl-errors', '-32', 'ERROR_QEMU_API'],
    ['x86-traps', '14', '#PF Page Fault'],
    ['x86-traps', '30', '#SX Security Exception'],
    ['x86-page-fault-bits', '4', 'instruction fetch'],
    ['x86-cp-causes', '1', 'near ret'],
    ['vmx-exits', '33', 'INVALID_GUEST_STATE'],
    ['vmx-exits', '48', 'EPT_VIOLATION'],
    ['svm-exits', '4e', 'exception #PF'],
    ['svm-exits', '7f', 'SHUTDOWN'],
    ['svm-exits', '400', 'NPF'],
    ['arm-exception-classes', '25', 'data abort at the same exception level'],
    ['arm-fault-status', '06', 'translation fault, level 2'],
    ['riscv-causes', 'c', 'instruction page fault'],
    ['xen-taint', 'H', 'hvm_fep is on: a test option'],
    ['linux-taint', 'W', 'a warning was printed before: this is not the first failure'],
    ['dmar-reasons', '5', 'PTE forbids the write'],
    ['grant-status', '-3', 'bad_gntref: invalid grant reference'],
    ['xenbus-states', '4', 'Connected'],
    ['shutdown-reasons', '3', 'crash'],
    ['selectors', 'e030', 'a 64-bit PV kernel'],
    ['domids', '7ff0', 'DOMID_SELF'],
  ] as const)('%s %s is %s', (table, key, meaning) => {
    expect(lookUp(table, key)).toBe(meaning);
  });
});

describe('lookUpSubOperation', () => {
  it.each([
    ['mmu_update', '2', 'PT_UPDATE_PRESERVE_AD'],
    ['mmuext_op', '3', 'PIN_L4_TABLE'],
    ['grant_table_op', '0', 'map_grant_ref'],
    ['physdev_op', '13', 'map_pirq'],
    ['event_channel_op', '4', 'send'],
    ['sched_op', '2', 'shutdown'],
    ['vcpu_op', '10', 'register_vcpu_info'],
    ['xen_version', '6', 'get_features'],
    ['memory_op', '6', 'populate_physmap'],
    ['platform_op', '54', 'set_processor_pminfo'],
    ['hvm_op', '0', 'set_param'],
    ['dm_op', '7', 'track_dirty_vram'],
    ['domctl', '37', 'assign_device'],
    ['domctl', '1003', 'gdbsx_domstatus'],
    ['sysctl', '3', 'physinfo'],
    ['kexec_op', '4', 'kexec_load'],
    ['callback_op', '0', 'event'],
    ['argo_op', '3', 'sendv'],
    ['hypfs_op', '1', 'read'],
    ['VIRQ', '3', 'DOM_EXC'],
    ['vm_assist', '2', 'writable_pagetables'],
    ['feature', '8', 'hvm_callback_vector'],
    ['grant_table_op', '99', null],
    ['no_such_op', '0', null],
  ] as const)('%s %s is %s', (hypercall, key, meaning) => {
    expect(lookUpSubOperation(hypercall, key)).toBe(meaning);
  });

  it('knows the page types of both architectures', () => {
    const { x86, arm } = readTableSet('p2m-types').tables;
    expect([x86?.['14'], arm?.['9']]).toEqual(['map_foreign', 'grant_map_ro']);
  });
});

describe('findXenRange', () => {
  it.each([
    ['ffff82d040244cbf', 'text and data of Xen'],
    ['ffff82c000201000', 'vmap, ioremap or fixmap: a mapping that is gone or was never made'],
    ['ffff8300a9845000', 'direct map of RAM (heap, domain and vCPU structures, stacks)'],
    ['ffffffff81004d79', null],
    ['10', null],
  ])('%s is in %s', (address, range) => {
    expect(findXenRange(address)).toBe(range);
  });
});

describe('data/', () => {
  it.each(readdirSync(DATA).filter((name) => existsAsTable(name)))('%s names its source and its date', (name) => {
    const table = JSON.parse(readFileSync(join(DATA, name), 'utf8')) as { source: unknown; date: unknown };
    expect(table).toMatchObject({
      source: expect.stringMatching(/\S/) as string,
      date: expect.stringMatching(/^\d{4}-\d\d/) as string,
    });
  });
});

/** Tables of numbers: other files of data/ have shapes and tests of their own. */
function existsAsTable(name: string): boolean {
  if (!name.endsWith('.json')) return false;
  const value: unknown = JSON.parse(readFileSync(join(DATA, name), 'utf8'));
  return typeof value === 'object' && value !== null && ('rows' in value || 'tables' in value || 'ranges' in value);
}
