import type { BareTrace, Frame } from '../../../model/evidence.ts';
import type { LogLine } from '../../../model/log.ts';
import { toFingerprint } from '../fingerprint.ts';
import { isMachinery, toPlainName } from '../machinery.ts';
import { collectReport, contextOf } from './collect-report.ts';
import { cleanTitle } from './clean-title.ts';
import { findHeadline } from './headers.ts';
import { pickFrame } from './pick-frame.ts';
import { readFields } from './read-fields.ts';
import { readFrame } from './read-frame.ts';
import { readStacks } from './read-stacks.ts';
import { CALL_TRACE } from './title-rule.ts';

/** Fewer frames than this without a headline are a quotation, not a dump. */
const MIN_FRAMES = 3;
/** How far above the call trace its process line and its cause stand. */
const ABOVE = 12;
const CLOSE = 3;
/** The first frames stand this near below the marker. */
const WITHIN = 30;

const PROCESS = /^\s{0,8}(?:CPU: {0,4}\d{1,5} |Pid: \d)|^task:\S{1,40} {1,20}state:|^\S{1,40} {1,20}[RSDTtZXI] /;
const CAUSE = /nobody cared|failed|refusing to freeze|sysrq|SysRq|Freezing|timed out|timeout|error|Error/;

/**
 * A call trace without a known headline: `dump_stack()`, SysRq, a task that did not freeze, or the rest of a report
 * whose beginning the mail does not have.
 */
export function toStackDump(
  stream: readonly LogLine[],
  at: number,
  free: number,
): { trace: BareTrace; end: number } | null {
  const line = stream[at];
  if (!line || !CALL_TRACE.test(line.text) || !hasFrames(stream, at)) return null;
  const report = collectReport(stream, at);
  const frames = readStacks([line, ...report.lines])[0]?.frames ?? [];
  if (frames.length < MIN_FRAMES) return null;
  const above = findAbove(stream, at, free);
  const start = findCause(above) ?? above.find((candidate) => PROCESS.test(candidate.text));
  const crash = nameCrash(frames);
  const trace: BareTrace = {
    lines: [(start ?? line).first, report.lines.at(-1)?.last ?? line.last],
    depth: line.depth,
    project: 'linux',
    kind: 'stack-dump',
    title: crash.title,
    otherTitles: [],
    headline: (start ?? line).text.trim(),
    ...withTask(above, readFields([...above, ...report.lines].map((one) => one.text))),
    frames,
    culprit: crash.culprit,
    file: null,
    fingerprint: crash.fingerprint,
    notes: [],
    damage: start === undefined ? 'starts-late' : report.snipped ? 'cut-short' : null,
  };
  return { trace, end: report.end };
}

/** Whether enough frames follow before the next marker: looked at first, since a log may hold many bare markers. */
function hasFrames(stream: readonly LogLine[], at: number): boolean {
  let count = 0;
  for (let below = at + 1; below < at + WITHIN && count < MIN_FRAMES; below += 1) {
    const line = stream[below];
    if (!line || CALL_TRACE.test(line.text)) break;
    if (readFrame(line.text) !== null) count += 1;
  }
  return count >= MIN_FRAMES;
}

/** Title, culprit and fingerprint of a stack that nothing but its frames names. */
function nameCrash(frames: readonly Frame[]): { title: string; culprit: string | null; fingerprint: string } {
  const reliable = frames.filter((frame) => frame.reliable);
  const functions = (reliable.length > 0 ? reliable : frames).map((frame) => frame.function);
  const names = functions.map(toPlainName).filter((name) => !isMachinery(name));
  const culprit = pickFrame(names, names[0]?.includes('sched') === true ? 'hang' : 'first') ?? names[0] ?? null;
  const title = cleanTitle(`stack dump in ${culprit ?? toPlainName(functions[0] ?? '')}`);
  const fingerprint = toFingerprint({ project: 'linux', kind: 'stack-dump', title, file: null, functions });
  return { title, culprit, fingerprint };
}

/** The line that says why the stack was printed: close above the process line. */
function findCause(above: readonly LogLine[]): LogLine | undefined {
  const process = above.findIndex((candidate) => PROCESS.test(candidate.text));
  const end = process < 0 ? above.length : process;
  return above.slice(Math.max(end - CLOSE, 0), end).findLast((candidate) => CAUSE.test(candidate.text));
}

/** The lines above that belong to the dump, first to last. */
function findAbove(stream: readonly LogLine[], at: number, free: number): LogLine[] {
  const above: LogLine[] = [];
  const line = stream[at];
  for (let before = at - 1; before >= free && at - before <= ABOVE && line; before -= 1) {
    const candidate = stream[before];
    if (!candidate || candidate.depth !== line.depth || contextOf(candidate) !== contextOf(line)) break;
    if (candidate.seconds === null && candidate.text.trim() === '') break;
    if (findHeadline(candidate) !== null) break;
    above.unshift(candidate);
  }
  return above;
}

/** `task:xl state:D stack:0 pid:466 …` and its older form name the task where there is no process line. */
function withTask<F extends { readonly pid: number | null; readonly comm: string | null }>(
  above: readonly LogLine[],
  fields: F,
): F {
  for (const { text } of above) {
    const task =
      /^\s{0,8}task:(?<comm>.{1,40}?)\s{1,20}state:.{0,60}\bpid:\s{0,8}(?<pid>\d{1,10})/.exec(text) ??
      /^(?<comm>\S{1,40})\s{1,20}[RSDTtZXI]\s{1,20}(?:[0-9a-f]{8,16}\s{1,8})?\d{1,10}\s{1,10}(?<pid>\d{1,10})\s/.exec(
        text,
      );
    if (!task?.groups) continue;
    return {
      ...fields,
      pid: fields.pid ?? Number(task.groups['pid']),
      comm: fields.comm ?? task.groups['comm'] ?? null,
    };
  }
  return fields;
}
