/** A mail as a feed of public-inbox announces it. */
export interface FeedEntry {
  /** Message-ID without brackets. */
  readonly id: string;
  /** When the archive received it: ISO 8601 in UTC, to the second. */
  readonly updated: string;
  /** Message-ID of the mail that it answers, where it answers one. */
  readonly parent: string | null;
}

export interface Feed {
  readonly title: string;
  /** As the feed has them: newest first. */
  readonly entries: readonly FeedEntry[];
}

/** Feeds of public-inbox have 25 entries, search results 200. */
const MAX_ENTRIES = 1_000;
/** RFC 5322 has lines of 998 characters, escapes triple them. */
const MAX_VALUE = 3_000;

/**
 * Reads an Atom feed (RFC 4287, with the reply links of RFC 4685) as public-inbox writes it; `null` where the text is no feed.
 * It looks for the few elements that are needed and jumps over the rest, so it is linear whatever stands there. Entries
 * without an address or a date are left out.
 */
export function readFeed(text: string): Feed | null {
  const start = text.slice(0, 2_000).search(/<feed[\s>]/);
  if (start < 0 || /<html[\s>]/i.test(text.slice(0, start))) return null;
  const entries: FeedEntry[] = [];
  let at = text.indexOf('<entry', start);
  const head = text.slice(start, at < 0 ? start + 10_000 : Math.min(at, start + 10_000));
  while (at >= 0 && entries.length < MAX_ENTRIES) {
    const end = text.indexOf('</entry>', at);
    if (end < 0) break;
    const entry = readEntry(text.slice(at, end));
    if (entry) entries.push(entry);
    at = text.indexOf('<entry', end);
  }
  return { title: unescape(between(head, '<title', '</title>').replace(/^[^>]{0,200}>/, '')), entries };
}

function readEntry(text: string): FeedEntry | null {
  const content = text.indexOf('<content');
  const head = content < 0 ? text : text.slice(0, content);
  const id = toId(hrefOf(head, '<link'));
  const date = Date.parse(between(head, '<updated>', '</updated>'));
  if (id === null || Number.isNaN(date)) return null;
  return { id, updated: toSecond(date), parent: toId(hrefOf(head, '<thr:in-reply-to')) };
}

/** ISO 8601 in UTC, to the second, which is as exact as archives are. */
export function toSecond(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

function between(text: string, before: string, behind: string): string {
  const found = text.indexOf(before);
  const start = found + before.length;
  const end = found < 0 ? -1 : text.indexOf(behind, start);
  return end < 0 ? '' : text.slice(start, Math.min(end, start + MAX_VALUE));
}

function hrefOf(text: string, tag: string): string {
  const element = between(text, tag, '>');
  return unescape(between(element, 'href="', '"'));
}

/** The last part of an address such as `https://host/list/ID/`, its escapes undone. */
function toId(href: string): string | null {
  const part = href.replace(/\/$/, '').split('/').at(-1) ?? '';
  try {
    const id = decodeURIComponent(part);
    return isMessageId(id) ? id : null;
  } catch {
    return null;
  }
}

function isMessageId(id: string): boolean {
  return id.length > 0 && id.length < 1_000 && !/[\x00-\x20<>\x7f]/.test(id);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescape(text: string): string {
  return text.replace(/&(?:#(?<decimal>\d{1,7})|#x(?<hex>[0-9a-f]{1,6})|(?<name>[a-z]{2,4}));/gi, (whole, ...rest) => {
    const { decimal, hex, name } = rest.at(-1) as Record<string, string | undefined>;
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = decimal !== undefined ? Number(decimal) : parseInt(hex ?? '', 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
