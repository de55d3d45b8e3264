import type { Line } from '../../model/message.ts';
import type { Role } from '../../model/evidence.ts';
import type { RoleAt } from './roles.ts';
import { type FactDraft, toQuote } from './fact-draft.ts';
import { LINUX_OPTIONS, XEN_OPTIONS } from './options.ts';

/** How a command line is announced. `kind` is decided by the words, or by the options where they do not say. */
const ANNOUNCED =
  /(?<who>\(XEN\)|\(d\d+\)|xen|hypervisor|kernel|linux|dom0|domU|guest)?[^\n:=]{0,40}?(?:command[ -]?lines?|cmdline|commandline|bootargs)(?: (?:is|was|options|parameters|used|arguments|(?:of|for) (?:the )?(?:xen|hypervisor|(?:dom0 |domU |guest )?kernel|linux|dom0|domU|guest)))?\s{0,12}[:=]\s?["']?(?<value>[^\n]{0,900})$/i;
const OPTION = /^[a-zA-Z][\w.-]{1,40}(?:=\S{0,200})?["',;.]?$/;
/** The next line of a log, or of a list of labels. */
const NOT_CONTINUED = /^\s*(?:\w+\s*: |\[|\(XEN\) |[A-Z][a-z]{2} +\d)/;
const MAX_CONTINUED = 14;
const MAX_VALUE = 900;

/**
 * Command lines of the hypervisor and of kernels: in boot logs, in `xl info`, and where a reporter writes them down.
 * They are often wrapped: what follows belongs to it while it consists of options.
 *
 * @param roleAt whose kernel printed what stands at a line.
 */
export function findCommandLines(lines: readonly Line[], roleAt: RoleAt): FactDraft[] {
  const drafts: FactDraft[] = [];
  for (const [index, line] of lines.entries()) {
    const { text } = line;
    if (text.length > 1_200 || !/ommand|cmdline|CMDLINE|COMMAND|bootargs/.test(text)) continue;
    const match = ANNOUNCED.exec(text);
    const first = match?.groups?.['value'];
    if (!match || first === undefined) continue;
    const value = wholeValue(lines, index, first);
    if (!value) continue;
    const kind = kindOf(text.slice(0, match[0].length - first.length + match.index), value);
    if (!kind) continue;
    const role: Role = kind === 'xen-command-line' ? 'host' : kernelRole(text, roleAt(line.number));
    drafts.push({ key: kind, value, role, line: line.number, depth: line.depth, quote: toQuote(text) });
  }
  return drafts;
}

/** The options, over as many lines as they take; `null` where what follows is prose. */
function wholeValue(lines: readonly Line[], index: number, first: string): string | null {
  if (first.trim() === '') {
    const blank = lines[index + 1]?.text.trim() === '' ? 1 : 0;
    return finish(followingOptions(lines, index + 1 + blank));
  }
  const options = leadingOptions(first);
  if (options === '') return null;
  const isWhole = options.length >= first.trim().replace(/["']$/, '').length;
  return finish([options, ...(isWhole ? followingOptions(lines, index + 1) : [])]);
}

/** The options at the start of each line from `from` on, as long as the lines consist of options. */
function followingOptions(lines: readonly Line[], from: number): string[] {
  const pieces: string[] = [];
  const depth = lines[from - 1]?.depth;
  for (const line of lines.slice(from, from + MAX_CONTINUED)) {
    if (line.depth !== depth || line.text.trim() === '' || NOT_CONTINUED.test(line.text)) break;
    const options = leadingOptions(line.text);
    if (options === '' || !isMostlyOptions(options)) break;
    pieces.push(options);
    if (options.length < line.text.trim().length) break;
  }
  return pieces;
}

/** Whether a line goes on with options: prose that follows has words of which few are any. */
function isMostlyOptions(text: string): boolean {
  const words = text.split(' ');
  const options = words.filter((word) => word.includes('=') || XEN_OPTIONS.has(word) || LINUX_OPTIONS.has(word));
  return 2 * options.length >= words.length;
}

function finish(pieces: readonly string[]): string | null {
  const value = pieces
    .join(' ')
    .slice(0, MAX_VALUE)
    .replace(/["',;.]+$/, '');
  return /[=]|\b(?:ro|quiet|nomodeset|placeholder)\b/.test(value) ? value : null;
}

/** The words at the start of a text that are options of a command line. */
function leadingOptions(text: string): string {
  const words = text.trim().split(/\s+/);
  const taken: string[] = [];
  let plain = 0;
  for (const word of words) {
    if (!OPTION.test(word) && !/^(?:\S{0,80}\/\S{1,200}[^\s:]|--+|\.\.\.)$/.test(word)) break;
    plain = word.includes('=') || XEN_OPTIONS.has(word) || LINUX_OPTIONS.has(word) ? 0 : plain + 1;
    if (plain > 6) break;
    taken.push(word);
  }
  return taken.join(' ');
}

function kindOf(before: string, value: string): 'xen-command-line' | 'kernel-command-line' | null {
  if (/qemu/i.test(before)) return null;
  if (/\(XEN\)|xen_commandline|\bxen[^\n]{0,24}$|hypervisor/i.test(before) && !/kernel|dom0/i.test(before))
    return 'xen-command-line';
  if (/kernel|linux|dom0|domu|guest|^\s*\[\s*\d|cmdline/i.test(before)) return 'kernel-command-line';
  const names = value.split(' ').map((word) => word.replace(/=.*$/, '').toLowerCase());
  if (names.some((name) => name === 'root' || name === 'ro' || name === 'earlyprintk')) return 'kernel-command-line';
  return names.some((name) => XEN_OPTIONS.has(name)) ? 'xen-command-line' : null;
}

function kernelRole(text: string, logRole: Role): Role {
  if (/dom0/i.test(text)) return 'dom0';
  if (/domu|guest|\(d[1-9]/i.test(text)) return 'domU';
  return logRole;
}
