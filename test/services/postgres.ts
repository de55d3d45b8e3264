import { join } from 'node:path';
import pg from 'pg';
import {
  findFreePort,
  findPostgresProgram,
  makeServerFolder,
  runAsServer,
  startServer,
  stopServer,
  untilReady,
} from './server-process.ts';

/** A PostgreSQL server of the test's own. */
export interface PostgresServer {
  /** The URL of a database that is made here, new and empty. */
  readonly newDatabase: (options?: { readonly like?: string }) => Promise<string>;
  /** Asks the server as its owner; `url` names the database. */
  readonly ask: (url: string, sql: string) => Promise<readonly Record<string, unknown>[]>;
  /** `fast` as an operator does it, `kill` as a machine that loses its power. */
  readonly stop: (how: 'fast' | 'kill') => Promise<void>;
  /** After `stop`, on the same data and the same port. */
  readonly start: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** No waiting for the disk: what was committed outlives a killed server without it too, as the machine goes on. */
const SETTINGS = ['fsync=off', 'full_page_writes=off', 'max_connections=60'];

/**
 * Starts a real server on a free port of 127.0.0.1.
 *
 * @param locale of the databases: `de_DE.UTF-8` orders letters in another way than bytes do. Not every machine has one.
 */
export async function startPostgres({ locale = 'C.UTF-8' } = {}): Promise<PostgresServer> {
  const { folder, remove } = makeServerFolder('postgres');
  const [data, port] = [join(folder, 'data'), await findFreePort()];
  await runAsServer(findPostgresProgram('initdb'), [
    ...['-D', data, '-U', 'heddle', '--auth=trust', '-E', 'UTF8', `--locale=${locale}`, '--no-sync'],
  ]);
  const settings = [...SETTINGS, 'listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`];
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  const base = `postgres://heddle@127.0.0.1:${port}`;
  let server = startServer(findPostgresProgram('postgres'), args);
  await untilReady(server, () => ask(`${base}/postgres`, 'SELECT 1'));
  let databases = 0;
  return {
    newDatabase: async ({ like = '' } = {}) => {
      databases += 1;
      const name = `test_${databases}`;
      await ask(`${base}/postgres`, `CREATE DATABASE ${name} ${like}`);
      return `${base}/${name}`;
    },
    ask,
    stop: (how) => stopServer(server, how === 'fast' ? 'SIGINT' : 'SIGQUIT'),
    start: async () => {
      server = startServer(findPostgresProgram('postgres'), args);
      await untilReady(server, () => ask(`${base}/postgres`, 'SELECT 1'));
    },
    close: async () => {
      await stopServer(server, 'SIGQUIT');
      remove();
    },
  };
}

async function ask(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows;
  } finally {
    await client.end();
  }
}
