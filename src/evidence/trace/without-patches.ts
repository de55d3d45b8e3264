import type { LogLine } from '../../model/log.ts';

/** `@@ -12,7 +12,9 @@ func`: how many lines of the old and of the new file follow. */
const HUNK = /^@@ -\d{1,9}(?:,(?<old>\d{1,6}))? \+\d{1,9}(?:,(?<new>\d{1,6}))? @@/;
const NEXT_FILE = /^(?:diff --git |Index: |--- (?:a\/|\/dev\/null)|-- $)/;

interface Hunk {
  readonly depth: number;
  old: number;
  new: number;
}

/**
 * The log without the lines of patches: what a hunk adds, removes or shows is source or documentation, and a trace in it
 * did not happen. The hunk's own counts say where it ends, so that a log behind it is kept; comments of a reply, which
 * stand at another depth, are kept too.
 */
export function withoutPatches(log: readonly LogLine[]): LogLine[] {
  const kept: LogLine[] = [];
  let hunk: Hunk | null = null;
  for (const line of log) {
    const start = toHunk(line);
    if (start) hunk = start;
    else if (hunk && NEXT_FILE.test(line.text)) hunk = null;
    else if (hunk?.depth !== line.depth) kept.push(line);
    else hunk = take(hunk, line);
  }
  return kept;
}

function toHunk(line: LogLine): Hunk | null {
  const groups = line.text.startsWith('@@ ') ? HUNK.exec(line.text)?.groups : undefined;
  return groups ? { depth: line.depth, old: Number(groups['old'] ?? 1), new: Number(groups['new'] ?? 1) } : null;
}

/** Counts a line off; `null` where the hunk is at its end. */
function take(hunk: Hunk, line: LogLine): Hunk | null {
  // What a mailer broke off a line of the hunk has no mark of its own, and does not count.
  if (!/^(?:[ +\\-]|$)/.test(line.text) && !line.repairs.includes('stamp')) return hunk;
  const lines = line.last - line.first + 1;
  if (!line.text.startsWith('+')) hunk.old -= lines;
  if (!line.text.startsWith('-')) hunk.new -= lines;
  return hunk.old > 0 || hunk.new > 0 ? hunk : null;
}
