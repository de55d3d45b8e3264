import type { BareTrace, Frame } from '../../../src/model/evidence.ts';

/** A trace as text for golden files: everything that it says, one fact a line; what it does not say is left out. */
export function writeTrace(trace: BareTrace): string {
  const facts: readonly [string, string | number | null][] = [
    ['title', trace.title],
    ['headline', trace.headline],
    ['culprit', trace.culprit],
    ['file', trace.file],
    ['version', trace.version],
    ['tainted', trace.tainted],
    ['cpu', trace.cpu],
    ['pid', trace.pid],
    ['comm', trace.comm],
    ['damage', trace.damage],
  ];
  return [
    `${trace.project} ${trace.kind}, lines ${trace.lines.join(' to ')}, depth ${String(trace.depth)}`,
    ...facts.filter(([, value]) => value !== null).map(([name, value]) => `  ${name}: ${String(value)}`),
    ...trace.frames.map((frame) => `  ${writeFrame(frame)}`),
    ...trace.notes.map((note) => `  note ${String(note.line)}: ${note.text}`),
    '',
  ].join('\n');
}

function writeFrame(frame: Frame): string {
  const offset = frame.offset === null ? '' : `+0x${frame.offset.toString(16)}`;
  const size = frame.size === null ? '' : `/0x${frame.size.toString(16)}`;
  const module = frame.module === null ? '' : ` [${frame.module}]`;
  const location = frame.location === null ? '' : ` (${frame.location})`;
  return `${frame.reliable ? '|' : '?'} ${frame.address ?? '-'} ${frame.function}${offset}${size}${module}${location}`;
}
