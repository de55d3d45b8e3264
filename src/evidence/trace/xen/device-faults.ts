import type { BareTrace } from '../../../model/evidence.ts';
import type { LogLine } from '../../../model/log.ts';
import { toFingerprint } from '../fingerprint.ts';
import { toStableText } from './causes.ts';

/**
 * Faults that a device or the hypervisor reports in one line, again and again: xen/drivers/passthrough/{amd,vtd,arm}/,
 * xen/arch/x86/extable.c.
 */
interface FaultRow {
  readonly name: string;
  readonly pattern: RegExp;
  /** The title; `{text}` stands for the named group, numbers taken out. */
  readonly what: string;
  /** How often it has to be printed before it counts. */
  readonly least: number;
  /** A line right below that belongs to it. */
  readonly more?: RegExp;
}

const FAULTS: readonly FaultRow[] = [
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
];

/** Repeats nearer than this are one run. */
const NEAR = 4;

const WORTH_A_LOOK = /AMD-Vi: |\[VT-D\]|queue invalidate|smmu: |SMMUv3: |ipmmu: |Pre-exception: /;
/** Which device: the same fault of two devices is two faults. */
const DEVICE =
  /\b(?:[0-9a-zA-Z]{4}:)?[0-9a-zA-Z]{2}:[0-9a-zA-Z]{2}\.[0-7a-z]\b|device id = 0x[0-9a-f]{1,8}|smmu: \S{1,80}/;

interface Fault {
  readonly row: FaultRow;
  readonly line: LogLine;
  readonly what: string;
  /** The last line of the first run: repeats that stand close together. */
  end: number;
  last: number;
  count: number;
}

/** Faults of devices, one for each shape: the same fault of the same device, however often it was printed, is one. */
export function findDeviceFaults(log: readonly LogLine[]): BareTrace[] {
  const faults = new Map<string, Fault>();
  for (const [at, line] of log.entries()) {
    if (line.console === 'guest' || line.console === 'linux' || !WORTH_A_LOOK.test(line.text)) continue;
    const row = FAULTS.find((candidate) => candidate.pattern.test(line.text));
    if (row) count(faults, row, { line, next: log[at + 1] });
  }
  return [...faults.values()].filter((fault) => fault.count >= fault.row.least).map(toTrace);
}

function count(faults: Map<string, Fault>, row: FaultRow, at: { line: LogLine; next: LogLine | undefined }): void {
  const text = row.pattern.exec(at.line.text)?.groups?.['text'];
  const key = `${String(at.line.depth)} ${row.name} ${text ?? ''} ${DEVICE.exec(at.line.text)?.[0] ?? ''}`;
  const known = faults.get(key);
  if (known) {
    known.count += 1;
    known.last = at.line.last;
    if (at.line.first - known.end <= NEAR) known.end = at.line.last;
    return;
  }
  const more = at.next && row.more?.test(at.next.text) ? at.next : at.line;
  const what = row.what.replace('{text}', toStableText(text ?? ''));
  faults.set(key, { row, line: at.line, what, end: more.last, last: more.last, count: 1 });
}

function toTrace(fault: Fault): BareTrace {
  const { line, what } = fault;
  const times = `printed ${String(fault.count)} times, the last time on line ${String(fault.last)}`;
  return {
    lines: [line.first, fault.end],
    depth: line.depth,
    project: 'xen',
    kind: 'other',
    title: what,
    otherTitles: [],
    headline: line.text.trim(),
    cpu: null,
    pid: null,
    comm: null,
    version: null,
    tainted: null,
    hardware: null,
    frames: [],
    culprit: null,
    file: null,
    fingerprint: toFingerprint({ project: 'xen', kind: 'other', title: what, file: null, functions: [] }),
    notes: fault.count > 1 ? [{ text: times, line: line.first }] : [],
    damage: null,
  };
}
