import type { Console } from '../../model/log.ts';
import type { Draft } from './draft.ts';
import { addRepair } from './draft.ts';

/** What stands in front of the text of a log line, and what it says. */
interface Prefix {
  /** Lines of one log carry the same names. */
  readonly name: string;
  /** At the start of what is left of the line; bounded, no nested repetition. */
  readonly pattern: RegExp;
  readonly console?: Console;
  /** Only behind a prefix of this name. */
  readonly behind?: string;
}

const MONTH = String.raw`[A-Za-z\u00e9\u00fb\u00e4]{3,5}\.? {1,2}\d{1,2} \d\d:\d\d:\d\d(?:\.\d{1,9})?`;
const ISO = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d| UTC| [A-Z]{3,4})?`;
const TAG = String.raw`[\w./@()-]{1,60}(?:\[\d{1,10}\])?:`;

/**
 * The prefixes by their first character (domain.md 3.0): hypervisor and guest consoles, printk stamps and levels,
 * syslog, journald, serial loggers. Only one blank behind a prefix belongs to it: what follows is indentation.
 */
const PREFIXES: Readonly<Record<string, readonly Prefix[]>> = {
  '(': [
    { name: 'xen', pattern: /^\(XEN\)(?: |$)/, console: 'xen' },
    { name: 'guest', pattern: /^\(d(?<domain>\d{1,5})\)(?: |$)/, console: 'guest' },
    { name: 'early', pattern: /^\(early\) /, console: 'linux' },
  ],
  '[': [
    {
      name: 'printk',
      pattern:
        /^\[ {0,9}(?<seconds>\d{1,9}\.(?:\d{4,9}|\d{2,3}(?=\] ?\[)))\](?: ?\[ {0,9}(?<caller>[TC]\d{1,9})\])?(?: |$)/,
      console: 'linux',
    },
    { name: 'caller', pattern: /^\[ {0,9}(?<caller>[TC]\d{1,9})\](?: |$)/, behind: 'printk' },
    { name: 'date', pattern: new RegExp(String.raw`^\[${ISO}\](?: |$)`) },
    {
      name: 'ctime',
      pattern: /^\[[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d(?:\.\d{1,9})? \d{4}\](?: |$)/,
      console: 'linux',
    },
    { name: 'tsc', pattern: /^\[[0-9a-f]{16}\](?: |$)/, behind: 'xen' },
  ],
  '<': [{ name: 'level', pattern: /^<\d{1,3}>(?=\S| )/ }],
  ' ': [
    // Commit messages indent what they quote; the blanks between a stamp and a frame stay.
    { name: 'indent', pattern: /^[ \t]{1,16}(?=\(XEN\)|\(d\d|\[ {0,9}\d{1,9}\.\d{4,9}\]|<\d{1,3}>\[)/ },
    // A log in a commit message is indented as a whole.
    { name: 'indent', pattern: /^ {1,8}(?=\(XEN\)(?: |$)|\(d\d{1,5}\) )/ },
    {
      name: 'indent',
      pattern: new RegExp(
        String.raw`^[ \t]{1,16}(?=${MONTH} (?:[\w.-]{1,60} )?(?:kernel:|\[kernel\]|hypervisor:|\(XEN\)|\[ {0,9}\d|[\w.-]{1,40}\[\d{1,10}\]:))`,
      ),
    },
    {
      name: 'indent',
      pattern: /^[ \t]{1,16}(?=\[\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[^\]]{0,20}\] (?:\(XEN\)|\[ {0,9}\d))/,
    },
    { name: 'indent', pattern: /^[ \t]{1,16}(?=\[[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d)/ },
    // XenServer's dom0 prints the level by name, aligned right, between the stamp and the text.
    { name: 'level-name', pattern: /^ {1,4}(?:EMERG|ALERT|CRIT|ERR|WARN|NOTICE|INFO|DEBUG): ?/, behind: 'printk' },
  ],
  // Two logs compared: what only one of them has.
  sign: [{ name: 'diff', pattern: /^[+-]{1,2} ?(?=\[ {0,9}\d{1,9}\.\d{6}\]|\(XEN\) |\(d\d{1,5}\) )/ }],
  digit: [
    {
      name: 'iso-xen',
      pattern: new RegExp(String.raw`^${ISO} (?:[\w.-]{1,60} )?(?:hypervisor|xen)(?:\[\d{1,10}\])?: ?`),
      console: 'xen',
    },
    {
      name: 'iso',
      pattern: new RegExp(String.raw`^${ISO} (?:[\w.-]{1,60} )?(?:kernel|\[kernel\]):? ?`),
      console: 'linux',
    },
    { name: 'iso-tag', pattern: new RegExp(String.raw`^${ISO} (?![A-Z]{3,5} )[\w.-]{1,60} ${TAG} `), console: 'user' },
    { name: 'iso-bare', pattern: new RegExp(String.raw`^${ISO} (?=\(XEN\)|\(d\d|\[ {0,9}\d)`) },
    { name: 'clock', pattern: /^\d\d:\d\d:\d\d(?:[.,]\d{1,9})?:? (?=\(XEN\)|\(d\d|\[ {0,9}\d|<\d)/ },
  ],
  letter: [
    { name: 'kernel', pattern: /^(?:kernel: |[\w.-]{1,60} kernel: (?=\[ {0,9}\d))/, console: 'linux' },
    {
      name: 'syslog',
      pattern: new RegExp(String.raw`^${MONTH} (?:[\w.-]{1,60} )?(?:kernel:|\[kernel\])(?: |$)`),
      console: 'linux',
    },
    {
      name: 'syslog-xen',
      pattern: new RegExp(String.raw`^${MONTH} (?:[\w.-]{1,60} )?(?:hypervisor|xen)(?:\[\d{1,10}\])?:(?: |$)`),
      console: 'xen',
    },
    {
      // A program's tag has a number; without one, "Call Trace:" would be a host and its program.
      name: 'serial',
      pattern:
        /^[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d\.\d{6}(?: (?![\w.-]{1,60} [\w./@()-]{1,60}\[\d{1,10}\]: )|$)/,
    },
    {
      name: 'syslog-tag',
      pattern: new RegExp(String.raw`^${MONTH} (?!Call [Tt]race:|Hardware name:)[\w.-]{1,60} ${TAG}(?: |$)`),
      console: 'user',
    },
    { name: 'syslog-bare', pattern: new RegExp(String.raw`^${MONTH} (?=\(XEN\)|\(d\d|\[ {0,9}\d)`) },
  ],
};

/** Two stamps and a level are usual; more than this is no log. */
const MAX_PREFIXES = 6;

/** Takes the prefixes off a line and keeps what they say. */
export function stripPrefixes(draft: Draft): void {
  for (let count = 0; count < MAX_PREFIXES && draft.text !== ''; count += 1) {
    if (!stripOne(draft)) break;
  }
}

function stripOne(draft: Draft): boolean {
  for (const prefix of PREFIXES[toGroup(draft.text.charCodeAt(0))] ?? []) {
    if (prefix.behind !== undefined && !draft.stamp.includes(prefix.behind)) continue;
    const match = prefix.pattern.exec(draft.text);
    if (!match) continue;
    draft.text = draft.text.slice(match[0].length);
    draft.stamp = draft.stamp === '' ? prefix.name : `${draft.stamp} ${prefix.name}`;
    note(draft, prefix, match.groups);
    addRepair(draft, 'stamp');
    return true;
  }
  return false;
}

function note(draft: Draft, prefix: Prefix, groups: Readonly<Record<string, string | undefined>> | undefined): void {
  if (prefix.console !== undefined && draft.console !== 'xen' && draft.console !== 'guest')
    draft.console = prefix.console;
  if (prefix.console === 'xen' || prefix.console === 'guest') draft.console = prefix.console;
  if (groups === undefined) return;
  if (groups['domain'] !== undefined) draft.domain = Number(groups['domain']);
  if (groups['seconds'] !== undefined) draft.seconds = Number(groups['seconds']);
  if (groups['caller'] !== undefined) draft.caller = groups['caller'];
}

function toGroup(code: number): string {
  if (code === 0x28) return '(';
  if (code === 0x5b) return '[';
  if (code === 0x3c) return '<';
  if (code === 0x2b || code === 0x2d) return 'sign';
  if (code === 0x20 || code === 0x09) return ' ';
  return code >= 0x30 && code <= 0x39 ? 'digit' : code >= 0x41 ? 'letter' : '';
}
