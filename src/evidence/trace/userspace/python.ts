import type { BareTrace, Frame } from '../../../model/evidence.ts';
import type { LogLine } from '../../../model/log.ts';
import { matchJoined } from '../match-joined.ts';
import { toStableWords, toUserTrace, type Reading } from './user-trace.ts';

export const PYTHON_START = /Traceback \(most recent call last\):\s*$/;

/** A terminal or a mailer breaks the line anywhere. */
const FILE =
  /^\s{0,200}File\s{1,4}"(?<file>[^"]{1,300})",\s{1,4}line\s{1,4}(?<line>\d{1,7}),\s{1,4}in\s{1,4}(?<name>\S{1,200})$/;
/** A frame of a script that was read from standard input, or whose rest is lost. */
const FILE_ALONE = /^\s{0,200}File "(?<file>[^"]{1,300})",(?: {0,4}line (?<line>\d{1,7}))?\s{0,8}$/;
const MAX_PIECES = 4;
const EXCEPTION = /^\s{0,200}(?<type>[A-Za-z_][\w.]{0,100})(?::\s{0,4}(?<message>.{0,300}))?$/;
const EXCEPTION_NAME = /(?:Error|Exception|Exit|Interrupt|Iteration|Warning|Fault|[Tt]imeout|error)$/;
const MAX_LINES = 200;

interface Thrown {
  readonly type: string;
  readonly message: string;
}

/** A Python traceback: frames in the printed order (the innermost is the last), the exception as headline. */
export function readPython(log: readonly LogLine[], at: number): Reading | null {
  const from = log[at];
  if (!from) return null;
  const frames: Frame[] = [];
  for (let next = at + 1; next < Math.min(at + MAX_LINES, log.length); next += 1) {
    const line = log[next];
    if (!line || PYTHON_START.test(line.text)) break;
    const frame = readFrame(log, next);
    const thrown = frame === null && frames.length > 0 ? readThrown(line.text) : null;
    if (frame) frames.push(frame);
    if (thrown) return { trace: toTrace(from, line, frames, thrown), next: next + 1 };
  }
  return frames.length === 0 ? null : { trace: toTrace(from, log[at + 1] ?? from, frames, null), next: at + 2 };
}

function readFrame(log: readonly LogLine[], at: number): Frame | null {
  const text = log[at]?.text ?? '';
  if (!text.trimStart().startsWith('File')) return null;
  const groups = matchJoined(log, at, FILE, MAX_PIECES)?.groups ?? FILE_ALONE.exec(text)?.groups;
  if (!groups) return null;
  const location = [groups['file'], groups['line']].filter((part) => part !== undefined).join(':');
  const name = groups['name'] ?? '??';
  return { function: name, offset: null, size: null, address: null, module: null, reliable: true, location };
}

/** `socket.gaierror: …` is an exception, `raise` and `return` are none; without a message, its name has to sound like one. */
function readThrown(text: string): Thrown | null {
  const groups = EXCEPTION.exec(text)?.groups;
  const type = groups?.['type'] ?? '';
  const message = groups?.['message'] ?? '';
  const named = EXCEPTION_NAME.test(type) || (message !== '' && type.includes('.') && !type.endsWith('.'));
  return named ? { type, message } : null;
}

function toTrace(from: LogLine, to: LogLine, frames: readonly Frame[], thrown: Thrown | null): BareTrace {
  const innermost = frames.at(-1);
  const words = thrown === null ? 'exception' : toStableWords(`${thrown.type}: ${thrown.message}`).replace(/:$/, '');
  return toUserTrace(from, to, {
    kind: 'exception',
    what: `Python ${words}`,
    headline: (thrown === null ? from : to).text.trim(),
    frames,
    culprit: innermost?.function ?? null,
    file: innermost?.location ?? null,
    damage: thrown === null ? 'cut-short' : null,
  });
}
