import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from 'kysely';
import type { Dialect } from 'kysely';
import pg from 'pg';
import type { SharedStore } from '../../ports/shared-store.ts';
import type { UniteCopies } from './copies.ts';
import { migrate } from './migrations.ts';
import type { OpenDatabase, PoolLimits, ServerOptions } from './open-database.ts';
import { POSTGRES } from './postgres-tables.ts';
import { PostgresPool } from './postgres-driver.ts';
import { postgresFullText } from './postgres-full-text.ts';
import { postgresLocking } from './postgres-locking.ts';
import { SqlStore } from './sql-store.ts';
import { StoreError } from './store-error.ts';
import { toShownPlace } from './store-place.ts';
import type { Tables } from './tables.ts';

const USUAL_LIMITS: PoolLimits = { connections: 5, connectMs: 10_000, statementMs: 120_000 };

/** The server says by itself that a statement took too long; after so much more the line is dead. */
const SILENCE_MS = 15_000;

const EMPTY = 'there is no store in this database yet: bring mail in with heddle import, or name another with --store';

/** OID of `bigint`: the store's numbers stay below 2^53. */
const INT8 = 20;

export interface PostgresOptions extends ServerOptions {
  readonly unite: UniteCopies;
}

/**
 * Opens the store in a PostgreSQL database (12 or newer, UTF8), and makes its tables where they are missing, in the first
 * schema of the search path. Any number of processes on any number of machines may use it at once.
 *
 * @param url `postgres://user@host:5432/database`; `?sslmode=verify-full` (with `&sslrootcert=FILE`) for TLS, `?host=/folder` for
 *   a Unix socket, `&options=-csearch_path%3Dheddle` for a schema.
 * @throws StoreError (one line, without the password) where the server cannot be reached or refuses, the database is no heddle
 *   store, or was written by a newer heddle. Work that fails later throws it too: `isPassing` tells whether to try again.
 */
export async function openPostgresStore(url: string, options: PostgresOptions): Promise<SharedStore> {
  const { db, ...parts } = await openPostgres(url, options);
  return new SqlStore(db, { ...parts, unite: options.unite });
}

/** The database of {@link openPostgresStore}. */
export async function openPostgres(
  url: string,
  { password, limits, empty = 'make' }: ServerOptions,
): Promise<OpenDatabase> {
  const origin = toShownPlace(url);
  const allLimits = { ...USUAL_LIMITS, ...limits };
  const pool = new pg.Pool(toSettings(url, { password, limits: allLimits }));
  const db = new Kysely<Tables>({
    dialect: toDialect(new PostgresPool(pool, { origin, silenceMs: allLimits.statementMs + SILENCE_MS })),
  });
  try {
    await needUtf8(db, origin);
    if (empty === 'refuse' && (await POSTGRES.listTables(db)).length === 0) throw new StoreError(`${origin}: ${EMPTY}`);
    await migrate(db, POSTGRES, origin);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return { db, tables: POSTGRES, fullText: postgresFullText, locking: postgresLocking };
}

function toSettings(
  url: string,
  { password, limits }: { readonly password: string | undefined; readonly limits: PoolLimits },
): pg.PoolConfig {
  return {
    connectionString: toConnectionString(url, password),
    application_name: 'heddle',
    max: limits.connections,
    connectionTimeoutMillis: limits.connectMs,
    statement_timeout: limits.statementMs,
    lock_timeout: limits.statementMs,
    idle_in_transaction_session_timeout: limits.statementMs,
    keepAlive: true,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === INT8 ? Number : (pg.types.getTypeParser(oid, format ?? 'text') as (value: string) => unknown),
    },
  };
}

/**
 * What the driver calls `prefer`, `require` and `verify-ca` is `verify-full` to it, with a warning on standard error that it may
 * not stay so: the word that stays is said.
 */
function toConnectionString(url: string, password: string | undefined): string {
  const plain = url.replace(/(?<=[?&]sslmode=)(?:prefer|require|verify-ca)(?=&|$)/i, 'verify-full');
  if (password === undefined) return plain;
  return plain.replace(/(?<=^[a-z]+:\/\/[^:@/?]*)@/i, () => `:${encodeURIComponent(password)}@`);
}

function toDialect(pool: PostgresPool): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => pool,
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

/** Mail holds all letters there are. */
async function needUtf8(db: Kysely<Tables>, origin: string): Promise<void> {
  const { rows } = await sql<{ encoding: string }>`SELECT current_setting('server_encoding') AS encoding`.execute(db);
  const encoding = rows[0]?.encoding ?? '';
  if (encoding === 'UTF8') return;
  throw new StoreError(`${origin}: the database is written in ${encoding}; make one with createdb --encoding=UTF8`);
}
