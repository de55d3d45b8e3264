import type { BareTrace, TraceKind } from '../../../model/evidence.ts';
import type { LogLine } from '../../../model/log.ts';
import { NOTHING_TOLD } from '../nothing-told.ts';
import { toFingerprint } from '../fingerprint.ts';

/**
 * What Xen's own code inside a guest prints on that guest's console when it dies: hvmloader (tools/firmware/hvmloader)
 * and mini-os, on which stub domains run.
 */
interface FirmwareRow {
  readonly kind: TraceKind;
  readonly what: string;
  readonly pattern: RegExp;
}

const ROWS: readonly FirmwareRow[] = [
  {
    kind: 'bug',
    what: 'hvmloader bug',
    pattern: /^\s{0,8}\*\*\* HVMLoader bug at (?<file>[\w./-]{1,100}):\d{1,6}/,
  },
  {
    kind: 'assertion',
    what: "hvmloader assertion '{text}' failed",
    pattern: /^\s{0,8}\*\*\* HVMLoader assertion '(?<text>.{1,200})' failed at (?<file>[\w./-]{1,100}):\d{1,6}/,
  },
  {
    kind: 'page-fault',
    what: 'mini-os page fault',
    pattern: /^\s{0,8}Page fault at linear address (?:0x)?[0-9a-f]{1,16}, rip (?:0x)?[0-9a-f]{1,16}/,
  },
];

/** Failures of hvmloader and mini-os, one a line. */
export function findGuestFirmware(log: readonly LogLine[]): BareTrace[] {
  const traces: BareTrace[] = [];
  for (const line of log) {
    if (line.console === 'linux' || line.console === 'xen' || !/HVMLoader|Page fault at/.test(line.text)) continue;
    for (const row of ROWS) {
      const match = row.pattern.exec(line.text);
      if (match) traces.push(toTrace(line, row, match.groups ?? {}));
    }
  }
  return traces;
}

function toTrace(line: LogLine, row: FirmwareRow, groups: Readonly<Record<string, string | undefined>>): BareTrace {
  const file = groups['file'] ?? null;
  const what = row.what.replace('{text}', () => groups['text'] ?? '');
  const title = file === null ? what : `${what} (${file})`;
  return {
    ...NOTHING_TOLD,
    lines: [line.first, line.last],
    depth: line.depth,
    project: 'xen',
    kind: row.kind,
    title,
    headline: line.text.trim(),
    file,
    fingerprint: toFingerprint({ project: 'xen', kind: row.kind, title, file, functions: [] }),
  };
}
