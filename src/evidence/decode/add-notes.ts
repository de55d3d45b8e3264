import type { BareTrace, Note } from '../../model/evidence.ts';
import type { LogLine } from '../../model/log.ts';
import { ERROR_RULES } from './error-notes.ts';
import { FAULT_RULES } from './fault-notes.ts';
import { HYPERCALL_RULES } from './hypercall-notes.ts';
import { MACHINE_RULES } from './machine-notes.ts';
import type { NoteRule } from './note-rule.ts';
import { sayTaint } from './taint-notes.ts';

const RULES: readonly NoteRule[] = [...HYPERCALL_RULES, ...ERROR_RULES, ...FAULT_RULES, ...MACHINE_RULES];

/** A dump has few numbers worth a note; more than this are a flood. */
const MAX_NOTES = 40;
const MAX_LINES = 2000;
const MAX_LINE = 1000;
/** So many lines above a domain crash may tell its reason. */
const ABOVE = 3;
const COMPLAINT = /\b(?:fail|error|bad|invalid|unable|could not|refus|out of)/i;

/**
 * The trace with notes on what its numbers mean and on what a maintainer would point out, in the order of the lines.
 * `log` is the repaired log that the trace was found in; only its lines within the trace are read. What no table
 * knows gets no note. Never throws.
 */
export function addNotes(trace: BareTrace, log: readonly LogLine[]): BareTrace {
  const [first, last] = trace.lines;
  const lines = log
    .filter((line) => line.last >= first && line.first <= last && isOwn(line, trace))
    .slice(0, MAX_LINES);
  const notes = [
    ...trace.notes,
    ...sayAbove(trace, log),
    ...sayAboutWhole(trace, lines),
    ...lines.flatMap((line) => sayAboutLine(line, trace, lines)),
  ];
  return { ...trace, notes: toDistinct(notes).slice(0, MAX_NOTES) };
}

/** The lines of another console between those of a trace say nothing of it. */
function isOwn(line: LogLine, trace: BareTrace): boolean {
  return trace.project === 'xen' ? line.console !== 'linux' : line.console !== 'xen';
}

function sayAboutLine(line: LogLine, trace: BareTrace, lines: readonly LogLine[]): Note[] {
  const text = line.text.slice(0, MAX_LINE);
  return RULES.flatMap((rule) => {
    const match = rule.pattern.exec(text);
    if (!match) return [];
    return rule.say(match.groups ?? {}, { trace, lines, line }).map((note) => ({ text: note, line: line.first }));
  });
}

function sayAboutWhole(trace: BareTrace, lines: readonly LogLine[]): Note[] {
  const tainted = lines.find((line) => line.text.includes('ainted'))?.first ?? trace.lines[0];
  const late = trace.damage === 'starts-late' ? [sayLate(trace)] : [];
  return [
    ...late.map((text) => ({ text, line: trace.lines[0] })),
    ...sayTaint(trace).map((text) => ({ text, line: tainted })),
  ];
}

/** The ring of Xen is small: a host with many lines of boot loses the first of them. */
function sayLate(trace: BareTrace): string {
  const text = 'the log starts late: what led to this is missing';
  return trace.project === 'xen' ? `${text}; a larger console ring (conring_size=) keeps more` : text;
}

/** What Xen complained of right before it took a domain down, or refused a multicall: the first failure is not the loudest. */
function sayAbove(trace: BareTrace, log: readonly LogLine[]): Note[] {
  if (trace.kind !== 'multicall' && (trace.project !== 'xen' || trace.kind !== 'domain-crash')) return [];
  const at = log.findIndex((line) => line.last >= trace.lines[0]);
  return log
    .slice(Math.max(0, at - ABOVE), Math.max(0, at))
    .filter(
      (line) => line.console === 'xen' && line.depth === trace.depth && COMPLAINT.test(line.text.slice(0, MAX_LINE)),
    )
    .map((line) => ({ text: `before it: ${line.text.trim().slice(0, 120)}`, line: line.first }));
}

/** The same words about a later line say nothing new. */
function toDistinct(notes: readonly Note[]): Note[] {
  const seen = new Set<string>();
  const distinct = notes.filter(({ text }) => !seen.has(text) && seen.add(text));
  return distinct.sort((a, b) => a.line - b.line);
}
