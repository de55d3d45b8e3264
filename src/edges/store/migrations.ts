import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';
import { fillLists } from './list-mails.ts';
import { StoreError } from './store-error.ts';
import type { Tables } from './tables.ts';

/** What differs between databases when tables are made. */
export interface TableDialect {
  /** Type of a number that the database hands out itself, as primary key. */
  readonly serialKey: string;
  /** Written behind a table whose text key is all there is to look up. */
  readonly keyedTable: string;
  /** Makes the full-text index; see `FullText`. */
  readonly createFullText: (db: Kysely<Tables>) => Promise<void>;
  /** The names of the tables that are there. */
  readonly listTables: (db: Kysely<Tables>) => Promise<readonly string[]>;
  /** Begins the making of tables: other processes wait until it has ended. */
  readonly beginMaking: (tx: Kysely<Tables>) => Promise<void>;
  /** Ends it: gives the new columns what the database needs beside what every migration says. */
  readonly endMaking: (tx: Kysely<Tables>) => Promise<void>;
  /** Goes on counting behind the numbers that rows were copied with. */
  readonly endCopying: (tx: Kysely<Tables>) => Promise<void>;
}

/** One step from a schema to the next. Steps are never changed once they were released: a new one is added. */
type Migration = (tx: Transaction<Tables>, dialect: TableDialect) => Promise<void>;

const MIGRATIONS: readonly Migration[] = [
  createFirstTables,
  addCorrectionsAndTraces,
  addMailboxes,
  addTags,
  addClaims,
  addLinks,
  addSubscribers,
  addArrivals,
];

/** The schema that this program writes. */
export const SCHEMA = MIGRATIONS.length;

/**
 * Brings a database to this program's schema, in one transaction. Two processes that open one new file are safe: the
 * second waits and finds the work done.
 *
 * @throws StoreError where the database was written by a newer heddle, or holds tables of another program.
 */
export async function migrate(db: Kysely<Tables>, dialect: TableDialect, origin: string): Promise<void> {
  if ((await readSchema(db, dialect, origin)) === SCHEMA) return;
  await db.transaction().execute(async (tx) => {
    await dialect.beginMaking(tx);
    const from = await readSchema(tx, dialect, origin);
    if (from === SCHEMA) return;
    for (const migration of MIGRATIONS.slice(from)) await migration(tx, dialect);
    await dialect.endMaking(tx);
    await tx.updateTable('heddle_schema').set({ version: SCHEMA }).execute();
  });
}

/** The schema that a database has; 0 for an empty one. */
async function readSchema(db: Kysely<Tables>, dialect: TableDialect, origin: string): Promise<number> {
  const tables = await dialect.listTables(db);
  if (tables.length === 0) return 0;
  if (!tables.includes('heddle_schema')) {
    throw new StoreError(`${origin}: a database of another program, not a heddle store; name another one`);
  }
  const { version } = await db.selectFrom('heddle_schema').select('version').executeTakeFirstOrThrow();
  if (version <= SCHEMA) return version;
  throw new StoreError(
    `${origin}: written by a newer heddle (schema ${version}, this one knows ${SCHEMA}); update heddle or name another one`,
  );
}

async function createFirstTables(tx: Transaction<Tables>, dialect: TableDialect): Promise<void> {
  const serial = sql.raw(dialect.serialKey);
  const keyed = sql.raw(dialect.keyedTable);
  const statements = [
    sql`CREATE TABLE heddle_schema (version INTEGER NOT NULL)`,
    sql`INSERT INTO heddle_schema (version) VALUES (0)`,
    sql`CREATE TABLE component (id ${serial}, key TEXT NOT NULL UNIQUE, version INTEGER NOT NULL,
        judged_version INTEGER NOT NULL, mails INTEGER NOT NULL, size INTEGER NOT NULL)`,
    sql`CREATE INDEX component_pending ON component (id) WHERE version > judged_version`,
    sql`CREATE TABLE reference (id TEXT NOT NULL PRIMARY KEY, component INTEGER NOT NULL) ${keyed}`,
    sql`CREATE INDEX reference_component ON reference (component)`,
    sql`CREATE TABLE mail (seq ${serial}, id TEXT NOT NULL UNIQUE, digest TEXT NOT NULL,
        component INTEGER NOT NULL, date TEXT, extractor TEXT NOT NULL, near_misses INTEGER NOT NULL, problems INTEGER NOT NULL,
        head TEXT NOT NULL, evidence TEXT NOT NULL)`,
    sql`CREATE INDEX mail_component ON mail (component, date)`,
    sql`CREATE INDEX mail_damage ON mail (near_misses, problems) WHERE near_misses > 0 OR problems > 0`,
    sql`CREATE TABLE mail_body (seq INTEGER NOT NULL PRIMARY KEY, body TEXT NOT NULL)`,
    sql`CREATE TABLE mail_copy (digest TEXT NOT NULL PRIMARY KEY, seq INTEGER NOT NULL, head TEXT NOT NULL,
        evidence TEXT NOT NULL, body TEXT NOT NULL)`,
    sql`CREATE INDEX mail_copy_mail ON mail_copy (seq)`,
    sql`CREATE TABLE digest (digest TEXT NOT NULL PRIMARY KEY, seq INTEGER NOT NULL) ${keyed}`,
    sql`CREATE TABLE thread (component INTEGER NOT NULL PRIMARY KEY, id TEXT NOT NULL, document TEXT NOT NULL,
        genre TEXT NOT NULL, status TEXT NOT NULL, severity REAL NOT NULL, started_at TEXT, last_activity TEXT NOT NULL)`,
    sql`CREATE INDEX thread_id ON thread (id)`,
    sql`CREATE INDEX thread_activity ON thread (last_activity, id)`,
    sql`CREATE TABLE source_cursor (source TEXT NOT NULL PRIMARY KEY, cursor TEXT NOT NULL) ${keyed}`,
  ];
  for (const statement of statements) await statement.execute(tx);
  await dialect.createFullText(tx);
}

async function addCorrectionsAndTraces(tx: Transaction<Tables>, dialect: TableDialect): Promise<void> {
  const serial = sql.raw(dialect.serialKey);
  const keyed = sql.raw(dialect.keyedTable);
  const statements = [
    sql`CREATE TABLE correction (id ${serial}, message TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
        said_by TEXT NOT NULL, said_at TEXT NOT NULL, undone_by TEXT, undone_at TEXT)`,
    sql`CREATE INDEX correction_message ON correction (message)`,
    sql`CREATE TABLE trace (component INTEGER NOT NULL, place INTEGER NOT NULL, fingerprint TEXT NOT NULL,
        project TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, culprit TEXT, functions TEXT NOT NULL,
        PRIMARY KEY (component, place)) ${keyed}`,
    sql`CREATE INDEX trace_fingerprint ON trace (fingerprint)`,
    sql`CREATE TABLE trace_function (function TEXT NOT NULL, component INTEGER NOT NULL, place INTEGER NOT NULL,
        PRIMARY KEY (function, component, place)) ${keyed}`,
    sql`CREATE INDEX trace_function_component ON trace_function (component)`,
    // Threads that were judged before have no traces here: they are judged again, by the rules of no version.
    sql`ALTER TABLE thread ADD COLUMN rules TEXT NOT NULL DEFAULT ''`,
    sql`CREATE INDEX thread_rules ON thread (rules)`,
    sql`CREATE INDEX mail_extractor ON mail (extractor)`,
  ];
  for (const statement of statements) await statement.execute(tx);
}

async function addMailboxes(tx: Transaction<Tables>, dialect: TableDialect): Promise<void> {
  const keyed = sql.raw(dialect.keyedTable);
  const statements = [
    sql`CREATE TABLE mailbox (name TEXT NOT NULL PRIMARY KEY, url TEXT NOT NULL, kind TEXT NOT NULL, secret TEXT NOT NULL,
        tls TEXT NOT NULL, ca TEXT, back_fill TEXT NOT NULL, added_at TEXT NOT NULL) ${keyed}`,
    sql`CREATE TABLE standing (mailbox TEXT NOT NULL PRIMARY KEY, state TEXT NOT NULL, reason TEXT, since TEXT NOT NULL,
        at TEXT NOT NULL) ${keyed}`,
    sql`CREATE TABLE mail_list (list TEXT NOT NULL, seq INTEGER NOT NULL, date TEXT NOT NULL, PRIMARY KEY (list, seq)) ${keyed}`,
    sql`CREATE INDEX mail_list_mail ON mail_list (seq)`,
    sql`CREATE INDEX mail_list_date ON mail_list (list, date)`,
  ];
  for (const statement of statements) await statement.execute(tx);
  await fillLists(tx);
}

async function addTags(tx: Transaction<Tables>, dialect: TableDialect): Promise<void> {
  const keyed = sql.raw(dialect.keyedTable);
  const statements = [
    sql`CREATE TABLE thread_tag (kind TEXT NOT NULL, value TEXT NOT NULL, component INTEGER NOT NULL,
        last_activity TEXT NOT NULL, PRIMARY KEY (kind, value, component)) ${keyed}`,
    sql`CREATE INDEX thread_tag_component ON thread_tag (component)`,
    sql`CREATE INDEX thread_tag_activity ON thread_tag (kind, value, last_activity)`,
    sql`CREATE INDEX thread_kind ON thread (genre, status, last_activity)`,
    // Threads that were judged before have no tags: they are judged again, by the rules of no version.
    sql`UPDATE thread SET rules = ''`,
  ];
  for (const statement of statements) await statement.execute(tx);
}

async function addClaims(tx: Transaction<Tables>, dialect: TableDialect): Promise<void> {
  const keyed = sql.raw(dialect.keyedTable);
  const statements = [
    sql`CREATE TABLE claim (component INTEGER NOT NULL PRIMARY KEY, version INTEGER NOT NULL, claimed_by TEXT NOT NULL,
        claimed_until TEXT NOT NULL, attempts INTEGER NOT NULL, reason TEXT) ${keyed}`,
    sql`CREATE INDEX claim_by ON claim (claimed_by)`,
  ];
  for (const statement of statements) await statement.execute(tx);
}

async function addLinks(tx: Transaction<Tables>, dialect: TableDialect): Promise<void> {
  const keyed = sql.raw(dialect.keyedTable);
  const statements = [
    sql`CREATE TABLE tie (component INTEGER NOT NULL, side TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
        PRIMARY KEY (component, side, kind, key)) ${keyed}`,
    sql`CREATE INDEX tie_key ON tie (kind, key)`,
    // Threads that were judged before have no ties: they are judged again, by the rules of no version.
    sql`UPDATE thread SET rules = ''`,
  ];
  for (const statement of statements) await statement.execute(tx);
}

async function addSubscribers(tx: Transaction<Tables>, dialect: TableDialect): Promise<void> {
  const keyed = sql.raw(dialect.keyedTable);
  const statements = [
    sql`CREATE TABLE subscriber (id TEXT NOT NULL PRIMARY KEY, address TEXT NOT NULL UNIQUE, name TEXT, filter TEXT NOT NULL,
        form TEXT NOT NULL, rhythm TEXT NOT NULL, state TEXT NOT NULL, reason TEXT, failures INTEGER NOT NULL,
        added_at TEXT NOT NULL, confirmed_at TEXT, snapshot TEXT, snoozed TEXT NOT NULL) ${keyed}`,
    sql`CREATE TABLE subscriber_token (hash TEXT NOT NULL PRIMARY KEY, subscriber TEXT NOT NULL, purpose TEXT NOT NULL,
        made_at TEXT NOT NULL) ${keyed}`,
    sql`CREATE TABLE delivery (id TEXT NOT NULL PRIMARY KEY, subscriber TEXT NOT NULL, kind TEXT NOT NULL,
        window_from TEXT NOT NULL, window_to TEXT NOT NULL, state TEXT NOT NULL, subject TEXT NOT NULL, message_id TEXT NOT NULL,
        due_at TEXT NOT NULL, leased_by TEXT, leased_until TEXT, handed INTEGER NOT NULL, attempts INTEGER NOT NULL,
        uncertain INTEGER NOT NULL, bounced INTEGER NOT NULL, reason TEXT, made_at TEXT NOT NULL, ended_at TEXT, content TEXT) ${keyed}`,
    sql`CREATE INDEX delivery_state ON delivery (state, due_at)`,
    sql`CREATE INDEX delivery_subscriber ON delivery (subscriber, kind, window_to)`,
    sql`CREATE INDEX delivery_message ON delivery (message_id)`,
    sql`CREATE TABLE incoming (id TEXT NOT NULL PRIMARY KEY, mailbox TEXT NOT NULL, raw TEXT, came_at TEXT NOT NULL,
        subscriber TEXT, outcome TEXT, looked_at TEXT) ${keyed}`,
    sql`CREATE INDEX incoming_new ON incoming (came_at) WHERE outcome IS NULL`,
    sql`CREATE INDEX incoming_subscriber ON incoming (subscriber, looked_at)`,
  ];
  for (const statement of statements) await statement.execute(tx);
}

async function addArrivals(tx: Transaction<Tables>, dialect: TableDialect): Promise<void> {
  const serial = sql.raw(dialect.serialKey);
  const statements = [
    sql`CREATE TABLE arrival (id ${serial}, digest TEXT NOT NULL UNIQUE, raw TEXT NOT NULL, origin TEXT NOT NULL, url TEXT,
        claimed_by TEXT NOT NULL, claimed_until TEXT NOT NULL, attempts INTEGER NOT NULL, reason TEXT)`,
    sql`CREATE INDEX arrival_claim ON arrival (claimed_by) WHERE claimed_until > ''`,
  ];
  for (const statement of statements) await statement.execute(tx);
}
