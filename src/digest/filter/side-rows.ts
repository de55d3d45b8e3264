import type { Project } from '../../model/evidence.ts';
import type { TriageThread } from '../../model/triage.ts';
import { bestOf } from '../suggested.ts';

export const SIDES = ['hypervisor', 'linux', 'toolstack', 'qemu', 'other', 'unknown'] as const;
export type Side = (typeof SIDES)[number];

/** Where the program lives that printed a log. */
const OF_TRACE: Readonly<Record<Project, Side>> = {
  xen: 'hypervisor',
  linux: 'linux',
  qemu: 'qemu',
  userspace: 'toolstack',
};

/** Entries of xen.git's MAINTAINERS whose files are no part of the hypervisor. */
const TOOLSTACK =
  /\b(?:TOOLSTACK|LIBS|LIBXL|XENSTORE|OCAML|GOLANG|PYTHON|RUST|9PFSD|STUBDOM|MINI-OS|PYGRUB|XENTRACE)\b/i;

/** What the front of a subject says, after the habits of the lists (`domain.md` 1.2). */
const OF_SUBJECT: readonly { readonly side: Side; readonly pattern: RegExp }[] = [
  {
    side: 'toolstack',
    pattern: /^(?:tools|xl|libxl|libxc|libs|xenstore|ocaml|golang|python|pygrub|xentop|stubdom)\b/i,
  },
  { side: 'qemu', pattern: /^(?:qemu|hw)\b/i },
  { side: 'linux', pattern: /^(?:linux|xen-?(?:net|blk|pci|scsi)(?:front|back)|net|mm|pci|drm|swiotlb)\b/i },
  {
    side: 'hypervisor',
    pattern: /^(?:x86|arm|xen\/(?:arm|x86|sched)|vt-d|amd\/iommu|vpci|viridian|riscv|flask|xsm)\b/i,
  },
];

/** Which programs a thread concerns, by its logs, the people who are suggested, and its subject; `unknown` where none tells. */
export function findSides(thread: TriageThread): ReadonlySet<Side> {
  const sides = new Set<Side>([
    ...thread.traces.map(({ project }) => OF_TRACE[project]),
    ...bestOf(thread.routing).map(({ project, section }) => toSide(project, section)),
    ...OF_SUBJECT.filter(({ pattern }) => pattern.test(toTopic(thread.subject))).map(({ side }) => side),
  ]);
  return sides.size > 0 ? sides : new Set(['unknown']);
}

function toSide(project: string, section: string | null): Side {
  if (project === 'xen') return TOOLSTACK.test(section ?? '') ? 'toolstack' : 'hypervisor';
  return project === 'linux' || project === 'qemu' ? project : 'other';
}

/** A subject without the brackets at its front: what `x86/mm: …` begins with. */
export function toTopic(subject: string): string {
  return subject.slice(0, 400).replace(/^(?:\s{0,9}(?:\[[^\]]{0,80}\]|re:))+\s{0,9}/i, '');
}
