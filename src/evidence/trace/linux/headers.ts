import type { LogLine } from '../../../model/log.ts';
import { BUG } from './rules-bug.ts';
import { FAULTS } from './rules-fault.ts';
import { INFO } from './rules-info.ts';
import { WARNING } from './rules-warning.ts';
import type { Header } from './title-rule.ts';

/** Everything that begins a report, in the order in which it is looked for in a line. */
const HEADERS: readonly Header[] = [BUG, WARNING, INFO, ...FAULTS];

const ANY = new RegExp(HEADERS.map((header) => header.text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'));

/** How far into a line a headline may begin where nothing else says that the line was printed by a kernel. */
const NEAR_START = 40;

/** What a kernel, a logger or a console puts before the headline in the same line. */
const LEAD =
  /^[\s[*<>\d./:,+TZ-]{0,40}(?:(?:NMI )?watchdog: |rcu: |kernel:? |traps: |Oops: |kasan: |kernel tried to |refcount_t: |\S{1,40} login: |\(XEN\) |CPU\s?\d{1,4}: |[\w/.:-]{1,30}: |Watchdog detected |NMI watchdog: Watchdog detected |-{2,20}\s)?$/;

/** A headline found in a line. */
export interface Headline {
  readonly header: Header;
  /** The headline may be part of the report that it stands in. */
  readonly inside: boolean;
}

/** The headline that a log line holds, or `null`. Prose that quotes one in the middle of a sentence does not count. */
export function findHeadline(line: LogLine): Headline | null {
  const text = line.text.length > 1000 ? line.text.slice(0, 1000) : line.text;
  const at = text.search(ANY);
  if (at < 0) return null;
  if (line.seconds === null && line.console === null && !startsLine(text, at)) return null;
  for (const header of HEADERS) {
    if (!text.includes(header.text)) continue;
    if (header.not?.some((pattern) => pattern.test(text)) === true) continue;
    return { header, inside: header.inside?.test(text) === true };
  }
  return null;
}

function startsLine(text: string, at: number): boolean {
  if (at > NEAR_START) return isHeadlineOfTask(text);
  return LEAD.test(text.slice(0, at)) || isHeadlineOfTask(text);
}

/** Headlines that begin with a count or a task's name. */
function isHeadlineOfTask(text: string): boolean {
  return /^\s{0,8}(?:\d{1,4}(?: of \d{1,4})? multicall|\S{1,16}: page allocation failure|\*?\s?(?:NMI )?watchdog: Watchdog)/i.test(
    text,
  );
}
