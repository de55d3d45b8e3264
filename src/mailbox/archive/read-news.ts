import type { Reading } from '../../ports.ts';
import { ArchiveTrouble } from './archive-trouble.ts';
import { toSecond, type FeedEntry } from './atom-feed.ts';
import { failure } from '../read-stream.ts';
import { findMessageId, toPathPart } from './mail-stream.ts';
import { readNewsCursor, writeNewsCursor, type NewsCursor } from './news-cursor.ts';
import { SeenIds } from './seen-ids.ts';
import { isNotOffered, type PublicInboxPages } from './public-inbox-pages.ts';

/** A gap wider than so many pages is asked for as a whole, where the archive has a search. */
const PAGES_OF_SMALL_GAP = 3;
/** A cursor is given every so many mails. */
const CURSOR_EVERY = 20;

export interface NewsOptions {
  /** Name of the cursor. */
  readonly source: string;
  readonly cursor: string | undefined;
  /** Old mail is read by itself: at first only where the feed stands is noted, and no mail read. */
  readonly positionOnly: boolean;
  /** Without a cursor: nothing older than this, ISO 8601 in UTC. */
  readonly since: string | null;
  readonly maxPages: number;
  readonly now: Date;
}

/**
 * The mails that came since the cursor, in the order in which the archive received them; of a mail that answers one which
 * nobody has seen yet, the whole thread. Where the feed does not reach back to what is known, it is leafed through, or the time in
 * between is asked for as a whole: no mail is left out.
 */
export async function* readNews(pages: PublicInboxPages, options: NewsOptions): AsyncGenerator<Reading> {
  const known = readNewsCursor(options.cursor);
  const answer = await pages.newest(known ?? undefined);
  if (answer === null) return;
  const { feed, validators } = answer;
  const newest = findNewest(feed.entries, options.now, known?.newest);
  const seen = new SeenIds(known?.seen ?? []);
  const toCursor = (cursor: Omit<NewsCursor, 'seen'>, ids: readonly string[]): Reading => ({
    kind: 'cursor',
    source: options.source,
    cursor: writeNewsCursor({ ...cursor, seen: [...new Set([...ids, ...seen.toList()])] }),
  });
  if (known !== null) {
    const fresh = yield* closeGap(pages, feed.entries, { known, newest, seen, maxPages: options.maxPages });
    // The newest is moved on only when all is there; until then what was read is remembered by its ids alone.
    const halfway = { newest: known.newest, etag: null, modified: null };
    yield* readEntries(pages, fresh, seen, () => toCursor(halfway, []));
  } else if (!options.positionOnly) {
    const { since } = options;
    const fresh = feed.entries.filter(({ updated }) => since === null || updated >= since);
    yield* readEntries(pages, fresh.toReversed(), seen, () => null);
  }
  const ids = feed.entries.map(({ id }) => id);
  const done = toCursor({ newest, ...validators }, ids);
  if (done.kind === 'cursor' && done.cursor !== options.cursor) yield done;
}

/** A clock of a mail server that is ahead must not make everything else look old. */
const MOST_AHEAD_MS = 60 * 60_000;

function findNewest(entries: readonly FeedEntry[], now: Date, known: string | undefined): string {
  const most = toSecond(now.getTime() + MOST_AHEAD_MS);
  return entries.reduce(
    (newest, { updated }) => (updated > newest && updated <= most ? updated : newest),
    known ?? toSecond(0),
  );
}

interface GapOptions {
  readonly known: NewsCursor;
  readonly newest: string;
  readonly seen: SeenIds;
  readonly maxPages: number;
}

/** The entries still to be read, oldest first; a gap that is wide is read here, as a whole. */
async function* closeGap(
  pages: PublicInboxPages,
  entries: readonly FeedEntry[],
  options: GapOptions,
): AsyncGenerator<Reading, readonly FeedEntry[]> {
  const gap = await findGap(pages, entries, { ...options, maxPages: PAGES_OF_SMALL_GAP });
  if (!gap.isWide || (yield* readWide(pages, options))) return gap.fresh;
  const patient = await findGap(pages, entries, options);
  if (patient.isWide) {
    const what = `has more new mail than ${options.maxPages} pages of its feed; follow it by git to miss none`;
    yield failure(pages.base, what);
  }
  return patient.fresh;
}

interface Gap {
  /** Oldest first. */
  readonly fresh: readonly FeedEntry[];
  readonly isWide: boolean;
}

/** Leafs back from the newest mails to the ones that are known, so many pages at most. */
async function findGap(
  pages: PublicInboxPages,
  first: readonly FeedEntry[],
  { known, seen, maxPages }: GapOptions,
): Promise<Gap> {
  const found = new Map(first.map((entry) => [entry.id, entry] as const));
  let page = first;
  for (let count = 1; page.length > 0; count += 1) {
    const oldest = page.reduce((least, { updated }) => (updated < least ? updated : least), page[0]?.updated ?? '');
    if (oldest < known.newest || page.every(({ id }) => seen.has(id))) break;
    if (count >= maxPages) return { fresh: toFresh(found, seen), isWide: true };
    const next = (await pages.before(oldest)).entries;
    // A page that shows nothing new is of one second: the next one begins before it.
    const isStuck = next.every(({ id }) => found.has(id));
    page = isStuck ? (await pages.before(toSecond(Date.parse(oldest) - 1000))).entries : next;
    for (const entry of page) found.set(entry.id, entry);
  }
  return { fresh: toFresh(found, seen), isWide: false };
}

function toFresh(found: ReadonlyMap<string, FeedEntry>, seen: SeenIds): FeedEntry[] {
  return [...found.values()]
    .filter(({ id }) => !seen.has(id))
    .toSorted((a, b) => (a.updated < b.updated ? -1 : a.updated > b.updated ? 1 : 0));
}

/** Asks for all mail of the time in between at once; `false` where the archive has no search. */
async function* readWide(
  pages: PublicInboxPages,
  { known, newest, seen }: GapOptions,
): AsyncGenerator<Reading, boolean> {
  try {
    for await (const reading of pages.range(toSeconds(known.newest), toSeconds(newest))) {
      const id = reading.kind === 'mail' ? findMessageId(reading.mail.bytes) : null;
      if (id !== null) seen.add(id);
      yield reading;
    }
    return true;
  } catch (error) {
    if (!isNotOffered(error)) throw error;
    return false;
  }
}

export function toSeconds(date: string): number {
  return Math.floor(Date.parse(date) / 1000);
}

async function* readEntries(
  pages: PublicInboxPages,
  fresh: readonly FeedEntry[],
  seen: SeenIds,
  toCursor: () => Reading | null,
): AsyncGenerator<Reading> {
  let read = 0;
  for (const { id, parent } of fresh) {
    if (seen.has(id)) continue;
    const wantsThread = parent !== null && !seen.has(parent);
    for await (const reading of wantsThread ? readThread(pages, id) : readRaw(pages, id)) {
      const found = reading.kind === 'mail' ? findMessageId(reading.mail.bytes) : null;
      if (found !== null) seen.add(found);
      yield reading;
    }
    seen.add(id);
    read += 1;
    const cursor = read % CURSOR_EVERY === 0 ? toCursor() : null;
    if (cursor) yield cursor;
  }
}

/** The whole thread; of one that is too long, or that the archive does not hand out, the mail alone. */
async function* readThread(pages: PublicInboxPages, id: string): AsyncGenerator<Reading> {
  try {
    yield* pages.thread(id);
  } catch (error) {
    const isTooLong = error instanceof ArchiveTrouble && error.kind === 'too-long';
    if (!isTooLong && !isNotOffered(error)) throw error;
    yield* readRaw(pages, id);
  }
}

async function* readRaw(pages: PublicInboxPages, id: string): AsyncGenerator<Reading> {
  try {
    yield* pages.raw(id);
  } catch (error) {
    const isGone = error instanceof ArchiveTrouble && (error.kind === 'not-found' || error.kind === 'too-long');
    if (!isGone) throw error;
    yield failure(`${pages.base}${toPathPart(id)}/`, 'was announced by the archive, but is not there');
  }
}
