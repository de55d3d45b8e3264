import type { BareTrace } from '../../../model/evidence.ts';
import type { LogLine } from '../../../model/log.ts';
import { NOTHING_TOLD } from '../nothing-told.ts';
import { toFingerprint } from '../fingerprint.ts';
import { joinTail } from '../match-joined.ts';
import { toStableText } from './causes.ts';
import { FAULTS, type FaultRow } from './fault-rows.ts';

/** Repeats nearer than this are one run. */
const NEAR = 4;

const WORTH_A_LOOK =
  /^\s{0,8}(?:AMD-Vi: |\[VT-D\]|queue inv|smmu: |SMMUv3: |ipmmu: |NMI - |CPU ?\d|d\S{1,8} |(?:de)?assign |setup |avc: |[\w.\/-]{1,80}:\d{1,6}: ?(?:d\d|Pre-)|Pre-exc)/;
/** Which device: the same fault of two devices is two faults. */
const DEVICE =
  /\b(?:[0-9a-zA-Z]{4}:)?[0-9a-zA-Z]{2}:[0-9a-zA-Z]{2}\.[0-7a-z]\b|device id = 0x[0-9a-f]{1,8}|smmu: \S{1,80}/;

interface Fault {
  readonly row: FaultRow;
  readonly line: LogLine;
  readonly headline: string;
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
    const text = joinTail(log, at);
    const row = FAULTS.find((candidate) => candidate.pattern.test(text));
    if (!row) continue;
    const next = log[at + 1];
    const isLonger =
      text.length > line.text.trim().length || (next !== undefined && row.more?.test(next.text) === true);
    count(faults, row, { line, text, last: isLonger ? (next?.last ?? line.last) : line.last });
  }
  return [...faults.values()].filter((fault) => fault.count >= fault.row.least).map(toTrace);
}

function count(
  faults: Map<string, Fault>,
  row: FaultRow,
  print: { readonly line: LogLine; readonly text: string; readonly last: number },
): void {
  const { line, text, last } = print;
  const detail = row.pattern.exec(text)?.groups?.['text'] ?? '';
  const key = `${String(line.depth)} ${row.name} ${detail} ${DEVICE.exec(text)?.[0] ?? ''}`;
  const known = faults.get(key);
  if (!known) {
    const what = row.what.replace('{text}', () => toStableText(detail));
    faults.set(key, { row, line, headline: text, what, end: last, last, count: 1 });
    return;
  }
  known.count += 1;
  known.last = last;
  if (line.first - known.end <= NEAR) known.end = last;
}

function toTrace(fault: Fault): BareTrace {
  const { line, what } = fault;
  const times = `printed ${String(fault.count)} times, the last time on line ${String(fault.last)}`;
  return {
    ...NOTHING_TOLD,
    lines: [line.first, fault.end],
    depth: line.depth,
    project: 'xen',
    kind: fault.row.kind ?? 'other',
    title: what,
    headline: fault.headline,
    fingerprint: toFingerprint({
      project: 'xen',
      kind: fault.row.kind ?? 'other',
      title: what,
      file: null,
      functions: [],
    }),
    notes: fault.count > 1 ? [{ text: times, line: line.first }] : [],
  };
}
