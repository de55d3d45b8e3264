import type { Repair } from '../../model/log.ts';
import { addRepair } from './draft.ts';
import type { Draft } from './draft.ts';
import { findOpenProduction, isBeginning } from './productions.ts';

/** Mailers wrap between these columns; a line that could not have been longer is one that may go on. */
const NARROWEST = 60;
const WIDEST = 80;
/** A wrapped line has at most this many pieces; `Code:` and module lists are the longest. */
const MAX_PIECES = 40;
/** Long lines this near show that nothing was wrapped here. */
const NEIGHBOURHOOD = 40;
/** How far ahead the next line of the same log is looked for. */
const LOOK_AHEAD = 8;

export interface JoinOptions {
  /** The part says format=flowed: a blank at the end of a line means that it goes on. */
  readonly flowed: boolean;
  readonly delSp: boolean;
}

/** Joins what the mailer wrapped. `isLog` tells for each draft whether it stands near a log at all. */
export function joinWraps(drafts: readonly Draft[], isLog: (draft: Draft) => boolean, options: JoinOptions): Draft[] {
  const isUnwrapped = findUnwrapped(drafts);
  const joined: Draft[] = [];
  for (let at = 0; at < drafts.length;) {
    const draft = drafts[at];
    if (!draft) break;
    at += 1;
    joined.push(draft);
    if (!isLog(draft)) continue;
    let raw = draft.raw;
    for (let pieces = 1; pieces < MAX_PIECES; pieces += 1) {
      const next = drafts[at];
      if (!next) break;
      const context = { drafts, at, raw, options, wrapped: !isUnwrapped(draft) };
      const repair = isContinuation(draft, next, context);
      if (repair === null) break;
      append(draft, next, repair, options);
      raw = next.raw;
      at += 1;
    }
  }
  return joined;
}

interface Context {
  readonly drafts: readonly Draft[];
  /** Index of the next line. */
  readonly at: number;
  /** The last physical line of the draft so far. */
  readonly raw: string;
  readonly options: JoinOptions;
  /** Whether lines of this quote depth were wrapped at all. */
  readonly wrapped: boolean;
}

function isContinuation(draft: Draft, next: Draft, context: Context): Repair | null {
  if (next.stamp !== '' || next.first === draft.last || next.text.trim() === '') return null;
  if (next.depth > draft.depth) return null;
  const wide = context.wrapped && isWide(context.raw, next.text);
  if (next.depth < draft.depth) return continuesLostQuote(draft, next, wide, context) ? 'unwrap-quote' : null;
  const soft = context.raw.endsWith(' ') && !context.raw.endsWith('-- ');
  if (soft && context.options.flowed && !isBeginning(next.text)) return 'unflow';
  if (findOpenProduction(draft.text, next.text, { wide, stamped: draft.stamp !== '' }) !== null) return 'join';
  return draft.stamp === '' ? null : continuesStamped(draft, next, { wide, soft }, context);
}

/** A line without prefix below one that has one: a piece of it where the mailer says so, or where the log goes on. */
function continuesStamped(
  draft: Draft,
  next: Draft,
  { wide, soft }: { readonly wide: boolean; readonly soft: boolean },
  context: Context,
): Repair | null {
  if (isBeginning(next.text)) return wide && isEnclosed(draft, context) ? 'join' : null;
  const width = context.raw.length;
  if (soft && width >= NARROWEST - 20 && width <= WIDEST + 10) return 'unflow';
  return wide && isBetween(draft, context) ? 'join' : null;
}

/** A quoted line was wrapped after quoting, and its rest lost the mark. */
function continuesLostQuote(draft: Draft, next: Draft, wide: boolean, context: Context): boolean {
  if (findOpenProduction(draft.text, next.text, { wide, stamped: draft.stamp !== '' }) !== null) return true;
  if (!wide || /^\t|^ {4}/.test(next.text)) return false;
  const after = context.drafts[context.at + 1];
  return after !== undefined && after.depth === draft.depth;
}

/** Whether the log goes on behind the lines without prefix: they are pieces of it then. */
function isBetween(draft: Draft, context: Context): boolean {
  for (let ahead = 0; ahead < LOOK_AHEAD; ahead += 1) {
    const line = context.drafts[context.at + ahead];
    if (!line) return false;
    if (line.stamp !== '') return line.stamp === draft.stamp;
    if (line.text.trim() === '') return false;
  }
  return false;
}

/** Whether the log goes on right behind the next line: what has no prefix there is a piece, whatever it looks like. */
function isEnclosed(draft: Draft, context: Context): boolean {
  const after = context.drafts[context.at + 1];
  return after !== undefined && after.stamp === draft.stamp && after.depth === draft.depth;
}

/** Whether the first word of the next line would have passed the column at which mailers wrap. */
export function isWide(raw: string, next: string): boolean {
  const word = next.trimStart();
  const end = word.indexOf(' ');
  const length = raw.trimEnd().length;
  return length <= WIDEST + 10 && length + 1 + (end < 0 ? word.length : end) > NARROWEST + 4;
}

/**
 * Tells where log lines are longer than any mailer leaves them: nothing was wrapped near there, so that width proves
 * nothing. Lines that could not be broken do not count.
 */
function findUnwrapped(drafts: readonly Draft[]): (draft: Draft) => boolean {
  const long = new Map<number, number[]>();
  for (const draft of drafts) {
    if (draft.stamp === '' || draft.raw.length < WIDEST + 20) continue;
    const space = draft.raw.indexOf(' ', 40);
    if (space < 0 || space >= WIDEST) continue;
    const lines = long.get(draft.depth);
    if (lines) lines.push(draft.first);
    else long.set(draft.depth, [draft.first]);
  }
  return (draft) => {
    const lines = long.get(draft.depth) ?? [];
    const from = findFirst(lines, draft.first - NEIGHBOURHOOD);
    return (lines[from + 1] ?? Number.POSITIVE_INFINITY) <= draft.first + NEIGHBOURHOOD;
  };
}

/** Index of the first number that is not below `least`, in a rising list. */
function findFirst(numbers: readonly number[], least: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function append(draft: Draft, next: Draft, repair: Repair, options: JoinOptions): void {
  const glue = repair === 'unflow' && options.delSp && options.flowed ? '' : ' ';
  draft.text = `${draft.text.trimEnd()}${glue}${next.text.trim()}`;
  draft.last = next.last;
  addRepair(draft, repair);
  if (next.depth > 0) addRepair(draft, 'unquote');
}
