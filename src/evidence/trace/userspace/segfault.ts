import type { LogLine } from '../../../model/log.ts';
import { matchJoined } from '../match-joined.ts';
import { toUserTrace, type Reading } from './user-trace.ts';

export const SEGFAULT_START = /segfault at |^\s{0,8}traps: /;

const END = String.raw`error:? ?[0-9a-f]{1,4}(?: in (?<object>[^\s[]{1,200})\[|(?! in\b)(?=\s|$))`;

/** The kernel's words for a program that died: arch/x86/mm/fault.c and arch/x86/kernel/traps.c, all releases. */
const FORMS: readonly RegExp[] = [
  String.raw`^\s{0,8}(?<comm>\S[^[\]]{0,30})\[(?<pid>\d{1,8})\]:? (?<what>segfault) at {1,2}[0-9a-f]{1,16} [er]?ip:? ?[0-9a-f]{1,16} [er]?sp:? ?[0-9a-f]{1,16} ${END}`,
  String.raw`^\s{0,8}traps: (?<comm>\S[^[\]]{0,30})\[(?<pid>\d{1,8})\] (?:trap )?(?<what>[a-z][a-z ]{1,40}?) ip:[0-9a-f]{1,16} sp:[0-9a-f]{1,16} ${END}`,
].map((form) => new RegExp(form));

/** A line is broken into no more pieces than this. */
const MAX_PIECES = 4;

/** `qemu-system-i38[182]: segfault at … in libc.so.6[…]`: the kernel saw a program die. The name is cut at 15 letters. */
export function readSegfault(log: readonly LogLine[], at: number): Reading | null {
  const line = log[at];
  const found = FORMS.map((form) => matchJoined(log, at, form, MAX_PIECES)).find((match) => match !== null);
  if (!line || !found) return null;
  const comm = found.groups['comm'] ?? '';
  const what = found.groups['what'] ?? '';
  const object = found.groups['object'];
  const trace = toUserTrace(line, log[at + found.count - 1] ?? line, {
    kind: 'exception',
    what: object === undefined || object === comm ? what : `${what} in ${object}`,
    headline: found.text,
    program: comm,
    comm,
    pid: Number(found.groups['pid']),
  });
  return { trace, next: at + found.count };
}
