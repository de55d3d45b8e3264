import type { MatchContext, ProseRow } from './prose-row.ts';

/** Who makes machines and boards, and series that people name without their maker. */
const MAKERS = String.raw`A[Ss]?[Rr]ock|ASUS|Asus|MSI|Gigabyte|GIGABYTE|Super ?[Mm]icro|Dell(?: Inc\.)?|HPE?|Hewlett[ -]Packard|Lenovo|Think[Pp]ad|ThinkCentre|ThinkStation|Intel NUC|MacBook|Fujitsu|Acer|Tyan|TYAN|Biostar|Protectli|Framework|System76|Star Labs|PC Engines|Purism|Librem|Raspberry Pi|RPi|Xilinx|ZCU\d+|R-Car|Renesas|H3ULCB|Odroid|ODROID|Pine64|PINE64|RockPro64|Rock64|Radxa|Orange Pi|Banana Pi|Toradex|Jetson|HiKey|Hikey|Juno|NXP|i\.MX\w+|imx8\w*|IMX8\w*|TI|Versal|ZynqMP|Zynq|Kria|Allwinner|SoftIron|ThunderX\w*|Ampere|AVA|Mustang|Microsoft Surface|Surface|NovaCustom|Huawei|Wyse|Cisco UCS|PowerEdge|Poweredge|ProLiant|OptiPlex|Latitude|Precision|EliteBook|EliteDesk|Talos|Blackbird|VisionFive|StarFive|QNAP|Synology|TUXEDO|Tuxedo|Minisforum|Beelink|GMKtec|Topton|Quanta|Inspur|Intel S\d{4}\w*`;
/** Words of a model's name that have no digit in them. */
const SERIES = String.raw`Pro|PRO|WS|XPS|Carbon|Taichi|Prime|PRIME|ROG|Strix|STRIX|TUF|barebones?|UltraScale\+|Plus|Max|Mini|EVK|MEK|EVM|SoC|Starter Kit|Gaming|GAMING|Salvator-?\w*|AORUS|MASTER|ELITE|Laptop|Desktop|II`;
/** What starts something else though it is written like a model. */
const OTHERS = String.raw`Xen|XCP|Linux|Kernel|Dom|Debian|Ubuntu|Fedora|Qubes|CentOS|RHEL|SUSE|Gentoo|Alpine|Arch|NetBSD|FreeBSD|Windows|QEMU|BIOS|UEFI|AMD|Intel|Ryzen|EPYC|Xeon|Core|CPU|Atom|Celeron|With|And|The|It|In|On|At|From|Version|Bug`;
const NUMBERED = String.raw`(?!v?\d{1,2}\.\d)(?!\d+(?:GB?|MB?|TB?|x)\b)(?=[\w./+-]{0,20}\d)[A-Za-z0-9](?:[\w./+-]{0,30}[\w+])?`;
/** A capitalised word counts where a numbered one follows it or the next. */
const NAMED = String.raw`(?!(?:${OTHERS})\b)[A-Z][A-Za-z]{1,14}(?=(?:[ -](?!(?:${OTHERS})\b)[A-Z][A-Za-z]{1,14})?[ -](?!v?\d{1,2}\.\d)[A-Z]{0,6}\d)`;
/** Maker, then the words of the model: `ASUS ProArt X670E`, `HP ProLiant DL380 Gen10`, `MSI PRO Z690-A`. */
const MACHINE = new RegExp(
  String.raw`(?<![\w/@.-])(?<value>(?:${MAKERS})(?![a-z])(?:[ /-](?:(?:${MAKERS}|Gen ?\d{1,2}|${SERIES})(?![\w.]\w|\w)|${NUMBERED}(?!\w)|${NAMED})){0,6})(?!\w)`,
  'g',
);

/** Machines and boards as sentences name them. */
export const HARDWARE_ROWS: readonly ProseRow[] = [
  {
    key: 'hardware',
    hints: [
      'asrock',
      'asus',
      'msi ',
      'gigabyte',
      'supermicro',
      'dell',
      'hp',
      'lenovo',
      'thinkpad',
      'nuc',
      'macbook',
      'fujitsu',
      'acer',
      'tyan',
      'protectli',
      'framework',
      'system76',
      'star labs',
      'pc engines',
      'raspberry',
      'rpi',
      'xilinx',
      'zcu',
      'r-car',
      'renesas',
      'h3ulcb',
      'odroid',
      'pine64',
      'rock',
      'jetson',
      'hikey',
      'juno',
      'nxp',
      'imx',
      'i.mx',
      'versal',
      'zynq',
      'kria',
      'allwinner',
      'softiron',
      'thunderx',
      'ampere',
      'mustang',
      'surface',
      'novacustom',
      'huawei',
      'wyse',
      'cisco',
      'poweredge',
      'proliant',
      'optiplex',
      'latitude',
      'precision',
      'elite',
      'talos',
      'blackbird',
      'visionfive',
      'starfive',
      'tuxedo',
      'minisforum',
      'beelink',
      'topton',
      'intel s',
      'ava',
      'ti ',
      'hewlett',
      'biostar',
      'purism',
      'librem',
      'radxa',
      'orange pi',
      'banana pi',
      'toradex',
    ],
    pattern: MACHINE,
    role: 'host',
    accepts: isHardware,
  },
  {
    key: 'hardware',
    hints: ['board', 'laptop', 'fvp', 'workstation'],
    pattern:
      /(?<![\w-])(?<value>(?:generic|no-name|unknown) (?:mainboard|motherboard)|(?:[A-Z][\w.+-]{1,20} ){1,3}(?:motherboard|mainboard|board|laptop|FVP|workstation|notebook))\b/g,
    role: 'host',
    accepts: (value) =>
      !/^(?:The|This|That|My|Our|A|An|In|On|For|If|When|Each|Any|Same|With|Also|No|Some)\s/.test(value) ||
      / FVP$/.test(value),
  },
  {
    key: 'hardware',
    hints: ['virtualbox', 'nested', 'vmware', 'inside kvm', 'under kvm', 'in kvm', 'in qemu', 'under qemu', 'hyper-v'],
    pattern:
      /\b(?<value>(?:[A-Z][\w-]+ (?:\w+ )?)?VM (?:on|in|under|inside) (?:Virtualbox|VirtualBox|VMware|Hyper-V|KVM|QEMU)|(?:running )?(?:inside|nested in|nested under|nested on|under|within) (?:KVM|QEMU|VMware|VirtualBox|Virtualbox)(?: with nested virt\w*(?: enabled)?)?)/g,
    role: 'host',
  },
];

function isHardware(value: string, { clause, start, end }: MatchContext): boolean {
  const after = clause.text.slice(end, end + 30);
  if (/^['’]s |^ (?:bug|issue|developer|engineer|ticket)/i.test(after)) return false;
  if (/\d/.test(value) || value.includes(' '))
    return (
      /^Framework (?:Laptop |Desktop )?1[236]$/.test(value) ||
      !/^(?:HP|HPE|TI|MSI|AVA|Surface|Framework|Precision|Latitude)[ -]\d{1,2}$/.test(value)
    );
  const before = clause.text.slice(Math.max(0, start - 40), start);
  if (
    /\b(?:hosts?|servers?|machines?|box(?:es)?|boards?|hardware|nodes?) (?:is|are|was|were) (?:all |an? )?$/i.test(
      before,
    )
  )
    return true;
  return (
    /^ (?:board|laptop|server|box|machine|system|motherboard|mainboard|workstation|hardware)/i.test(after) ||
    /^(?:ThinkPad|Thinkpad|ZCU\d+|H3ULCB|MacBook|PowerEdge|RockPro64|HiKey|Hikey|Juno)$/.test(value)
  );
}
