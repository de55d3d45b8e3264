import { escapeMarkup, toLink } from '../lib/markup.ts';
import type { Digest, DigestEntry } from './digest.ts';
import { toRows, writeMark } from './rows.ts';

/**
 * The digest as an Atom feed (RFC 4287), one entry a thread. Ids are stable: a thread keeps its own (`mid:`, RFC 2392)
 * from day to day, so that a reader shows it again only because `updated` moved. Nothing that XML 1.0 forbids gets through.
 */
export function writeAtom(digest: Digest): string {
  const { list, title, window, sections } = digest;
  const entries = sections.flatMap((section) => section.entries);
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `  <id>${escapeMarkup(`urn:heddle:list:${encodeURIComponent(list)}`)}</id>`,
    `  <title>${escapeMarkup(`${list}: reports`)}</title>`,
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
  const mark = writeMark(entry);
  const text = toRows(entry)
    .map((row) => `${row.label}: ${row.text}`)
    .join('\n');
  return [
    '  <entry>',
    `    <id>${escapeMarkup(`mid:${encodeURIComponent(entry.id)}`)}</id>`,
    `    <title>${escapeMarkup(`${mark === '' ? '' : `[${mark}] `}${entry.title}`)}</title>`,
    `    <updated>${escapeMarkup(toStamp(entry.lastActivityAt ?? end))}</updated>`,
    ...(entry.startedAt === null ? [] : [`    <published>${escapeMarkup(toStamp(entry.startedAt))}</published>`]),
    `    <author><name>${escapeMarkup(entry.reporter)}</name></author>`,
    ...(link === null ? [] : [`    <link rel="alternate" href="${escapeMarkup(link)}"/>`]),
    `    <category term="${escapeMarkup(entry.status)}"/>`,
    `    <content type="text">${escapeMarkup(text)}</content>`,
    '  </entry>',
  ];
}

/** RFC 3339, as Atom wants it. */
function toStamp(iso: string): string {
  const time = Date.parse(iso);
  return new Date(Number.isNaN(time) ? 0 : time).toISOString();
}
