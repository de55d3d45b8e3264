import type { LogLine } from '../../../model/log.ts';
import { toUserTrace, type Reading } from './user-trace.ts';

export const SEGFAULT_START = /segfault at |^\s{0,8}traps: /;

/** The kernel's words for a program that died: arch/x86/mm/fault.c and arch/x86/kernel/traps.c, all releases. */
const FORMS: readonly RegExp[] = [
  /^\s{0,8}(?<comm>\S[^[\]]{0,30})\[(?<pid>\d{1,8})\]:? (?<what>segfault) at {1,2}[0-9a-f]{1,16} [er]?ip:? ?[0-9a-f]{1,16} [er]?sp:? ?[0-9a-f]{1,16} error:? ?[0-9a-f]{1,4}(?: in (?<object>[^\s[]{1,200})\[)?/,
  /^\s{0,8}traps: (?<comm>\S[^[\]]{0,30})\[(?<pid>\d{1,8})\] (?:trap )?(?<what>[a-z][a-z ]{1,40}?) ip:[0-9a-f]{1,16} sp:[0-9a-f]{1,16} error:[0-9a-f]{1,4}(?: in (?<object>[^\s[]{1,200})\[)?/,
];

/** `qemu-system-i38[182]: segfault at … in libc.so.6[…]`: the kernel saw a program die. The name is cut at 15 letters. */
export function readSegfault(log: readonly LogLine[], at: number): Reading | null {
  const line = log[at];
  const groups = FORMS.map((form) => form.exec(line?.text ?? '')?.groups).find((found) => found !== undefined);
  if (!line || !groups) return null;
  const comm = groups['comm'] ?? '';
  const object = groups['object'];
  const trace = toUserTrace(line, line, {
    kind: 'exception',
    what: object === undefined || object === comm ? (groups['what'] ?? '') : `${groups['what'] ?? ''} in ${object}`,
    headline: line.text.trim(),
    program: comm,
    comm,
    pid: Number(groups['pid']),
  });
  return { trace, next: at + 1 };
}
