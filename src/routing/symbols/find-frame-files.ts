import type { Frame, Trace } from '../../model/evidence.ts';
import { bareName } from '../clues/machinery.ts';
import { plainSystemCall } from '../trees/generated-names.ts';
import { isAside } from '../trees/kept-paths.ts';
import type { Tree } from '../trees/trees.ts';

/** Where a frame's function is defined, and how that was found. */
export interface FrameFiles {
  readonly paths: readonly string[];
  /** True where the exact function is not in the table and only its family (`balloon_…`) is. */
  readonly isGuess: boolean;
}

const NOWHERE: FrameFiles = { paths: [], isGuess: false };
/** More places than this say nothing. */
const MAX_PLACES = 4;

/**
 * The files that may define a frame's function, best first. A file that the log prints counts before the table of
 * functions; several places are told apart by the module, the architecture, and the places of the other frames.
 */
export function findFrameFiles(frame: Frame, trace: Trace, tree: Tree): FrameFiles {
  const printed = frame.location === null ? null : frame.location.replace(/:\d+$/, '');
  const inTable = findInTable(frame.function, tree);
  if (printed !== null) {
    const named = fitting(findPrinted(cleanPath(printed), tree), trace);
    const both = named.filter((path) => inTable.includes(path));
    if (both.length > 0) return { paths: both, isGuess: false };
    if (named.length > 0 && named.length <= MAX_PLACES && inTable.length === 0) return { paths: named, isGuess: false };
  }
  const paths = likeliest(settle(fitting(outOfLine(inTable), trace), frame, trace, tree), frame, tree);
  if (paths.length > 0) return paths.length <= MAX_PLACES ? { paths, isGuess: false } : NOWHERE;
  return inTable.length > 0 ? NOWHERE : guessByFamily(frame, trace, tree);
}

function findInTable(name: string, tree: Tree): readonly string[] {
  const bare = bareName(name);
  for (const wanted of new Set([bare, plainSystemCall(bare), bare.replace(/^_+/, '')])) {
    const known = tree.symbols().everyFileOf(wanted);
    if (known.length > 0) return known;
  }
  return [];
}

/** A frame is a call: where a source defines the function, what stands in a header is its stand-in for other builds. */
function outOfLine(paths: readonly string[]): readonly string[] {
  const sources = paths.filter((path) => !path.endsWith('.h'));
  return sources.length > 0 ? sources : paths;
}

function findPrinted(path: string, tree: Tree): readonly string[] {
  const whole = tree.symbols().fileEndingIn(path);
  return whole === null ? tree.symbols().filesNamed(path) : [whole];
}

/** `./../common/sched/core.c` → `common/sched/core.c` */
export function cleanPath(path: string): string {
  return path.replace(/^(?:\.*\/)+/, '').slice(0, 300);
}

const OF_PROJECT: Readonly<Record<Trace['project'], (path: string) => boolean>> = {
  xen: (path) => path.startsWith('xen/'),
  linux: (path) => !isAside('linux', path),
  qemu: (path) => !isAside('qemu', path),
  userspace: (path) => path.startsWith('tools/') || path.startsWith('stubdom/'),
};

/** Is the crash one of an Arm machine: then x86 files cannot be meant, and the other way round. */
export function isArm(trace: Trace): boolean {
  return /\b(?:ESR|el[012]_|do_trap_|PC is at|pc : |Data Abort|vgic|gicv)/.test(
    `${trace.headline} ${trace.frames.map((frame) => frame.function).join(' ')}`,
  );
}

function fitting(paths: readonly string[], trace: Trace): readonly string[] {
  const own = paths.filter(OF_PROJECT[trace.project]);
  const right = own.filter((path) => isOfMachine(path, isArm(trace)));
  return right.length > 0 ? right : own;
}

/** `arch/powerpc/…` is of no machine that runs Xen; what lies in a folder `arm` elsewhere is for Arm alone. */
function isOfMachine(path: string, arm: boolean): boolean {
  const arch = /(?:^|\/)arch\/(?<name>[^/]+)\//.exec(path)?.groups?.['name'];
  if (arch !== undefined) return arm ? arch === 'arm' || arch === 'arm64' : arch === 'x86';
  return arm || !path.includes('/arm/');
}

/** Among several places: those of the frame's module, else those beside the places of frames that are certain. */
function settle(paths: readonly string[], frame: Frame, trace: Trace, tree: Tree): readonly string[] {
  if (paths.length < 2) return paths;
  const module = frame.module?.replaceAll('_', '[-_]').replace(/[^\w[\]-]/g, '');
  if (module !== undefined) {
    const ofModule = paths.filter((path) => new RegExp(`/${module}(?:/|\\.c$)`).test(path));
    if (ofModule.length > 0) return ofModule;
  }
  const certain = trace.frames.flatMap((other) => {
    const places = other === frame ? [] : fitting(outOfLine(findInTable(other.function, tree)), trace);
    return places.length === 1 ? places : [];
  });
  const depth = (path: string) => Math.max(0, ...certain.map((other) => sharedDepth(path, other)));
  const best = Math.max(...paths.map(depth));
  return best >= 2 ? paths.filter((path) => depth(path) === best) : paths;
}

/** Where nothing else tells several places apart: those that logs on this list name. */
function likeliest(paths: readonly string[], frame: Frame, tree: Tree): readonly string[] {
  if (paths.length < 2) return paths;
  const usual = tree.symbols().filesOf(bareName(frame.function));
  const both = paths.filter((path) => usual.includes(path));
  return both.length > 0 ? both : paths;
}

/** How many directories two paths share from the top. */
function sharedDepth(a: string, b: string): number {
  const left = a.split('/').slice(0, -1);
  const right = b.split('/').slice(0, -1);
  let depth = 0;
  while (depth < left.length && left[depth] === right[depth]) depth += 1;
  return depth;
}

/**
 * A function that is gone from the tree, or new, lies where its family lies: where at least two thirds of the
 * functions with the same first words (`xen_mc_…`) are in one file, or in one folder.
 */
function guessByFamily(frame: Frame, trace: Trace, tree: Tree): FrameFiles {
  const bare = bareName(frame.function).replace(/^_+/, '');
  const words = bare.split('_');
  for (let count = words.length - 1; count >= 1; count -= 1) {
    const family = `${words.slice(0, count).join('_')}_`;
    if (family.length < 4) break;
    const places = fitting(tree.symbols().filesOfFamily(family), trace);
    if (places.length < 3) continue;
    const best = mostFrequent(places);
    return best.count * 3 >= places.length * 2 || isXenOnly(best.path, trace)
      ? { paths: [best.path], isGuess: true }
      : NOWHERE;
  }
  return NOWHERE;
}

/** Under Xen, a family that Xen's drivers share with others is theirs: `balloon_` is also mm's and Hyper-V's. */
function isXenOnly(path: string, trace: Trace): boolean {
  return path.includes('xen') && trace.frames.some((frame) => /^_*xen_/.test(frame.function));
}

function mostFrequent(paths: readonly string[]): { readonly path: string; readonly count: number } {
  const counts = new Map<string, number>();
  for (const path of paths) counts.set(path, (counts.get(path) ?? 0) + 1);
  const [path = '', count = 0] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  return { path, count };
}
