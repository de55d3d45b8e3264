import { setTimeout } from 'node:timers/promises';
import Database from 'libsql';
import { CompiledQuery, SqliteAdapter, SqliteDriver, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { DatabaseConnection, Dialect, SqliteDatabase, SqliteStatement } from 'kysely';
import { StoreError } from './store-error.ts';

/**
 * How long one statement waits for another connection, in milliseconds; nothing else runs in the process meanwhile. A
 * writer asks again after a breath, as often as `BEGIN_ATTEMPTS` says: about ten seconds in all.
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
  // Opening may have to wait until another process has made the file, or has put a killed one's log in order.
  'busy_timeout = 5000',
  // Mails are larger than a page of the usual 4 kB. It holds for files that are made now; others keep theirs.
  'page_size = 8192',
  'journal_mode = WAL',
  'synchronous = NORMAL',
  // An import writes the pages of its indexes again and again: they go to the file once in about 60 MB of log.
  'wal_autocheckpoint = 8000',
  'cache_size = -32000',
  'temp_store = MEMORY',
  `busy_timeout = ${BUSY_TIMEOUT}`,
];

/** What a person reads where SQLite gives up, by the beginning of its code. */
const PLAIN_WORDS: readonly (readonly [code: string, words: string])[] = [
  ['SQLITE_BUSY', 'another process has been writing for too long; try again'],
  ['SQLITE_FULL', 'the disk is full; make room and start again, nothing is lost'],
  ['SQLITE_READONLY', 'it may not be written to; look at the rights of the file and of its folder'],
  ['SQLITE_IOERR', 'the disk cannot be read or written'],
  ['SQLITE_CORRUPT', 'the file is damaged; import the mail into a new one'],
  ['SQLITE_NOTADB', 'it is no database; name another file'],
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
    createDriver: () => new ImmediateDriver({ database: keepStatements(database, file) }),
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
    const told = error instanceof Error ? error.message : String(error);
    // What the driver says of a file that it cannot open is its own name for it and a number (14, SQLITE_CANTOPEN).
    const reason = /^ConnectionFailed\(/.test(told) ? 'the file can be neither read nor made there' : told;
    throw new StoreError(
      `${file}: cannot be opened as a store (${reason}); name another file, or look at its folder's rights and room`,
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
        if (attempt === BEGIN_ATTEMPTS || !isBusy(error)) throw error;
        await setTimeout(BREATH);
      }
    }
  }

  /** A full disk ends a transaction by itself; what is to be told is that, not that there was nothing left to take back. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await connection.executeQuery(CompiledQuery.raw('ROLLBACK'));
    } catch (error) {
      if (!(error instanceof Database.SqliteError)) throw error;
    }
  }
}

function isBusy(error: unknown): boolean {
  const cause = error instanceof StoreError ? error.cause : error;
  return cause instanceof Database.SqliteError && cause.code.startsWith('SQLITE_BUSY');
}

/** The same error in plain words with the name of the file, where there are such words. */
function toPlain(error: unknown, file: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const row = PLAIN_WORDS.find(([code]) => error.code.startsWith(code));
  return row === undefined ? error : new StoreError(`${file}: ${row[1]} (${error.message})`, { cause: error });
}

/** The same database; a statement that was prepared before is used again, and errors are told in plain words. */
function keepStatements(database: Database.Database, file: string): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => {
      foldLog(database);
      kept.clear();
      database.close();
    },
    prepare: (text) => {
      const known = kept.get(text);
      if (known !== undefined) return known;
      const statement = toKyselyStatement(database, { text, file });
      if (kept.size >= KEPT_STATEMENTS) kept.clear();
      kept.set(text, statement);
      return statement;
    },
  };
}

/**
 * Leaves one file that holds everything: libsql closes for good only when its statements have been collected. Where that is
 * not possible (a full disk, a file that may not be written), nothing is lost: the log stays beside the file, and what went
 * wrong before is what a person has to read.
 */
function foldLog(database: Database.Database): void {
  try {
    database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all([]);
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
  }
}

function toKyselyStatement(
  database: Database.Database,
  { text, file }: { readonly text: string; readonly file: string },
): SqliteStatement {
  const plainly = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw toPlain(error, file);
    }
  };
  const statement = plainly(() => database.prepare(text));
  return {
    reader: statement.reader,
    all: (parameters) => plainly(() => statement.all([...parameters])),
    run: (parameters) => plainly(() => statement.run([...parameters])),
    iterate: (parameters) => statement.iterate([...parameters]),
  };
}
