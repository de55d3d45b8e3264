import { escapeMarkup as escape } from '../lib/markup.ts';
import type { Cluster, Digest, DigestEntry, ReleaseView, Section } from './digest.ts';
import { toFoldBlocks, type FoldBlock } from './fold-blocks.ts';
import { writeMixBar, writeWaitBar } from './html-bars.ts';
import { FONT, GREY, linked, MONO, RED, SHEET, soft, TABLE, writeHeading } from './html-style.ts';
import { toReleaseLines, writeReleaseTitle, type ReleaseLine } from './release/release-lines.ts';
import { toRows, writeAside, writeMark, writeMore, writeNotes, type Row } from './rows.ts';

/**
 * The digest as an HTML mail: one document, inline styles, nothing fetched, no script; light and dark, desk and phone.
 * Every word from a mail is escaped, and only http(s) addresses become links.
 */
export function writeHtml(digest: Digest): string {
  const { list, title, sections, duplicates, release } = digest;
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="supported-color-schemes" content="light dark">',
    `<title>${escape(`${list}, ${title}`)}</title>`,
    `<style>${SHEET}</style></head>`,
    `<body style="margin:0;padding:0;${FONT}">`,
    `${TABLE} align="center" width="100%" style="max-width:760px;margin:0 auto"><tr>`,
    `<td class="page" style="padding:16px;${FONT}">`,
    ...writeHead(digest),
    ...sections.flatMap(writeSection),
    ...writeClusters(duplicates),
    ...(release === null ? [] : writeRelease(release)),
    ...toFoldBlocks(digest).flatMap(writeFolds),
    `<p class="soft" style="color:${GREY};font-size:13px;margin:32px 0 0">Written by heddle from public mail. It may be`,
    'wrong: the mails it names are the truth.</p>',
    '</td></tr></table></body></html>',
    '',
  ].join('\n');
}

function writeHead(digest: Digest): string[] {
  const { list, title, span, counts, blindSpots, mix, isEmpty } = digest;
  const cells = counts.map(
    ({ name, count }) =>
      `<td class="count" style="padding:0 18px 0 0;vertical-align:top"><b style="font-size:20px">${count}</b><br>` +
      `${soft(name)}</td>`,
  );
  return [
    `<h1 style="font-size:22px;line-height:1.25;margin:0 0 2px">${escape(`${list}, ${title}`)}</h1>`,
    `<p style="margin:0 0 12px">${soft(span, 15)}</p>`,
    `${TABLE}><tr>${cells.join('')}</tr></table>`,
    ...writeMixBar(mix),
    ...writeNotes(digest).map((note) => `<p style="margin:10px 0 0">${escape(note)}</p>`),
    ...blindSpots.map((one) => `<p class="warn" style="color:${RED};margin:10px 0 0">Not seen: ${escape(one)}</p>`),
    ...(isEmpty ? ['<p style="margin:10px 0 0">Nothing new.</p>'] : []),
  ];
}

function writeSection(section: Section): string[] {
  const { title, entries, form } = section;
  const more = writeMore(section);
  const cards = form === 'card' ? entries.filter(({ brief }) => !brief) : [];
  const lines = entries.filter((entry) => !cards.includes(entry));
  return [
    writeHeading(title, entries.length + section.more),
    ...cards.flatMap(writeCard),
    ...(lines.length === 0 ? [] : [`${TABLE} width="100%">`, ...writeLines(lines), '</table>']),
    ...(more === null ? [] : [`<p style="margin:8px 0 0">${soft(`… ${more}.`)}</p>`]),
  ];
}

/** How long a thread has waited for somebody, where that is worth a picture. */
function toWait({ turn, genre }: DigestEntry): number | null {
  return genre === 'question' ? null : turn.days;
}

/** A rail for how long each has waited, where that is known of any; then the thread. */
function writeLines(entries: readonly DigestEntry[]): string[] {
  const hasRails = entries.some((entry) => toWait(entry) !== null);
  return entries.map((entry) => {
    const days = toWait(entry);
    const rail = days === null ? '' : writeWaitBar(days);
    const cell = `<td class="wait" width="72" style="width:72px;vertical-align:top;padding:12px 12px 0 0">${rail}</td>`;
    return `<tr>${hasRails ? cell : ''}${writeLine(entry)}</tr>`;
  });
}

function writeLine(entry: DigestEntry): string {
  return (
    `<td style="vertical-align:top;padding:4px 0;overflow-wrap:anywhere">${writeBadge(entry)}` +
    `${linked(entry.title, entry.url)}<br>${soft(writeAside(entry))}</td>`
  );
}

function writeBadge(entry: DigestEntry): string {
  const mark = writeMark(entry);
  return mark === '' ? '' : `<b class="warn" style="color:${RED};font-size:12px">${mark}</b> `;
}

function writeCard(entry: DigestEntry): string[] {
  return [
    '<div class="card" style="border:1px solid #d5d9df;border-radius:6px;padding:10px 14px;margin:0 0 12px">',
    '<h3 style="font-size:16px;line-height:1.35;margin:0 0 6px;overflow-wrap:anywhere">' +
      `${writeBadge(entry)}${linked(entry.title, entry.url)}</h3>`,
    `${TABLE} width="100%" style="table-layout:fixed">`,
    ...toRows(entry).map(writeRow),
    '</table></div>',
  ];
}

const LABEL = 'width:86px;vertical-align:top;padding:2px 10px 2px 0;font-size:13px';
/** Why somebody should look is said in colour; who is missing only by its label, or half the page would shout. */
const TINTED_TEXTS: ReadonlySet<string> = new Set(['Why', 'You']);
const TINTED_LABELS: ReadonlySet<string> = new Set(['Missing']);

function writeRow({ label, text, form }: Row): string {
  const textTint = TINTED_TEXTS.has(label) ? ` class="text warn" style="color:${RED};` : ' class="text" style="';
  const labelTint = TINTED_LABELS.has(label)
    ? `class="label warn" style="color:${RED};`
    : `class="label soft" style="color:${GREY};`;
  return (
    `<tr><td width="96" ${labelTint}${LABEL}">${escape(label)}</td>` +
    `<td${textTint}vertical-align:top;padding:2px 0;overflow-wrap:anywhere">${writeValue(text, form, label)}</td></tr>`
  );
}

/** Log lines scroll instead of being broken; names of threads are no log, and may break. */
function writeValue(text: string, form: Row['form'], label: string): string {
  if (form === 'link') return linked(text, text);
  if (label === 'Ref') return `<span style="${MONO}">${escape(text)}</span>`;
  if (form !== 'log') return escape(text);
  return `<div class="log" style="${MONO};background:#f2f4f6;padding:2px 6px;white-space:pre;overflow-x:auto">${escape(text)}</div>`;
}

function writeClusters(clusters: readonly Cluster[]): string[] {
  if (clusters.length === 0) return [];
  const items = clusters.map(({ why, entries }) => {
    const inner = entries.map(({ title, url }) => `<li>${linked(title, url)}</li>`).join('');
    return `<li style="margin:4px 0;overflow-wrap:anywhere">${escape(why)}<ul style="padding-left:18px">${inner}</ul></li>`;
  });
  return [writeHeading('Possible duplicates', clusters.length), ...inList(items)];
}

function writeRelease(view: ReleaseView): string[] {
  const lines = toReleaseLines(view);
  const more = writeMore(view);
  return [
    writeHeading(writeReleaseTitle(view), lines.length + view.more),
    `${TABLE} width="100%">`,
    ...lines.map(writeReleaseLine),
    '</table>',
    ...(more === null ? [] : [`<p style="margin:8px 0 0">${soft(`… ${more}.`)}</p>`]),
  ];
}

function writeReleaseLine({ letter, title, url, state, reasons }: ReleaseLine): string {
  const said = reasons.map((reason) => `<br>${escape(reason)}`).join('');
  return (
    `<tr><td width="28" style="width:28px;vertical-align:top;padding:6px 0"><b>${letter}.</b></td>` +
    `<td style="padding:6px 0;overflow-wrap:anywhere">${linked(title, url)}<br>${soft(state)}${said}</td></tr>`
  );
}

function writeFolds({ title, count, lines }: FoldBlock): string[] {
  const items = lines.map(
    ({ text, url, aside }) =>
      `<li style="margin:3px 0;overflow-wrap:anywhere">${linked(text, url)}${aside === null ? '' : ` ${soft(aside)}`}</li>`,
  );
  return [writeHeading(title, count), ...inList(items)];
}

function inList(items: readonly string[]): string[] {
  return ['<ul style="padding-left:20px;margin:0">', ...items, '</ul>'];
}
