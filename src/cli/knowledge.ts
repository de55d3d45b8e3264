import type { Trees } from '../routing/trees/trees.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { loadTrees } from './load-trees.ts';

/** What is known of source trees, and the day for which maintainers are named. */
export interface Knowledge {
  readonly trees: Trees;
  readonly asOf: Date;
}

/** The added and the bundled trees, for `--as-of` (a day, or an instant in ISO 8601) or for today. */
export function toKnowledge(context: Context, asOf: string | undefined): Knowledge {
  const day = asOf === undefined ? null : readDate(asOf);
  return { trees: loadTrees(context, day), asOf: day ?? context.now };
}

/** A day such as 2017-09-28 (its end is meant), or an ISO 8601 instant. */
export function readDate(text: string): Date {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  const date = new Date(isDay ? `${text}T23:59:59.999Z` : text);
  const isReal = !Number.isNaN(date.getTime()) && (!isDay || date.toISOString().startsWith(text));
  if (!isReal || !/^\d{4}-/.test(text)) {
    throw new CommandFailure(`${text} is no date: write it as YYYY-MM-DD`, EXIT.usage);
  }
  return date;
}

/** A whole number above 0 from an option's text. */
export function readCount(text: string, option: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new CommandFailure(`${option} wants a whole number above 0, not ${text}`, EXIT.usage);
  }
  return count;
}
