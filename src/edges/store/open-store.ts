import type { SharedStore } from '../../ports/shared-store.ts';
import type { UniteCopies } from './copies.ts';
import type { OpenDatabase, ServerOptions } from './open-database.ts';
import { openSqlite } from './open-sqlite-store.ts';
import { SqlStore } from './sql-store.ts';
import { isDatabaseUrl } from './store-place.ts';

/**
 * Opens a store by its place: the path of a SQLite file, or the URL of a PostgreSQL database.
 *
 * @throws StoreError as `openSqliteStore` and `openPostgresStore` do.
 */
export async function openStore(
  place: string,
  options: ServerOptions & { readonly unite: UniteCopies },
): Promise<SharedStore> {
  const { db, ...parts } = await openDatabase(place, options);
  return new SqlStore(db, { ...parts, unite: options.unite });
}

/** The database of {@link openStore}. The driver of a server is loaded only where one is named. */
export async function openDatabase(place: string, options: ServerOptions): Promise<OpenDatabase> {
  if (!isDatabaseUrl(place)) return openSqlite(place);
  return (await import('./open-postgres-store.ts')).openPostgres(place, options);
}
