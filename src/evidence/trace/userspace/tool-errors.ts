import type { LogLine } from '../../../model/log.ts';
import { joinLines, toStableWords, toUserTrace, type Reading } from './user-trace.ts';

export const TOOL_START =
  /\b(?:libxl|xc|xl|domainbuilder)(?: \w[\w -]{0,30})?: {1,2}(?:error|critical)\b|libxl: error: |^\s{0,20}error: libxl_\w{1,40}\.c:\d|libxl: libxl\w{0,40}\.c:\d|\blibxl:\s*$|libxl: error:\s*$/;

/**
 * Lines of xentoollog at error level: `libxl: error: file.c:12:func: Domain 3:text`, `xc: error: text`. Where
 * syslog's tag was taken off, the file tells libxl.
 */
const ERROR =
  /^\s{0,200}(?:\[[^\]]{1,40}\] |\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?: \w{1,5})? )?(?:\[\d{1,8}\] )?(?:(?<tool>libxl|xc|xl|domainbuilder)(?: [\w -]{1,30})?: {1,2})?(?:error|critical): (?:\S{1,40}: )??(?:(?<file>[\w./-]{1,100}\.c):\d{1,7}: ?(?<func>\w{1,100})[: ] ?)?(?:Domain \d{1,5}: ?)?(?<text>.{0,300})/;
/** The log of libvirt's driver leaves the level out: there a line counts that says what went wrong. */
const LIBVIRT =
  /^\s{0,20}(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\+\d{4}: )?(?<tool>libxl): (?<file>libxl\w{0,100}\.c):\d{1,7}:(?<func>\w{1,100}): (?:Domain \d{1,5}: ?)?(?<text>.{0,80}\b(?:fail|unable|error|cannot|could not|doesn't|does not|timed out|non-existent).{0,200})/i;
/** A terminal without carriage returns prints a staircase, which mail wraps behind the context. */
const BROKEN = /\b(?:libxl|xc):\s*(?:error:)?\s*$|libxl: error:\s*$/;
const PREFIXED =
  /^\s{0,200}(?:libxl|xc|xl|libxl-save-helper|domainbuilder)\b[^:]{0,40}:|^\s{0,200}\[|^\S{1,60}[@:]\S{0,60}[#$]/;
/** Error lines nearer than this belong to one failure, of which the first says most. */
const MAX_GAP = 12;
const MESSAGE =
  /(?:libxl|xc)(?: [\w -]{1,30})?: (?:(?:error|critical|warning|notice|info|detail|debug): |libxl\w{0,100}\.c:\d)/g;
const MAX_PIECES = 4;
/** A line was broken off where its next word would have made it longer than this. */
const WRAPPED = 62;

interface ToolError {
  readonly text: string;
  readonly groups: Readonly<Record<string, string | undefined>>;
  readonly next: number;
}

/** Error lines of libxl, libxc and xl that stand together: one failure, named by the first of them. */
export function readToolErrors(log: readonly LogLine[], at: number): Reading | null {
  const from = log[at];
  const first = readError(log, at);
  if (!from || !first) return null;
  let last = first.next - 1;
  for (let next = first.next; next < log.length && next - last <= MAX_GAP; next += 1) {
    const line = log[next];
    if (line?.depth !== from.depth) break;
    const error = TOOL_START.test(line.text) ? readError(log, next) : null;
    if (!error) continue;
    last = error.next - 1;
    next = last;
  }
  const text = (first.groups['text'] ?? '').replace(/ - consult logfile .*$/, '');
  const trace = toUserTrace(from, log[last] ?? from, {
    kind: 'other',
    what: `error: ${toStableWords(text).slice(0, 90)}`,
    headline: first.text,
    program: first.groups['tool'] ?? 'libxl',
    culprit: first.groups['func'] ?? null,
    file: first.groups['file'] ?? null,
  });
  return { trace, next: last + 1 };
}

/** One error line, with what the mailer broke off it. */
function readError(log: readonly LogLine[], at: number): ToolError | null {
  const pieces: LogLine[] = [];
  for (let next = at; next < Math.min(at + MAX_PIECES, log.length); next += 1) {
    const line = log[next];
    if (!line || (next > at && !isContinuation(log[next - 1], line, pieces))) break;
    pieces.push(line);
  }
  const text = toOneMessage(joinLines(pieces));
  const groups = (ERROR.exec(text) ?? LIBVIRT.exec(text))?.groups;
  if (groups?.['tool'] === undefined && groups?.['file']?.startsWith('libxl_') !== true) return null;
  return { text, groups, next: at + pieces.length };
}

/** The first message of a line that lost its line ends: `Parsing config from a.cfglibxl: error: …peerlibxl: error: …`. */
function toOneMessage(text: string): string {
  const starts = [...text.matchAll(MESSAGE)].map((match) => match.index);
  return text.slice(starts[0] ?? 0, starts[1]).trim();
}

function isContinuation(above: LogLine | undefined, line: LogLine, pieces: readonly LogLine[]): boolean {
  if (line.text.trim() === '' || above?.depth !== line.depth) return false;
  if (BROKEN.test(above.text) && pieces.length === 1) return true;
  if (PREFIXED.test(line.text)) return false;
  const word = line.text.trimStart().split(' ', 1)[0] ?? '';
  return above.first === above.last && above.text.length <= 80 && above.text.length + word.length >= WRAPPED;
}
