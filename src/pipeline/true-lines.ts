import type { Evidence, Provenance, Trace } from '../model/evidence.ts';
import type { Part } from '../model/message.ts';

/**
 * Numbers the places behind the gap of an overlong part as the mail numbers them. The steps count the lines that they are
 * given, so that a line's number is also its place in the list.
 *
 * @returns the same evidence where no part has a gap.
 */
export function withTrueLines(evidence: Evidence, parts: readonly Part[]): Evidence {
  const gaps = new Map(parts.flatMap(({ name, gap }) => (gap ? [[name, gap]] : [])));
  if (gaps.size === 0) return evidence;
  const toTrue = (part: string, line: number): number => {
    const gap = gaps.get(part);
    // The line that stands in the place of the missing ones has the number of the first of them.
    return gap && line > gap.after + 1 ? line + gap.lines - 1 : line;
  };
  const place = <T extends Provenance>(one: T): T => ({ ...one, line: toTrue(one.part, one.line) });
  const placeTrace = (trace: Trace): Trace => ({
    ...trace,
    lines: [toTrue(trace.part, trace.lines[0]), toTrue(trace.part, trace.lines[1])],
    notes: trace.notes.map((note) => ({ ...note, line: toTrue(trace.part, note.line) })),
  });
  return {
    ...evidence,
    traces: evidence.traces.map(placeTrace),
    facts: evidence.facts.map(place),
    asked: evidence.asked.map(place),
    regressions: evidence.regressions.map(place),
    signals: evidence.signals.map(place),
    mentions: evidence.mentions.map(place),
  };
}
