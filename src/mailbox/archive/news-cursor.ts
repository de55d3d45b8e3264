/** How far the news of an archive were read. Written into the store as JSON; what cannot be read counts as none. */
export interface NewsCursor {
  /** When the archive received the newest mail that was read, ISO 8601 in UTC; everything up to it is there. */
  readonly newest: string;
  /** Message-IDs of the newest mails that were read: those of one second, and latecomers, are told apart by them. */
  readonly seen: readonly string[];
  readonly etag: string | null;
  readonly modified: string | null;
}

/** Feeds show 25 mails; some feeds are set to show a few hundred. */
const MOST_SEEN = 1_000;
const DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

export function readNewsCursor(text: string | undefined): NewsCursor | null {
  const json = readObject(text);
  const newest = json?.['newest'];
  const seen = json?.['seen'];
  if (typeof newest !== 'string' || !DATE.test(newest) || !Array.isArray(seen)) return null;
  const toText = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return {
    newest,
    seen: seen.filter((id) => typeof id === 'string').slice(0, MOST_SEEN),
    etag: toText(json?.['etag']),
    modified: toText(json?.['modified']),
  };
}

export function writeNewsCursor(cursor: NewsCursor): string {
  return JSON.stringify({ ...cursor, seen: cursor.seen.slice(0, MOST_SEEN) });
}

/** How far old mail was read: what the archive received in between is still to come; `null` for both ends once all is there. */
export interface BackFillCursor {
  readonly from: number;
  /** Exclusive; both in seconds of Unix time. */
  readonly until: number;
}

export function readBackFillCursor(text: string | undefined): BackFillCursor | 'done' | null {
  if (text === 'done') return 'done';
  const json = readObject(text);
  const { from, until } = { from: json?.['from'], until: json?.['until'] };
  return Number.isSafeInteger(from) && Number.isSafeInteger(until)
    ? { from: Number(from), until: Number(until) }
    : null;
}

function readObject(text: string | undefined): Readonly<Record<string, unknown>> | null {
  try {
    const json: unknown = JSON.parse(text ?? '');
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
