import type { Reading } from '../../ports.ts';
import { failure } from '../read-stream.ts';
import type { ArchiveLimits } from './archive-ports.ts';
import { ArchiveTrouble } from './archive-trouble.ts';
import { readMails } from './mail-stream.ts';
import type { PoliteClient, Validators } from './polite-client.ts';

/** A month of mail as one file. */
export interface MonthFile {
  readonly url: string;
  /** `2024-05`. */
  readonly month: string;
}

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const LINK = /\bhref\s{0,5}=\s{0,5}["']?(?<href>[^"'\s>]{1,500})/gi;
const FILE = /(?:^|[^\d])(?<year>(?:19|20)\d\d)-?(?<month>\d\d|[A-Z][a-z]{2,8})(?:\.(?:txt|mbox?))?(?:\.gz)?$/;
const IS_MAIL_FILE = /\.(?:txt|mbox?)(?:\.gz)?$|\d\.gz$/;

/**
 * The monthly files that an index page links, oldest first: `2024-May.txt.gz` (Mailman 2's pipermail), `2024-05.mbox`,
 * `list-2024-05.gz`. Only files below the page count. Of a month that is there twice, the first stays.
 */
export function findMonths(html: string, base: string): MonthFile[] {
  const months = new Map<string, MonthFile>();
  for (const match of html.matchAll(LINK)) {
    const href = (match.groups?.['href'] ?? '').replaceAll('&amp;', '&');
    if (!URL.canParse(href, base) || !IS_MAIL_FILE.test(href)) continue;
    const { href: url } = new URL(href, base);
    const found = url.startsWith(base) ? FILE.exec(url.slice(base.length))?.groups : undefined;
    const month = toMonth(found?.['year'], found?.['month']);
    if (month !== null && !months.has(month)) months.set(month, { url, month });
  }
  return [...months.values()].toSorted((a, b) => (a.month < b.month ? -1 : 1));
}

function toMonth(year: string | undefined, month: string | undefined): string | null {
  if (year === undefined || month === undefined) return null;
  const named = MONTHS.findIndex((name) => name === month.toLowerCase() || name.slice(0, 3) === month.toLowerCase());
  const number = /^\d\d$/.test(month) ? Number(month) : named + 1;
  return number >= 1 && number <= 12 ? `${year}-${String(number).padStart(2, '0')}` : null;
}

export interface MonthsOptions {
  readonly base: string;
  readonly since: string | null;
  readonly order: 'newest-first' | 'in-order' | null;
  readonly source: string;
  readonly cursor: string | undefined;
}

interface Asking {
  readonly client: PoliteClient;
  readonly limits: ArchiveLimits;
  readonly signal: AbortSignal;
}

/** The months that are still written to: mail of the last evening may stand in the next month, or come late. */
const OPEN_MONTHS = 2;

/**
 * The mails of an archive's monthly files: those that were not read yet, and again the newest ones where they changed. A file
 * is read whole each time; what is known is recognised later. The cursor is the state of the files that were read.
 */
export async function* readMonths(options: MonthsOptions, { client, limits, signal }: Asking): AsyncGenerator<Reading> {
  const { base, since } = options;
  const index = await client.read({ url: base, maxBytes: limits.pageBytes, answerMs: limits.answerMs }, signal);
  const months = findMonths(index.body.toString('latin1'), base);
  if (months.length === 0) throw new ArchiveTrouble('no-archive', `${base}: links no monthly files of mail`);
  const read = readCursor(options.cursor);
  const open = new Set(months.slice(-OPEN_MONTHS));
  const wanted = months.filter(({ month }) => since === null || month >= since.slice(0, 7));
  for (const file of options.order === 'in-order' ? wanted : wanted.toReversed()) {
    const before = read.get(file.month);
    if (before !== undefined && !open.has(file)) continue;
    const validators = yield* readMonth(file, before, { client, limits, signal });
    if (validators === null) continue;
    read.set(file.month, validators);
    yield { kind: 'cursor', source: options.source, cursor: JSON.stringify(Object.fromEntries(read)) };
  }
}

/** Gives the file's mails where it changed, and the state that it has now; `null` where it did not change. */
async function* readMonth(
  { url }: MonthFile,
  validators: Validators | undefined,
  { client, limits, signal }: Asking,
): AsyncGenerator<Reading, Validators | null> {
  const answer = await client.open(
    { url, validators, maxBytes: limits.listBytes, answerMs: limits.longAnswerMs },
    signal,
  );
  try {
    if (answer.status === 304) return null;
    yield* readMails(answer, url, limits.listBytes);
    return answer.validators;
  } catch (error) {
    // An empty month, or a page in its place: told, and not asked for again unless it is one of the newest.
    if (!(error instanceof ArchiveTrouble) || error.kind !== 'no-archive') throw error;
    yield failure(url, error.message.slice(url.length + 2));
    return answer.validators;
  } finally {
    await answer.close();
  }
}

function readCursor(text: string | undefined): Map<string, Validators> {
  try {
    const json: unknown = JSON.parse(text ?? '{}');
    const entries = typeof json === 'object' && json !== null ? Object.entries(json as Record<string, unknown>) : [];
    return new Map(entries.map(([month, value]) => [month, toValidators(value)] as const));
  } catch {
    return new Map();
  }
}

function toValidators(value: unknown): Validators {
  const { etag, modified } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  return { etag: typeof etag === 'string' ? etag : null, modified: typeof modified === 'string' ? modified : null };
}
