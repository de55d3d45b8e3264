import type { FactDraft } from './fact-draft.ts';
import { toValue } from './fact-draft.ts';
import { isProcessor } from './guest-config.ts';
import { GUEST_OPTIONS, XEN_OPTIONS } from './options.ts';
import { placeOf } from './place-of.ts';
import { type Clause, stanceAt } from './to-clauses.ts';

const OPTION = /(?<![\w./-])(?<option>(?<name>[a-z][\w-]{1,40})=(?<value>[\w,][\w,:./-]{0,60}))/g;
/** Options whose names mean something else as often as not. */
const VAGUE_OPTIONS = new Set(['mem', 'pv', 'pci', 'console']);
/** What stands before an option that is set, and in a clause where it is only tried. */
const SET_BEFORE =
  /\b(?:with|also|using|use|booted|boot|set|have|added|and|option|parameter|although|despite|even|given|give|where|passing)\b|^\W*$/i;
const ONLY_TRIED = /\b(?:tried|try|limit|working with)\b/i;
/** The kind of a guest as its configuration file says it, in a sentence. */
const INLINE_TYPE = /(?<![\w./-])(?:type|builder)\s?=\s?["'](?<value>pvh|pv|hvm)["']/gi;
const INLINE_CONFIG = /(?<![\w./-])(?<name>[a-z][a-z0-9_]{2,40})\s?=\s?(?<value>["'\d][\w"'.,:-]{0,60})/g;
/** Settings whose names are common words: in a sentence they mean something else too often. */
const COMMON_NAMES = new Set([
  'type',
  'root',
  'boot',
  'extra',
  'init',
  'pool',
  'serial',
  'firmware',
  'console',
  'acpi',
  'apic',
  'irqs',
  'numa',
  'kernel',
  'virtio',
  'channel',
  'hpet',
  'pci',
  'usb',
  'hap',
  'pae',
  'sve',
  'tee',
]);

/** Says that it speaks of the guest's configuration file. */
const IN_CONFIG = /\b(?:config\w*|cfg)\b/i;

/** Options of the hypervisor and settings of guests that a sentence names: `smt=off`, `e820_host = 1`. */
export function findSettings(clause: Clause, text: string): FactDraft[] {
  const isCommandLine = /command ?line|cmdline/i.test(clause.sentence.text) || (text.match(/\w=\w/g)?.length ?? 0) > 3;
  return isCommandLine ? [] : [...findOptions(clause, text), ...findGuestSettings(clause, text)];
}

function findOptions(clause: Clause, text: string): FactDraft[] {
  const drafts: FactDraft[] = [];
  for (const match of text.matchAll(OPTION)) {
    const name = match.groups?.['name'] ?? '';
    if (!XEN_OPTIONS.has(name) || VAGUE_OPTIONS.has(name)) continue;
    const start = match.index;
    const end = start + match[0].length;
    if (isInQuotes(text, start) || !SET_BEFORE.test(text.slice(Math.max(0, start - 60), start))) continue;
    if (ONLY_TRIED.test(text) || stanceAt(clause, start, end) !== 'has') continue;
    const value = toValue(match[0]);
    drafts.push({ key: 'xen-command-line', value, role: 'host', ...placeOf(clause, start, end) });
  }
  return drafts;
}

function findGuestSettings(clause: Clause, text: string): FactDraft[] {
  if (clause.sentence.text.endsWith('?')) return [];
  const drafts: FactDraft[] = [];
  for (const match of text.matchAll(INLINE_TYPE)) {
    const place = placeOf(clause, match.index, match.index + match[0].length);
    drafts.push({ key: 'guest-type', value: match.groups?.['value'] ?? '', role: 'domU', ...place });
  }
  for (const match of text.matchAll(INLINE_CONFIG)) {
    const { name = '', value = '' } = match.groups ?? {};
    if (!isGuestSetting(name, value, clause.sentence.text)) continue;
    const place = placeOf(clause, match.index, match.index + match[0].length);
    drafts.push({ key: 'config', value: toValue(match[0]), role: 'domU', ...place });
  }
  return drafts;
}

function isGuestSetting(name: string, value: string, sentence: string): boolean {
  if (!GUEST_OPTIONS.has(name) || name === 'builder' || name === 'type' || isProcessor(name, value)) return false;
  return !COMMON_NAMES.has(name) || IN_CONFIG.test(sentence);
}

/** Behind an odd number of quotation marks: the words of a title or of somebody else. */
function isInQuotes(text: string, at: number): boolean {
  return (text.slice(0, at).match(/"/g)?.length ?? 0) % 2 === 1;
}
