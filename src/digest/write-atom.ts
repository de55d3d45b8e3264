import { escapeMarkup, toLink } from '../lib/markup.ts';
import type { Digest, DigestEntry } from './digest.ts';
import { toRows } from './rows.ts';

/**
 * The digest as an Atom feed (RFC 4287), one entry a thread. Ids are stable: a thread keeps its own (`mid:`, RFC 2392)
 * from day to day, and a feed its own for each filter, so that a reader shows a thread again only because `updated` moved.
 * Titles stay the same too: what is new is the reader's business. Nothing that XML 1.0 forbids gets through.
 */
export function writeAtom(digest: Digest): string {
  const { list, title, window, sections, filter } = digest;
  const entries = sections.flatMap((section) => section.entries);
  const scope = filter === null ? '' : `:${encodeURIComponent(filter)}`;
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `  <id>${escapeMarkup(`urn:heddle:list:${encodeURIComponent(list)}${scope}`)}</id>`,
    `  <title>${escapeMarkup(`${list}: reports${filter === null ? '' : `, ${filter}`}`)}</title>`,
    `  <subtitle>${escapeMarkup(title)}</subtitle>`,
    `  <updated>${escapeMarkup(toStamp(window.to))}</updated>`,
    '  <author><name>heddle</name></author>',
    '  <generator>heddle</generator>',
    ...entries.flatMap((entry) => writeEntry(entry, window.to)),
    '</feed>',
    '',
  ].join('\n');
}

function writeEntry(entry: DigestEntry, end: string): string[] {
  const link = toLink(entry.url);
  const text = toRows(entry)
    .map((row) => `${row.label}: ${row.text}`)
    .join('\n');
  return [
    '  <entry>',
    `    <id>${escapeMarkup(`mid:${encodeURIComponent(entry.id)}`)}</id>`,
    `    <title>${escapeMarkup(entry.title)}</title>`,
    `    <updated>${escapeMarkup(toStamp(entry.lastActivityAt ?? end))}</updated>`,
    ...(entry.startedAt === null ? [] : [`    <published>${escapeMarkup(toStamp(entry.startedAt))}</published>`]),
    `    <author><name>${escapeMarkup(entry.reporter)}</name></author>`,
    ...(link === null ? [] : [`    <link rel="alternate" href="${escapeMarkup(link)}"/>`]),
    ...[entry.genre, entry.status, ...entry.symptoms].map((term) => `    <category term="${escapeMarkup(term)}"/>`),
    `    <content type="text">${escapeMarkup(text)}</content>`,
    '  </entry>',
  ];
}

/** RFC 3339, as Atom wants it. */
function toStamp(iso: string): string {
  const time = Date.parse(iso);
  return new Date(Number.isNaN(time) ? 0 : time).toISOString();
}
