import type { Message } from '../model/message.ts';
import type { ReadFailure } from '../ports.ts';

/** Told of every mail that was read in part: where it came from, and what was left out, in one line. */
export type OnCut = (cut: ReadFailure) => void;

/** Problems that hide text from the reader; the others (a bad date, an unknown charset) hide none. */
const HIDES: ReadonlySet<Message['problems'][number]['kind']> = new Set([
  'part-cut',
  'line-cut',
  'bad-gzip',
  'packed',
  'too-deep',
  'too-many-parts',
]);

/** What of a mail was left out, or `null` where all of its text was read. */
export function findCut({ problems }: Pick<Message, 'problems'>, origin: string): ReadFailure | null {
  const told = problems.filter(({ kind }) => HIDES.has(kind)).map(({ text }) => text);
  return told.length === 0 ? null : { origin, reason: told.join('; ') };
}
