import type { BareTrace, Frame } from '../../../model/evidence.ts';
import type { LogLine } from '../../../model/log.ts';
import { NOTHING_TOLD } from '../nothing-told.ts';
import { toFingerprint } from '../fingerprint.ts';
import { isMachinery } from '../machinery.ts';

/**
 * `xenctx` (tools/misc/xenctx.c) prints the registers and the stack of a guest's vCPU, with symbols of the guest's
 * kernel: the frames are those of Linux, not of Xen.
 */
const HEAD = /^\s{0,8}(?:vcpu\d{1,4}:|[re]?ip: [0-9a-f]{8,16}|Call Trace:)\s*/;
const FRAME =
  /^\s{0,8}(?:(?<stack>[0-9a-f]{8,16}): )?\[<(?<address>[0-9a-f]{8,16})>\](?<here> <--)?\s{1,8}(?<name>[A-Za-z_.$][\w.$]{0,150})(?:\+0x(?<offset>[0-9a-f]{1,8}))?(?:\/0x(?<size>[0-9a-f]{1,8}))?\s*$/;
const MAX_ABOVE = 60;
const MAX_GAP = 3;

/** The stacks that xenctx printed, one trace for each vCPU. */
export function findXenctx(log: readonly LogLine[]): BareTrace[] {
  const traces: BareTrace[] = [];
  for (let at = 0; at < log.length; at += 1) {
    const line = log[at];
    // The innermost frame is the only one with an arrow, and no other format has one.
    if (line?.console !== null || !line.text.includes('] <--')) continue;
    const frames: Frame[] = [];
    const last = readFrames(log, at, frames);
    const to = log[last];
    if (frames.length === 0 || !to) continue;
    traces.push(toTrace(log[findStart(log, at)] ?? line, to, frames));
    at = last;
  }
  return traces;
}

/** Fills `frames`; the index of the last of them. */
function readFrames(log: readonly LogLine[], start: number, frames: Frame[]): number {
  let last = start;
  for (let next = start; next < log.length && next - last <= MAX_GAP; next += 1) {
    const groups = FRAME.exec(log[next]?.text ?? '')?.groups;
    if (!groups || (next > start && groups['here'] !== undefined)) continue;
    frames.push(toFrame(groups));
    last = next;
  }
  return last;
}

function toFrame(groups: Readonly<Record<string, string | undefined>>): Frame {
  const toNumber = (hex: string | undefined): number | null => (hex === undefined ? null : parseInt(hex, 16));
  return {
    function: groups['name'] ?? '',
    offset: toNumber(groups['offset']),
    size: toNumber(groups['size']),
    address: groups['address'] ?? null,
    module: null,
    reliable: true,
    location: null,
  };
}

function findStart(log: readonly LogLine[], at: number): number {
  let start = at;
  for (let above = at - 1; above >= Math.max(0, at - MAX_ABOVE); above -= 1) {
    const text = log[above]?.text ?? '';
    if (HEAD.test(text)) start = above;
    if (/^\s{0,8}vcpu\d/.test(text)) break;
  }
  return start;
}

function toTrace(from: LogLine, to: LogLine, frames: readonly Frame[]): BareTrace {
  const culprit = frames.find((frame) => !isMachinery(frame.function, 'linux'))?.function ?? null;
  const title = `xenctx stack${culprit === null ? '' : ` in ${culprit}`}`;
  const functions = frames.map((frame) => frame.function);
  return {
    ...NOTHING_TOLD,
    lines: [from.first, to.last],
    depth: from.depth,
    project: 'linux',
    kind: 'stack-dump',
    title,
    headline: from.text.trim(),
    frames,
    culprit,
    fingerprint: toFingerprint({ project: 'linux', kind: 'stack-dump', title, file: null, functions }),
  };
}
