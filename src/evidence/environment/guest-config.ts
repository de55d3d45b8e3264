import type { Line } from '../../model/message.ts';
import { type FactDraft, toQuote } from './fact-draft.ts';
import { GUEST_OPTIONS, IDLE_GUEST_OPTIONS } from './options.ts';

const SETTING = /^[\s*]{0,8}(?<name>[a-z][a-z0-9_]{1,40})(?<sign>\s{0,12}=\s{0,4})(?<value>["'[(\d“‘][^\n]{0,400})$/;
const MAX_CONTINUED = 30;
const MAX_SETTINGS = 500;
/** A full kernel configuration is an attachment to read, not a list of facts. */
const MAX_KCONFIG = 30;
const KCONFIG = /^[\s*+-]{0,6}(?<value>CONFIG_[A-Z0-9_]{2,60}=(?:[ymn]|"[^"\n]{0,60}"|0x[0-9a-f]{1,16}|\d{1,10}))\s*$/;
/** Words before a lone setting by which somebody asks for it. */
const ASKED_FOR = /\b(?:try|could you|can you|please|add(?:ing)?|set(?:ting)?|suggest|should|would|want)\b/i;

interface Setting {
  readonly name: string;
  readonly value: string;
  /** `=` with the blanks that the mail has around it. */
  readonly sign: string;
  readonly line: Line;
  readonly index: number;
}

/**
 * Settings of a guest's configuration file (`memory = 1024`, lists over several lines), and `CONFIG_…=y` of kernels.
 *
 * A lone setting in an answer that asks for it is none, and a whole kernel configuration gives nothing.
 */
export function findGuestConfig(lines: readonly Line[]): FactDraft[] {
  const settings = readSettings(lines);
  const drafts: FactDraft[] = [];
  for (const [at, setting] of settings.entries()) {
    if (!GUEST_OPTIONS.has(setting.name) || (isLone(settings, at) && isAskedFor(lines, setting))) continue;
    drafts.push(...toDrafts(setting));
  }
  return [...drafts, ...findKconfig(lines)];
}

function readSettings(lines: readonly Line[]): Setting[] {
  const settings: Setting[] = [];
  for (const [index, line] of lines.entries()) {
    if (!line.text.includes('=') || line.text.length > 600) continue;
    const groups = SETTING.exec(line.text)?.groups;
    const name = groups?.['name'];
    const value = groups?.['value'];
    if (name === undefined || value === undefined) continue;
    if (!isSetting(name, value)) continue;
    if (settings.length >= MAX_SETTINGS) break;
    settings.push({
      name,
      value: wholeValue(lines, index, value),
      sign: (groups?.['sign'] ?? '=').replace(/\s+/g, ' '),
      line,
      index,
    });
  }
  return settings;
}

function isSetting(name: string, value: string): boolean {
  return (GUEST_OPTIONS.has(name) || IDLE_GUEST_OPTIONS.has(name)) && !isProcessor(name, value);
}

/** BSD's panics print the number of the processor by the name of a setting that holds a list or words. */
export function isProcessor(name: string, value: string): boolean {
  return name === 'cpuid' && /^\d/.test(value);
}

/** A list goes on until its bracket closes. */
function wholeValue(lines: readonly Line[], index: number, first: string): string {
  let value = first.trim();
  if (!value.startsWith('[') || value.includes(']')) return value;
  const depth = lines[index]?.depth;
  for (let next = index + 1; next < Math.min(index + MAX_CONTINUED, lines.length); next += 1) {
    const line = lines[next];
    if (!line || line.depth !== depth) break;
    value = `${value} ${line.text.trim()}`;
    if (line.text.includes(']')) return value.slice(0, 600);
  }
  return first.trim();
}

/** No other setting stands within four lines. */
function isLone(settings: readonly Setting[], at: number): boolean {
  const setting = settings[at];
  const isNear = (other: Setting | undefined): boolean =>
    other !== undefined &&
    setting !== undefined &&
    other.line.depth === setting.line.depth &&
    Math.abs(other.index - setting.index) <= 4;
  return !isNear(settings[at - 1]) && !isNear(settings[at + 1]);
}

function isAskedFor(lines: readonly Line[], setting: Setting): boolean {
  const before = lines.slice(Math.max(0, setting.index - 3), setting.index);
  return before.some((line) => line.depth === setting.line.depth && ASKED_FOR.test(line.text.slice(0, 200)));
}

function toDrafts({ name, value, sign, line }: Setting): FactDraft[] {
  const at = { line: line.number, depth: line.depth, quote: toQuote(line.text) };
  const tidy = value.replace(/\s*;?\s*(?:#.*)?$/, '').replace(/\s+/g, ' ');
  const config: FactDraft = { key: 'config', value: `${name}${sign}${tidy}`, role: 'domU', ...at };
  const type = /^["'](?<type>hvm|pvh|pv)["']/i.exec(value)?.groups?.['type'];
  if (name === 'type' || name === 'builder')
    return type ? [{ key: 'guest-type', value: type, role: 'domU', ...at }] : [];
  return [config];
}

function findKconfig(lines: readonly Line[]): FactDraft[] {
  const drafts: FactDraft[] = [];
  for (const line of lines) {
    if (!line.text.includes('CONFIG_') || line.text.length > 200) continue;
    const value = KCONFIG.exec(line.text)?.groups?.['value'];
    if (value === undefined) continue;
    drafts.push({ key: 'config', value, role: null, line: line.number, depth: line.depth, quote: toQuote(line.text) });
    if (drafts.length > MAX_KCONFIG) return [];
  }
  return drafts;
}
