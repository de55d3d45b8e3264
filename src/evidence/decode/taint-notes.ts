import type { BareTrace } from '../../model/evidence.ts';
import { lookUp } from './tables.ts';

/** `G` says that nothing proprietary is loaded; `C` of Xen, that the reporter used sync_console. */
const SILENT: Readonly<Record<'xen' | 'linux', string>> = { xen: 'C', linux: 'G' };

/** What the taint letters of a trace mean, one note a letter; those that say nothing about a bug are left out. */
export function sayTaint(trace: BareTrace): string[] {
  const project = trace.project === 'xen' ? 'xen' : 'linux';
  const letters = new Set((trace.tainted ?? '').replace(/[^A-Z]/g, ''));
  const notes: string[] = [];
  for (const letter of letters) {
    if (SILENT[project].includes(letter)) continue;
    const meaning = lookUp(`${project}-taint`, letter);
    if (meaning !== null) notes.push(`taint ${letter}: ${meaning}`);
  }
  return notes;
}
