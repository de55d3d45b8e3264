import type { Role } from '../../model/evidence.ts';
import { pieceAt } from './to-clauses.ts';
import type { Sentence } from '../prose/read-prose.ts';

const MARKS: readonly { readonly role: Role; readonly pattern: RegExp }[] = [
  { role: 'dom0', pattern: /\b(?:dom0|dom 0|domain[- ]?0|d0|control domain|hardware domain)\b/gi },
  {
    role: 'domU',
    pattern:
      /\b(?:dom-?us?|guests?|vms?|in the vm|virtual machines?|instances?|unprivileged domains?|appvms?|stubdom\w*|driver domains?)\b/gi,
  },
  { role: 'host', pattern: /\b(?:hypervisor|host|server|bare metal)\b/gi },
];

/**
 * Whose thing it is, by the nearest of the words dom0, domU, guest, host in the same text.
 *
 * @param text the clause; `start` and `end` where the thing stands in it.
 * @returns `null` where none of the words is within 80 characters.
 */
export function roleNear(text: string, start: number, end: number): Role {
  let best: Role = null;
  let nearest = 80;
  for (const { role, pattern } of MARKS) {
    for (const match of text.matchAll(pattern)) {
      const distance = match.index >= end ? match.index - end : start - match.index - match[0].length;
      if (Math.max(distance, 0) < nearest) {
        nearest = Math.max(distance, 0);
        best = role;
      }
    }
  }
  return best;
}

/** The role of a kernel, named in words: a host's own kernel is that of dom0. */
export function kernelRoleNear(text: string, start: number, end: number): Role {
  const piece = pieceAt(text, start, end).text;
  const at = piece.indexOf(text.slice(start, end));
  const role = roleNear(piece, at, at + end - start) ?? roleNear(text, start, end);
  return role === 'host' ? 'dom0' : role;
}

const FRONTEND =
  /\b(?:xen[-_]?blkfront|xen[-_]?netfront|xen[-_]?pcifront|pcifront|xenfb|xen[-_]?kbdfront)\b|\[xen_blkfront\]/;
const BACKEND = /\b(?:xen[-_]?netback|xen[-_]?blkback|xen[-_]?pciback|xenvif_\w+|pciback|xen_acpi_processor|tapdisk)\b/;
const DOMU_LOG = /^(?:\(d[1-9]|dom[1-9])|Xen HVM domU|\bCONTEXT: (?:hvm|pv) guest \(d[1-9]/;

/**
 * Whose kernel printed the logs of a mail: that of a guest where front ends crash or a toolstack made the machine,
 * that of dom0 where back ends run; else by what the words of the mail speak of most.
 *
 * @param log all lines that a program printed, joined; `words` subject and prose.
 */
export function logRole(log: string, words: string): Role {
  if (DOMU_LOG.test(log) || FRONTEND.test(log.slice(0, 20_000)))
    return BACKEND.test(log.slice(0, 20_000)) ? wordRole(words) : 'domU';
  if (BACKEND.test(log.slice(0, 20_000))) return 'dom0';
  return wordRole(words);
}

/** Whose log stands at a line of the part. */
export type RoleAt = (line: number) => Role;

/** How far below the sentence that introduces it a log may go on. */
const MAX_REACH = 400;

/**
 * Whose logs they are, by the sentences that introduce them ("The log of the guest:"); where such
 * a sentence does not say, by what is true of the whole mail.
 */
export function toRoleAt(sentences: readonly Sentence[], fallback: Role): RoleAt {
  const introductions = sentences.flatMap((sentence) => {
    const line = sentence.starts.at(-1)?.line ?? 0;
    return sentence.text.endsWith(':') ? [{ line, role: firstRole(sentence.text) }] : [];
  });
  return (line) => {
    const before = introductions.findLast((one) => one.line < line && line - one.line < MAX_REACH);
    return before?.role ?? fallback;
  };
}

function firstRole(text: string): Role {
  const match = /\b(?:(?<dom0>dom0|domain[- ]?0)|(?<domU>dom-?us?|guests?))\b/i.exec(text);
  if (!match) return null;
  return match.groups?.['dom0'] === undefined ? 'domU' : 'dom0';
}

function wordRole(words: string): Role {
  const dom0 = count(words, /\b(?:dom0|domain[- ]?0)\b/gi);
  const domU = count(words, /\b(?:domus?|guests?)\b/gi);
  if (dom0 > 2 * domU) return 'dom0';
  return domU > 2 * dom0 ? 'domU' : null;
}

function count(text: string, pattern: RegExp): number {
  let found = 0;
  for (const match of text.slice(0, 20_000).matchAll(pattern)) found += match[0] === '' ? 0 : 1;
  return found;
}
