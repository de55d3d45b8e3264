import type { EnvironmentKey, Role } from '../../model/evidence.ts';
import { type FactDraft, toQuote, toValue } from './fact-draft.ts';
import type { RoleAt } from './roles.ts';
import type { PrintedLine } from './line-rows.ts';

interface LabelRow {
  readonly label: RegExp;
  readonly key: EnvironmentKey;
  readonly role: Role;
  /** What the value must look like. */
  readonly value: RegExp;
  /** Only in a block that `xl info` printed. */
  readonly info?: boolean;
  /** The fact is the whole line: `u-boot: v2024.01`. */
  readonly withLabel?: boolean;
}

const VERSION = /^(?:(?:linux|kernel|qemu|libvirt|debian)[ -])?v?\d{1,2}\.\d/i;
const WORDS = /^[A-Za-z0-9][\s\S]{1,160}$/;

/** `Label: value` as reporters, `xl info`, /proc/cpuinfo, lscpu, dmidecode and bug trackers write it. */
const LABEL_ROWS: readonly LabelRow[] = [
  { label: /^xen_version$/, key: 'xen-version', role: 'host', value: /^\d/ },
  { label: /^release$/, key: 'kernel-version', role: 'dom0', value: /^\d+\.\d/, info: true },
  { label: /^machine$/, key: 'architecture', role: 'dom0', value: /^\w+$/, info: true },
  { label: /^xen_scheduler$/, key: 'other', role: 'host', value: /^\w/ },
  { label: /^xen_changeset$/, key: 'commit', role: 'host', value: /git:[0-9a-f]{7}|^[0-9a-f]{7,40}$/ },
  { label: /^cc_compiler$/, key: 'compiler', role: 'host', value: /\w/ },
  {
    label: /^(?:xen|xen[ -]?version|xen hypervisor|hypervisor|hypervisor version)$/i,
    key: 'xen-version',
    role: 'host',
    value: /^(?:xen )?v?\d\.\d|^\S{0,20}(?:staging|unstable|master|devel)\b/i,
  },
  {
    label: /^(?:dom0|dom0[ -](?:linux|kernel|kernel version|linux kernel|linux version))$/i,
    key: 'kernel-version',
    role: 'dom0',
    value: VERSION,
  },
  {
    label: /^(?:domu|domu[ -](?:linux|kernel|kernel version|linux kernel)|guest kernel|guest)$/i,
    key: 'kernel-version',
    role: 'domU',
    value: VERSION,
  },
  {
    label: /^(?:kernel|linux|linux kernel|kernel version|linux version|linux kernel version|kernel-version)$/i,
    key: 'kernel-version',
    role: null,
    value: VERSION,
  },
  { label: /^(?:qemu|qemu version|qemu-version)$/i, key: 'qemu-version', role: 'host', value: VERSION },
  { label: /^(?:libvirt|libvirt version)$/i, key: 'libvirt-version', role: 'host', value: VERSION },
  {
    label: /^(?:distro|distribution|os|operating system|dom0 os|dom0 distro|host os|system)$/i,
    key: 'distribution',
    role: 'dom0',
    value:
      /^(?=.{0,40}\b(?:Debian|Ubuntu|Fedora|CentOS|RHEL|Red Hat|SUSE|openSUSE|SLES|Arch|Gentoo|Alpine|Qubes|XCP-ng|XenServer|NetBSD|FreeBSD|NixOS|Slackware|Yocto|Buildroot|Linux)\b)[^\n]{3,80}$/i,
  },
  {
    label: /^(?:guest os|domu os|guest)$/i,
    key: 'distribution',
    role: 'domU',
    value: /^(?:Windows|Debian|Ubuntu|Fedora|CentOS|NetBSD|FreeBSD|Linux)\b[^\n]{0,60}$/i,
  },
  {
    label: /^(?:cpu|processor|cpu model|model name|cpus)$/i,
    key: 'cpu',
    role: 'host',
    value: /(?:AMD|Intel|ARM|Cortex|Ryzen|Xeon|Core|EPYC|i[3579]-)/,
  },
  {
    label:
      /^(?:hardware|board|motherboard|mainboard|main board|server|laptop|soc|platform|machine|mb|target|target board|base board|test machine|host)$/i,
    key: 'hardware',
    role: 'host',
    value:
      /^(?![^\n]{0,100}\b(?:[Xx]en|Linux|[Dd]om0|[Kk]ernel|https?|openSUSE|SLES|Debian|Ubuntu|Fedora|CentOS|Alpine|Gentoo|Qubes|XCP-ng|XenServer|NetBSD|FreeBSD|NixOS|Arch)\b)(?=[^\n]{0,60}[A-Z])(?=[^\n]{0,60}\d)[^\n]{3,120}$/,
  },
  { label: /^(?:product name)$/i, key: 'hardware', role: 'host', value: WORDS },
  {
    label: /^(?:bios|bios version|uefi|firmware|bios-version|firmware version)$/i,
    key: 'firmware',
    role: 'host',
    value: /\d/,
  },
  {
    label: /^(?:u-?boot|ovmf|seabios|coreboot|tf-a|atf)$/i,
    key: 'firmware',
    role: 'host',
    value: /\d/,
    withLabel: true,
  },
  {
    label: /^(?:compiler|gcc|clang|toolchain|gcc version|compiler version)$/i,
    key: 'compiler',
    role: 'host',
    value: /\d/,
  },
  { label: /^(?:toolstack)$/i, key: 'toolstack', role: 'host', value: WORDS },
  {
    label: /^(?:xen (?:commit|changeset|revision|git)|changeset|xen-unstable changeset)$/i,
    key: 'commit',
    role: 'host',
    value: /^(?:.{0,60}git:)?[0-9a-f]{7,40}\b/,
  },
  {
    label: /^(?:guest|guest type|domu|domu type|vm|vm type|virtualization|virtualisation)$/i,
    key: 'guest-type',
    role: 'domU',
    value: /^(?:pvhvm|pvh|pv|hvm)\b/i,
  },
  { label: /^(?:bootloader|boot ?loader|grub)$/i, key: 'other', role: 'host', value: /^(?=.*\d)[\w .~+()-]{2,60}$/ },
  { label: /^(?:reproducib(?:ility|le)|frequency|how often)$/i, key: 'reproducibility', role: null, value: WORDS },
  { label: /^(?:work-?around|workarounds)$/i, key: 'workaround', role: null, value: WORDS },
];

const LABELLED = /^[\s*•>-]{0,8}(?<label>[A-Za-z][\w /.-]{1,30}?)\s{0,24}[:=]\s+(?<value>\S[^\n]{0,200})$/;
/** Labels that only `xl info` prints, by which its block is known. */
const INFO_MARK = /^\s*(?:xen_major|xen_caps|nr_cpus|virt_caps|xen_pagesize)\s*:/;
/** Lines around such a mark that belong to it. */
const INFO_REACH = 25;

/** Facts written as `label: value`, one a line. `roleAt` says whose they are where the label does not. */
export function findLabelled(lines: readonly PrintedLine[], roleAt: RoleAt): FactDraft[] {
  const drafts: FactDraft[] = [];
  const marks = lines.flatMap((line, index) => (line.text.includes('_') && INFO_MARK.test(line.text) ? [index] : []));
  for (const [index, line] of lines.entries()) {
    if (!mayBeLabelled(line)) continue;
    const { label, value } = LABELLED.exec(line.text)?.groups ?? {};
    if (label === undefined || value === undefined) continue;
    const row = LABEL_ROWS.find((one) => one.label.test(label) && one.value.test(value));
    if (!row || (row.info && !marks.some((mark) => Math.abs(mark - index) <= INFO_REACH))) continue;
    const role = row.role ?? (row.key === 'kernel-version' ? roleAt(line.line) : null);
    drafts.push(toDraft({ ...row, role }, label, value, line));
  }
  return drafts;
}

function mayBeLabelled({ text, console }: PrintedLine): boolean {
  return text.length <= 300 && console === null && (text.includes(':') || text.includes(' = '));
}

function toDraft(row: LabelRow, label: string, value: string, line: PrintedLine): FactDraft {
  let shown = toValue(value);
  if (row.key === 'commit') shown = /(?:git:|^)(?<id>[0-9a-f]{7,40})/.exec(value)?.groups?.['id'] ?? shown;
  if (row.key.endsWith('-version'))
    shown = shown
      .replace(/^(?:xen|linux|qemu|kernel|libvirt)[ -](?=v?\d)/i, '')
      .replace(/^v(?=\d)/, '')
      .replace(/[\s,;].*$/, '');
  if (row.key === 'guest-type') shown = shown.replace(/\W.*$/, '');
  if (row.withLabel) shown = `${label}: ${shown}`;
  return { key: row.key, value: shown, role: row.role, line: line.line, depth: line.depth, quote: toQuote(line.text) };
}
