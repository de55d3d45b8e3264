import { setTimeout } from 'node:timers/promises';
import Database from 'libsql';
import { CompiledQuery, SqliteAdapter, SqliteDriver, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { DatabaseConnection, Dialect, SqliteDatabase, SqliteStatement } from 'kysely';
import { StoreError } from './store-error.ts';

/**
 * How long one statement waits for another connection, in milliseconds; nothing else runs in the process meanwhile. A
 * writer asks again after a breath, as often as {@link BEGIN_ATTEMPTS} says: about ten seconds in all.
 */
const BUSY_TIMEOUT = 250;
const BEGIN_ATTEMPTS = 40;
const BREATH = 10;

/** Prepared statements that are kept; the store has fewer, so nothing is prepared twice in a long import. */
const KEPT_STATEMENTS = 200;

/**
 * Set on every connection. The log (WAL) lets readers work while one process writes; NORMAL loses nothing when a process
 * is killed, and at most the last transactions, never the consistency, when the power goes.
 */
const PRAGMAS = [
  `busy_timeout = ${BUSY_TIMEOUT}`,
  'journal_mode = WAL',
  'synchronous = NORMAL',
  'cache_size = -32000',
  'temp_store = MEMORY',
];

/**
 * Opens a SQLite file with libsql, which comes compiled inside its npm package, and hands it to Kysely.
 *
 * @throws StoreError where the file cannot be opened or is no SQLite database.
 */
export function openLibsql(file: string): Dialect {
  const database = open(file);
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new ImmediateDriver({ database: keepStatements(database) }),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

function open(file: string): Database.Database {
  let database: Database.Database | undefined;
  try {
    database = new Database(file);
    for (const pragma of PRAGMAS) database.prepare(`PRAGMA ${pragma}`).all([]);
    return database;
  } catch (error) {
    database?.close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new StoreError(
      `${file}: cannot be opened as a store (${reason}); name another file or look at its folder's rights`,
    );
  }
}

/**
 * Takes the right to write when a transaction begins. SQLite's own default takes it at the first write, where it fails at
 * once, without waiting, if another process wrote in between.
 */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await connection.executeQuery(CompiledQuery.raw('BEGIN IMMEDIATE'));
        return;
      } catch (error) {
        if (!isBusy(error)) throw error;
        if (attempt === BEGIN_ATTEMPTS)
          throw new StoreError('the store is busy: another process has been writing for too long');
        await setTimeout(BREATH);
      }
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

/** The same database; a statement that was prepared before is used again. */
function keepStatements(database: Database.Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => {
      // Leaves one file that holds everything: libsql closes for good only when its statements have been collected.
      database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all([]);
      kept.clear();
      database.close();
    },
    prepare: (text) => {
      const known = kept.get(text);
      if (known !== undefined) return known;
      const statement = toKyselyStatement(database.prepare(text));
      if (kept.size >= KEPT_STATEMENTS) kept.clear();
      kept.set(text, statement);
      return statement;
    },
  };
}

function toKyselyStatement(statement: Database.Statement): SqliteStatement {
  return {
    reader: statement.reader,
    all: (parameters) => statement.all([...parameters]),
    run: (parameters) => statement.run([...parameters]),
    iterate: (parameters) => statement.iterate([...parameters]),
  };
}
