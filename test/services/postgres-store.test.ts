/** The store on a real PostgreSQL: what holds for SQLite holds here, and what only servers and many writers can do to it. */
import { afterAll } from 'vitest';
import type { UniteCopies } from '../../src/edges/store/copies.ts';
import { openPostgresStore } from '../../src/edges/store/open-postgres-store.ts';
import { testStore } from '../edges/store/contract.ts';
import { startPostgres } from './postgres.ts';
import type { PostgresServer } from './postgres.ts';

const server: PostgresServer = await startPostgres();
afterAll(() => server.close());

/** Letters in the order of a dictionary, and upper beside lower case: nothing that the store says may come of that. */
const DICTIONARY = { like: `TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'de-DE'` };

/** A new database for every store takes longer than the test: each gets a schema of its own. */
async function openFresh(database: string, unite: UniteCopies) {
  schemas += 1;
  await server.ask(database, `CREATE SCHEMA s${schemas}`);
  return openPostgresStore(`${database}?options=-csearch_path%3Ds${schemas}`, { unite, limits: { connections: 3 } });
}
let schemas = 0;

const database = await server.newDatabase(DICTIONARY);

testStore('postgres', (unite) => openFresh(database, unite));
