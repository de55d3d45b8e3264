import { fill, wrap } from '../lib/wrap.ts';
import { toSafeText } from '../lib/safe-text.ts';
import type { Cluster, Digest, DigestEntry, ReleaseView, Section } from './digest.ts';
import { toFoldBlocks, type FoldBlock } from './fold-blocks.ts';
import { toReleaseLines, writeReleaseTitle, type ReleaseLine } from './release/release-lines.ts';
import { toRows, writeCounts, writeMark, writeMore, writeNotes, writeOneLine, type Row } from './rows.ts';
import { PLAIN, type Style } from './style.ts';

const WIDTH = 72;
const INDENT = '    ';
/** Wide enough for `Regression: `. */
const LABEL = 12;

/**
 * The digest as the body of a plain-text mail: prose in 72 columns, log lines and addresses never wrapped.
 * With a `style` it is for a terminal. Ends with a line end.
 */
export function writeText(digest: Digest, style: Style = PLAIN): string {
  const lines = [
    ...writeHead(digest, style),
    ...digest.sections.flatMap((section) => writeSection(section, style)),
    ...writeClusters(digest.duplicates, style),
    ...(digest.release === null ? [] : writeRelease(digest.release, style)),
    ...toFoldBlocks(digest).flatMap((block) => writeFolds(block, style)),
    ...FOOT,
  ];
  return `${toSafeTextOf(lines, style)}\n`;
}

const FOOT = [
  '',
  '-- ',
  'Written by heddle from public mail. It may be wrong: the mails that it',
  'names are the truth.',
];

/** Styles are escape sequences of our own: only unstyled text can be checked as a whole. */
function toSafeTextOf(lines: readonly string[], style: Style): string {
  const text = lines.join('\n');
  return style === PLAIN ? toSafeText(text) : text;
}

function writeHead(digest: Digest, style: Style): string[] {
  const { list, title, span, blindSpots } = digest;
  const name = `${list}, ${title}`;
  return [
    style.bold(name),
    style.dim('='.repeat(name.length)),
    ...wrap(`${span}: ${writeCounts(digest)}.`, WIDTH),
    ...writeNotes(digest).flatMap((note) => wrap(note, WIDTH)),
    ...blindSpots.flatMap((one) => wrap(one, WIDTH, 'Not seen: ', INDENT)).map((line) => style.yellow(line)),
    ...(digest.isEmpty ? ['', 'Nothing new.'] : []),
  ];
}

function writeTitle(title: string, count: number, style: Style): string[] {
  const text = `${title} (${count})`;
  return ['', '', style.bold(text), style.dim('-'.repeat(text.length))];
}

function writeSection(section: Section, style: Style): string[] {
  const more = writeMore(section);
  const { title, entries, form } = section;
  return [
    ...writeTitle(title, entries.length + section.more, style),
    ...entries.flatMap((entry, index) =>
      form === 'card' && !entry.brief ? writeCard(entry, index + 1, style) : writeLine(entry, index, section),
    ),
    ...(more === null ? [] : ['', `  … ${more}.`]),
  ];
}

function writeCard(entry: DigestEntry, number: number, style: Style): string[] {
  const mark = writeMark(entry);
  const first = `${String(number).padStart(2)}. `;
  const title = wrap(`${mark === '' ? '' : `[${mark}] `}${entry.title}`, WIDTH, first, INDENT);
  return ['', ...title.map((line) => style.bold(line)), ...toRows(entry).flatMap((row) => writeRow(row, style))];
}

function writeRow({ label, text, form }: Row, style: Style): string[] {
  const first = `${INDENT}${`${label}:`.padEnd(LABEL)}`;
  const lines = layOut(text, form, first);
  const [head = '', ...rest] = lines;
  const painted = style.dim(head.slice(0, first.length)) + paintRow(label, head.slice(first.length), style);
  return [painted, ...rest.map((line) => paintRow(label, line, style))];
}

function layOut(text: string, form: Row['form'], first: string): string[] {
  if (form === 'log' || form === 'link') return [`${first}${text}`];
  return form === 'address' ? fill(text.split(/(?<=,) /), WIDTH, first) : wrap(text, WIDTH, first);
}

const PAINTS: Readonly<Record<string, keyof Style>> = {
  You: 'yellow',
  Why: 'yellow',
  Missing: 'red',
  Log: 'cyan',
  'Has it': 'green',
};

function paintRow(label: string, text: string, style: Style): string {
  const paint = PAINTS[label];
  return paint === undefined ? text : style[paint](text);
}

/** In a section of cards a line keeps its number; a blank line parts it from the card before. */
function writeLine(entry: DigestEntry, index: number, { form, entries }: Section): string[] {
  const mark = writeMark(entry);
  const text = `${mark === '' ? '' : `[${mark}] `}${writeOneLine(entry)}`;
  const numbered = form === 'card' ? `${String(index + 1).padStart(2)}. ` : '  - ';
  const gap = form === 'card' && (index === 0 || entries[index - 1]?.brief === false) ? [''] : [];
  return [...gap, ...wrap(text, WIDTH, numbered, INDENT), `${INDENT}${entry.url ?? entry.id}`];
}

function writeClusters(clusters: readonly Cluster[], style: Style): string[] {
  if (clusters.length === 0) return [];
  return [
    ...writeTitle('Possible duplicates', clusters.length, style),
    ...clusters.flatMap(({ why, entries }) => [
      ...wrap(why, WIDTH, '  - ', INDENT),
      ...entries.flatMap(({ title, url, id }) => [
        ...wrap(title, WIDTH, '      * ', ' '.repeat(8)),
        `        ${url ?? id}`,
      ]),
    ]),
  ];
}

function writeRelease(view: ReleaseView, style: Style): string[] {
  const lines = toReleaseLines(view);
  const more = writeMore(view);
  return [
    ...writeTitle(writeReleaseTitle(view), lines.length + view.more, style),
    ...lines.flatMap((line) => writeReleaseLine(line)),
    ...(more === null ? [] : ['', `  … ${more}.`]),
  ];
}

function writeReleaseLine({ letter, title, state, reasons, url, ref }: ReleaseLine): string[] {
  return [
    ...wrap(title, WIDTH, ` ${letter}. `, INDENT),
    ...wrap(state, WIDTH, INDENT),
    ...reasons.flatMap((reason) => wrap(reason, WIDTH, INDENT)),
    `${INDENT}${url ?? `#${ref}`}`,
  ];
}

function writeFolds({ title, count, lines }: FoldBlock, style: Style): string[] {
  return [
    ...writeTitle(title, count, style),
    ...lines.flatMap(({ text, aside }) => wrap(aside === null ? text : `${text} · ${aside}`, WIDTH, '  - ', INDENT)),
  ];
}
