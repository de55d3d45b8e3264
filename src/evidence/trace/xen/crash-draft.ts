import type { BareTrace, Damage, Frame, TraceKind } from '../../../model/evidence.ts';
import type { LogLine } from '../../../model/log.ts';
import { toFingerprint } from '../fingerprint.ts';
import { isMachinery, toPlainName } from '../machinery.ts';
import { toStableText, type Cause } from './causes.ts';
import type { Mark, XenFrame } from './xen-frame.ts';

/** A crash while its lines come in. */
export interface CrashDraft {
  first: number;
  last: number;
  readonly depth: number;
  cause: Cause | null;
  /** The line that announced it, else the panic's own words. */
  headline: string | null;
  /** What took the machine down, in the words of the panic box: lines between the rows of stars. */
  readonly box: string[];
  /** What stood below `UBSAN: Undefined behaviour`: says what is wrong. */
  detail: string | null;
  cpu: number | null;
  domain: number | null;
  version: string | null;
  tainted: string | null;
  /** The function of `RIP:` or `PC:`; where the trace is missing, it is the best there is. */
  ip: Frame | null;
  readonly frames: Frame[];
  readonly marks: (Mark | null)[];
  /** What has been seen: banner, `Domain N crashed`, the head of the call trace, the panic box. */
  banner: boolean;
  crashed: boolean;
  inTrace: boolean;
  inBox: boolean;
  boxed: boolean;
  snipped: boolean;
  /** Which of the lines that are not another console's was the last that belonged. */
  at: number;
}

/** A crash that starts with this line. */
export function startCrash(line: LogLine, at: number): CrashDraft {
  return {
    first: line.first,
    last: line.last,
    depth: line.depth,
    cause: null,
    headline: null,
    box: [],
    detail: null,
    cpu: null,
    domain: null,
    version: null,
    tainted: null,
    ip: null,
    frames: [],
    marks: [],
    banner: false,
    crashed: false,
    inTrace: false,
    inBox: false,
    boxed: false,
    snipped: false,
    at,
  };
}

export function addFrame(draft: CrashDraft, found: XenFrame): void {
  draft.frames.push(found.frame);
  draft.marks.push(found.mark);
}

/** What a crash amounts to when its parts are put together. */
interface Verdict {
  readonly kind: TraceKind;
  readonly what: string;
  readonly headline: string;
}

/** The trace, or `null` where too little was seen to call it one: a banner or a few registers alone. */
export function finishCrash(draft: CrashDraft, boxCause: Cause | null): BareTrace | null {
  const frames = withReliability(draft);
  const verdict = judge(draft, boxCause);
  if (!verdict) return null;
  const culprit = toCulprit(frames, draft);
  const file = draft.cause?.file ?? boxCause?.file ?? null;
  const title = toTitle(verdict, culprit, verdict.kind === 'domain-crash' ? file : (file ?? culprit?.location ?? null));
  return {
    lines: [draft.first, draft.last],
    depth: draft.depth,
    project: 'xen',
    kind: verdict.kind,
    title,
    otherTitles: [],
    headline: verdict.headline,
    cpu: draft.cpu ?? draft.cause?.cpu ?? null,
    pid: null,
    comm: null,
    version: draft.version,
    tainted: draft.tainted,
    hardware: null,
    frames,
    culprit: culprit === null ? null : toPlainName(culprit.function),
    file,
    fingerprint: toFingerprint({
      project: 'xen',
      kind: verdict.kind,
      title,
      file,
      functions: frames.filter((frame) => frame.reliable && !isAddress(frame.function)).map((frame) => frame.function),
    }),
    notes: [],
    damage: toDamage(draft, frames, verdict),
  };
}

function judge(draft: CrashDraft, box: Cause | null): Verdict | null {
  const cause = draft.cause;
  if (cause && cause.row.role !== 'prelude') return fromCause(cause, draft);
  if (box) return fromBox(box, draft);
  if (draft.box.length > 0) return fromWords(draft);
  if (cause && draft.banner) return fromCause(cause, draft);
  if (draft.crashed) return { kind: 'domain-crash', what: 'Xen domain crash', headline: draft.headline ?? '' };
  if (draft.frames.length < 2) return null;
  return { kind: 'stack-dump', what: 'Xen call trace', headline: draft.headline ?? 'Xen call trace:' };
}

function fromCause(cause: Cause, draft: CrashDraft): Verdict {
  const what = draft.detail === null ? cause.what : `${cause.what}: ${toStableText(draft.detail)}`;
  return { kind: cause.row.kind, what, headline: draft.headline ?? '' };
}

function fromBox(box: Cause, draft: CrashDraft): Verdict {
  const named = draft.cause?.row.role === 'prelude' && box.row.role === 'echo' ? draft.cause : box;
  return { kind: box.row.kind, what: named.what, headline: draft.box[0] ?? '' };
}

/** A panic in words of its own, which may go over several lines. */
function fromWords(draft: CrashDraft): Verdict {
  const message = draft.box.join(' ').trim();
  const cause = draft.cause;
  if (cause && draft.frames.length > 0) return { kind: cause.row.kind, what: cause.what, headline: message };
  return { kind: cause?.row.kind ?? 'panic', what: `Xen panic: ${toStableText(message)}`, headline: message };
}

/** Where a dump marks its frames, only R and F are sure; an older dump says nothing, and is believed. */
function withReliability(draft: CrashDraft): Frame[] {
  const marked = draft.marks.some((mark) => mark !== null);
  return draft.frames.map((frame, index) => {
    const mark = draft.marks[index] ?? null;
    return marked ? { ...frame, reliable: mark === 'R' || mark === 'F' } : frame;
  });
}

/** The first frame that is neither an address nor the reporting machinery; sure ones before guesses. */
function toCulprit(frames: readonly Frame[], draft: CrashDraft): Frame | null {
  const informative = frames.filter(
    (frame) => !isAddress(frame.function) && frame.offset !== null && !isMachinery(toPlainName(frame.function), 'xen'),
  );
  return informative.find((frame) => frame.reliable) ?? informative[0] ?? draft.ip;
}

/** A frame without a symbol is printed as its address. */
export function isAddress(name: string): boolean {
  return name === '' || /^[0-9a-f]{8,16}$/.test(name);
}

const MAX_TITLE = 160;

/** `WHAT in FUNCTION (FILE)`: one form for all. */
function toTitle(verdict: Verdict, culprit: Frame | null, file: string | null): string {
  const place = culprit === null ? '' : ` in ${toPlainName(culprit.function)}`;
  const where = file === null ? '' : ` (${file.replace(/:\d{1,6}$/, '')})`;
  return `${verdict.what.slice(0, MAX_TITLE)}${place}${where}`;
}

function toDamage(draft: CrashDraft, frames: readonly Frame[], verdict: Verdict): Damage | null {
  const last = frames.at(-1);
  if (last?.offset === null && !isAddress(last.function)) return 'cut-short';
  if (draft.snipped) return 'cut-short';
  if (frames.length === 0) {
    const noTrace: readonly TraceKind[] = ['panic', 'domain-crash', 'ubsan'];
    return noTrace.includes(verdict.kind) && !draft.inTrace ? null : 'no-frames';
  }
  return draft.cause === null && !draft.banner ? 'starts-late' : null;
}
