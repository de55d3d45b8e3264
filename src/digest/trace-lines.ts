import type { Frame, Project } from '../model/evidence.ts';
import type { TriageTrace } from '../model/triage.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import type { Style } from './style.ts';

const MOST_TRACES = 6;
const MOST_FRAMES = 60;

/**
 * The crashes of a thread: kind, title, the announcing line as it was printed, the frames (`?` where the log itself
 * doubts them, `<` at the one that the crash is about) and what the numbers mean. Log lines are never wrapped.
 */
export function writeTraces(
  traces: readonly TriageTrace[],
  numbers: ReadonlyMap<string, number>,
  style: Style,
): string[] {
  const more = traces.length - MOST_TRACES;
  return [
    ...traces
      .slice(0, MOST_TRACES)
      .flatMap((trace, index) => [
        '',
        style.bold(`Trace ${index + 1} of ${traces.length}: ${trace.project} ${trace.kind}`),
        ...writeTrace(trace, numbers, style),
      ]),
    ...(more > 0 ? ['', `… and ${more} more traces`] : []),
  ];
}

function writeTrace(trace: TriageTrace, numbers: ReadonlyMap<string, number>, style: Style): string[] {
  const { message, part, lines, fingerprint, damage, frames, notes } = trace;
  const place = part === 'body' ? '' : ` of ${toSafeLine(part, 100)}`;
  const where = `mail ${numbers.get(message) ?? '?'}, lines ${lines[0]}-${lines[1]}${place}; fingerprint ${fingerprint}`;
  return [
    `  ${toSafeLine(toShownTitle(trace.title), 300)}`,
    `  ${style.cyan(toSafeLine(trace.headline))}`,
    `  ${writeCircumstances(trace)}`,
    `  ${style.dim(where)}`,
    ...(damage === null ? [] : [`  ${style.yellow(`not whole: ${damage}`)}`]),
    ...writeFrames(frames, trace.culprit, style),
    ...notes.map(
      ({ text, line }) => `  ${style.yellow('means')}  ${toSafeLine(text, 300)} ${style.dim(`(line ${line})`)}`,
    ),
  ];
}

/** Only kernels say whether they are tainted, and only with the process that crashed. */
const SAYS_TAINT: ReadonlySet<Project> = new Set(['linux', 'xen']);

/** What the log says around a crash, in one line. */
export function writeCircumstances({ version, cpu, pid, comm, tainted, project }: TriageTrace): string {
  const words = [
    ...(version === null ? [] : [`${project} ${version}`]),
    ...(cpu === null ? [] : [`CPU ${cpu}`]),
    ...(pid === null ? [] : [`pid ${pid}`]),
    ...(comm === null ? [] : [comm]),
    ...(tainted === null ? (SAYS_TAINT.has(project) ? ['not tainted'] : []) : [`tainted: ${tainted}`]),
  ];
  return toSafeLine(words.join(', '), 300);
}

function writeFrames(frames: readonly Frame[], culprit: string | null, style: Style): string[] {
  const first = frames.findIndex(({ function: name }) => name === culprit);
  const more = frames.length - MOST_FRAMES;
  return [
    ...frames.slice(0, MOST_FRAMES).map((frame, index) => writeFrame(frame, index === first, style)),
    ...(more > 0 ? [`      … and ${more} more frames`] : []),
  ];
}

/** One frame as the log has it: `?` where the log doubts it, `<` at the one that the crash is about. */
export function writeFrame(frame: Frame, isCulprit: boolean, style: Style): string {
  const { offset, size, module, location, reliable } = frame;
  const offsets = offset === null ? '' : `+0x${offset.toString(16)}${size === null ? '' : `/0x${size.toString(16)}`}`;
  const from = `${module === null ? '' : ` [${module}]`}${location === null ? '' : ` ${location}`}`;
  const text = toSafeLine(`${frame.function}${offsets}${from}`, 300);
  if (isCulprit) return `    ${style.red(`  ${text}  < here`)}`;
  return reliable ? `      ${text}` : style.dim(`    ? ${text}`);
}

/**
 * The title for a person. syzkaller's titles say "in corrupted" where no function could be made out, so that a title can be
 * looked up there; people read the headline below it instead.
 */
export function toShownTitle(title: string): string {
  return title.replace(/ in corrupted$/, '');
}
