import type { LogLine } from '../../../model/log.ts';
import { toStableWords, toUserTrace, type Reading } from './user-trace.ts';

/** What daemons say when they cannot go on, or cannot do what they were asked for. */
interface DaemonRow {
  readonly program: string;
  readonly pattern: RegExp;
}

/** QEMU's error_report() and Xen back ends (hw/xen/); barf() and corrupt() of C xenstored (tools/xenstored/). */
const ROWS: readonly DaemonRow[] = [
  {
    program: 'qemu',
    pattern:
      /^\s{0,8}qemu-system-\w{1,20}: (?!terminating on signal|warning: |info: )(?:-[\w-]{1,40} \S{1,80}: )?(?<text>.{0,120}\b(?:not supported|failed|[Ff]ailure|cannot|[Cc]ould not|unable|[Ii]nvalid|error)\b.{0,120})/,
  },
  { program: 'qemu', pattern: /^\s{0,8}\[[0-9a-f:.]{5,12}\] (?<text>xen_pt_\w{1,60}: Error: .{1,160})/ },
  {
    program: 'qemu',
    pattern: /^\s{0,8}xen be(?: \w{1,20})?: (?<text>.{0,100}\b(?:fail|failed|error|cannot)\b.{0,100})/,
  },
  {
    program: 'xenstored',
    pattern: /^\s{0,8}(?:xenstored: )?(?<text>(?:corruption detected by connection|xenstored corruption:) .{1,200})/,
  },
  { program: 'xenstored', pattern: /^\s{0,8}xenstored: (?<text>(?:Could not|Failed to|Talloc|FATAL).{1,200})/ },
];

export const DAEMON_START = /qemu-system-|xen_pt_|xen be\b|corruption(?: detected|:)|^\s{0,8}xenstored: /;

/** A line is followed by others of the same failure; so many of them belong to it. */
const MAX_LINES = 10;

/** The error lines of a daemon that stand together: one failure, named by the first of them. */
export function readDaemonErrors(log: readonly LogLine[], at: number): Reading | null {
  const from = log[at];
  const first = from ? find(from.text) : null;
  if (!from || !first) return null;
  let last = at;
  while (
    last - at < MAX_LINES &&
    log[last + 1]?.depth === from.depth &&
    find(log[last + 1]?.text ?? '')?.program === first.program
  )
    last += 1;
  const trace = toUserTrace(from, log[last] ?? from, {
    kind: 'other',
    what: `error: ${toStableWords(first.text).slice(0, 90)}`,
    headline: from.text.trim(),
    program: first.program,
  });
  return { trace, next: last + 1 };
}

function find(line: string): { readonly program: string; readonly text: string } | null {
  for (const { program, pattern } of ROWS) {
    const text = pattern.exec(line.slice(0, 500))?.groups?.['text'];
    if (text !== undefined) return { program, text };
  }
  return null;
}
