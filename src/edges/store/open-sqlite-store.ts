import { Kysely } from 'kysely';
import type { SharedStore } from '../../ports/shared-store.ts';
import type { UniteCopies } from './copies.ts';
import { openLibsql } from './libsql-dialect.ts';
import { sqliteLocking } from './locking.ts';
import { migrate } from './migrations.ts';
import type { TableDialect } from './migrations.ts';
import type { OpenDatabase } from './open-database.ts';
import { SqlStore } from './sql-store.ts';
import { sqliteFullText } from './sqlite-full-text.ts';
import type { Tables } from './tables.ts';

/** How tables are made in SQLite. */
export const SQLITE: TableDialect = {
  serialKey: 'INTEGER NOT NULL PRIMARY KEY',
  keyedTable: 'WITHOUT ROWID',
  createFullText: (db) => sqliteFullText.create(db),
  listTables: async (db) => (await db.introspection.getTables()).map(({ name }) => name),
  // Who begins a transaction has the file alone, and SQLite orders text by its bytes.
  beginMaking: () => Promise.resolve(),
  endMaking: () => Promise.resolve(),
  // SQLite counts on from the largest number that is there.
  endCopying: () => Promise.resolve(),
};

/**
 * Opens the store in one SQLite file, and makes it where it is missing; `:memory:` is a store that ends with the process.
 * Several processes may use one file: readers go on while one writes, and a writer waits up to five seconds for another.
 * A process may be killed at any moment: what `add`, `saveVerdicts` and `saveCursor` have returned from stays, and what
 * they have not returned from is there as a whole or not at all.
 *
 * @param unite makes one mail of two copies that came through different lists.
 * @throws StoreError (one line) where the file cannot be opened, is no heddle store, or was written by a newer heddle.
 */
export async function openSqliteStore(file: string, { unite }: { readonly unite: UniteCopies }): Promise<SharedStore> {
  const { db, ...parts } = await openSqlite(file);
  return new SqlStore(db, { ...parts, unite });
}

/** The database of {@link openSqliteStore}. */
export async function openSqlite(file: string): Promise<OpenDatabase> {
  const db = new Kysely<Tables>({ dialect: openLibsql(file) });
  try {
    await migrate(db, SQLITE, file);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return { db, tables: SQLITE, fullText: sqliteFullText, locking: sqliteLocking };
}
