import type { LogLine } from '../../../model/log.ts';
import { joinLines, toUserTrace, type Reading } from './user-trace.ts';

export const ASSERTION_START = /Assertion |assertion failed|ASSERT(?:ION)? /;

/** How C libraries and GLib say that an assertion failed. Named groups: program, file, func, expr. */
const FORMS: readonly RegExp[] = [
  // glibc: prog: file.c:12: func: Assertion `x' failed.
  /^\s{0,12}(?:(?<program>[\w./+-]{1,120}): )?(?<file>[\w./+-]{1,200}):\d{1,7}: (?<func>[^:]{1,200}): Assertion [`'"‘](?<expr>.{1,300})['’"`] failed\.?/,
  // musl: Assertion failed: x (file.c: func: 12)
  /^\s{0,12}(?:(?<program>[\w./+-]{1,120}): )?Assertion failed: (?<expr>.{1,300}?) ?\((?<file>[\w./+-]{1,200}): (?<func>[^:()]{1,200}): \d{1,7}\)/,
  // BSD: assertion "x" failed: file "file.c", line 12, function "func"
  /^\s{0,12}(?:(?<program>[\w./+-]{1,120}): )?[Aa]ssertion "(?<expr>.{1,300})" failed: file "(?<file>[^"]{1,200})", line \d{1,7}(?:, function "(?<func>[^"]{1,200})")?/,
  // GLib: ERROR:file.c:12:func: assertion failed: (x)
  /^\s{0,12}(?:[\w.-]{1,60}:)?ERROR:(?<file>[\w./+-]{1,200}):\d{1,7}:(?<func>[^:]{1,200}): assertion failed(?: \([^()]{0,80}\))?: \(?(?<expr>.{1,300})/,
];

/** A message is broken into no more lines than this. */
const MAX_PIECES = 4;

/** A failed assertion of a user-space program, however the mailer broke its line. */
export function readAssertion(log: readonly LogLine[], at: number): Reading | null {
  const from = log[at];
  if (!from || from.console === 'xen') return null;
  for (let count = 1; count <= MAX_PIECES; count += 1) {
    const lines = log.slice(at, at + count);
    const last = lines.at(-1);
    if (!last || (count > 1 && last.text.trim() === '')) return null;
    const text = joinLines(lines);
    const groups = FORMS.map((form) => form.exec(text)?.groups).find((found) => found !== undefined);
    if (!groups) continue;
    const trace = toUserTrace(from, last, {
      kind: 'assertion',
      what: `assertion '${toExpression(groups['expr'] ?? '')}' failed`,
      headline: text,
      program: groups['program'] ?? null,
      culprit: groups['func'] ?? null,
      file: groups['file'] ?? null,
    });
    return { trace, next: at + count };
  }
  return null;
}

function toExpression(text: string): string {
  return text
    .replace(/\)$/, (end) => (text.includes('(') ? end : ''))
    .replace(/\s+/g, ' ')
    .trim();
}
