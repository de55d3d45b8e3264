import type { Console } from '../../model/log.ts';
import type { EnvironmentKey, Role } from '../../model/evidence.ts';

/** One line as a program printed it, with its number in the part. */
export interface PrintedLine {
  readonly text: string;
  readonly line: number;
  readonly depth: number;
  readonly console: Console | null;
}

/**
 * How a program prints a fact: one row a format. Groups of the pattern that are keys of the contract (with `_` for
 * `-`) are facts; the group `dom` says which domain a line speaks of.
 */
export interface LineRow {
  /** A word that the line must hold; tried before the pattern. */
  readonly has: string;
  readonly pattern: RegExp;
  /** `log`: that of the kernel that printed the logs of this mail. */
  readonly role: Role | 'log';
  /** How many of them a part may give; no bound where absent. */
  readonly most?: number;
  /** Stands before the value where the line says it elsewhere: `Debian` of `Debian Release: 12.5`. */
  readonly prefix?: string;
}

/**
 * Shapes from xen.git (`xen/common/kernel.c`, `xen/drivers/char/console.c`, `xen/arch/x86`), Linux
 * (`lib/dump_stack.c`, `arch/x86/kernel`, `drivers/firmware/dmi_scan.c`), `xl info` and Debian's reportbug.
 */
export const LINE_ROWS: readonly LineRow[] = [
  {
    has: 'Xen version ',
    pattern: /Xen version (?<xen_version>\d\.\d[\w.+~-]{0,60}) \([^)]{0,120}\) \((?<compiler>[^\n]{3,160}?)\) debug=/,
    role: 'host',
  },
  { has: 'ChangeSet', pattern: /Latest ChangeSet: .{0,60}git:(?<commit>[0-9a-f]{7,40})/i, role: 'host' },
  { has: 'Bootloader:', pattern: /\bBootloader: (?<other>[A-Za-z][^\n]{2,80})$/, role: 'host' },
  { has: 'CPU Vendor:', pattern: /CPU Vendor: (?<cpu>\w+, Family [^\n]{4,120}?)(?: \(raw|$)/, role: 'host' },
  {
    has: '-[ Xen-',
    pattern:
      /-\[ Xen-(?<xen_version>\d\.\d[\w.+~-]{0,60}) {1,4}(?<architecture>x86_64|x86_32p?|arm64|arm32|riscv64|ppc64le?)\b/,
    role: 'host',
  },
  { has: 'Using scheduler:', pattern: /Using scheduler: (?<other>[^\n]{3,60}\(\w+\))/, role: 'host' },
  {
    has: 'Linux version ',
    pattern:
      /\bLinux version (?<kernel_version>\d\.\d[\w.+~-]{0,80}) \([^)]{0,120}\) \((?<compiler>(?:gcc|clang|[\w-]+-gcc)\b[^\n]{3,160}?)\)+ #/,
    role: 'log',
  },
  { has: 'Linux version ', pattern: /\bLinux version (?<kernel_version>\d\.\d[\w.+~-]{0,80})/, role: 'log' },
  {
    has: ' #',
    pattern: /\b(?:Not tainted|Tainted: [A-Z ]{1,30}?) {1,12}(?<kernel_version>\d\.\d[\w.+~-]{0,80})(?: #|$| \()/,
    role: 'log',
  },
  {
    has: 'ainted',
    pattern: /^\s{0,4}(?<kernel_version>\d\.\d[\w.+~-]{0,80}) #\d+ (?:Not tainted|Tainted)/,
    role: 'log',
  },
  {
    has: 'Hardware name: Xen HVM',
    pattern: /Hardware name: Xen (?<guest_type>HVM) domU, BIOS (?<xen_version>4\.\d+(?:\.\d[\w.+-]*)?(?!\w|\.amazon))?/,
    role: 'domU',
  },
  {
    has: 'Hardware name: ',
    pattern: /Hardware name: (?!Xen HVM)(?<hardware>[^\n]{2,120}?)(?:\s{0,3}, (?<firmware>BIOS [^\n]{2,80}))?$/,
    role: 'host',
  },
  {
    has: 'DMI: ',
    pattern: /\bDMI: (?!Xen HVM)(?<hardware>[^\n]{2,120}?)(?:\s{0,3}, (?<firmware>BIOS [^\n]{2,80}))?$/,
    role: 'host',
  },
  { has: 'smpboot: CPU0: ', pattern: /smpboot: CPU0: (?<cpu>[^\n]{4,100}?) \(family:/, role: 'host' },
  { has: 'RIP: e030:', pattern: /RIP: (?<pv>e030):/, role: 'log' },
  { has: 'CONTEXT: ', pattern: /CONTEXT: (?<guest_type>pv|hvm) guest(?: \(d(?<dom>\d{1,5})v)?/, role: 'domU' },
  { has: 'Hypervisor detected: Xen', pattern: /Hypervisor detected: Xen (?<guest_type>PV|HVM)/, role: 'log' },
  { has: 'aravirtualized kernel on Xen', pattern: /aravirtualized kernel on (?<pv>Xen)\b(?! PVH)/, role: 'log' },
  { has: 'QEMU emulator version', pattern: /QEMU emulator version (?<qemu_version>\d[\w.+-]{1,40})/, role: 'host' },
  { has: 'U-Boot ', pattern: /^\s{0,4}(?<firmware>U-Boot (?:SPL )?\d{4}\.\d\d[\w.+-]{0,40})/, role: 'host' },
  { has: 'libvirt', pattern: /\blibvirtd? \(libvirt\) (?<libvirt_version>\d[\w.+-]{1,30})/, role: 'host' },
  {
    has: 'xen-',
    pattern: /\/(?:usr|opt|build|src|home)\/[\w./+-]{0,80}?xen-(?<xen_version>4\.\d{1,2}(?:\.\d{1,2}(?:-rc\d)?)?)\//,
    role: 'host',
  },
  { has: 'vmlinuz-', pattern: /vmlinuz-(?<kernel_version>\d\.\d[\w.+~-]{0,60})\s.{0,40}root=\/dev\/xvd/, role: 'domU' },
  {
    has: ' GNU/Linux',
    pattern:
      /\bLinux \S{1,64} (?<kernel_version>\d\.\d[\w.+~-]{0,60}) #\d.{0,90} (?<architecture>x86_64|i686|aarch64|armv7l|riscv64) GNU\/Linux/,
    role: 'log',
  },
  { has: 'Kernel: Linux ', pattern: /^\s{0,2}Kernel: Linux (?<kernel_version>\d\.\d[\w.+~-]{0,60})/, role: 'log' },
  {
    has: 'Debian Release:',
    pattern: /^\s{0,2}Debian Release: (?<distribution>[\w./-]{2,40})/,
    role: 'log',
    prefix: 'Debian ',
  },
  { has: 'PRETTY_NAME=', pattern: /^\s{0,4}PRETTY_NAME="?(?<distribution>[^"\n]{3,60})"?/, role: 'log' },
  { has: 'DISTRIB_DESCRIPTION=', pattern: /DISTRIB_DESCRIPTION="?(?<distribution>[^"\n]{3,60})"?/, role: 'log' },
  {
    has: '/sys/module/',
    pattern: /^\s{0,4}(?<other>\/sys\/module\/\w{1,40}\/parameters\/\w{1,60}: \S{1,40})$/,
    role: 'log',
  },
  {
    has: ' controller',
    pattern:
      /^\s{0,4}(?:[0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7] (?<hardware>[A-Z][\w /-]{2,40} controller(?: \[\w+\])?: [^\n]{4,140})$/,
    role: 'host',
    most: 6,
  },
  {
    has: '-machine ',
    pattern: /(?:^|\s)-machine (?<hardware>[a-z][\w.-]{1,20}(?:,[\w=,.-]{1,60})?)(?!=)(?:\s|$)/,
    role: 'host',
  },
  { has: '-cpu ', pattern: /(?:^|\s)-cpu (?!host|max|qemu|kvm)(?<cpu>[a-z][\w.-]{2,40})/i, role: 'host' },
];

/** Groups of {@link LINE_ROWS} that are keys. */
export const LINE_KEYS: readonly (readonly [group: string, key: EnvironmentKey])[] = [
  ['xen_version', 'xen-version'],
  ['kernel_version', 'kernel-version'],
  ['qemu_version', 'qemu-version'],
  ['libvirt_version', 'libvirt-version'],
  ['distribution', 'distribution'],
  ['hardware', 'hardware'],
  ['cpu', 'cpu'],
  ['firmware', 'firmware'],
  ['architecture', 'architecture'],
  ['guest_type', 'guest-type'],
  ['commit', 'commit'],
  ['compiler', 'compiler'],
  ['other', 'other'],
];
