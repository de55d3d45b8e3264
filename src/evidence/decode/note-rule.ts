import type { BareTrace } from '../../model/evidence.ts';
import type { LogLine } from '../../model/log.ts';

/** What a rule may look at besides the line. */
export interface NoteContext {
  readonly trace: BareTrace;
  /** The lines of the log that the trace covers. */
  readonly lines: readonly LogLine[];
}

/** A row: which lines a number stands on, and what to say about it. */
export interface NoteRule {
  readonly name: string;
  /** With named groups; only the first match of a line counts. */
  readonly pattern: RegExp;
  /** The notes for a match; empty where the tables do not know the number. */
  readonly say: (
    groups: Readonly<Record<string, string>>,
    context: NoteContext & { readonly line: LogLine },
  ) => string[];
}

/** `name is meaning`, or nothing where the meaning is not known. */
export function sayIs(name: string, meaning: string | null): string[] {
  return meaning === null ? [] : [`${name} is ${meaning}`];
}
