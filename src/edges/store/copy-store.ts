import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';
import { toBatches } from './batches.ts';
import { readBody, readHead } from './codec.ts';
import { toMailWords } from './full-text.ts';
import type { OpenDatabase } from './open-database.ts';
import { StoreError } from './store-error.ts';
import type { Tables } from './tables.ts';

/** What belongs to one database alone: its schema, its index of words, and what its workers have in hand. */
const NOT_COPIED: ReadonlySet<string> = new Set(['heddle_schema', 'claim']);
const IS_WORDS = /^(?:mail_words|sqlite_)/;

/** Rows that are in memory at once. */
const PAGE = 100;

/** A row as it lies in a table. */
type Row = Readonly<Record<string, string | number | null>>;

export interface CopyResult {
  readonly rows: number;
  readonly mails: number;
}

/**
 * Copies everything from one store into another that is empty, between any two kinds of databases: mails, verdicts, corrections,
 * mailboxes, cursors. What is copied was there at one instant; others may go on writing to `from` meanwhile, but nobody to `to`.
 * All or nothing: whatever goes wrong, `to` is as empty as before, and the copy may be started again. Memory stays flat.
 *
 * @param onRows is told how many rows have been copied so far.
 * @throws StoreError where `to` is not empty.
 */
export async function copyStore(
  from: OpenDatabase,
  to: OpenDatabase & { readonly shown: string },
  onRows: (rows: number) => void = () => undefined,
): Promise<CopyResult> {
  const tables = (await from.tables.listTables(from.db)).filter(
    (name) => !NOT_COPIED.has(name) && !IS_WORDS.test(name),
  );
  return to.db.transaction().execute(async (target) => {
    await needEmpty(target, tables, to.shown);
    const copied = await from.locking.read(from.db, (source) => copyRows(source, target, { tables, onRows }));
    await writeWords(target, to);
    await to.tables.endCopying(target);
    return copied;
  });
}

async function copyRows(
  source: Kysely<Tables>,
  target: Transaction<Tables>,
  { tables, onRows }: { readonly tables: readonly string[]; readonly onRows: (rows: number) => void },
): Promise<CopyResult> {
  let rows = 0;
  let mails = 0;
  for (const table of tables) {
    for await (const page of readPages(source, table)) {
      await writeRows(target, table, page);
      rows += page.length;
      if (table === 'mail') mails += page.length;
      onRows(rows);
    }
  }
  return { rows, mails };
}

async function needEmpty(target: Transaction<Tables>, tables: readonly string[], shown: string): Promise<void> {
  for (const table of tables) {
    const { rows } = await sql`SELECT 1 FROM ${sql.table(table)} LIMIT 1`.execute(target);
    if (rows.length > 0) throw new StoreError(`${shown}: this store is not empty; name a new one to copy into`);
  }
}

/** The rows of a table, page by page; a database on a server sends no more than are asked for. */
async function* readPages(source: Kysely<Tables>, table: string): AsyncGenerator<readonly Row[]> {
  const all = source.selectFrom(sql<Row>`${sql.table(table)}`.as('copied')).selectAll();
  let page: Row[] = [];
  for await (const row of all.stream(PAGE)) {
    page.push(row);
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

async function writeRows(target: Transaction<Tables>, table: string, page: readonly Row[]): Promise<void> {
  const columns = Object.keys(page[0] ?? {});
  const names = sql.join(columns.map((column) => sql.ref(column)));
  for (const batch of toBatches(page)) {
    const values = batch.map((row) => sql`(${sql.join(columns.map((column) => row[column] ?? null))})`);
    await sql`INSERT INTO ${sql.table(table)} (${names}) VALUES ${sql.join(values)}`.execute(target);
  }
}

/** The words to search for are made anew: every database keeps them in its own way. */
async function writeWords(target: Transaction<Tables>, { fullText }: OpenDatabase): Promise<void> {
  for (let after = -1; ;) {
    const rows = await target
      .selectFrom('mail')
      .innerJoin('mail_body', 'mail_body.seq', 'mail.seq')
      .select(['mail.seq', 'head', 'body'])
      .where('mail.seq', '>', after)
      .orderBy('mail.seq')
      .limit(PAGE)
      .execute();
    if (rows.length === 0) return;
    const words = rows.map(({ seq, head, body }) => toMailWords(seq, { ...readHead(head), ...readBody(body) }));
    await fullText.add(target, words);
    after = rows.at(-1)?.seq ?? after;
  }
}
