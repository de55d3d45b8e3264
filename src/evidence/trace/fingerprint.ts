import { createHash } from 'node:crypto';
import type { Project, TraceKind } from '../../model/evidence.ts';
import { isMachinery, toPlainName } from './machinery.ts';

/** What makes two traces the same crash, whatever the build, the machine and the mailer did to the log. */
export interface CrashIdentity {
  readonly project: Project;
  readonly kind: TraceKind;
  /** The title, without addresses, pids, offsets and CPU numbers. */
  readonly title: string;
  /** The source file that the report names, or `null`; only its last name counts (builds cut the path). */
  readonly file: string | null;
  /** Functions of the call trace, innermost first, those that the log is sure of. */
  readonly functions: readonly string[];
}

/** How many informative functions tell crashes apart: more of them and a snipped tail would make another crash. */
const DEPTH = 3;

/**
 * 16 hex digits, equal for the same crash: of the title, the file and the first informative functions. Machinery,
 * compiler suffixes, offsets, addresses and line numbers do not count.
 */
export function toFingerprint(crash: CrashIdentity): string {
  const project = crash.project === 'xen' ? 'xen' : 'linux';
  const functions = crash.functions
    .map(toPlainName)
    .filter((name) => name !== '' && !isMachinery(name, project))
    .slice(0, DEPTH);
  const file = crash.file === null ? '' : crash.file.slice(crash.file.lastIndexOf('/') + 1);
  const identity = [crash.project, crash.kind, crash.title, file, ...functions].join('\n');
  return createHash('sha256').update(identity).digest('hex').slice(0, 16);
}
