import type { Frame, Trace } from '../../model/evidence.ts';
import { cleanPath, findFrameFiles, isArm } from '../symbols/find-frame-files.ts';
import type { Tree } from '../trees/trees.ts';
import type { Clue } from './clue.ts';
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
const FIRST_FRAMES = [0.5, 0.35, 0.25, 0.2, 0.15, 0.1, 0.1, 0.08];
/** `?` and S mark what merely lay on the stack. */
const UNRELIABLE = 0.5;
/** The function is not in the table; where its family lies is known. */
const GUESS = 0.6;

/** What the traces of a thread point at: files, by the functions and files that they print. */
export function findTraceClues(traces: readonly Trace[], trees: readonly Tree[]): Clue[] {
  return traces.flatMap((trace, index) => {
    const tree = trees.find(({ project }) => project === TREE_OF[trace.project]);
    return tree
      ? [...fileClues(trace, index, tree), ...frameClues(trace, index, tree), ...sideClues(trace, index)]
      : [];
  });
}

function fileClues(trace: Trace, index: number, tree: Tree): Clue[] {
  if (trace.file === null) return [];
  const printed = cleanPath(trace.file);
  const known = tree.symbols().filesNamed(printed);
  const own = known.filter((path) => trace.project !== 'xen' || path.startsWith('xen/'));
  // A full path needs no table: an entry may cover it though the file is gone.
  const paths = own.length > 0 ? own : printed.includes('/') ? [printed] : [];
  if (paths.length === 0 || paths.length > 4) return [];
  const culprit = trace.culprit === null ? [] : tree.symbols().filesOf(bareName(trace.culprit));
  const agreed = paths.filter((path) => culprit.includes(path));
  return [
    {
      project: tree.project,
      paths: agreed.length > 0 ? agreed : paths,
      weight: BUG_FILE,
      group: `trace ${String(index)}`,
      says: `the ${trace.kind} is reported in ${printed}`,
    },
  ];
}

function frameClues(trace: Trace, index: number, tree: Tree): Clue[] {
  const clues: Clue[] = [];
  let place = 0;
  for (const { frame, isCulprit } of inOrder(trace)) {
    const weight = isCulprit ? CULPRIT : FIRST_FRAMES[place];
    if (weight === undefined) break;
    const { paths, isGuess } = findFrameFiles(frame, trace, tree);
    if (paths.length === 0) continue;
    if (!isCulprit) place += 1;
    clues.push({
      project: tree.project,
      paths,
      weight: weight * (frame.reliable || isCulprit ? 1 : UNRELIABLE) * (isGuess ? GUESS : 1),
      group: `trace ${String(index)}`,
      says: saysOf(frame, paths, isGuess),
    });
  }
  return clues;
}

function saysOf(frame: Frame, paths: readonly string[], isGuess: boolean): string {
  const where = paths.join(' or ');
  if (isGuess) return `frame ${frame.function} belongs to the functions of ${where} by its name`;
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

/**
 * A Linux kernel that fails on this list runs under Xen: those who look after Linux under Xen should see it, even
 * where the frames are all native. A hypervisor crash concerns those of the architecture.
 */
function sideClues(trace: Trace, index: number): Clue[] {
  const group = `side ${String(index)}`;
  const arm = isArm(trace);
  if (trace.project === 'linux') {
    const path = arm ? 'arch/arm64/xen/hypercall.S' : 'arch/x86/xen/enlighten.c';
    const isPv = trace.frames.some(({ function: name }) => /^_*xen_/.test(name)) || trace.kind === 'multicall';
    return [
      { project: 'linux', paths: [path], weight: isPv ? 0.45 : 0.35, group, says: 'a Linux kernel under Xen failed' },
      {
        project: 'linux',
        paths: ['drivers/xen/events/events_base.c'],
        weight: 0.25,
        group,
        says: 'a Linux kernel under Xen failed',
      },
    ];
  }
  if (trace.project === 'xen') {
    const path = arm ? 'xen/arch/arm/traps.c' : 'xen/arch/x86/traps.c';
    const weight = trace.frames.length === 0 ? 0.4 : 0.3;
    return [{ project: 'xen', paths: [path], weight, group, says: `the hypervisor crashed on ${arm ? 'Arm' : 'x86'}` }];
  }
  if (trace.project === 'qemu') {
    return [{ project: 'qemu', paths: ['hw/xen/xen-bus.c'], weight: 0.45, group, says: 'QEMU failed under Xen' }];
  }
  return [];
}
