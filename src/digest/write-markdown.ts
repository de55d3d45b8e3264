import { toLink } from '../lib/markup.ts';
import { toSafeLine, toSafeText } from '../lib/safe-text.ts';
import type { Cluster, Digest, DigestEntry, Fold, Section } from './digest.ts';
import { toRows, writeCounts, writeMark, writeMore, writeOneLine, type Row } from './rows.ts';

/** The digest as Markdown (CommonMark). Words of strangers are escaped: none of them becomes a link, HTML or a heading. */
export function writeMarkdown(digest: Digest): string {
  const { list, title, span, blindSpots } = digest;
  const lines = [
    `# ${escape(`${list}, ${title}`)}`,
    '',
    escape(`${span}: ${writeCounts(digest)}.`),
    ...blindSpots.flatMap((one) => ['', `**Not seen:** ${escape(one)}`]),
    ...digest.sections.flatMap(writeSection),
    ...writeClusters(digest.duplicates),
    ...writeFolds('Machine mail', digest.ci),
    ...writeFolds('Background', digest.background),
  ];
  return `${toSafeText(lines.join('\n'))}\n`;
}

function writeSection(section: Section): string[] {
  const more = writeMore(section);
  const { title, entries, form } = section;
  return [
    '',
    `## ${title} (${entries.length + section.more})`,
    ...(form === 'line' ? [''] : []),
    ...entries.flatMap((entry) =>
      form === 'card' ? writeCard(entry) : [`- ${linked(writeOneLine(entry), entry.url)}`],
    ),
    ...(more === null ? [] : ['', `… ${more}.`]),
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

function writeFolds(title: string, folds: readonly Fold[]): string[] {
  if (folds.length === 0) return [];
  const all = folds.reduce((sum, { mails }) => sum + mails, 0);
  const lines = folds.map(
    ({ text, mails, url }) => `- ${linked(text, url)} · ${mails} ${mails === 1 ? 'mail' : 'mails'}`,
  );
  return ['', `## ${title} (${all})`, '', ...lines];
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
