import { sayIs, type NoteContext, type NoteRule } from './note-rule.ts';
import { lookUp, lookUpSubOperation } from './tables.ts';

/** Hypercalls whose first argument names a sub-operation. */
const WITH_COMMAND: readonly string[] = [
  'memory_op',
  'xen_version',
  'grant_table_op',
  'vcpu_op',
  'sched_op',
  'callback_op',
  'event_channel_op',
  'physdev_op',
  'hvm_op',
  'kexec_op',
  'argo_op',
  'hypfs_op',
];

/** A stub of the hypercall page is 32 bytes long, and its number is its place. */
const STUB = 0x20;

/** The MSI window of x86: a page table entry that points there is refused to a guest. */
const MSI_WINDOW = { from: 0xfee00000n, to: 0xfeefffffn };

/** Multicalls, hypercall stubs and the registers of a PV guest in a hypercall (xen/include/public/xen.h). */
export const HYPERCALL_RULES: readonly NoteRule[] = [
  {
    name: 'multicall-op',
    pattern: /\bcall {1,4}\d{1,4}(?:\/\d{1,4})?: op=(?<op>\d{1,3})\b/,
    say: ({ op }) => sayIs(`op=${op ?? ''}`, toName(op ?? '')),
  },
  {
    name: 'multicall-result',
    // A tab follows the result, which syslog writes as an underscore or an escape.
    pattern: /\bcall {1,4}\d{1,4}(?:\/\d{1,4})?: op=\d{1,3} .{0,80}?\bresult=(?<result>-?\d{1,20})(?![\da-z])/,
    say: ({ result }) => sayIs(`result=${result ?? ''}`, toErrno(result ?? '')),
  },
  {
    name: 'multicall-domid',
    pattern: /op=(?:1|26) .{0,160}\bpars=[0-9a-f]{1,16} \d{1,6} [0-9a-f]{1,16} (?<domid>7ff[0-9a-f])\b/,
    say: ({ domid }) => sayIs(`domid ${domid ?? ''}`, lookUp('domids', domid ?? '')),
  },
  {
    name: 'multicall-pte',
    pattern: /op=1 .{0,200}\bargs=(?<ptr>[0-9a-f]{1,16}) (?<val>[0-9a-f]{1,16})/,
    say: ({ ptr, val }) => sayUpdate(ptr ?? '', val ?? ''),
  },
  {
    name: 'hypercall-page',
    pattern: /\bhypercall_page\+0x(?<offset>[0-9a-f]{1,4})\/0x1000/,
    say: ({ offset }) => {
      const number = Math.floor(parseInt(offset ?? '', 16) / STUB);
      return sayIs(`hypercall_page+0x${offset ?? ''}`, toName(String(number)));
    },
  },
  {
    name: 'pv-hypercall',
    pattern: /^\s{0,8}rax: (?<rax>[0-9a-f]{16})\b/,
    say: ({ rax }, context) => sayRegisters(rax ?? '', context),
  },
];

function toName(op: string): string | null {
  const name = lookUp('hypercalls', op);
  return name === null ? null : `HYPERVISOR_${name}`;
}

/** A result is printed as it is, or, by old kernels, as the unsigned number of 64 bits that it is not. */
function toErrno(result: string): string | null {
  const value = BigInt.asIntN(64, BigInt(result));
  if (value === 0n) return 'success';
  return value < 0n ? lookUp('errno', String(-value)) : null;
}

/** The command of a page table update stands in the two low bits of its address. */
function sayUpdate(ptr: string, val: string): string[] {
  const command = lookUpSubOperation('mmu_update', String(BigInt(`0x${ptr}`) & 3n));
  const frame = BigInt(`0x${val}`) & 0x000ffffffffff000n;
  const msi = frame >= MSI_WINDOW.from && frame <= MSI_WINDOW.to;
  return [
    ...sayIs(`the update of ${ptr}`, command),
    ...(msi ? [`the entry ${val} points at ${frame.toString(16)}, the MSI window of x86`] : []),
  ];
}

/**
 * Registers of a PV guest that was in a hypercall: `syscall` leaves the return address in rcx, so that rcx equals rip.
 * Then rax is the number of the hypercall and rdi its first argument.
 */
function sayRegisters(rax: string, context: NoteContext): string[] {
  const text = context.lines.map((line) => line.text.slice(0, 300)).join('\n');
  const rip = /RIP: {1,8}e033:\[<(?<rip>[0-9a-f]{16})>\]/.exec(text)?.groups?.['rip'];
  const rcx = /\brcx: (?<rcx>[0-9a-f]{16})\b/.exec(text)?.groups?.['rcx'];
  const rdi = /\brdi: (?<rdi>[0-9a-f]{16})\b/.exec(text)?.groups?.['rdi'];
  const number = String(BigInt(`0x${rax}`));
  const name = lookUp('hypercalls', number);
  if (rip === undefined || rip !== rcx || name === null) return [];
  const command = String(BigInt(`0x${rdi ?? '0'}`));
  const sub = WITH_COMMAND.includes(name) && rdi !== undefined ? lookUpSubOperation(name, command) : null;
  return [`rax=${number} is HYPERVISOR_${name}: the guest was in this hypercall`, ...sayIs(`rdi=${command}`, sub)];
}
