import type { BareTrace } from '../../../model/evidence.ts';
import type { LogLine } from '../../../model/log.ts';
import { toFingerprint } from '../fingerprint.ts';
import { toStableText } from './causes.ts';
import { FAULTS, type FaultRow } from './fault-rows.ts';

/** Repeats nearer than this are one run. */
const NEAR = 4;

const WORTH_A_LOOK =
  /AMD-Vi: |\[VT-D\]|queue invalidate|smmu: |SMMUv3: |ipmmu: |Pre-exception: |HSR=|NMI - |MCE: |Machine Check|assign|setup|avc: /;
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
  const what = row.what.replace('{text}', () => toStableText(text ?? ''));
  faults.set(key, { row, line: at.line, what, end: more.last, last: more.last, count: 1 });
}

function toTrace(fault: Fault): BareTrace {
  const { line, what } = fault;
  const times = `printed ${String(fault.count)} times, the last time on line ${String(fault.last)}`;
  return {
    lines: [line.first, fault.end],
    depth: line.depth,
    project: 'xen',
    kind: fault.row.kind ?? 'other',
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
