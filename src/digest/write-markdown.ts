import { toLink } from '../lib/markup.ts';
import { toSafeLine, toSafeText } from '../lib/safe-text.ts';
import type { Cluster, Digest, DigestEntry, ReleaseView, Section } from './digest.ts';
import { toFoldBlocks, type FoldBlock } from './fold-blocks.ts';
import { toReleaseLines, writeReleaseTitle } from './release/release-lines.ts';
import { toRows, writeCounts, writeMark, writeMore, writeAside, writeNotes, type Row } from './rows.ts';

/** The digest as Markdown (CommonMark). Words of strangers are escaped: none of them becomes a link, HTML or a heading. */
export function writeMarkdown(digest: Digest): string {
  const { list, title, span, blindSpots } = digest;
  const lines = [
    `# ${escape(`${list}, ${title}`)}`,
    '',
    escape(`${span}: ${writeCounts(digest)}.`),
    ...writeNotes(digest).flatMap((note) => ['', escape(note)]),
    ...blindSpots.flatMap((one) => ['', `**Not seen:** ${escape(one)}`]),
    ...digest.sections.flatMap(writeSection),
    ...writeClusters(digest.duplicates),
    ...(digest.release === null ? [] : writeRelease(digest.release)),
    ...toFoldBlocks(digest).flatMap(writeFolds),
  ];
  return `${toSafeText(lines.join('\n'))}\n`;
}

function writeSection(section: Section): string[] {
  const more = writeMore(section);
  const { title, entries, form } = section;
  return [
    '',
    `## ${title} (${entries.length + section.more})`,
    ...entries.flatMap((entry, index) =>
      form === 'card' && !entry.brief ? writeCard(entry) : writeItem(entry, entries[index - 1]),
    ),
    ...(more === null ? [] : ['', `… ${more}.`]),
  ];
}

/** A list needs a blank line in front of its first item. */
function writeItem(entry: DigestEntry, before: DigestEntry | undefined): string[] {
  const mark = writeMark(entry);
  const starts = before === undefined || (!before.brief && entry.brief);
  return [
    ...(starts ? [''] : []),
    `- ${mark === '' ? '' : `**${mark}** `}${linked(entry.title, entry.url)} (${escape(writeAside(entry))})`,
  ];
}

function writeCard(entry: DigestEntry): string[] {
  const mark = writeMark(entry);
  return ['', `### ${mark === '' ? '' : `${mark} `}${escape(entry.title)}`, '', ...toRows(entry).flatMap(writeRow)];
}

function writeRow({ label, text, form }: Row): string[] {
  if (form === 'log') return [`- **${label}:** ${code(text)}`];
  if (form === 'link') return [`- **${label}:** <${text}>`];
  return [`- **${label}:** ${escape(text)}`];
}

function writeClusters(clusters: readonly Cluster[]): string[] {
  if (clusters.length === 0) return [];
  return [
    '',
    `## Possible duplicates (${clusters.length})`,
    '',
    ...clusters.flatMap(({ why, entries }) => [
      `- ${escape(why)}`,
      ...entries.map(({ title, url }) => `  - ${linked(title, url)}`),
    ]),
  ];
}

function writeRelease(view: ReleaseView): string[] {
  const lines = toReleaseLines(view);
  const more = writeMore(view);
  return [
    '',
    `## ${escape(writeReleaseTitle(view))} (${lines.length + view.more})`,
    '',
    ...lines.flatMap(({ letter, title, url, state, reasons }) => [
      `- **${letter}** ${linked(title, url)}: ${escape(state)}`,
      ...reasons.map((reason) => `  - ${escape(reason)}`),
    ]),
    ...(more === null ? [] : ['', `… ${more}.`]),
  ];
}

function writeFolds({ title, count, lines }: FoldBlock): string[] {
  return [
    '',
    `## ${title} (${count})`,
    '',
    ...lines.map(({ text, url, aside }) => `- ${linked(text, url)}${aside === null ? '' : ` · ${aside}`}`),
  ];
}

function linked(text: string, url: string | null): string {
  const link = toLink(url);
  return link === null ? escape(text) : `[${escape(text)}](<${link.replace(/[<>]/g, encodeURIComponent)}>)`;
}

/** A backslash in front of everything that Markdown might take for itself. */
function escape(text: string): string {
  return toSafeLine(text)
    .replace(/[\\`*_{}[\]<>()#+!|~&@]|(?<=:)\/\//g, '\\$&')
    .replace(/^\s{0,8}[-=]/, '\\$&')
    .replace(/^(?<number>\d{1,9})\./, '$<number>\\.');
}

/** A code span behind a fence that is longer than any run of back-ticks inside. */
function code(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(1 + Math.max(0, ...runs.map((run) => run.length)));
  return text.startsWith('`') || text.endsWith('`') ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}
