import { toSafeLine } from '../../lib/safe-text.ts';
import { toLines } from '../../model/message.ts';
import type { Message } from '../../model/message.ts';
import type { TriageThread } from '../../model/triage.ts';

/** Characters of mail text on one page: with the marks around them it stays under 150 kB. */
const BUDGET = 60_000;
/** Lines of one part that are shown at once. */
const MOST_LINES = 1_200;
const LONGEST_LINE = 1_000;

export interface ShownLine {
  readonly number: number;
  readonly text: string;
  readonly depth: number;
}

export interface ShownPart {
  readonly name: string;
  readonly lines: readonly ShownLine[];
  /** Lines that are not shown here. */
  readonly left: number;
}

export interface ShownMail {
  /** Place in the thread, from 1. */
  readonly number: number;
  readonly id: string;
  readonly parts: readonly ShownPart[];
  /** Parts that are no text. */
  readonly others: readonly string[];
}

/** Where a line of a mail is found on its page; also the id of its element. */
export function lineAnchor(mail: number, part: number, line: number): string {
  return `m${mail}${part === 0 ? '' : `-p${part}`}-l${line}`;
}

/**
 * The text of the mails from the one at place `from` (1-based) on, as many as one page holds; at least one.
 *
 * @returns the mails, and the place of the first that is left for another page (`null` where none is).
 */
export function toShownMails(
  thread: Pick<TriageThread, 'messages'>,
  mails: ReadonlyMap<string, Message>,
  from: number,
): { readonly shown: readonly ShownMail[]; readonly next: number | null } {
  const shown: ShownMail[] = [];
  let left = BUDGET;
  for (const [place, { id }] of thread.messages.entries()) {
    if (place + 1 < from) continue;
    const message = mails.get(id);
    if (message === undefined) continue;
    if (shown.length > 0 && left <= 0) return { shown, next: place + 1 };
    const parts = message.parts.map((part) => {
      const lines = toLines(part.text);
      const taken: ShownLine[] = [];
      for (const { number, text, depth } of lines) {
        if (taken.length >= MOST_LINES || left <= 0) break;
        const safe = toSafeLine(text, LONGEST_LINE);
        taken.push({ number, text: safe, depth });
        left -= safe.length + 40;
      }
      return { name: part.name, lines: taken, left: lines.length - taken.length };
    });
    const others = message.otherParts.map(({ name, type }) => `${toSafeLine(name, 100)} (${toSafeLine(type, 60)})`);
    shown.push({ number: place + 1, id, parts, others });
  }
  return { shown, next: null };
}
