import { sayIs, type NoteRule } from './note-rule.ts';
import { findXenRange, lookUp, readTable, readTableSet } from './tables.ts';

/** What processors and device MMUs report: vectors, error codes, addresses. */
export const FAULT_RULES: readonly NoteRule[] = [
  {
    name: 'vector',
    pattern: /\b(?:vector = |vec )(?<vector>\d{1,2})\b/,
    say: ({ vector }) => sayIs(`vector ${vector ?? ''}`, lookUp('x86-traps', vector ?? '')),
  },
  {
    name: 'fred-type',
    pattern: /\bTRAP: type (?<type>\d{1,2}), /,
    say: ({ type }) => sayIs(`type ${type ?? ''}`, lookUp('fred-types', type ?? '')),
  },
  {
    name: 'trap-number',
    pattern: /\[#(?<vector>\d{1,2})(?:, ec=|\])/,
    say: ({ vector }, { trace }) =>
      trace.project === 'xen' ? sayIs(`#${vector ?? ''}`, lookUp('x86-traps', vector ?? '')) : [],
  },
  {
    name: 'page-fault-code',
    pattern:
      /#PF\[(?<new>[0-9a-f]{1,8})\]|\[#14, ec=(?<old>[0-9a-f]{1,8})\]|page fault \(ec=(?<older>[0-9a-f]{1,8})\)|Oops: (?:Oops: )?(?<oops>[0-9a-f]{4}) \[#/,
    say: (groups, { trace }) => {
      const code = groups['new'] ?? groups['old'] ?? groups['older'] ?? groups['oops'] ?? '';
      return groups['oops'] !== undefined && trace.kind !== 'page-fault' ? [] : [sayPageFault(code)];
    },
  },
  {
    name: 'error-code',
    pattern: /\[error_code=(?<code>[0-9a-f]{1,8})\]/,
    say: ({ code }, { trace }) => {
      if (trace.kind === 'page-fault') return [sayPageFault(code ?? '')];
      return trace.kind === 'general-protection' ? [saySelectorError(code ?? '')] : [];
    },
  },
  {
    name: 'general-protection-code',
    pattern: /#(?:GP|TS|NP|SS)\[(?<code>[0-9a-f]{1,8})\]/,
    say: ({ code }) => [saySelectorError(code ?? '')],
  },
  {
    name: 'control-flow-code',
    pattern: /#CP\[0{0,7}(?<code>[1-5])\]/,
    say: ({ code }) => sayIs(`#CP error code ${code ?? ''}`, lookUp('x86-cp-causes', code ?? '')),
  },
  {
    name: 'faulting-address',
    pattern: /\b(?:Faulting linear address: |Pagetable walk from |FAR_EL2: {1,2})(?<address>[0-9a-f]{8,16})\b/,
    say: ({ address }) => sayAddress(address ?? ''),
  },
  {
    name: 'vmx-reason',
    pattern: /\b(?:vmentry failure|Failed vm entry|vmexit).{0,20}\breason:? (?<reason>0x[0-9a-f]{1,8}|\d{1,5})\b/i,
    say: ({ reason }) => sayVmxReason(reason ?? ''),
  },
  {
    name: 'svm-exit',
    pattern: /\b(?:unexpected VMEXIT: exit reason = |exitcode = )0x(?<code>[0-9a-f]{1,16})\b/,
    say: ({ code }) => sayIs(`exit code 0x${code ?? ''}`, lookUp('svm-exits', toExitCode(code ?? ''))),
  },
  {
    name: 'p2m-type',
    pattern: /\b(?:EPT|SVM|NPT) violation .{0,120}\btype (?<type>\d{1,2})\b/,
    say: ({ type }) => sayIs(`type ${type ?? ''}`, readTableSet('p2m-types').tables['x86']?.[type ?? ''] ?? null),
  },
  {
    name: 'arm-syndrome',
    pattern: /\b(?:HSR|ESR(?:_EL\d)?) {0,2}[=:] {0,2}(?:0x)?(?<syndrome>[0-9a-f]{8,16})\b/i,
    say: ({ syndrome }) => saySyndrome(syndrome ?? ''),
  },
  {
    name: 'riscv-cause',
    pattern: /\bscause\s{0,12}: 0{0,15}(?<cause>[0-9a-f]{1,2})\b/,
    say: ({ cause }) => sayIs(`scause ${cause ?? ''}`, lookUp('riscv-causes', cause ?? '')),
  },
  {
    name: 'dmar-reason',
    pattern: /\bDMAR: ?reason (?<reason>[0-9a-f]{1,2})\b|INTR-REMAP: ?reason (?<remap>[0-9a-f]{1,2})\b/,
    say: ({ reason, remap }) => {
      const code = (reason ?? remap ?? '').replace(/^0(?=.)/, '');
      return sayIs(`DMAR reason ${code}`, lookUp('dmar-reasons', code));
    },
  },
];

/** Bits that a sentence is made of; the others are listed behind it. */
const SPOKEN = [0, 1, 2, 4];

function sayPageFault(code: string): string {
  const bits = parseInt(code, 16);
  const has = (bit: number): boolean => (bits & (1 << bit)) !== 0;
  const access = has(4) ? 'instruction fetch' : has(1) ? 'write' : 'read';
  const page = has(0) ? 'the page is present but forbids it' : 'the page is not present';
  const more = Object.entries(readTable('x86-page-fault-bits').rows)
    .filter(([bit]) => !SPOKEN.includes(Number(bit)) && has(Number(bit)))
    .map(([, meaning]) => meaning);
  return [`#PF error code ${code}: ${has(2) ? 'user' : 'supervisor'} ${access}, ${page}`, ...more].join(', ');
}

/** Error codes of #GP, #TS, #NP and #SS name a selector, or none: then the cause is an address or a register. */
function saySelectorError(code: string): string {
  const bits = parseInt(code, 16);
  if (bits === 0) return `error code ${code}: no selector; a non-canonical address, a bad MSR or a bad register value`;
  const index = String(bits >> 3);
  if ((bits & 2) !== 0) return `error code ${code}: entry ${index} of the interrupt descriptor table`;
  return `error code ${code}: entry ${index} of the ${(bits & 4) === 0 ? 'GDT' : 'LDT'}`;
}

/** Patterns that freed or never written memory is filled with. */
const POISON = /^(?:(?:6b|5a|a5|c2|86|cc){6,8}|dead0000000001[02]2?)/;
const NULL_LIMIT = 0x10000n;

function sayAddress(address: string): string[] {
  if (BigInt(`0x${address}`) < NULL_LIMIT) return [`address ${toShort(address)}: a member of a structure at NULL`];
  if (POISON.test(address)) return [`address ${address} is a poison pattern: memory used after it was freed`];
  if (address.startsWith('fffffbff')) return [`address ${address} is in the KASAN shadow of a Linux kernel`];
  const range = findXenRange(address);
  return range === null ? [] : [`address ${address} is in Xen's ${range}`];
}

function toShort(address: string): string {
  return `0x${address.replace(/^0+(?=.)/, '')}`;
}

function sayVmxReason(reason: string): string[] {
  const bits = Number(reason);
  const name = lookUp('vmx-exits', String(bits & 0xffff));
  const failed = bits >= 0x80000000 ? ': the processor refused to enter the guest' : '';
  return sayIs(`reason ${reason}`, name === null ? null : `${name}${failed}`);
}

/** EC in bits 31 to 26; for aborts (classes 20 to 25) the fault status in bits 5 to 0. */
function saySyndrome(syndrome: string): string[] {
  const bits = Number(BigInt(`0x${syndrome}`) & 0xffffffffn);
  const exception = toHex(bits >>> 26);
  const notes = sayIs(`EC 0x${exception}`, lookUp('arm-exception-classes', exception));
  const isAbort = ['20', '21', '24', '25'].includes(exception);
  const status = toHex(bits & 0x3f);
  return isAbort ? [...notes, ...sayIs(`fault status 0x${status}`, lookUp('arm-fault-status', status))] : notes;
}

/** All ones is what the processor leaves where it could not enter the guest. */
function toExitCode(code: string): string {
  return /^f{8,16}$/.test(code) ? '-1' : code.replace(/^0+(?=.)/, '');
}

function toHex(value: number): string {
  return value.toString(16).padStart(2, '0');
}
