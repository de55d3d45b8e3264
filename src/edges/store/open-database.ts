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

/** How many connections a process has to the server, and how long it waits, in milliseconds. */
export interface PoolLimits {
  readonly connections: number;
  /** For a connection. */
  readonly connectMs: number;
  /** For one statement, and for a lock that another process has. */
  readonly statementMs: number;
}

/** How a store on a server is reached; a file needs none of it. */
export interface ServerOptions {
  /** Where the URL holds no password. */
  readonly password?: string | undefined;
  readonly limits?: Partial<PoolLimits> | undefined;
  /** A database without tables is no store yet: `refuse` says so, instead of making them. */
  readonly empty?: 'make' | 'refuse' | undefined;
}
