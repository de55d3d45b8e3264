import type { Message } from '../../model/message.ts';
import { toLines } from '../../model/message.ts';
import { toSafeLine } from '../../lib/safe-text.ts';

/** The text of a mail as far as a model may see it: bounded, and without anything that only a terminal would obey. */
export interface MailText {
  readonly message: string;
  readonly from: string;
  readonly date: string | null;
  readonly lines: readonly TextLine[];
}

export interface TextLine {
  readonly part: string;
  /** 1-based, in the decoded text of the part. */
  readonly number: number;
  readonly depth: number;
  readonly text: string;
}

/** What is kept of one mail: more than ever fits into a request, and little enough to keep thousands of them. */
const MAX_LINES = 400;
const MAX_LINE = 400;
const MAX_TEXT = 16_000;
const MAX_RAW = 200_000;

/** Keeps the beginning of a mail's body; of attachments, what little room is left. */
export function toMailText({ id, from, date, parts }: Pick<Message, 'id' | 'from' | 'date' | 'parts'>): MailText {
  const lines: TextLine[] = [];
  let left = MAX_TEXT;
  for (const part of parts) {
    for (const { number, depth, text } of toLines(part.text.slice(0, MAX_RAW))) {
      if (lines.length >= MAX_LINES || left <= 0) break;
      const safe = toSafeLine(text, MAX_LINE);
      if (safe === '' && lines.at(-1)?.text === '') continue;
      lines.push({ part: part.name, number, depth, text: safe });
      left -= safe.length + 1;
    }
  }
  return { message: id, from: toSafeLine(from?.name ?? from?.address ?? 'somebody', 100), date, lines };
}
