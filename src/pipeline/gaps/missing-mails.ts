import { toTime } from '../../lib/days.ts';
import { toSafeLine } from '../../lib/safe-text.ts';
import type { RecentMail } from '../../model/mailbox.ts';
import type { Gap } from './gap.ts';

const DAY = 86_400_000;
/** The days that are looked at, and those before them that say what is usual. */
export const RECENT_DAYS = 7;
export const USUAL_DAYS = 28;
/**
 * Fewer senders of missing mails than this are told nowhere: people answer mails that were never sent to the list, and a series of
 * patches that went elsewhere brings many answers.
 */
const FEWEST = 5;
/** What is usual on real lists: 2 to 6 of 100 answers are to a mail that is not there. */
const SHARE = 0.1;
const FACTOR = 3;
/** Answers before the recent days that are needed to know what is usual. */
const FEWEST_BEFORE = 30;
const NAMED = 3;

/** How many mails were answered, and how many of those are not there. */
export interface Answered {
  readonly answered: number;
  readonly missing: readonly string[];
}

/** Mails that others answer, each once, dated in a half-open span of time. */
export function countAnswered(mails: readonly RecentMail[], from: number, to: number): Answered {
  const parents = new Map<string, boolean>();
  for (const { date, parent, hasParent } of mails) {
    const time = toTime(date);
    if (parent !== null && time !== null && time >= from && time < to) parents.set(parent, hasParent);
  }
  return { answered: parents.size, missing: [...parents].filter(([, there]) => !there).map(([id]) => id) };
}

/**
 * Mails that were answered lately and never came, where there are far more of them than there used to be. A store whose
 * mail begins shortly before tells nothing: what was answered lies before its beginning.
 */
export function findMissingMails(mails: readonly RecentMail[], asOf: string): Gap[] {
  const now = toTime(asOf) ?? 0;
  const start = now - RECENT_DAYS * DAY;
  const recent = countAnswered(mails, start, now);
  const before = countAnswered(mails, start - USUAL_DAYS * DAY, start);
  if (before.answered < FEWEST_BEFORE || countSenders(recent.missing) < FEWEST) return [];
  const usual = before.missing.length / before.answered;
  const share = recent.missing.length / recent.answered;
  if (share <= Math.max(SHARE, FACTOR * usual)) return [];
  const named = recent.missing.slice(0, NAMED).map((id) => `<${toSafeLine(id, 100)}>`);
  const text = `Mails may have been lost: ${String(recent.missing.length)} of the ${String(recent.answered)} mails that were answered in the last ${String(RECENT_DAYS)} days never came (usually ${writeShare(usual)}), among them ${named.join(', ')}.`;
  return [{ kind: 'missing-mails', subject: 'references', text }];
}

/** Programs make ids of the time, a counter and the sender: without digits those of one sender are alike. */
function countSenders(ids: readonly string[]): number {
  return new Set(ids.map((id) => id.slice(0, 500).replace(/\d+/g, ''))).size;
}

function writeShare(share: number): string {
  return `${String(Math.round(share * 100))} of 100`;
}

/** Some list programs number their mails in the subject: `[users 01234]`, `[users:1234]`. */
const NUMBERED = /^\s{0,5}(?:re:\s{0,5}){0,2}\[(?<name>[a-z][\w.-]{1,60})[ :#](?<number>\d{2,9})\]/i;
/** Numbers of bugs and builds stand there too: a sequence has most of its numbers, each once. */
const FEWEST_NUMBERS = 8;
const WIDEST = 1.5;
const ONCE = 0.9;

/** Numbers that are missing in the sequence of a list that numbers its mails. */
export function findMissingNumbers(mails: readonly RecentMail[], asOf: string): Gap[] {
  const now = toTime(asOf) ?? 0;
  const sequences = new Map<string, number[]>();
  for (const { subject, date } of mails) {
    const time = toTime(date);
    const { name, number } = NUMBERED.exec(subject.slice(0, 200))?.groups ?? {};
    if (name === undefined || time === null || time < now - RECENT_DAYS * DAY || time >= now) continue;
    const key = name.toLowerCase();
    sequences.set(key, [...(sequences.get(key) ?? []), Number(number)]);
  }
  return [...sequences]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, numbers]) => {
      const missing = findMissing(numbers);
      if (missing.length === 0) return [];
      const named = missing.slice(0, NAMED).join(', ');
      const more = missing.length > NAMED ? ` and ${String(missing.length - NAMED)} more` : '';
      return [
        { kind: 'missing-numbers', subject: name, text: `${name} numbers its mails, and ${named}${more} never came.` },
      ];
    });
}

function findMissing(numbers: readonly number[]): number[] {
  const known = new Set(numbers);
  const [first, last] = [Math.min(...known), Math.max(...known)];
  const span = last - first + 1;
  const isSequence = known.size >= FEWEST_NUMBERS && span <= known.size * WIDEST && known.size >= numbers.length * ONCE;
  if (!isSequence) return [];
  return Array.from({ length: span }, (_, at) => first + at).filter((number) => !known.has(number));
}
