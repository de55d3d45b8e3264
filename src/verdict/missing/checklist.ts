import type { Fact, Trace } from '../../model/evidence.ts';

/** What is known of a report when it is asked what it lacks. */
export interface Known {
  readonly facts: readonly Fact[];
  readonly traces: readonly Trace[];
  /** Subject and the words that facts and signals quote, in lower case: what the report is about. */
  readonly about: string;
  /** The subject alone, in lower case. */
  readonly subject: string;
  /** Names of the signals that its mails gave. */
  readonly signals: ReadonlySet<string>;
  /** Whether it is said to have worked before. */
  readonly regression: boolean;
  /** Whether a commit is named that it began with. */
  readonly bisected: boolean;
}

/** One thing that maintainers ask for. */
export interface Wanted {
  readonly name: string;
  /** For the reader of a digest. */
  readonly shown: string;
  /** One line of a draft that asks for it. */
  readonly asked: string;
  readonly applies: (known: Known) => boolean;
  readonly present: (known: Known) => boolean;
}

const has = ({ facts }: Known, key: Fact['key'], test?: (fact: Fact) => boolean): boolean =>
  facts.some((fact) => fact.key === key && (!test || test(fact)));

const isAbout = (known: Known, words: RegExp): boolean => words.test(known.about);
const GUEST =
  /\b(?:dom-?us?|guests?|hvm|pvh|passthrough|migrat\w+|save|restore|xl create|vms?|stubdom\w*|balloon\w*|windows)\b/;
/** Domain 0 in the words of a register dump: `CONTEXT: pv guest (d0v0)`. */
const DOMAIN_0 = /\b(?:pv|pvh|hvm) guest \(d0/g;
/** Functions of xen.git that run once, while the machine starts: no guest is there yet. */
const EARLY = /^(?:__start_xen|start_xen|create_dom0|construct_dom0|dom0_construct\w*|dom0_setup_\w+)$/;

/** Whether a guest plays a part: by the words, or by facts about one; never where it does not build, or has not started. */
const isGuest = (known: Known): boolean =>
  !isBuild(known) &&
  !known.traces.some(({ frames }) => frames.some((frame) => EARLY.test(frame.function))) &&
  (GUEST.test(known.about.replace(DOMAIN_0, ' ')) ||
    known.facts.some(
      ({ role, key }) => role === 'domU' && (key === 'kernel-version' || key === 'config' || key === 'guest-type'),
    ));
const isBoot = (known: Known): boolean =>
  isAbout(known, /\b(?:boot\w*|resume|suspend|s3|reset\w*|reboot\w*|acpi|e820|apic)\b/);
const BUILD =
  /\b(?:(?:build|compil\w+|link(?:er)?) (?:\w+ ){0,2}(?:errors?|fail\w*|broken?)|compil\w+|undefined reference|ftbfs|-werror|(?:does(?:n't| not)|do(?:n't| not)|can(?:'t|not)|fail(?:s|ed|ure|ing)?(?: to)?|broken) (?:\w+ ){0,2}(?:build|link)(?:s|ing)?)\b/;
/** It does not compile: nothing ran, so nothing that runs is asked for. */
const isBuild = (known: Known): boolean =>
  known.traces.length === 0 && (known.signals.has('build-error') || isAbout(known, BUILD));
const isPassthrough = (known: Known): boolean =>
  isAbout(known, /\b(?:passthrough|pass-through|pci|msi|msi-x|vf|iommu|pciback)\b/);
const isArm = (known: Known): boolean =>
  isAbout(known, /\b(?:arm|arm64|aarch64|cortex|dom0less|device tree|dtb|imx8|r-car|zynqmp)\b/);
const isQemu = (known: Known): boolean => isAbout(known, /\b(?:qemu|hvm|device model|qdisk|vga|usb)\b/);
const isXenSide = ({ traces }: Known): boolean => traces.some(({ project }) => project === 'xen');
/**
 * Functions that only a PV kernel calls: those of Linux' arch/x86/xen/multicalls.c and mmu_pv.c, which are built for PV
 * alone, since every other guest writes its page tables itself.
 */
const PV_ONLY =
  /^(?:_*xen_mc_\w+|xen_(?:alloc|release)_p(?:te|md|ud)(?:_init)?|_*xen_set_p(?:te|md|ud|4d|gd)\w*|_*xen_pgd_\w+|xen_batched_set_pte|xen_(?:un)?pin_page|xen_extend_mmu\w+|xen_(?:dup|exit|enter)_mmap)$/;
const isOfPv = ({ kind, frames }: Trace): boolean =>
  kind === 'multicall' || frames.some((frame) => PV_ONLY.test(frame.function));
/**
 * The subject names what was done when it happened: "panic when unplugging a disk", "crash after restore". Who writes
 * that, or gives a command of the toolstack, has told how to reproduce it.
 */
const STEPS =
  /\b(?:when|while|after|during|by|upon)\s(?:[\w-]+\s){0,2}(?:[\w-]+ing|save|restore|migration|resume|suspend|shutdown|reboot|unplug|hot-?plug)\b|\b(?:steps to|how to) reproduce\b/;
const hasSteps = (known: Known): boolean =>
  STEPS.test(known.subject) || has(known, 'toolstack') || isAbout(known, /\b(?:steps to|how to) reproduce\b/);
/** Settings of guests by name. One is what somebody thinks it is about; several are (a piece of) the file. */
const namesOfSettings = ({ facts }: Known): ReadonlySet<string> =>
  new Set(
    facts
      .filter(({ key, value }) => key === 'config' && !value.startsWith('CONFIG_'))
      .map(({ value }) => value.split('=')[0]?.trim() ?? ''),
  );
const isRuntime = (known: Known): boolean => !isBuild(known);

/**
 * The checklist of `domain.md` 4.1: for which report a detail is needed, and what shows that it is there. Rows stand in
 * the order in which maintainers ask.
 */
export const CHECKLIST: readonly Wanted[] = [
  {
    name: 'xen-version',
    shown: 'Xen version',
    asked: 'which version of Xen it is (`xl info`), with the changeset if you built it yourself',
    applies: () => true,
    present: (known) => has(known, 'xen-version') || has(known, 'commit'),
  },
  {
    name: 'kernel-version',
    shown: 'kernel version of dom0 or of the guest',
    asked: 'which kernels dom0 and the guest run, and from which distribution',
    applies: isRuntime,
    present: (known) =>
      has(known, 'kernel-version') || has(known, 'distribution', ({ role }) => role === 'domU' || role === 'guest'),
  },
  {
    name: 'hardware',
    shown: 'hardware',
    asked: 'what hardware it is: processor, board or machine, and the version of its firmware',
    applies: isRuntime,
    present: (known) => has(known, 'hardware') || has(known, 'cpu'),
  },
  {
    name: 'hypervisor-log',
    shown: 'xl dmesg',
    asked:
      'the complete output of `xl dmesg` (or of the serial console), from the first line on, with `loglvl=all guest_loglvl=all` on the Xen command line',
    applies: isRuntime,
    present: (known) =>
      isXenSide(known) ||
      has(known, 'xen-version', ({ quote }) => quote.includes('(XEN) Xen version') || /^Xen version \d/.test(quote)),
  },
  {
    name: 'debug-build',
    shown: 'a debug build of the hypervisor (its call trace is exact)',
    asked: 'the crash once more with a debug build of the hypervisor (`debug=y`), whose call trace can be relied on',
    applies: isXenSide,
    present: ({ facts, traces }) =>
      facts.some(({ quote }) => /debug=y/.test(quote)) ||
      traces.every(
        ({ project, frames }) =>
          project !== 'xen' || frames.length === 0 || frames.filter(({ reliable }) => !reliable).length <= 1,
      ),
  },
  {
    name: 'guest-type',
    shown: 'kind of guest (PV, PVH or HVM)',
    asked: 'whether the guest is PV, PVH or HVM',
    applies: isGuest,
    present: (known) => has(known, 'guest-type') || known.traces.some(isOfPv),
  },
  {
    name: 'guest-config',
    shown: 'guest configuration',
    asked: 'the configuration file of the guest (what `xl create` is given)',
    applies: isGuest,
    present: (known) => namesOfSettings(known).size >= 2,
  },
  {
    name: 'command-lines',
    shown: 'Xen and kernel command lines',
    asked: 'the command lines of Xen and of the dom0 kernel',
    applies: isBoot,
    present: (known) => has(known, 'xen-command-line') || has(known, 'kernel-command-line'),
  },
  {
    name: 'qemu',
    shown: 'QEMU version and log',
    asked: 'the version of QEMU and its log (`/var/log/xen/qemu-dm-<guest>.log`)',
    applies: (known) => isQemu(known) && isGuest(known),
    present: (known) => has(known, 'qemu-version'),
  },
  {
    name: 'lspci',
    shown: 'lspci -vvv of the device',
    asked: 'the output of `lspci -vvv` (as root) for the device',
    applies: isPassthrough,
    present: ({ facts }) => facts.some(({ quote }) => /^(?:[0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7] /.test(quote)),
  },
  {
    name: 'device-tree',
    shown: 'device tree and board files',
    asked: 'the device tree and the boot script of the board',
    applies: (known) => isArm(known) && isBoot(known),
    present: (known) => isAbout(known, /\b(?:dts|dtb|device tree|u-boot script|bootargs)\b/),
  },
  {
    name: 'trace',
    shown: 'a log of the failure',
    asked: 'the log of the failure itself, unabridged and not wrapped',
    applies: (known) =>
      isRuntime(known) &&
      isAbout(known, /\b(?:crash\w*|panic\w*|oops|bug|hangs?|hung|stuck|freez\w*|dies|reset\w*|reboots?)\b/),
    present: ({ traces, signals }) => traces.length > 0 || signals.has('log'),
  },
  {
    name: 'bisect',
    shown: 'bisect',
    asked: 'a bisection between the last version that works and the first that does not, if you can',
    applies: ({ regression }) => regression,
    present: ({ bisected }) => bisected,
  },
  {
    name: 'reproducer',
    shown: 'how to reproduce it',
    asked: 'how to reproduce it, and how often it happens',
    applies: isRuntime,
    present: (known) =>
      has(known, 'reproducibility') || hasSteps(known) || known.traces.some(({ kind }) => kind === 'assertion'),
  },
];
