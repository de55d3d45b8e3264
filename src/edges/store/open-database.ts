import type { Kysely } from 'kysely';
import type { FullText } from './full-text.ts';
import type { Locking } from './locking.ts';
import type { TableDialect } from './migrations.ts';
import type { Tables } from './tables.ts';

/** A database that was brought to this program's schema, with all that differs between databases. */
export interface OpenDatabase {
  readonly db: Kysely<Tables>;
  readonly tables: TableDialect;
  readonly fullText: FullText;
  readonly locking: Locking;
}
