import type { Role } from '../../model/evidence.ts';
import { HARDWARE_ROWS } from './hardware-rows.ts';
import { roleNear } from './roles.ts';
import { pieceAt } from './to-clauses.ts';
import type { MatchContext, ProseRow } from './prose-row.ts';

/** Whose system it is: what stands beside the name. */
function systemRole(text: string, start: number, end: number): Role {
  if (/^win/i.test(text.slice(start, end))) return 'domU';
  if (/^ VM (?:on|in|under|inside) /.test(text.slice(end, end + 20))) return 'dom0';
  // Where the package of Xen comes from is what the machine runs.
  if (/\bxen [\w.+~-]{1,40} (?:from|of|in|as in) (?:the )?$/i.test(text.slice(0, start))) return 'host';
  const piece = pieceAt(text, start, end).text;
  const at = piece.indexOf(text.slice(start, end));
  return roleNear(piece, at, at + end - start) ?? roleNear(text, start, end);
}

/** A bare name counts as the system where the words around it say that it runs. */
const RUNS_BEFORE =
  /(?:\b(?:on|in|from|under|running|using|is|runs|run|with|to|of|install(?:ed)?|fresh|latest|recent|upgraded|and|or|my|our)(?: (?:an?|the|my|our|latest|recent|current|fresh|stock))?|^|\()\s?$/i;
const RUNS_AFTER =
  /^['’]?s?(?: (?:PVH?|HVM|linux|\w+))?[ -](?:dom0|dom-?u|guests?|vms?|hosts?|systems?|machines?|server|box|kernel|packages?|installation|setup)\b/i;
const NOT_RUNNING =
  /^[ -](?:bugs?|developers?|maintainers?|people|folks|users?|security|patch(?:es)?|wiki|foundation|project|build(?:er|d)s?|package maintainer|mailing|community|live|installer|ticket|issue|reporter)\b/i;

function isSystem(value: string, { clause, start, end, lower }: MatchContext): boolean {
  if (lower.includes('gcc') && /\($/.test(clause.text.slice(0, start))) return false;
  const after = clause.text.slice(end, end + 40);
  if (NOT_RUNNING.test(after)) return false;
  if (/\bfrom (?:\S+ ){1,3}\((?:on )?$/i.test(clause.text.slice(0, start))) return false;
  if (
    /\d|GNU|bus|testing|sid|tumbleweed|essentials|edge|current|rawhide|buster|bullseye|bookworm|trixie|focal|jammy|noble/i.test(
      value,
    )
  )
    return true;
  if (isListed(clause.text, start, end)) return true;
  return RUNS_BEFORE.test(clause.text.slice(Math.max(0, start - 40), start)) || RUNS_AFTER.test(after);
}

/** A name alone between commas, slashes or brackets is one thing of a list of what runs; so it counts beside a number. */
function isListed(text: string, start: number, end: number): boolean {
  return (
    /(?:^|[,;(/] ?|\. )$/.test(text.slice(0, start)) &&
    /^(?: ?[,;)/]|\.? ?$)/.test(text.slice(end)) &&
    /\d\.\d/.test(text)
  );
}

const SYSTEMS = String.raw`Debian(?: GNU\/Linux)?(?: (?:\d{1,2}(?:\.\d{1,2})?\b|buster|bullseye|bookworm|trixie|forky|stretch|jessie|wheezy|testing|unstable|sid|stable))?(?: \((?:buster|bullseye|bookworm|trixie|sid|stretch|jessie)\))?|(?:buster|bullseye|bookworm|trixie)(?= dom)|(?<=\b(?:on|of|to|running|under|is|stable) )(?:buster|bullseye|bookworm|trixie|sid|focal|jammy|noble)(?![\w-])|(?:K|X)?ubuntu(?: (?:server|desktop))?(?: \d\d\.\d\d(?:\.\d)?)?(?: LTS)?(?: \([A-Z][a-z]+(?: [A-Z][a-z]+)?\))?|Fedora(?: (?:Rawhide|(?:Core )?\d\d))?|CentOS(?: (?:Stream )?\d(?:\.\d)?)?|RHEL ?\d(?:\.\d)?|Rocky Linux(?: \d{1,4}(?:\.\d{1,2})?)?|AlmaLinux(?: \d{1,4}(?:\.\d{1,2})?)?|openSUSE(?: (?:Leap|Tumbleweed|\d\d\.\d))?(?: \d\d\.\d)?|SLE[SD] ?\d\d(?: ?-?SP\d)?|Arch ?Linux|Gentoo|Alpine(?: Linux)?(?: (?:edge\b|v?\d\.\d[\w.]*))?|Qubes(?: ?OS)?(?: R?\d\.\d(?:\.\d)?(?:-rc\d)?)?|XCP-ng(?: \d\.\d(?:\.\d)?)?|(?:Citrix )?XenServer(?: \d(?:\.\d)?)?|Citrix Hypervisor(?: \d\.\d)?|(?:NetBSD|FreeBSD|OpenBSD)(?:\/[a-z]\w+)?(?: \d{1,2}(?:\.\d{1,2}(?:\.\d+)?)?(?:-[A-Z]\w+)?)?|OpenXT|NixOS(?: \d\d\.\d\d)?|Slackware(?:64)?(?:[ -]current\b| \d\d\.\d)?|Void Linux|Devuan(?: \w+)?|Buildroot(?: \d{4}\.\d\d)?|Yocto|Proxmox(?: VE)?(?: \d\.\d)?|Oracle Linux(?: \d{1,4}(?:\.\d{1,2})?)?|Amazon Linux(?: \d{1,4}(?:\.\d{1,2})?)?|Linux Mint(?: \d\d)?|Windows(?: Server)? (?:\d{4}(?: ?R2)?(?: Essentials)?|XP|Vista|7|8(?:\.1)?|10|11)(?: (?:Pro|Enterprise|Home|Essentials))?|Win(?:7|8|10|11)`;

/** Distributions and other systems, by the names that reporters use. */
const DISTRIBUTION_ROW: ProseRow = {
  key: 'distribution',
  hints: [
    'debian',
    'buster',
    'bullseye',
    'bookworm',
    'trixie',
    ' sid',
    'focal',
    'jammy',
    'noble',
    'ubuntu',
    'fedora',
    'centos',
    'rhel',
    'rocky',
    'alma',
    'suse',
    'sles',
    'sled',
    'arch',
    'gentoo',
    'alpine',
    'qubes',
    'xcp-ng',
    'xenserver',
    'citrix',
    'bsd',
    'openxt',
    'nixos',
    'slackware',
    'void',
    'devuan',
    'buildroot',
    'yocto',
    'proxmox',
    'oracle',
    'amazon',
    'mint',
    'windows',
    'win7',
    'win8',
    'win10',
    'win11',
  ],
  pattern: new RegExp(String.raw`(?<![\w/.@-])(?<value>${SYSTEMS})(?![\w@/]|-(?!\s)|\.\w)`, 'gi'),
  role: systemRole,
  accepts: isSystem,
};

const CPU_NAMES = String.raw`(?:(?:AMD|Intel(?:\(R\))?)[ -])?(?:(?:Ryzen|EPYC|Opteron|Threadripper|Athlon|Phenom|Xeon(?:\(R\))?|Core(?:\(TM\))?|Atom|Celeron|Pentium)(?: (?:Threadripper|Gold|Silver|Platinum|Bronze|PRO|Pro|Ultra|CPU|Max\+?|AI|\d(?= )|[im]\d(?= )))*(?: (?:CPU )?(?:[A-Z]{0,3}\d?-?)?\d{3,5}[\w+-]*(?: v\d)?| i[3579]-\d{3,5}\w*)?|i[3579]-\d{4,5}\w*|(?:\d{1,2}th gen(?:eration)? Intel(?: Core)?(?: i[3579][\w-]*)?(?: CPU)?))|Cortex-[ARM]\d{1,3}\w*(?! (?:FVP|board))|(?<=\b(?:an?|my|our|the) )\d{4}(?:X3D|HS|HX|GE|KF|[XGUHK])(?=\W|$)`;

const CPU_ROWS: readonly ProseRow[] = [
  {
    key: 'cpu',
    hints: [
      'ryzen',
      'epyc',
      'opteron',
      'threadripper',
      'athlon',
      'phenom',
      'xeon',
      'core',
      'atom',
      'celeron',
      'pentium',
      'i3-',
      'i5-',
      'i7-',
      'i9-',
      ' gen',
      'cortex-',
      '00',
      '50',
    ],
    pattern: new RegExp(String.raw`(?<![\w/-])(?<value>${CPU_NAMES})(?![\w@])`, 'g'),
    role: 'host',
    accepts: isCpu,
  },
  {
    key: 'cpu',
    hints: ['amd', 'intel'],
    pattern:
      /\b(?:my|our|an|this|on) (?:new |old )?(?<value>AMD|Intel) (?:box|machine|system|laptop|host|server|platform|hardware|cpu)\b/gi,
    role: 'host',
  },
  {
    key: 'cpu',
    hints: [' cpu', ' processor'],
    pattern: /\b(?:cpu|processor)(?: is)?(?: an?)?[: ]{1,2}(?<value>(?:AMD|Intel|ARM)\b[\w ()@.-]{4,60})/gi,
    role: 'host',
    accepts: (value) => /\d/.test(value),
  },
];

/** "taking the drive from 6th gen to 10th gen": the first is what was left; a bare family name must be a box. */
function isCpu(value: string, { clause, start, end }: MatchContext): boolean {
  const before = clause.text.slice(Math.max(0, start - 30), start);
  if (/\bfrom (?:an? )?$/i.test(before) && / to /.test(clause.text.slice(end))) return false;
  if (/\d/.test(value)) return !/\bolder\b[^,]*$/.test(before);
  return (
    /\b(?:my|our|an?|this)(?: new| old)?\s$/i.test(before) &&
    /^ (?:box|machine|system|laptop|host|server|cpu|platform)/i.test(clause.text.slice(end))
  );
}

const FIRMWARE_ROWS: readonly ProseRow[] = [
  {
    key: 'firmware',
    hints: ['bios', 'ovmf', 'coreboot', 'u-boot', 'uefi', 'firmware', 'edk2', 'skiboot', 'ipxe'],
    pattern:
      /\b(?<value>legacy bios|(?:BIOS|UEFI|firmware)(?: version| revision)?(?: is)?[: ]{1,2}(?:[A-Z]\d|v?[A-Z]?\d[\w.])[\w.]{0,20}(?: \(?\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}\)?)?|(?:OVMF|coreboot|SeaBIOS|U-?Boot|skiboot|iPXE|TF-A|OpenSBI)(?: version)?[: -]{1,2}v?\d[\w.-]{1,30}|edk2-stable\d{6}|coreboot)\b/gi,
    role: 'host',
  },
];

/** Other kinds that stand in one list with it: "PV and PVH guests". */
const GUEST_LIST = /^(?:,? (?:and|or) |, |\/)(?:PVHVM|PVHv2|PVH|PV|HVM)\b/i;

function afterList(text: string): string {
  let rest = text;
  for (let count = 0; count < 3; count += 1) rest = rest.replace(GUEST_LIST, '');
  return rest;
}

/** Words behind PV, PVH, HVM that make it a kind of guest and not a kind of driver. */
const GUEST_AFTER =
  /^[ -](?:linux |netbsd |freebsd |windows |debian )?(?:guests?|dom-?us?|dom0|domains?|vms?|mode|containers?|machines?|stubdoms?|instance|kernel|domu)\b|^ with \d|^,|^\.|^\)|^$/i;
const GUEST_BEFORE =
  /\b(?:mostly|start an?|started an?|boot(?:ing)? an?|create an?|running an?|running|as an?|as|in|dom0|type|mode is|is|a|an|Xen)\s$/i;
const GUEST_ROWS: readonly ProseRow[] = [
  {
    key: 'guest-type',
    hints: ['pv', 'hvm'],
    pattern:
      /(?<![\w."'=-]|(?<!PVH?|HVM)\/)(?<value>PVHVM|PVHv2|PVH|PV|HVM|pvhvm|pvh|hvm)(?![\w=_"'.-]\w|\/(?!PV|HVM|pv|hvm)|\w)/g,
    role: (text, start, end) => {
      const role = roleNear(text, start, end);
      return role === 'dom0' ? 'dom0' : 'domU';
    },
    accepts: (_value, { clause, start, end }) => {
      const after = afterList(clause.text.slice(end, end + 50));
      const before = clause.text.slice(Math.max(0, start - 24), start);
      return /\bno $|\bnot $|non-?$/i.test(before)
        ? false
        : (GUEST_AFTER.test(after) && (GUEST_BEFORE.test(before) || /^[ -]\w/.test(after))) ||
            (/\bdom0 $/i.test(before) && /^(?: support)?\b/.test(after)) ||
            (GUEST_BEFORE.test(before) && /^ with /.test(after));
    },
  },
];

export const NAME_ROWS: readonly ProseRow[] = [
  DISTRIBUTION_ROW,
  ...CPU_ROWS,
  ...HARDWARE_ROWS,
  ...FIRMWARE_ROWS,
  ...GUEST_ROWS,
];
