import type { TraceKind } from '../../../model/evidence.ts';

/**
 * Faults that a device or the hypervisor reports in one line, again and again: xen/drivers/passthrough/{amd,vtd,arm}/,
 * xen/arch/x86/extable.c.
 */
export interface FaultRow {
  readonly name: string;
  readonly pattern: RegExp;
  /** The title; `{text}` stands for the named group, numbers taken out. */
  readonly what: string;
  /** How often it has to be printed before it counts. */
  readonly least: number;
  /** Rows without one are `other`. */
  readonly kind?: TraceKind;
  /** A line right below that belongs to it. */
  readonly more?: RegExp;
}

export const FAULTS: readonly FaultRow[] = [
  {
    name: 'amd',
    pattern:
      /^\s{0,8}AMD-Vi: (?:Error: )?(?<text>IO_PAGE_FAULT|ILLEGAL_DEV_TABLE_ENTRY|DEV_TABLE_HW_ERROR|PAGE_TABLE_HW_ERROR|ILLEGAL_COMMAND_ERROR|COMMAND_HW_ERROR|IOTLB_INV_TIMEOUT|INVALID_DEV_REQUEST)[: ]/,
    what: 'Xen IOMMU fault: {text}',
    least: 1,
  },
  {
    name: 'vtd-dma',
    pattern: /^\s{0,8}\[VT-D\] ?(?:DMAR|iommu\.c:\d{1,5}): ?\[(?<text>DMA (?:Read|Write))\] Request device/,
    what: 'Xen IOMMU fault: {text}',
    least: 1,
    more: /^\s{0,8}\[VT-D\] ?(?:DMAR|iommu\.c:\d{1,5}): ?(?:reason|DMAR)/,
  },
  {
    name: 'vtd-interrupt',
    pattern: /^\s{0,8}\[VT-D\] ?INTR-REMAP: ?Request device/,
    what: 'Xen IOMMU fault: interrupt remapping',
    least: 1,
    more: /^\s{0,8}\[VT-D\] ?INTR-REMAP: ?reason/,
  },
  {
    name: 'vtd-queue',
    pattern: /^\s{0,8}(?:\[VT-D\] ?)?.{0,80}queue invalidate wait descriptor (?:timed out|did not execute)/,
    what: 'Xen IOMMU invalidation timed out',
    least: 1,
  },
  {
    name: 'smmu',
    pattern: /^\s{0,8}smmu: \S{1,80}: (?<text>Unhandled context fault|Unexpected global fault)/,
    what: 'Xen IOMMU fault: SMMU {text}',
    least: 1,
  },
  {
    name: 'smmuv3',
    pattern: /^\s{0,8}SMMUv3: \S{1,80}:? event 0x(?<text>[0-9a-f]{2}) received/,
    what: 'Xen IOMMU fault: SMMUv3 event',
    least: 1,
  },
  {
    name: 'ipmmu',
    pattern: /^\s{0,8}ipmmu: \S{1,80}: .{0,20}(?:Unhandled fault|Multiple TLB hits|translation fault)/,
    what: 'Xen IOMMU fault: IPMMU',
    least: 1,
  },
  {
    name: 'pre-exception',
    pattern: /^\s{0,8}(?:\S{1,60}:\d{1,5}: ?)?(?:d\d{1,5}(?:v\d{1,5})? )?Pre-exception: [0-9a-f]{8,16} -> /,
    what: 'Xen exception while returning to a guest',
    least: 2,
  },
  {
    name: 'guest-access',
    pattern: /^\s{0,8}(?:[\w./-]{1,80}:\d{1,6}:)?d\d{1,5}v\d{1,5} HSR=(?:0x)?[0-9a-f]{1,16} pc=/,
    what: 'Xen guest access that nobody handles',
    least: 1,
  },
  {
    name: 'nmi',
    pattern: /^\s{0,8}NMI - (?<text>PCI system error|I\/O ERROR|MEMORY ERROR|memory parity)/i,
    what: 'Xen NMI: {text}',
    least: 1,
  },
  {
    name: 'machine-check',
    pattern: /^\s{0,8}(?:\(XEN\) )?CPU ?\d{1,5}: (?:Machine Check Exception|MCE: )/,
    what: 'Xen machine check',
    least: 1,
  },
  {
    name: 'assignment',
    pattern:
      /^\s{0,8}(?:d\S{1,8}: )?(?<text>deassign|assign|setup) \(?(?:[0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]\)? (?:for \S{1,8} )?(?:to \S{1,8} )?failed \(-?\d{1,5}\)/,
    what: 'Xen device assignment failed: {text}',
    least: 1,
  },
  {
    name: 'flask',
    pattern: /^\s{0,8}avc:\s{1,3}denied\s{1,3}\{ (?<text>[\w ]{1,60}) \} for /,
    what: 'Xen flask denial: {text}',
    least: 1,
  },
];
