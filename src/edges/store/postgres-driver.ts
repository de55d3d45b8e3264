import { createHash } from 'node:crypto';
import type pg from 'pg';
import Cursor from 'pg-cursor';
import { CompiledQuery } from 'kysely';
import type { DatabaseConnection, Driver, QueryResult, TransactionSettings } from 'kysely';
import { isLost, toPlainFailure } from './postgres-failures.ts';

/**
 * Statements that the server keeps prepared on each connection. The store has fewer that come again and again; what a filter
 * of chance makes goes unnamed beyond that.
 */
const KEPT_STATEMENTS = 200;

/**
 * Said once on every connection. Questions are short: compiling them takes longer than answering (`jit`). A plan that was made
 * while a table was empty must not be kept while an import fills it (`plan_cache_mode`). Large texts are packed the fast way
 * where this server can.
 */
const PREPARE = `SELECT set_config(name, value, false) FROM pg_settings JOIN (VALUES ('jit', 'off'),
    ('plan_cache_mode', 'force_custom_plan'), ('default_toast_compression', 'lz4')) AS wanted (knob, value) ON knob = name
  WHERE enumvals IS NULL OR value = ANY (enumvals)`;

/** Rows that are fetched at once while a table is read from one end to the other. */
const ROWS = 200;

/**
 * A pool of connections for Kysely. Against Kysely's own: statements are prepared once a connection, text is made such that
 * PostgreSQL takes it, a connection that broke never comes back into the pool, and errors speak in plain words.
 */
export class PostgresPool implements Driver {
  readonly #pool: pg.Pool;
  readonly #origin: string;
  readonly #silenceMs: number;
  readonly #names = new Map<string, string>();
  readonly #prepared = new WeakSet<pg.PoolClient>();

  /** @param silenceMs a server that says nothing for so long after a question is taken for dead. */
  constructor(pool: pg.Pool, { origin, silenceMs }: { readonly origin: string; readonly silenceMs: number }) {
    this.#pool = pool;
    this.#origin = origin;
    this.#silenceMs = silenceMs;
    // An idle connection that ends (a restarted server) is no failure of any work: the pool makes another one.
    pool.on('error', () => undefined);
  }

  init(): Promise<void> {
    return Promise.resolve();
  }

  async acquireConnection(): Promise<PostgresConnection> {
    try {
      const client = await this.#pool.connect();
      client.on('error', ignore);
      if (!this.#prepared.has(client)) await this.#prepare(client);
      return new PostgresConnection(client, this.#origin, {
        names: this.#names,
        types: this.#pool.options.types,
        silenceMs: this.#silenceMs,
      });
    } catch (error) {
      throw toPlainFailure(error, this.#origin);
    }
  }

  async #prepare(client: pg.PoolClient): Promise<void> {
    try {
      await client.query(PREPARE);
      this.#prepared.add(client);
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    if (connection instanceof PostgresConnection) connection.release();
    return Promise.resolve();
  }

  async beginTransaction(
    connection: DatabaseConnection,
    { isolationLevel, accessMode }: TransactionSettings,
  ): Promise<void> {
    const words = ['BEGIN', ...(isolationLevel ? [`ISOLATION LEVEL ${isolationLevel}`] : []), accessMode ?? ''];
    await connection.executeQuery(CompiledQuery.raw(words.join(' ').trim()));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('COMMIT'));
  }

  /** A lost connection has taken the transaction back already; what is to be told is why it was lost. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (connection instanceof PostgresConnection && connection.wasLost) return;
    await connection.executeQuery(CompiledQuery.raw('ROLLBACK'));
  }

  async destroy(): Promise<void> {
    if (!this.#pool.ending) await this.#pool.end();
  }
}

function ignore(): void {
  // Whoever waits for an answer on this connection gets the same error.
}

/** What all connections of a pool have in common. */
interface Shared {
  /** Names of prepared statements, by their text. */
  readonly names: Map<string, string>;
  readonly types: pg.CustomTypesConfig | undefined;
  readonly silenceMs: number;
}

class PostgresConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient;
  readonly #origin: string;
  readonly #names: Map<string, string>;
  readonly #types: pg.CustomTypesConfig | undefined;
  readonly #silenceMs: number;
  #wasLost = false;

  constructor(client: pg.PoolClient, origin: string, { names, types, silenceMs }: Shared) {
    this.#client = client;
    this.#origin = origin;
    this.#names = names;
    this.#types = types;
    this.#silenceMs = silenceMs;
  }

  get wasLost(): boolean {
    return this.#wasLost;
  }

  async executeQuery<R>({ sql: text, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    return this.#telling(async () => {
      const values = parameters.map(toStorable);
      const question: pg.QueryConfig & { readonly query_timeout: number } = {
        ...this.#toNamed(text, values.length),
        text,
        values,
        // Not for the whole pool: a table that is read from one end to the other may take as long as it likes.
        query_timeout: this.#silenceMs,
      };
      const { command, rowCount, rows } = await this.#client.query<R & pg.QueryResultRow>(question);
      return command === 'SELECT' || rowCount === null ? { rows } : { rows, numAffectedRows: BigInt(rowCount) };
    });
  }

  async *streamQuery<R>({ sql: text, parameters }: CompiledQuery, rows = ROWS): AsyncGenerator<QueryResult<R>> {
    const cursor = this.#client.query(new Cursor<R>(text, parameters.map(toStorable), { types: this.#types }));
    try {
      for (;;) {
        const page = await this.#telling(() => cursor.read(rows));
        if (page.length === 0) return;
        yield { rows: page };
      }
    } finally {
      if (!this.#wasLost) await cursor.close();
    }
  }

  release(): void {
    this.#client.off('error', ignore);
    this.#client.release(this.#wasLost);
  }

  async #telling<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.#wasLost ||= isLost(error);
      throw toPlainFailure(error, this.#origin);
    }
  }

  /** A statement with parameters has a name, by which the server finds it prepared the next time. */
  #toNamed(text: string, parameters: number): { readonly name?: string } {
    if (parameters === 0) return {};
    const known = this.#names.get(text);
    if (known !== undefined) return { name: known };
    if (this.#names.size >= KEPT_STATEMENTS) return {};
    const name = createHash('sha256').update(text).digest('hex').slice(0, 40);
    this.#names.set(text, name);
    return { name };
  }
}

/** PostgreSQL refuses NUL in a text. (Half a surrogate pair becomes U+FFFD where the driver writes UTF-8.) */
function toStorable(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
}
