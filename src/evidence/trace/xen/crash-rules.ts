import { CAUSES } from './cause-rows.ts';
import { readCause, toStableText, type Cause } from './causes.ts';
import { addFrame, type CrashDraft } from './crash-draft.ts';
import type { DumpLine } from './dump-line.ts';

/** Causes that the machine survives: a panic that follows is another failure. */
const SURVIVED = new Set(['warning', 'domain-crash', 'stack-dump', 'ubsan']);
/** Registers follow their cause at once; farther away, a banner begins a dump without a cause of its own. */
const NEAR = 12;
/** A cause and what more Xen says of it stand no farther apart. */
const NEAR_CAUSE = 60;

/** Whether a cause only says more about what is open, before its dump has begun. */
export function continues(draft: CrashDraft, cause: Cause, gap: number): boolean {
  const open = draft.cause;
  if (cause.row.role === 'echo') return true;
  if (!open || gap > NEAR_CAUSE || draft.frames.length > 0 || draft.boxed) return false;
  if (open.row.name === 'ubsan') return cause.row.name === 'warn' && /ubsan\.c$/.test(cause.file ?? '');
  if (open.row.role === 'prelude') return true;
  if (open.row.role === 'guest') return saysMoreOfGuest(cause) && !draft.crashed && sameDomain(draft, cause);
  return !draft.banner && (cause.row.role === 'prelude' || isSame(open, cause));
}

/** Whether a banner is that of the open crash; a double fault prints it twice. */
export function takesBanner(draft: CrashDraft, gap: number): boolean {
  if (draft.frames.length > 0 || draft.boxed || gap > NEAR) return false;
  return !draft.banner || (draft.ip === null && gap <= 1);
}

/** Whether `Xen call trace:` is that of the open crash: the dump of a guest has none. */
export function takesTrace(draft: CrashDraft): boolean {
  return draft.frames.length === 0 && !draft.boxed && draft.cause?.row.role !== 'guest' && !draft.crashed;
}

/** Whether a panic box is that of the open crash. */
export function takesPanic(draft: CrashDraft, cpu: number | null): boolean {
  if (draft.boxed || draft.crashed || (draft.cause && SURVIVED.has(draft.cause.row.kind))) return false;
  return draft.cpu === null || cpu === null || draft.cpu === cpu || draft.frames.length === 0;
}

/** Whether `Domain N crashed` is that of the open reason. */
export function takesCrashed(draft: CrashDraft, domain: number): boolean {
  return draft.cause?.row.role === 'guest' && !draft.crashed && (draft.domain ?? domain) === domain;
}

/** Lines that only a dump of Xen itself has: the log may start in its middle. */
export function isSureOfXen(found: DumpLine): boolean {
  if (found.type === 'ip') return found.selector === 'e008';
  return found.type === 'frame' && found.frame.mark !== null;
}

/** Writes what a line of a dump says into the draft; false where it says nothing to it. */
export function takeDetail(draft: CrashDraft, found: DumpLine): boolean {
  switch (found.type) {
    case 'frame':
      if (!draft.inTrace && found.frame.mark === null) return false;
      addFrame(draft, found.frame);
      return true;
    case 'cpu':
      if (draft.banner) draft.cpu = found.cpu;
      return draft.banner;
    case 'ip':
      draft.ip ??= found.symbol;
      return true;
    case 'snip':
      draft.snipped ||= draft.inTrace && draft.frames.length > 0;
      return false;
    case 'end':
    case 'stars':
      draft.inTrace = false;
      return true;
    default:
      return true;
  }
}

/** The words in which a kernel says that it is dead. */
export const KERNEL_DIED = /Kernel panic - not syncing|Oops: |kernel BUG at/;
/** The words in which Xen complains. */
export const REASON =
  /\b(?:fail|error|invalid|unhandled|unexpected|bad|unable|cannot|could not|refused|unknown|illegal|out of|denied)/i;

/** The reason in the words of its row where there is one, else in its own without numbers. */
export function toReason(text: string): string {
  const cause = readCause(text, CAUSES);
  return cause ? cause.what.replace(/^Xen domain crash: /, '') : toStableText(text.replace(/^\S{1,80}:\d{1,6}:/, ''));
}

/** The reason of a guest's crash may go over several lines, and Xen dumps the vCPU behind some of them. */
function saysMoreOfGuest(cause: Cause): boolean {
  return cause.row.role === 'guest' || cause.row.name === 'vcpu-dump';
}

function isSame(a: Cause, b: Cause): boolean {
  return a.row.name === b.row.name && a.file === b.file;
}

function sameDomain(draft: CrashDraft, cause: Cause): boolean {
  return draft.domain === null || cause.domain === null || draft.domain === cause.domain;
}
