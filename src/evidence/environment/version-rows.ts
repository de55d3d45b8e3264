import { kernelRoleNear } from './roles.ts';
import type { MatchContext, ProseRow } from './prose-row.ts';

const NOT_A_VERSION = /\.\.|\.y$|^3\.0-x86|^\d+\.\d+(?:mb|gb|kb|ghz|mhz|s|ms|x)$/i;

/** "from 4.10 to 4.12": the first is what was left behind. */
function isLeftBehind({ clause, start }: MatchContext): boolean {
  return /\bfrom\s(?:\S+\s)?$/i.test(clause.text.slice(Math.max(0, start - 24), start)) && / to /i.test(clause.text);
}

function isXen(value: string, context: MatchContext): boolean {
  // The name of a package (xen-hypervisor-4.17-amd64) holds a branch and an architecture, not what is installed.
  if (/-(?:amd64|i386|arm64|armhf)$/.test(value)) return false;
  return /^[34]\.\d/.test(value) && !NOT_A_VERSION.test(value) && !isLeftBehind(context);
}

function isKernel(value: string, context: MatchContext): boolean {
  return /^[2-7]\.\d/.test(value) && !NOT_A_VERSION.test(value) && !isLeftBehind(context);
}

function speaksOfLinux({ lower, subject }: MatchContext): boolean {
  return (
    /\b(?:linux|kernel)\b/.test(lower) ||
    (/\b(?:linux|kernel|dom-?u|dom0)/.test(subject) && !/\b(?:qemu|xen)\b/.test(lower))
  );
}

/** A bare "4.15.0" is a version of Xen where the text speaks of Xen and of no kernel. */
function isBareXen(value: string, context: MatchContext): boolean {
  const { lower, subject } = context;
  if (!/^4\.\d{1,2}(?:\.(?:\d|x))?(?:-(?:rc\d|unstable))?$/.test(value)) return false;
  if (/\b(?:linux|kernel|qemu|grub|dom0 is|domu is)/.test(lower) || /\b(?:linux|kernel)\b/.test(subject)) return false;
  return !isLeftBehind(context);
}

function isBareKernel(value: string, context: MatchContext): boolean {
  return /^[5-7]\.\d{1,2}(?:\.\d+)?(?:-\S+)?$/.test(value) && speaksOfLinux(context) && isKernel(value, context);
}

/** Words of the row of tools, in lower case. */
const TOOLS = ['xl', 'xen', 'pygrub', 'hvmloader'];

/** Versions in sentences, by program; `domain.md` 4.2 lists the spellings. */
export const VERSION_ROWS: readonly ProseRow[] = [
  {
    key: 'xen-version',
    hints: ['xen'],
    pattern:
      /(?<![\w.-])xen(?:[ -](?:hypervisor|versions?|release|project|kernel|source))?(?: (?:is |was )?(?:built|compiled|installed|packaged)? ?from (?:git|sources?|the \w+ package|packages?|upstream|portage|pkgsrc|ports),?)?(?:[ -](?:version|tag|release))?(?: (?:is|was|of))?[\s:=-]{1,3}[*_"'(]{0,2}v?(?<value>\d\.\d[\w.+~-]{0,40})/gi,
    role: 'host',
    accepts: isXen,
    listed: true,
  },
  {
    key: 'xen-version',
    hints: ['hypervisor'],
    pattern: /\bhypervisor (?:version )?(?:is )?v?(?<value>4\.\d[\w.+~-]{0,40})/gi,
    role: 'host',
    accepts: isXen,
    listed: true,
  },
  {
    key: 'xen-version',
    hints: ['xen-', 'xen '],
    pattern: /(?<![\w/.-])(?:(?<value>xen[- ]unstable)|xen[- ](?<other>staging|master))\b(?![\w/-])/gi,
    role: 'host',
  },
  {
    // Products that are Xen and something around it, with the version of Xen in brackets or behind a genitive.
    key: 'xen-version',
    hints: ['xcp-ng', 'xenserver', 'qubes'],
    pattern:
      /\b(?:XCP-ng|XenServer|Citrix Hypervisor|Qubes(?: ?OS)?)(?: R?\d[\w.-]{0,12})?(?: ?\(|['’]s )(?:xen )?v?(?<value>4\.\d[\w.+~-]{0,30})/gi,
    role: 'host',
    accepts: isXen,
  },
  {
    // A program of Xen's tools is as old as the Xen that it came with.
    key: 'xen-version',
    hints: TOOLS,
    pattern:
      /(?<![\w/.-])(?:xl|libxl|xentop|xenstored|oxenstored|cxenstored|xenconsoled|xenpm|xentrace|xenmon|pygrub|libxenlight|hvmloader|xenbaked)(?: (?:is )?(?:from|of|in|as of|version|at))?(?: xen)?[ -]v?(?<value>4\.\d[\w.+~-]{0,30})/g,
    role: 'host',
    accepts: isXen,
  },
  {
    key: 'xen-version',
    hints: ['staging'],
    pattern:
      /\b(?:running|runs?|using|on|tested|built|build|from|with|of|is|xen) (?:the )?(?:latest |current |recent )?(?:xen )?(?<value>staging)\b(?! (?:area|driver|tree|branch|commit)|-\d)(?=[ ,.;:)(@]|$)/gi,
    role: 'host',
  },
  {
    // The branch in brackets or behind a comma, with the commit: `xen (master, 8e7a11b4c0)`.
    key: 'xen-version',
    hints: ['master', 'staging', 'unstable'],
    pattern:
      /\bxen\b,? ?\(?(?:upstream |git |branch )?(?<value>master|staging|unstable)(?: branch)?,? (?:at |as of |commit )?[0-9a-f]{7,40}\b/gi,
    role: 'host',
  },
  {
    key: 'xen-version',
    hints: ['staging', 'unstable'],
    pattern: /\b(?:latest|current|today's|recent|tip of) (?<value>(?:xen[- ])?(?:staging|xen-unstable|unstable))\b/gi,
    role: 'host',
  },
  {
    key: 'xen-version',
    hints: ['devel', 'master', 'staging', 'unstable'],
    pattern:
      /\bxen\b(?: \w{2,12}){0,2} (?:from|on|of|at) (?:the )?(?:latest |current )?(?<value>devel|master|staging|unstable)\b/gi,
    role: 'host',
  },
  {
    key: 'xen-version',
    hints: ['4.'],
    pattern:
      /\b(?:done|tested|tests?|fails?|failed|failing|crash(?:es|ed)|broken|happens|happening|seen|see it|see this|reproduced?|running|using|this is|we are|I'm|i am|we're) (?:also |still )?(?:in |on |with |under |against )?(?:the )?(?:latest )?(?<value>4\.\d[\w.+~-]{0,20})/gi,
    role: 'host',
    accepts: isBareXen,
    listed: true,
  },
  {
    key: 'kernel-version',
    hints: ['linux', 'kernel'],
    pattern:
      /(?<!\b(?:alpine|arch|oracle|amazon|rocky|void|suse|mint|enterprise)[ -])\b(?:linux|kernel)(?:[ -](?:kernels?|stable|versions?|release|image|tree))?(?:[ -]version)?(?: (?:is|was|of))?[\s:=-]{1,3}[*_"'(]{0,2}v?(?<value>\d\.\d[\w.+~-]{0,60})/gi,
    role: kernelRoleNear,
    accepts: isKernel,
    listed: true,
  },
  {
    key: 'kernel-version',
    hints: ['kernel'],
    pattern:
      /(?<![\w.-])v?(?<value>\d\.\d[\w.+~-]{0,60}) (?:based )?(?:linux |dom0 |domU |guest |stable |PV )?kernels?\b/gi,
    role: kernelRoleNear,
    accepts: isKernel,
  },
  {
    // Packages of kernels: `linux-xlnx 6.6.40`, `kernel-latest 6.11.2`, `kernel-default-6.4.0-150600.21`.
    key: 'kernel-version',
    hints: ['linux-', 'kernel-', '-kernel'],
    pattern:
      /(?<![\w/.-])(?:linux|kernel|[a-z]{2,12}-kernel)(?:-[a-z]{2,16}){0,3}(?:[ -]| is | \()v?(?<value>[2-7]\.\d{1,3}(?:\.\d{1,4})?[\w.+~-]{0,40})/gi,
    role: kernelRoleNear,
    accepts: isKernel,
  },
  {
    key: 'kernel-version',
    hints: ['dom0', 'domu', 'guest'],
    pattern:
      /\b(?:dom0|domU|guest)(?: (?:kernel|linux|version))?(?: (?:is|was|runs?|running|on|uses|using))?[\s:=]{1,3}v?(?<value>\d\.\d[\w.+~-]{0,60})/gi,
    role: kernelRoleNear,
    accepts: isKernel,
  },
  {
    key: 'kernel-version',
    hints: [' to v', ' to '],
    pattern:
      /\b(?:migrat|upgrad|updat|mov)\w{1,4} (?:[\w'-]+ ){0,5}from v?\d\.\d[\w.+~-]{0,40} to (?:linux |kernel )?v?(?<value>\d\.\d[\w.+~-]{0,40})/gi,
    role: kernelRoleNear,
    accepts: (value, context) =>
      isKernel(value, context) &&
      speaksOfLinux(context) &&
      (/^[5-7]/.test(value) || /\b(?:linux|kernel)\b/.test(context.lower)) &&
      !context.lower.includes('xen '),
  },
  {
    key: 'kernel-version',
    hints: ['5.', '6.', '7.'],
    pattern: /\b(?:on|with|in|running|under|using|it on|it in|this on) v?(?<value>[5-7]\.\d[\w.+~-]{0,40})/gi,
    role: kernelRoleNear,
    accepts: isBareKernel,
    listed: true,
  },
  {
    key: 'kernel-version',
    hints: ['-generic', '-amd64', '-default', '.fc', '.el', 'gentoo', '-lts', '-arch', '-lowlatency', '.qubes'],
    pattern:
      /(?<![\w.-])(?<value>[2-7]\.\d{1,3}\.\d{1,4}[\w.+~-]{0,40}(?:-generic|-amd64|-default|\.fc\d\d|\.el\d|-gentoo|-lts|-arch\d?|-lowlatency|\.qubes)[\w.+~-]{0,30})/gi,
    role: kernelRoleNear,
    accepts: (value, context) =>
      isKernel(value, context) && !/\b(?:xen|qemu|package)[ -]$/i.test(context.clause.text.slice(0, context.start)),
  },
  {
    key: 'qemu-version',
    hints: ['qemu'],
    pattern:
      /\bqemu(?: emulator)?(?:[ -]version)?(?: (?:is|was))?[\s:=-]{1,3}\(?v?(?<value>\d{1,2}\.\d[\w.+~-]{0,40})/gi,
    role: 'host',
    accepts: (value, context) => !NOT_A_VERSION.test(value) && !isLeftBehind(context),
  },
  {
    key: 'libvirt-version',
    hints: ['libvirt'],
    pattern: /\blibvirt(?:d)?(?:[ -]version)?(?: is)?[\s:=-]{1,3}\(?v?(?<value>\d{1,2}\.\d[\w.+~-]{0,40})/gi,
    role: 'host',
    accepts: (value) => !NOT_A_VERSION.test(value),
  },
  {
    key: 'compiler',
    hints: ['gcc', 'clang'],
    pattern:
      /\b(?<value>(?:gcc|clang)(?: \([\w. +~-]{2,40}\))?[ -]?(?:version )?v?\d{1,2}(?:\.\d[\w.+~-]{0,30})?(?: or (?:gcc|clang)[ -]?\d{1,2})?)/gi,
    role: 'host',
  },
  {
    key: 'commit',
    hints: ['git:', 'revision', 'changeset', 'commit'],
    pattern:
      /\b(?:git:|(?:(?:built|build|running|using|tested|based) (?:[\w./-]+ ){0,4})?(?:xen|staging|master|tree)(?: [\w./-]+)? \(?(?:at )?(?:git )?(?:revision|changeset|commit|c\/s)[: ]+)(?<value>[0-9a-f]{7,40})\b/gi,
    role: 'host',
  },
  {
    key: 'commit',
    hints: ['revision'],
    pattern: /\b(?:xen|qemu|linux)\b[:,]? (?:git )?revision:? (?<value>[0-9a-f]{7,40})\b/gi,
    role: 'host',
  },
  {
    key: 'commit',
    hints: ['staging', 'unstable', 'master'],
    pattern:
      /\b(?:xen[- ]?)?(?:staging|unstable|master)(?: branch)?,? ?(?:\(|@ ?|at |as of )(?:commit |changeset |c\/s )?(?<value>(?=[a-f]{0,20}\d)[0-9a-f]{7,40})\b/gi,
    role: 'host',
  },
  {
    key: 'commit',
    hints: ['master', 'staging', 'unstable', 'git:', 'commit'],
    pattern:
      /(?:\b(?:xen|upstream|git|tree)\b[^.;\n]{0,24}?[(,] ?(?:master|staging|unstable|mainline)?,? ?(?:at |as of |git:|commit )?|\(git:|\bfrom (?:source|git|staging|master),? (?:at |commit |\()?(?:commit )?|,? commit )(?<value>(?=[0-9]{0,20}[a-f])(?=[a-f]{0,20}\d)[0-9a-f]{7,40})(?= \((?:staging|master|unstable)|[),.;]|$| (?:on|of) )/gi,
    role: 'host',
    accepts: (_value, { clause, start }) =>
      !/\b(?:revert\w*|bisect\w*|introduced|caused|broke\w*|fix\w*|since|by|culprit|blam\w*|bad|dropp?\w*|without|regress\w*)\b/i.test(
        clause.text.slice(Math.max(0, start - 60), start),
      ),
  },
  {
    // Where to look: a range of commits, as git writes it, with the path it is narrowed to.
    key: 'commit',
    hints: ['..'],
    pattern:
      /(?<![\w./-])(?<value>v\d\.\d{1,3}(?:\.\d{1,3})?(?:-rc\d{1,2})?\.\.\.?v?\d\.\d{1,3}(?:\.\d{1,3})?(?:-rc\d{1,2})?(?: -- [\w:./-]{3,100})?)/g,
    role: null,
    anyStance: true,
  },
];
