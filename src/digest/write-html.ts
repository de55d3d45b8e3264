import { escapeMarkup as escape } from '../lib/markup.ts';
import type { Cluster, Digest, DigestEntry, Fold, Section } from './digest.ts';
import { toRows, writeMark, writeMore, writeOneLine, type Row } from './rows.ts';

/**
 * Colours that can be read on white and on black alike, since many mail programs ignore the style sheet below and
 * some turn colours around: text keeps the reader's own colour, and only marks are tinted.
 */
const RED = '#c2410c';
const BLUE = '#2f6fd0';
const GREY = '#7a7f87';

const FONT = 'font-family:system-ui,-apple-system,Segoe UI,Roboto,sans-serif;font-size:15px;line-height:1.45';
const MONO = 'font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:13px';

const SHEET = [
  ':root{color-scheme:light dark;supported-color-schemes:light dark}',
  'body{background:#fff;color:#1b1f24}',
  '@media (prefers-color-scheme:dark){body{background:#14171b!important;color:#e4e7eb!important}',
  '.card{border-color:#363c44!important}.log{background:#1f242a!important}a{color:#7fb0ff!important}',
  '.warn{color:#ff9a6b!important}.soft{color:#9aa3ad!important}}',
  '@media (max-width:520px){.label{display:block!important;width:auto!important;padding-top:6px!important}',
  '.text{display:block!important}}',
].join('');

/**
 * The digest as an HTML mail: one document, inline styles, nothing fetched, no script; light and dark, desk and phone.
 * Every word from a mail is escaped, and only http(s) addresses become links.
 */
export function writeHtml(digest: Digest): string {
  const { list, title, sections, duplicates, ci, background } = digest;
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escape(`${list}, ${title}`)}</title>`,
    `<style>${SHEET}</style></head>`,
    `<body style="margin:0;padding:16px;${FONT}"><div style="max-width:760px;margin:0 auto">`,
    ...writeHead(digest),
    ...sections.flatMap(writeSection),
    ...writeClusters(duplicates),
    ...writeFolds('Machine mail', ci),
    ...writeFolds('Background', background),
    `<p class="soft" style="color:${GREY};font-size:13px;margin-top:32px">Written by heddle from public mail. It may be`,
    'wrong: the mails it names are the truth.</p>',
    '</div></body></html>',
    '',
  ].join('\n');
}

function writeHead({ list, title, span, counts, blindSpots }: Digest): string[] {
  const cells = counts.map(
    ({ name, count }) =>
      `<td style="padding:0 18px 0 0;vertical-align:top"><b style="font-size:20px">${count}</b><br>` +
      `<span class="soft" style="color:${GREY};font-size:13px">${escape(name)}</span></td>`,
  );
  return [
    `<h1 style="font-size:22px;margin:0 0 2px">${escape(`${list}, ${title}`)}</h1>`,
    `<p class="soft" style="color:${GREY};margin:0 0 12px">${escape(span)}</p>`,
    `<table role="presentation" style="border-collapse:collapse"><tr>${cells.join('')}</tr></table>`,
    ...blindSpots.map((one) => `<p class="warn" style="color:${RED};margin:10px 0 0">Not seen: ${escape(one)}</p>`),
  ];
}

function writeTitle(title: string, count: number): string {
  const counted = `<span class="soft" style="color:${GREY};font-weight:normal">${count}</span>`;
  return `<h2 style="font-size:18px;margin:28px 0 8px">${escape(title)} ${counted}</h2>`;
}

function writeSection(section: Section): string[] {
  const { title, entries, form } = section;
  const more = writeMore(section);
  const body =
    form === 'card'
      ? entries.flatMap(writeCard)
      : ['<ul style="padding-left:20px;margin:0">', ...entries.map(writeItem), '</ul>'];
  return [
    writeTitle(title, entries.length + section.more),
    ...body,
    ...(more === null ? [] : [`<p class="soft" style="color:${GREY}">… ${escape(more)}.</p>`]),
  ];
}

function writeItem(entry: DigestEntry): string {
  return `<li style="margin:4px 0">${linked(writeOneLine(entry), entry.url)}</li>`;
}

function writeCard(entry: DigestEntry): string[] {
  const mark = writeMark(entry);
  const badge = mark === '' ? '' : `<span class="warn" style="color:${RED};font-size:12px">${mark}</span> `;
  return [
    '<div class="card" style="border:1px solid #d5d9df;border-radius:6px;padding:10px 14px;margin:0 0 12px">',
    `<h3 style="font-size:16px;margin:0 0 6px;overflow-wrap:anywhere">${badge}${linked(entry.title, entry.url)}</h3>`,
    '<table role="presentation" style="border-collapse:collapse;width:100%;table-layout:fixed">',
    ...toRows(entry).map(writeRow),
    '</table></div>',
  ];
}

const LABEL = 'width:86px;vertical-align:top;padding:2px 10px 2px 0;font-size:13px';
/** Why somebody should look is said in colour; who is missing only by its label, or half the page would shout. */
const TINTED_TEXTS: ReadonlySet<string> = new Set(['Why']);
const TINTED_LABELS: ReadonlySet<string> = new Set(['Missing']);

function writeRow({ label, text, form }: Row): string {
  const textTint = TINTED_TEXTS.has(label) ? ` class="text warn" style="color:${RED};` : ' class="text" style="';
  const labelTint = TINTED_LABELS.has(label)
    ? `class="label warn" style="color:${RED};`
    : `class="label soft" style="color:${GREY};`;
  return (
    `<tr><td ${labelTint}${LABEL}">${escape(label)}</td>` +
    `<td${textTint}vertical-align:top;padding:2px 0;overflow-wrap:anywhere">${writeValue(text, form)}</td></tr>`
  );
}

/** Log lines scroll instead of being broken. */
function writeValue(text: string, form: Row['form']): string {
  if (form === 'link') return linked(text, text);
  if (form !== 'log') return escape(text);
  return `<div class="log" style="${MONO};background:#f2f4f6;padding:2px 6px;white-space:pre;overflow-x:auto">${escape(text)}</div>`;
}

function writeClusters(clusters: readonly Cluster[]): string[] {
  if (clusters.length === 0) return [];
  const items = clusters.map(({ why, entries }) => {
    const inner = entries.map(({ title, url }) => `<li>${linked(title, url)}</li>`).join('');
    return `<li style="margin:4px 0">${escape(why)}<ul>${inner}</ul></li>`;
  });
  return [
    writeTitle('Possible duplicates', clusters.length),
    '<ul style="padding-left:20px;margin:0">',
    ...items,
    '</ul>',
  ];
}

function writeFolds(title: string, folds: readonly Fold[]): string[] {
  if (folds.length === 0) return [];
  const all = folds.reduce((sum, { mails }) => sum + mails, 0);
  const items = folds.map(
    ({ text, mails, url }) =>
      `<li style="margin:3px 0">${linked(text, url)} ` +
      `<span class="soft" style="color:${GREY}">${mails} ${mails === 1 ? 'mail' : 'mails'}</span></li>`,
  );
  return [writeTitle(title, all), '<ul style="padding-left:20px;margin:0">', ...items, '</ul>'];
}

/** Addresses were made safe when the digest was composed: `url` is http(s) or `null`. */
function linked(text: string, url: string | null): string {
  return url === null ? escape(text) : `<a href="${escape(url)}" style="color:${BLUE}">${escape(text)}</a>`;
}
