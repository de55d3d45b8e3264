import { CompiledQuery, sql } from 'kysely';
import type { Kysely, RawBuilder, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** How several processes write one database without losing each other's work; each database does it in its own way. */
export interface Locking {
  /**
   * Does work that writes, as a whole or not at all. It may be done several times, where it lost against another process: it
   * must change nothing but the database.
   */
  write<T>(db: Kysely<Tables>, work: (tx: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** Does work that reads: all that it reads was there at one instant. Others may write meanwhile. */
  read<T>(db: Kysely<Tables>, work: (tx: Kysely<Tables>) => Promise<T>): Promise<T>;
  /**
   * Stands at the end of a question to `component`: its rows are this transaction's alone until it ends. `wait`: it waits for
   * those that others have; `skip`: it passes them over.
   */
  readonly hold: {
    readonly wait: RawBuilder<unknown>;
    readonly skip: RawBuilder<unknown>;
    /** As `skip`, behind a question to one table that is not `component`. */
    readonly skipRows: RawBuilder<unknown>;
  };
  /** Takes the components of these ids before anything about them is read. */
  holdThreads(tx: Transaction<Tables>, ids: readonly string[]): Promise<void>;
}

/** SQLite has one writer at a time: whoever begins to write has taken everything. */
export const sqliteLocking: Locking = {
  write: (db, work) => db.transaction().execute(work),
  read: (db, work) =>
    db.connection().execute(async (connection) => {
      await connection.executeQuery(CompiledQuery.raw('BEGIN'));
      try {
        return await work(connection);
      } finally {
        await connection.executeQuery(CompiledQuery.raw('COMMIT'));
      }
    }),
  hold: { wait: sql``, skip: sql``, skipRows: sql`` },
  holdThreads: () => Promise.resolve(),
};
