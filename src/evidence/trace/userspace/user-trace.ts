import type { BareTrace, Damage, Frame, TraceKind } from '../../../model/evidence.ts';
import type { LogLine } from '../../../model/log.ts';
import { toFingerprint } from '../fingerprint.ts';
import { toPlainName } from '../machinery.ts';
import { isUserMachinery } from './user-machinery.ts';

/** What a reader of one format found; {@link toUserTrace} makes a trace of it. */
export interface UserCrash {
  readonly kind: TraceKind;
  /** What happened, without program, function and file: `SIGSEGV`, `assertion 'x' failed`. */
  readonly what: string;
  readonly headline: string;
  /** Name or path of the program where the log tells it. */
  readonly program?: string | null;
  readonly frames?: readonly Frame[];
  /** The function where no frame tells it, or where the innermost one is not the culprit. */
  readonly culprit?: string | null;
  /** The file that the report itself names, with or without line. */
  readonly file?: string | null;
  readonly pid?: number | null;
  readonly comm?: string | null;
  readonly damage?: Damage | null;
}

/** A crash that a format found, and the index of the first line of the log that is not part of it. */
export interface Reading {
  readonly trace: BareTrace;
  readonly next: number;
}

const QEMU_PROGRAM = /(?:^|\/)(?:qemu|xen-qemu)[\w.-]{0,40}$/;
/** Folders that only QEMU has. */
const QEMU_FILE =
  /(?:^|\/)(?:qemu[\w.-]{0,40}\/|hw\/|block\/block|softmmu\/|system\/|accel\/|qapi\/|qom\/|migration\/|target\/i386\/|util\/qemu)/;

/** A trace of one user-space failure on the lines `from` to `to` of a log. */
export function toUserTrace(from: LogLine, to: LogLine, crash: UserCrash): BareTrace {
  const frames = crash.frames ?? [];
  const culprit = crash.culprit ?? toCulprit(frames);
  const named = toFile(crash.file ?? null);
  const place = named ?? toFile(frames.find((frame) => frame.function === culprit)?.location ?? null);
  const program = toProgram(crash.program ?? findObject(frames, culprit));
  const project = isQemu(crash, frames) ? 'qemu' : 'userspace';
  const title = toTitle([program, crash.what].filter((word) => word !== null).join(' '), culprit, place);
  return {
    lines: [from.first, Math.max(from.last, to.last)],
    depth: from.depth,
    project,
    kind: crash.kind,
    title,
    otherTitles: [],
    headline: crash.headline,
    cpu: null,
    pid: crash.pid ?? null,
    comm: crash.comm ?? null,
    version: null,
    tainted: null,
    hardware: null,
    frames,
    culprit: culprit === null ? null : toName(culprit),
    file: named,
    fingerprint: toFingerprint({
      project,
      kind: crash.kind,
      title,
      file: named,
      functions: frames.map((frame) => frame.function).filter((name) => name !== '??' && !isUserMachinery(name)),
    }),
    notes: [],
    damage: crash.damage ?? null,
  };
}

/** The first frame that belongs to the program: not the C library, not what aborts it. */
export function toCulprit(frames: readonly Frame[]): string | null {
  const own = frames.find((frame) => frame.function !== '??' && !isUserMachinery(frame.function, frame));
  const any = frames.find((frame) => frame.function !== '??' && !frame.function.startsWith('<'));
  return own?.function ?? any?.function ?? null;
}

/** The program that a frame says it belongs to; libraries are none. */
function findObject(frames: readonly Frame[], name: string | null): string | null {
  const object = frames.find((frame) => frame.function === name)?.module ?? null;
  return object === null || object.includes('.so') ? null : object;
}

function isQemu(crash: UserCrash, frames: readonly Frame[]): boolean {
  if (QEMU_PROGRAM.test(crash.program ?? '') || QEMU_PROGRAM.test(crash.comm ?? '')) return true;
  if (crash.program !== undefined && crash.program !== null) return false;
  return [crash.file ?? '', ...frames.map((frame) => frame.location ?? '')].some((file) => QEMU_FILE.test(file));
}

/** The last part of a path, without what is cut by the kernel or differs by architecture: `qemu-system-x86_64` → `qemu`. */
function toProgram(name: string | null): string | null {
  if (name === null) return null;
  const base = toBase(name);
  return /^qemu-system-/.test(base) ? 'qemu' : base === '' ? null : base;
}

/** A place in a source without its line, and without the way from the build folder to the source. */
function toFile(location: string | null): string | null {
  return location === null ? null : location.replace(/(?::\d{1,7}){1,2}$/, '').replace(/^(?:\.{1,2}\/){1,8}/, '');
}

/** `tools/xl/xl.c` → `xl.c`: build folders differ from one machine to the next. */
function toBase(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** What compilers add is taken off a function, but OCaml's module stays. */
function toName(name: string): string {
  return /^[A-Z][\w']{0,60}\./.test(name) ? name : toPlainName(name);
}

const MAX_TITLE = 140;

function toTitle(what: string, culprit: string | null, file: string | null): string {
  const place = culprit === null ? '' : ` in ${toName(culprit)}`;
  const where = file === null ? '' : ` (${toBase(file)})`;
  return `${what.slice(0, MAX_TITLE)}${place}${where}`;
}

/** Words that differ from one run to the next taken out: addresses, numbers, domain ids. */
export function toStableWords(text: string): string {
  return text
    .slice(0, 300)
    .replace(/\b(?:[0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]\b/gi, 'DEV')
    .replace(/\b0x[0-9a-f]{1,16}\b/gi, 'N')
    .replace(/(?<![A-Za-z])-?\d{1,20}(?![A-Za-z])/g, 'N')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The text of some lines as one: what the mailer broke is whole again. */
export function joinLines(lines: readonly LogLine[]): string {
  return lines
    .map((line) => line.text.trim())
    .filter((text) => text !== '')
    .join(' ');
}
