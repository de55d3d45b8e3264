/** The store on a real PostgreSQL: what holds for SQLite holds here, and what only servers and many writers can do to it. */
import { afterAll } from 'vitest';
import type { UniteCopies } from '../../src/edges/store/copies.ts';
import { openPostgresStore } from '../../src/edges/store/open-postgres-store.ts';
import { uniteForTest } from '../edges/store/make-ingested.ts';
import { testSharedStore } from '../edges/store/shared-contract.ts';
import { testStore } from '../edges/store/contract.ts';
import { testPostBook } from '../edges/store/post-contract.ts';
import { startPostgres } from './postgres.ts';
import type { PostgresServer } from './postgres.ts';

const server: PostgresServer = await startPostgres();
afterAll(() => server.close());

/** Letters in the order of a dictionary, and upper beside lower case: nothing that the store says may come of that. */
const DICTIONARY = { like: `TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'de-DE'` };

const database = await server.newDatabase(DICTIONARY);

/** The URL of a schema of its own: a new database for every store would take longer than the test. */
async function newSchema(): Promise<string> {
  schemas += 1;
  await server.ask(database, `CREATE SCHEMA s${schemas}`);
  return `${database}?options=-csearch_path%3Ds${schemas}`;
}
let schemas = 0;

const open = (url: string, unite: UniteCopies = uniteForTest) =>
  openPostgresStore(url, { unite, limits: { connections: 3 } });

testStore('postgres', async (unite) => open(await newSchema(), unite));
testPostBook('postgres', async () => open(await newSchema()));
testSharedStore('postgres', async (times) => {
  const url = await newSchema();
  // All at once: they make the tables together.
  return Promise.all(Array.from({ length: times }, () => open(url)));
});
