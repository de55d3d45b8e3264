import { realpathSync } from 'node:fs';
import Database from 'libsql';
import { StoreError } from './store-error.ts';

/** Kept until the process ends, however it ends. */
export interface WatchLock {
  readonly release: () => void;
}

/** One store has one lock, by whatever link it is named. */
function toRealPath(store: string): string {
  try {
    return realpathSync(store);
  } catch {
    return store;
  }
}

/**
 * Sees to it that one process watches (or delivers) for a store. The lock lies on a file beside it (`heddle.db-watch`) and is the system's
 * own: it goes with the process, even one that was killed, and holds between containers that share the folder.
 *
 * @returns `null` where another process has it.
 * @throws StoreError where the file can be neither opened nor made.
 */
export function lockWatch(store: string, work: 'watch' | 'deliver' = 'watch'): WatchLock | null {
  const file = `${toRealPath(store)}-${work}`;
  let database: Database.Database | undefined;
  try {
    database = new Database(file);
    database.exec('PRAGMA busy_timeout = 0');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw new StoreError(`${file}: cannot be opened (${String(error)}); look at the rights of its folder`, {
      cause: error,
    });
  }
  const held = database;
  return {
    release: () => {
      held.exec('ROLLBACK');
      held.close();
    },
  };
}
