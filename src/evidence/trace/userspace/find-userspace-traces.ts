import type { BareTrace } from '../../../model/evidence.ts';
import type { LogLine } from '../../../model/log.ts';
import { withoutPatches } from '../without-patches.ts';
import { ASSERTION_START, readAssertion } from './assertion.ts';
import { DAEMON_START, readDaemonErrors } from './daemon-errors.ts';
import { GDB_START, readGdb } from './gdb.ts';
import { GLIBC_START, readGlibc } from './glibc.ts';
import { CHECKER_START, readMemoryChecker } from './memory-checker.ts';
import { OCAML_START, readOcaml } from './ocaml.ts';
import { PYTHON_START, readPython } from './python.ts';
import { readSegfault, SEGFAULT_START } from './segfault.ts';
import { readToolErrors, TOOL_START } from './tool-errors.ts';
import type { Reading } from './user-trace.ts';

interface Format {
  readonly name: string;
  /** Cheap, and generous: which lines are worth reading. */
  readonly starts: RegExp;
  readonly read: (log: readonly LogLine[], at: number) => Reading | null;
}

/** What user-space programs print when they fail, one file a format. */
const FORMATS: readonly Format[] = [
  { name: 'gdb', starts: GDB_START, read: readGdb },
  { name: 'glibc', starts: GLIBC_START, read: readGlibc },
  { name: 'assertion', starts: ASSERTION_START, read: readAssertion },
  { name: 'python', starts: PYTHON_START, read: readPython },
  { name: 'ocaml', starts: OCAML_START, read: readOcaml },
  { name: 'memory-checker', starts: CHECKER_START, read: readMemoryChecker },
  { name: 'segfault', starts: SEGFAULT_START, read: readSegfault },
  { name: 'tool-errors', starts: TOOL_START, read: readToolErrors },
  { name: 'daemon-errors', starts: DAEMON_START, read: readDaemonErrors },
];

const ANY_START = new RegExp(FORMATS.map((format) => format.starts.source).join('|'));
const MAX_LINE = 4000;
/** An abort message stands this near above the backtrace of the signal that it raised. */
const NEAR = 30;

/** Every crash, backtrace or error of a user-space program in a repaired log, in the order of the log. Never throws. */
export function findUserspaceTraces(log: readonly LogLine[]): BareTrace[] {
  const lines = withoutPatches(log).filter((line) => line.console !== 'xen');
  const found: BareTrace[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const text = lines[at]?.text ?? '';
    if (!ANY_START.test(text.slice(0, MAX_LINE))) continue;
    const reading = readAny(lines, at, text.slice(0, MAX_LINE));
    if (!reading) continue;
    found.push(reading.trace);
    at = Math.max(at, reading.next - 1);
  }
  return foldErrors(uniteAborts(found));
}

function readAny(lines: readonly LogLine[], at: number, text: string): Reading | null {
  for (const format of FORMATS) {
    const reading = format.starts.test(text) ? format.read(lines, at) : null;
    if (reading) return reading;
  }
  return null;
}

/** The same error lines again, at every attempt to start the domain, are one finding. */
function foldErrors(traces: readonly BareTrace[]): BareTrace[] {
  const repeats = new Map<string, BareTrace[]>();
  for (const trace of traces) {
    const key =
      trace.kind === 'other' ? `${String(trace.depth)} ${trace.fingerprint}` : `line ${String(trace.lines[0])}`;
    const group = repeats.get(key);
    if (group) group.push(trace);
    else repeats.set(key, [trace]);
  }
  return [...repeats.values()].flatMap((group) => group.slice(0, 1).map((first) => addRepeats(first, group)));
}

function addRepeats(first: BareTrace, group: readonly BareTrace[]): BareTrace {
  const last = group.at(-1)?.lines[0] ?? first.lines[0];
  if (group.length === 1) return first;
  const text = `printed ${String(group.length)} times, the last time on line ${String(last)}`;
  return { ...first, notes: [...first.notes, { text, line: first.lines[0] }] };
}

/** The message that aborted a program and the backtrace of that abort are one failure: the backtrace has both. */
function uniteAborts(traces: readonly BareTrace[]): BareTrace[] {
  const united: BareTrace[] = [];
  for (const trace of traces) {
    const message = united.at(-1);
    if (!message || !isAbortOf(message, trace)) {
      united.push(trace);
      continue;
    }
    const title = message.kind === 'assertion' ? message.title : toAbortTitle(message, trace);
    united[united.length - 1] = {
      ...trace,
      title,
      lines: [message.lines[0], trace.lines[1]],
      file: trace.file ?? message.file,
    };
  }
  return united;
}

/** What the C library says of the heap tells more than the signal by which it ends the program. */
function toAbortTitle(message: BareTrace, trace: BareTrace): string {
  return trace.title.replace('SIGABRT', () => message.title.slice(0, 80));
}

function isAbortOf(message: BareTrace, trace: BareTrace): boolean {
  return (
    trace.kind === 'backtrace' &&
    message.frames.length === 0 &&
    (message.kind === 'assertion' || message.kind === 'exception') &&
    message.depth === trace.depth &&
    trace.lines[0] - message.lines[1] <= NEAR &&
    trace.frames.slice(0, 8).some((frame) => /abort|raise|pthread_kill/.test(frame.function))
  );
}
