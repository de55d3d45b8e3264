import type { Line, Message } from '../../model/message.ts';
import type { Fact, ReadPart, RegressionClaim, Role } from '../../model/evidence.ts';
import { DiffWatch, isLogLine } from '../prose/not-prose.ts';
import { readProse } from '../prose/read-prose.ts';
import { findBareXen } from './bare-xen.ts';
import { findBugHeaders } from './bug-headers.ts';
import { findCommandLines } from './command-lines.ts';
import { withDefaultRoles } from './default-roles.ts';
import type { FactDraft } from './fact-draft.ts';
import { findInClaims, isLeftBehind } from './from-claims.ts';
import { findPrinted } from './find-printed.ts';
import { findInProse } from './find-prose.ts';
import { findGuestConfig } from './guest-config.ts';
import { findLabelled } from './labels.ts';
import type { PrintedLine } from './line-rows.ts';
import { mailKindOf, type MailKind } from './mail-kind.ts';
import { findMemoryMaps } from './memory-maps.ts';
import { mergeDrafts } from './merge-drafts.ts';
import { logRole, toRoleAt } from './roles.ts';

/** Prose of long attachments is not read: they are logs. */
const MAX_PROSE_LINES = 3_000;
const MAX_LINES = 60_000;
/**
 * The name under which facts of the subject stand. The contract counts lines from 1 and has no place for a part, so such a
 * fact has line 1 and the words of the subject as its quote: whoever looks for the quote finds it in the subject, and not
 * in the first line of the body. The first facts of a part win over it.
 */
const SUBJECT = 'subject';

/**
 * What the writer of a mail runs: versions, machine, kind of guest, command lines, settings, how often it happens and
 * what gets around it. Keys and roles are those of the contract.
 *
 * Patches, pull requests and mails of machines say nothing of the kind; in answers only logs, lists and sentences in
 * the first person count, under a patch only those of people who show a log of their own. Facts in quoted lines carry their depth: whether they are repeats is for the reader of the
 * thread to say. Lines of diffs are never looked at.
 *
 * @param parts every text part of the mail with its lines, and with its repaired log where it has one.
 * @param claims what the same mail says of versions that work and fail: what fails is what runs.
 * @returns each fact once, in the order of the mail. Never throws.
 */
export function findFacts(
  message: Message,
  parts: readonly ReadPart[],
  claims: readonly RegressionClaim[] = [],
): Fact[] {
  const kind = toKind(message, claims);
  if (kind === 'none') return [];
  const words = `${message.subject}\n${parts[0]?.part.text.slice(0, 20_000) ?? ''}`;
  const facts: Fact[] = [];
  for (const part of parts) {
    const drafts = findInPart(message, part, kind, words);
    facts.push(...drafts.map((draft) => ({ ...draft, message: message.id, part: part.part.name })));
  }
  if (kind === 'report') facts.push(...findBesides(message, parts, claims, facts));
  const kept = facts.filter((fact) => !isLeftBehind(fact, claims));
  return inOrder(withDefaultRoles(mergeDrafts(kept.map(withKnownType)), words), parts);
}

/** Who blames a patch in its review speaks of what he runs, like anybody who answers. */
function toKind(message: Message, claims: readonly RegressionClaim[]): MailKind {
  const kind = mailKindOf(message);
  return kind === 'review' && claims.some(({ depth, commit }) => depth === 0 && commit !== null) ? 'answer' : kind;
}

/** What is told elsewhere than in so many words, where the words leave it out: by claims, by bare numbers, by the subject. */
function findBesides(
  message: Message,
  parts: readonly ReadPart[],
  claims: readonly RegressionClaim[],
  facts: readonly Fact[],
): Fact[] {
  const found = findInClaims(claims).filter((fact) => !facts.some((other) => isSameSeries(other, fact)));
  const body = parts.find(({ part }) => part.name === 'body');
  const known = [...facts, ...found];
  const hasXen = known.some(
    ({ key, value }) => key === 'xen-version' || (key === 'kernel-version' && /^4\./.test(value)),
  );
  if (body && !hasXen) {
    const drafts = findBareXen(readProse(body).sentences);
    found.push(...drafts.map((draft) => ({ ...draft, message: message.id, part: body.part.name })));
  }
  const told = new Set([...facts, ...found].map(toTold));
  return [...found, ...findInSubject(message).filter((fact) => !told.has(toTold(fact)))];
}

function isSameSeries(one: Fact, other: Fact): boolean {
  const series = ({ value }: Fact): string => /^\d+\.\d+/.exec(value)?.[0] ?? value;
  return one.key === other.key && series(one) === series(other);
}

/** The contract knows three kinds of guest; with PV drivers an HVM guest is HVM still, and PVHv2 is what PVH became. */
function withKnownType(fact: Fact): Fact {
  if (fact.key !== 'guest-type') return fact;
  return { ...fact, value: fact.value.toUpperCase().replace('PVHVM', 'HVM').replace('PVHV2', 'PVH') };
}

function inOrder(facts: readonly Fact[], parts: readonly ReadPart[]): Fact[] {
  const order = new Map(parts.map(({ part }, index) => [part.name, index]));
  const place = (fact: Fact): number => order.get(fact.part) ?? -1;
  return [...facts].sort((one, other) => place(one) - place(other) || one.line - other.line);
}

function findInPart(message: Message, part: ReadPart, kind: MailKind, words: string): FactDraft[] {
  if (isPatchFile(part) || (kind === 'review' && part.log.length === 0)) return [];
  const lines = part.lines.slice(0, MAX_LINES);
  const kept = withoutDiffs(lines);
  const sentences = isRead(part) ? readProse(part).sentences : [];
  const roleAt = toRoleAt(sentences, logRoleOf(kept, words));
  const printed = toPrinted(part, kept);
  const found = findPrinted(kind === 'review' ? printed.filter(({ depth }) => depth === 0) : printed, roleAt);
  // Under a patch only those who show a log of their own speak of what they run.
  if (kind === 'review' && found.length === 0) return [];
  if (kind !== 'review') {
    found.push(...findLabelled(printed, roleAt), ...findCommandLines(kept, roleAt), ...findGuestConfig(kept));
    found.push(...findMemoryMaps(printed, roleAt), ...findBugHeaders(printed));
  }
  for (const sentence of sentences) {
    if (kind === 'review' && sentence.depth > 0) continue;
    const personalOnly = kind !== 'report' || sentence.depth > 0;
    found.push(...findInProse(sentence, lines, { personalOnly, subject: message.subject.toLowerCase() }));
  }
  return found;
}

/** The words of long attachments are not read: they are logs. */
function isRead({ part, lines }: ReadPart): boolean {
  return part.name === 'body' || lines.length < MAX_PROSE_LINES;
}

function isPatchFile({ part }: ReadPart): boolean {
  return part.name !== 'body' && /\.(?:patch|diff|asc|sig|c|h|config)$|^text\/x-(?:patch|diff)/i.test(`${part.name}`);
}

function withoutDiffs(lines: readonly Line[]): Line[] {
  if (!lines.some((line) => line.text.startsWith('@@ -') || line.text.startsWith('diff --git'))) return [...lines];
  const watch = new DiffWatch();
  return lines.filter((line, index) => !watch.isDiff(line, lines[index + 1]));
}

/** The repaired log where there is one, else the lines as they are. */
function toPrinted(part: ReadPart, kept: readonly Line[]): PrintedLine[] {
  if (part.log.length === 0) {
    return kept.map((line) => ({ text: line.text, line: line.number, depth: line.depth, console: null }));
  }
  const alive = new Set(kept.map((line) => line.number));
  return part.log.flatMap((line) =>
    alive.has(line.first) ? [{ text: line.text, line: line.first, depth: line.depth, console: line.console }] : [],
  );
}

function logRoleOf(lines: readonly Line[], words: string): Role {
  const log: string[] = [];
  let length = 0;
  for (const line of lines) {
    if (length > 20_000) break;
    if (!isLogLine(line.text.trim())) continue;
    log.push(line.text.slice(0, 300));
    length += line.text.length;
  }
  return logRole(log.join('\n'), words);
}

/** What a subject tells counts where the parts say nothing of the kind; systems are told apart by their roles. */
function toTold({ key, role }: Fact): string {
  return key === 'distribution' ? `${key} ${role === 'domU' ? 'guest' : 'host'}` : key;
}

function findInSubject(message: Message): Fact[] {
  const sentence = { text: message.subject.slice(0, 300), depth: 0, starts: [{ offset: 0, line: 1 }] };
  const drafts = findInProse(sentence, [], { personalOnly: false, subject: message.subject.toLowerCase() });
  return drafts
    .filter(
      (draft) =>
        draft.key.endsWith('-version') ||
        draft.key === 'hardware' ||
        draft.key === 'cpu' ||
        draft.key === 'guest-type' ||
        draft.key === 'distribution',
    )
    .map((draft) => ({ ...draft, message: message.id, part: SUBJECT }));
}
