import type { Reading } from '../../ports.ts';
import { failure } from '../read-stream.ts';
import { ArchiveTrouble } from './archive-trouble.ts';
import { readBackFillCursor, type BackFillCursor } from './news-cursor.ts';
import { isNotOffered, type PublicInboxPages } from './public-inbox-pages.ts';
import { toSeconds } from './read-news.ts';

export interface BackFillOptions {
  /** Name of the cursor. */
  readonly source: string;
  readonly cursor: string | undefined;
  readonly order: 'newest-first' | 'in-order';
  /** Nothing that the archive received before: ISO 8601 in UTC. */
  readonly since: string | null;
  /** When the newest mail that the feed shows was received: ISO 8601 in UTC, or `null`. */
  readonly newest: string | null;
  /** No mail was received behind this time: ISO 8601 in UTC. */
  readonly until: string;
}

/** No archive has mail from before: 1980. */
const FIRST = 315_532_800;

/**
 * One step of reading the mail that is there already: a month of it, from the newest month backwards or from the oldest on, then
 * the cursor. Months without mail are jumped over. Without a search the whole list is read as one file, if there is one.
 * Gives nothing once all is read.
 */
export async function* readBackFill(pages: PublicInboxPages, options: BackFillOptions): AsyncGenerator<Reading> {
  const cursor = readBackFillCursor(options.cursor);
  if (cursor === 'done') return;
  const done: Reading = { kind: 'cursor', source: options.source, cursor: 'done' };
  const range = cursor ?? {
    from: options.since === null ? FIRST : toSeconds(options.since),
    until: toSeconds(options.until) + 1,
  };
  try {
    // Next to a month with mail there mostly is another: it is asked for at once, and looked for only where it is empty.
    const isRead = cursor !== null && (yield* readMonth(pages, toNeighbour(range, options.order), range, options));
    if (isRead) return;
    const month = await (options.order === 'in-order' ? findOldestMonth(pages, range) : findNewestMonth(pages, range));
    // Where the feed shows mail and the search finds none at all, there is no search.
    if (month === null && cursor === null && isBefore(options.newest, range)) yield* readWhole(pages, options);
    if (month === null) yield done;
    else yield* readMonth(pages, month, range, options);
  } catch (error) {
    if (!isNotOffered(error)) throw error;
    yield* readWhole(pages, options);
    yield done;
  }
}

/** Reads a month and gives the cursor behind it; `false` where it has no mail. */
async function* readMonth(
  pages: PublicInboxPages,
  month: BackFillCursor,
  range: BackFillCursor,
  { source, order }: BackFillOptions,
): AsyncGenerator<Reading, boolean> {
  try {
    yield* pages.range(month.from, month.until - 1);
  } catch (error) {
    if (error instanceof ArchiveTrouble && error.kind === 'not-found') return false;
    throw error;
  }
  const left = order === 'in-order' ? { ...range, from: month.until } : { ...range, until: month.from };
  yield { kind: 'cursor', source, cursor: left.from >= left.until ? 'done' : JSON.stringify(left) };
  return true;
}

function isBefore(newest: string | null, { from, until }: BackFillCursor): boolean {
  const received = newest === null ? -Infinity : toSeconds(newest);
  return received >= from && received < until;
}

function toNeighbour({ from, until }: BackFillCursor, order: BackFillOptions['order']): BackFillCursor {
  if (order === 'in-order') return { from, until: Math.min(until, nextMonth(from)) };
  return { from: Math.max(from, toMonth(until - 1)), until };
}

async function findNewestMonth(
  pages: PublicInboxPages,
  { from, until }: BackFillCursor,
): Promise<BackFillCursor | null> {
  const newest = (await pages.search(from, until - 1)).entries[0];
  if (newest === undefined) return null;
  const received = Math.min(until - 1, Math.max(from, toSeconds(newest.updated)));
  return { from: Math.max(from, toMonth(received)), until };
}

/** Halves the time until the first month with mail is found: a list of 30 years takes ten questions. */
async function findOldestMonth(
  pages: PublicInboxPages,
  { from, until }: BackFillCursor,
): Promise<BackFillCursor | null> {
  if ((await pages.search(from, until - 1)).entries.length === 0) return null;
  let empty = from;
  let filled = until;
  while (nextMonth(empty) < filled) {
    // Halves are put between months, so that the search ends at one.
    const half = Math.max(nextMonth(empty), toMonth((empty + filled) / 2));
    if ((await pages.search(empty, half - 1)).entries.length > 0) filled = half;
    else empty = half;
  }
  return { from: empty, until: Math.min(filled, until) };
}

function toMonth(seconds: number): number {
  const date = new Date(seconds * 1000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / 1000;
}

function nextMonth(seconds: number): number {
  const date = new Date(seconds * 1000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / 1000;
}

async function* readWhole(pages: PublicInboxPages, { since }: BackFillOptions): AsyncGenerator<Reading> {
  const hint = 'follow the archive by git to read what was there before';
  if (since !== null) {
    yield failure(pages.base, `has no search, so old mail cannot be had from a day on; ${hint}`);
    return;
  }
  try {
    yield* pages.all();
  } catch (error) {
    if (!isNotOffered(error)) throw error;
    yield failure(pages.base, `offers neither a search nor the whole list as one file; ${hint}`);
  }
}
