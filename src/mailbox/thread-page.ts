import { createHash } from 'node:crypto';
import { findParents, type PageEntry, readTreeLine, tidyDate } from './thread-page-tree.ts';

/**
 * The line that every message of a public-inbox page begins with:
 * `From: Ada Example @ 2024-05-15  8:42 UTC (permalink / raw)`.
 */
export const PAGE_SENDER =
  /^ {0,3}From: (?<name>[^\n]{1,200}?) @ (?<date>\d{4}-\d\d-\d\d {1,2}\d{1,2}:\d\d) UTC(?: \(permalink ?\/ ?raw\))?[ \t\r]*$/m;

const MESSAGE_END = /^ {0,3}\^ (?:permalink|raw)\b/;
const PAGE_END = /^(?:end of thread, |Thread overview: |-- links below jump to the message)/;
const SUBJECT = /^ {0,3}\* (?<subject>\S.{0,1000})$/;
/** How far above its `From:` line a message's subject and the piece of tree around it may stand. */
const MAX_CONTEXT = 400;
/** Archives show far fewer messages on one page; placing them costs the square of their number. */
export const MAX_MESSAGES = 5_000;

/** One message of the page, with the lines that say where it belongs. */
interface PageMessage {
  readonly subject: string;
  readonly name: string;
  /** `2017-09-28 08:42`, UTC. */
  readonly date: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly body: readonly string[];
  readonly context: readonly PageEntry[];
}

/**
 * The messages of a public-inbox thread page that was saved as text, each made into a mail again.
 *
 * Such a page prints no Message-IDs and no addresses. The ids are made of the thread's subject, the date and the
 * author, so the same page gives the same ids whenever it is read; parents come from the tree that the page prints;
 * people are names without an address. Whatever is not a message of that form is left out.
 */
export function readThreadPage(page: string): Buffer[] {
  const lines = page.replaceAll('\r\n', '\n').split('\n');
  const messages = findMessages(lines);
  const overview = readOverview(lines);
  const root = messages[0]?.subject ?? '';
  const ids = nameMessages(messages, root);
  const parents = findParents(messages, overview);
  return messages.map((message, index) => {
    const parent = parents[index];
    const reply = parent === undefined || parent === null ? null : typeof parent === 'number' ? ids[parent] : parent.id;
    return renderMail(message, ids[index] ?? '', reply ?? null);
  });
}

function findMessages(lines: readonly string[]): PageMessage[] {
  const messages: PageMessage[] = [];
  let from = 0;
  for (let at = 0; at < lines.length && messages.length < MAX_MESSAGES; at += 1) {
    const line = lines[at] ?? '';
    if (!line.includes(' UTC')) continue;
    const sender = PAGE_SENDER.exec(line)?.groups;
    if (!sender) continue;
    const context = lines.slice(Math.max(from, at - MAX_CONTEXT), at);
    const subjectAt = context.findLastIndex((above) => SUBJECT.test(above));
    const header = readRecipients(lines, at + 1);
    const end = endOfMessage(lines, header.next);
    messages.push({
      subject: SUBJECT.exec(context[subjectAt] ?? '')?.groups?.['subject'] ?? '',
      name: sender['name'] ?? '',
      date: tidyDate(sender['date'] ?? ''),
      to: header.to,
      cc: header.cc,
      body: trimBlank(lines.slice(header.next, end)),
      context: context.slice(subjectAt + 1).flatMap((above) => readTreeLine(above) ?? []),
    });
    from = end;
    at = end;
  }
  return messages;
}

/** `  To: Juergen Gross; +Cc: Wei Liu, xen-devel`, which may go on over several lines. */
function readRecipients(lines: readonly string[], at: number): { to: string[]; cc: string[]; next: number } {
  let text = '';
  let next = at;
  while (next < lines.length && next - at < 200 && /^\s+\S/.test(lines[next] ?? '')) {
    text += ` ${(lines[next] ?? '').trim()}`;
    next += 1;
  }
  const names = (list: string): string[] => list.split(',').flatMap((name) => name.trim() || []);
  const [to = '', cc = ''] = text.split(/(?:^|;| )\s?\+?Cc: /);
  return { to: names(to.trim().replace(/^To: /, '').replace(/;$/, '')), cc: names(cc), next };
}

function endOfMessage(lines: readonly string[], start: number): number {
  for (let at = start; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (MESSAGE_END.test(line) || PAGE_END.test(line)) return at;
  }
  return lines.length;
}

function trimBlank(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return first < 0 ? [] : lines.slice(first, last + 1);
}

function readOverview(lines: readonly string[]): PageEntry[] {
  const start = lines.findLastIndex((line) => line.startsWith('Thread overview: '));
  return start < 0 ? [] : lines.slice(start + 1).flatMap((line) => readTreeLine(line) ?? []);
}

/** One made-up id a message; the ordinal tells apart what one author wrote within one minute. */
function nameMessages(messages: readonly PageMessage[], root: string): string[] {
  const seen = new Map<string, number>();
  return messages.map(({ date, name }) => {
    const key = [root, date, name].join('\n');
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    const hash = createHash('sha256').update(`${key}\n${ordinal}`).digest('hex').slice(0, 24);
    return `${hash}@thread-page.heddle.invalid`;
  });
}

function renderMail(message: PageMessage, id: string, parent: string | null): Buffer {
  const people = (names: readonly string[]): string => names.map(writeName).join(', ');
  const header = [
    `From: ${writeName(message.name)}`,
    ...(message.to.length > 0 ? [`To: ${people(message.to)}`] : []),
    ...(message.cc.length > 0 ? [`Cc: ${people(message.cc)}`] : []),
    `Subject: ${message.subject.trim()}`,
    `Date: ${writeDate(message.date)}`,
    `Message-ID: <${id}>`,
    ...(parent === null ? [] : [`In-Reply-To: <${parent}>`, `References: <${parent}>`]),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
  ];
  return Buffer.from(`${header.join('\n')}\n\n${message.body.join('\n')}\n`);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2017-09-28 08:42` → `28 Sep 2017 08:42:00 +0000`. */
function writeDate(date: string): string {
  const [day = '', time = ''] = date.split(' ');
  const [year = '', month = '', dayOfMonth = ''] = day.split('-');
  return `${dayOfMonth} ${MONTHS[Number(month) - 1] ?? ''} ${year} ${time}:00 +0000`;
}

/** A name without an address, quoted so that nothing in it can be taken for header syntax. */
function writeName(name: string): string {
  return `"${name.replace(/["\\]/g, '\\$&')}" <>`;
}
