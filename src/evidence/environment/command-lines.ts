import type { Line } from '../../model/message.ts';
import type { Role } from '../../model/evidence.ts';
import { type FactDraft, toQuote, toValue } from './fact-draft.ts';
import { LINUX_OPTIONS, XEN_OPTIONS } from './options.ts';

/** How a command line is announced. `kind` is decided by the words, or by the options where they do not say. */
const ANNOUNCED =
  /(?<who>\(XEN\)|\(d\d+\)|xen|hypervisor|kernel|linux|dom0|domU|guest)?[^\n:=]{0,40}?(?:command[ -]?lines?|cmdline|commandline|bootargs)(?: (?:is|was|options|parameters|used|arguments))?\s{0,12}[:=]\s?["']?(?<value>[^\n]{0,900})$/i;
const OPTION = /^[a-zA-Z][\w.-]{1,40}(?:=\S{0,200})?["',;.]?$/;
const MAX_CONTINUED = 14;
const MAX_VALUE = 900;

/**
 * Command lines of the hypervisor and of kernels: in boot logs, in `xl info`, and where a reporter writes them down.
 * They are often wrapped: what follows belongs to it while it consists of options.
 *
 * @param logRole whose kernel printed the logs of this mail.
 */
export function findCommandLines(lines: readonly Line[], logRole: Role): FactDraft[] {
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
    const role: Role = kind === 'xen-command-line' ? 'host' : kernelRole(text, logRole);
    drafts.push({ key: kind, value, role, line: line.number, depth: line.depth, quote: toQuote(text) });
  }
  return drafts;
}

/** The options, over as many lines as they take; `null` where what follows is prose. */
function wholeValue(lines: readonly Line[], index: number, first: string): string | null {
  const depth = lines[index]?.depth;
  const pieces: string[] = [];
  if (first.trim() !== '') {
    const options = leadingOptions(first);
    if (options === '') return null;
    pieces.push(options);
    if (options.length < first.trim().replace(/["']$/, '').length) return finish(pieces);
  }
  for (let next = index + 1; next < Math.min(index + MAX_CONTINUED, lines.length); next += 1) {
    const line = lines[next];
    if (!line || line.depth !== depth || line.text.trim() === '') break;
    const text = line.text.replace(/^\(XEN\) ?/, '');
    if (/^\s*\w+\s*: /.test(text) || /^\s*(?:\[|\(XEN\)|[A-Z][a-z]{2} +\d)/.test(line.text)) break;
    const options = leadingOptions(text);
    if (options === '') break;
    pieces.push(options);
    if (options.length < text.trim().length) break;
  }
  return pieces.length === 0 ? null : finish(pieces);
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
    if (!OPTION.test(word) && !/^(?:\S{0,80}\/\S{1,200}|--+|\.\.\.)$/.test(word)) break;
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

const INLINE = /(?<![\w./-])(?<option>(?<name>[a-z][\w-]{1,40})=(?<value>[\w,:./-]{1,60}))/g;

/** `smt=off`, `dom0_max_vcpus=1` in a sentence: options of the hypervisor, by their names. */
export function findInlineOptions(
  text: string,
): { readonly value: string; readonly start: number; readonly end: number }[] {
  if (!text.includes('=')) return [];
  const found: { value: string; start: number; end: number }[] = [];
  for (const match of text.matchAll(INLINE)) {
    const name = match.groups?.['name'] ?? '';
    const option = match.groups?.['option'] ?? '';
    if (!XEN_OPTIONS.has(name) || name === 'mem' || name === 'pv' || name === 'pci' || name === 'console') continue;
    found.push({ value: toValue(option), start: match.index, end: match.index + option.length });
  }
  return found;
}
