import type { Frame, Trace, TraceKind } from '../../model/evidence.ts';
import { cleanPath, findFrameFiles, isArm } from '../symbols/find-frame-files.ts';
import type { Tree } from '../trees/trees.ts';
import type { Clue } from './clue.ts';
import { HEADLINE_OWNERS } from './headline-owners.ts';
import { bareName, isMachinery } from './machinery.ts';

/** Which tree knows the files of a trace: the tools that crash on this list are Xen's. */
const TREE_OF: Readonly<Record<Trace['project'], string>> = {
  xen: 'xen',
  linux: 'linux',
  qemu: 'qemu',
  userspace: 'xen',
};

/** The file that the report names counts most, then the culprit, then the frames below it, ever less. */
const BUG_FILE = 0.75;
const CULPRIT = 0.7;
/** Where no culprit is known, the first frame that says something is taken for it. */
const LIKELY_CULPRIT = 0.62;
const FIRST_FRAMES = [0.5, 0.35, 0.25, 0.2, 0.15, 0.1, 0.1, 0.08];
/** The last one is what the thread, the work item or the system call was for. */
const OUTERMOST = 0.3;
/** Where the culprit's file is known, the callers say less. */
const CALLERS = 0.6;
/** `?` and S mark what merely lay on the stack. */
const UNRELIABLE = 0.5;
/** The function is not in the table; where its family lies is known. */
const GUESS = 0.6;
/** Native code of Linux that fails on this list is met there under Xen: its owners and those of Linux under Xen are about as likely. */
const NATIVE = 0.85;
/** Several traces of one thread tell of one bug. */
const GROUP = 'traces';
/** A message that names its part without a frame. */
const HEADLINE = 0.6;

/** What a trace is worth by its place: the first one is the main one, further ones are what came of it, or other things. */
const MAIN = 1;
const FURTHER = 0.35;
/** A warning, or a stack that was printed for information, beside a crash. */
const ASIDE = 0.15;
const HARMLESS: ReadonlySet<TraceKind> = new Set(['warning', 'lockdep', 'ubsan', 'stack-dump', 'other']);

/**
 * What the traces of a thread point at: files, by the functions and files that they print. The main trace has to come
 * first, as evidence gives them.
 */
export function findTraceClues(traces: readonly Trace[], trees: readonly Tree[]): Clue[] {
  return traces.flatMap((trace, rank) => {
    const tree = trees.find(({ project }) => project === TREE_OF[trace.project]);
    if (!tree) return [];
    const clues = [...fileClues(trace, tree), ...frameClues(trace, tree), ...headlineClues(trace)];
    const worth = worthOf(trace, rank, traces[0]);
    return [...clues, ...sideClues(trace, clues)].map((clue) => ({ ...clue, weight: clue.weight * worth }));
  });
}

function worthOf(trace: Trace, rank: number, main: Trace | undefined): number {
  // The same crash again says it again.
  if (rank === 0 || trace.fingerprint === main?.fingerprint) return MAIN;
  const isAside = main !== undefined && HARMLESS.has(trace.kind) && !HARMLESS.has(main.kind);
  return isAside ? ASIDE : FURTHER;
}

function fileClues(trace: Trace, tree: Tree): Clue[] {
  if (trace.file === null) return [];
  const printed = cleanPath(trace.file);
  const whole = tree.symbols().fileEndingIn(printed);
  const known = whole === null ? tree.symbols().filesNamed(printed) : [whole];
  const own = known.filter((path) => trace.project !== 'xen' || path.startsWith('xen/'));
  // A full path needs no table: an entry may cover it though the file is gone.
  const paths = own.length > 0 ? own : printed.includes('/') ? [printed] : [];
  if (paths.length === 0 || paths.length > 4) return [];
  const culprit = trace.culprit === null ? [] : tree.symbols().filesOf(bareName(trace.culprit));
  const agreed = paths.filter((path) => culprit.includes(path));
  const chosen = agreed.length > 0 ? agreed : paths;
  return [
    {
      project: tree.project,
      paths: chosen,
      weight: BUG_FILE * believed(chosen, trace),
      group: GROUP,
      spread: 1,
      says: `the ${trace.kind} is reported in ${chosen.join(' or ')}`,
      of: 'files',
    },
  ];
}

function believed(paths: readonly string[], trace: Trace): number {
  return trace.project === 'linux' && !paths.some((path) => path.includes('xen')) ? NATIVE : 1;
}

function frameClues(trace: Trace, tree: Tree): Clue[] {
  const clues: Clue[] = [];
  let place = 0;
  let knowsCulprit = false;
  const frames = inOrder(trace);
  for (const { frame, isCulprit } of frames) {
    const { paths, isGuess } = findFrameFiles(frame, trace, tree);
    if (paths.length === 0) continue;
    const weight = isCulprit
      ? CULPRIT
      : weightOf(frame, trace, { place, knowsCulprit, isLast: frame === frames.at(-1)?.frame });
    if (isCulprit) knowsCulprit = !isGuess;
    else place += 1;
    const doubts = (isGuess ? GUESS : 1) * believed(paths, trace);
    const says = saysOf(frame, paths, isGuess);
    clues.push({ project: tree.project, paths, weight: weight * doubts, group: GROUP, spread: 1, says, of: 'files' });
  }
  return clues.filter(({ weight }) => weight > 0);
}

interface Place {
  readonly place: number;
  readonly knowsCulprit: boolean;
  readonly isLast: boolean;
}

/** What a frame other than the culprit is worth by its place among those that say something. */
function weightOf(frame: Frame, trace: Trace, { place, knowsCulprit, isLast }: Place): number {
  if (!frame.reliable) return (FIRST_FRAMES[place] ?? 0) * UNRELIABLE;
  if (place === 0 && trace.culprit === null) return LIKELY_CULPRIT;
  return Math.max((FIRST_FRAMES[place] ?? 0) * (knowsCulprit ? CALLERS : 1), isLast ? OUTERMOST : 0);
}

function saysOf(frame: Frame, paths: readonly string[], isGuess: boolean): string {
  const where = paths.join(' or ');
  if (isGuess) return `frame ${frame.function} belongs by its name to the functions of ${where}`;
  return `frame ${frame.function} is defined in ${where}`;
}

/** The culprit first, then every frame that says something, innermost first; each function once. */
function inOrder(trace: Trace): { readonly frame: Frame; readonly isCulprit: boolean }[] {
  const culprit = trace.culprit === null ? null : bareName(trace.culprit);
  const seen = new Set<string>();
  const frames: { frame: Frame; isCulprit: boolean }[] = [];
  for (const frame of trace.frames) {
    const bare = bareName(frame.function);
    if (seen.has(bare) || (bare !== culprit && isMachinery(bare))) continue;
    seen.add(bare);
    frames.push({ frame, isCulprit: bare === culprit });
  }
  if (culprit !== null && !seen.has(culprit)) frames.push({ frame: bareFrame(culprit), isCulprit: true });
  return frames.sort((a, b) => Number(b.isCulprit) - Number(a.isCulprit));
}

function bareFrame(name: string): Frame {
  return { function: name, offset: null, size: null, address: null, module: null, reliable: true, location: null };
}

/** A driver for Xen has its own people: the side says little more. */
const XEN_DRIVER = /^drivers\/.*xen/;
const OWN_DRIVER = 0.5;

/** What a trace says of the side alone, whatever its frames: see the domain guide, 7.13. */
interface Side {
  readonly project: Trace['project'];
  readonly isArm: boolean;
  readonly paths: readonly (readonly [path: string, weight: number])[];
  readonly says: string;
}

const SIDES: readonly Side[] = [
  {
    project: 'linux',
    isArm: false,
    paths: [
      ['arch/x86/xen/enlighten.c', 0.5],
      ['drivers/xen/events/events_base.c', 0.3],
    ],
    says: 'a Linux kernel failed under Xen',
  },
  {
    project: 'linux',
    isArm: true,
    paths: [
      ['arch/arm64/xen/hypercall.S', 0.45],
      ['drivers/xen/events/events_base.c', 0.35],
    ],
    says: 'a Linux kernel failed under Xen on Arm',
  },
  { project: 'xen', isArm: false, paths: [['xen/arch/x86/traps.c', 0.35]], says: 'the hypervisor crashed on x86' },
  { project: 'xen', isArm: true, paths: [['xen/arch/arm/traps.c', 0.4]], says: 'the hypervisor crashed on Arm' },
  { project: 'qemu', isArm: false, paths: [['hw/xen/xen-bus.c', 0.5]], says: 'QEMU failed under Xen' },
];

/** What the message itself says of its part of the system. */
function headlineClues(trace: Trace): Clue[] {
  const row = HEADLINE_OWNERS.find(
    ({ project, pattern }) => project === trace.project && pattern.test(trace.headline.slice(0, 500)),
  );
  if (!row) return [];
  const { project, paths, says } = row;
  return [{ project, paths, weight: HEADLINE, group: 'headline', spread: 0.5, says, of: 'matter' }];
}

/**
 * A Linux kernel that fails on this list runs under Xen: those who look after Linux under Xen should see it, even
 * where the frames are all native. A hypervisor crash concerns those of the architecture.
 */
function sideClues(trace: Trace, clues: readonly Clue[]): Clue[] {
  const isDriver = clues.some(({ paths, weight }) => weight > 0.5 && paths.some((path) => XEN_DRIVER.test(path)));
  const side = SIDES.find((one) => one.project === trace.project && one.isArm === isArm(trace));
  return (side?.paths ?? []).map(([path, weight]) => ({
    project: trace.project,
    paths: [path],
    weight: isDriver ? weight * OWN_DRIVER : weight,
    group: 'side',
    spread: 0,
    says: HARMLESS.has(trace.kind)
      ? (side?.says ?? '').replace(/\b(?:crashed|failed)\b/, 'complains')
      : (side?.says ?? ''),
    of: 'matter',
  }));
}
