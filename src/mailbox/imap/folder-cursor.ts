/** UIDs from the first to the second, both included. */
export type UidRange = readonly [number, number];

/**
 * How far a folder has been read. UIDs grow and are never given twice while UIDVALIDITY stays (RFC 3501, 2.3.1.1): so all
 * below `next` that is neither in `news` nor in `old` nor in `hard` has been read or is gone.
 */
export interface FolderCursor {
  readonly uidValidity: string;
  /** The lowest UID that has not been heard of. */
  readonly next: number;
  /** Came after the first look; read before the old ones, in order. */
  readonly news: readonly UidRange[];
  /** Was there at the first look; read in the order of the back-fill. */
  readonly old: readonly UidRange[];
  /** Would not be handed out, again and again; tried once more by the next run. */
  readonly hard: readonly number[];
}

/** Where reading starts in a folder that is new to us, or whose UIDs have been given anew. */
export function startCursor(uidValidity: string, uidNext: number, backFill: boolean): FolderCursor {
  const old: UidRange[] = backFill && uidNext > 1 ? [[1, uidNext - 1]] : [];
  return { uidValidity, next: uidNext, news: [], old, hard: [] };
}

/** Notes that UIDs up to `last` are there now. */
export function withNews(cursor: FolderCursor, last: number): FolderCursor {
  if (last < cursor.next) return cursor;
  return { ...cursor, news: [...cursor.news, [cursor.next, last]], next: last + 1 };
}

/** UIDs that were hard to read get their turn once more. */
export function retryHard(cursor: FolderCursor): FolderCursor {
  return { ...cursor, old: [...cursor.hard.map((uid): UidRange => [uid, uid]), ...cursor.old], hard: [] };
}

/** A stretch that is looked at next, and where it is taken from. */
export interface Stretch {
  readonly from: 'news' | 'old';
  readonly range: UidRange;
  /** Whether its highest UIDs come first. */
  readonly downward: boolean;
}

/** The next stretch of at most `width` UIDs, news first; `null` where all is read. */
export function nextStretch(cursor: FolderCursor, width: number, newestFirst: boolean): Stretch | null {
  const [fresh] = cursor.news;
  if (fresh !== undefined) {
    return { from: 'news', range: [fresh[0], Math.min(fresh[1], fresh[0] + width - 1)], downward: false };
  }
  const old = newestFirst ? cursor.old.at(-1) : cursor.old[0];
  if (old === undefined) return null;
  const range: UidRange = newestFirst
    ? [Math.max(old[0], old[1] - width + 1), old[1]]
    : [old[0], Math.min(old[1], old[0] + width - 1)];
  return { from: 'old', range, downward: newestFirst };
}

/** Takes UIDs off what is still to be read of one kind. */
export function without(cursor: FolderCursor, from: Stretch['from'], [first, last]: UidRange): FolderCursor {
  const left = cursor[from].flatMap(([low, high]): UidRange[] => {
    if (last < low || first > high) return [[low, high]];
    const below: UidRange[] = low < first ? [[low, first - 1]] : [];
    const above: UidRange[] = high > last ? [[last + 1, high]] : [];
    return [...below, ...above];
  });
  return { ...cursor, [from]: left };
}

/** Puts a UID aside that would not be handed out. */
export function withHard(cursor: FolderCursor, uid: number): FolderCursor {
  return cursor.hard.includes(uid) ? cursor : { ...cursor, hard: [...cursor.hard, uid] };
}

export function writeCursor(cursor: FolderCursor): string {
  return JSON.stringify(cursor);
}

/** `null` where the text is no cursor of ours: reading starts anew then, which costs time and loses nothing. */
export function readCursor(text: string | undefined): FolderCursor | null {
  try {
    const { uidValidity, next, news, old, hard } = JSON.parse(text ?? '') as Record<string, unknown>;
    if (typeof uidValidity !== 'string' || !isUid(next) || !isRanges(news) || !isRanges(old)) return null;
    if (!Array.isArray(hard) || !hard.every(isUid)) return null;
    return { uidValidity, next, news, old, hard };
  } catch {
    return null;
  }
}

function isUid(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function isRanges(value: unknown): value is UidRange[] {
  return (
    Array.isArray(value) &&
    value.every((one) => Array.isArray(one) && one.length === 2 && one.every(isUid) && Number(one[0]) <= Number(one[1]))
  );
}
