import type { Fact, Role } from '../../model/evidence.ts';
import { isLogLine } from '../prose/not-prose.ts';

const GUEST = /\b(?:dom-?us?|guests?|vms?|virtual machines?|instances?|appvms?|stubdom\w*|qube)\b/i;
/** Systems that are made to be a host of Xen. */
const HOST_SYSTEM = /^(?:XCP-ng|XenServer|Citrix|Qubes|Proxmox)/i;
/** Lines between what stands in one list. */
const NEAR = 1;

/**
 * Whose a kernel or a system is where no word beside it tells: that of the host, where Xen's own version stands in the same
 * list, where it is a system for hosts, or where the mail speaks of no guest at all.
 *
 * @param words subject and text of the mail
 */
export function withDefaultRoles(facts: readonly Fact[], words: string): Fact[] {
  const guestless = !GUEST.test(words);
  return facts.map((fact) => {
    const role = toHost(fact);
    if (fact.role !== null || role === null || fact.depth > 0) return fact;
    // A kernel that prints its own log may be anybody's, however few guests are spoken of.
    const host = (guestless && !isLogLine(fact.quote)) || HOST_SYSTEM.test(fact.value) || isListedWithXen(fact, facts);
    return host ? { ...fact, role } : fact;
  });
}

function toHost({ key, value }: Fact): Role {
  if (key === 'distribution') return HOST_SYSTEM.test(value) ? 'host' : 'dom0';
  return key === 'kernel-version' ? 'dom0' : null;
}

function isListedWithXen(fact: Fact, facts: readonly Fact[]): boolean {
  if (GUEST.test(fact.quote)) return false;
  return facts.some(
    ({ key, part, depth, line }) =>
      key === 'xen-version' && part === fact.part && depth === fact.depth && Math.abs(line - fact.line) <= NEAR,
  );
}
