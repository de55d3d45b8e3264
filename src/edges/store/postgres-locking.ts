import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import { toBatches } from './batches.ts';
import type { Locking } from './locking.ts';
import { isConflict } from './postgres-failures.ts';
import type { Tables } from './tables.ts';

/** How often work is done again that lost against another process, and how long it waits before, in milliseconds. */
const ATTEMPTS = 40;
const FIRST_BREATH = 2;
const LONGEST_BREATH = 400;

/**
 * Several writers in PostgreSQL.
 *
 * A transaction sees the database as it was at one instant (REPEATABLE READ), and PostgreSQL refuses it where it writes what
 * another one has changed since, or a key that another one has just written. It is done again then. One of the two always
 * goes through, so that nobody waits for ever. Work on threads begins by taking their components, in the order of their
 * numbers: it waits before it has done anything, and nobody waits in a circle.
 */
export const postgresLocking: Locking = {
  async write(db, work) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await db.transaction().setIsolationLevel('repeatable read').execute(work);
      } catch (error) {
        if (attempt === ATTEMPTS || !isConflict(error)) throw error;
        await setTimeout(Math.min(LONGEST_BREATH, FIRST_BREATH * 2 ** attempt));
      }
    }
  },
  read: (db, work) =>
    db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (tx) => {
        // What is read may take long to be written elsewhere.
        await sql`SET LOCAL idle_in_transaction_session_timeout = 0`.execute(tx);
        return work(tx);
      }),
  hold: {
    wait: sql`FOR UPDATE OF component`,
    skip: sql`FOR UPDATE OF component SKIP LOCKED`,
    skipRows: sql`FOR UPDATE SKIP LOCKED`,
  },
  async holdThreads(tx, ids) {
    const components = await readComponentsOf(tx, ids);
    const inOrder = [...components].sort((a, b) => a - b);
    for (const batch of toBatches(inOrder)) {
      await tx
        .selectFrom('component')
        .select('id')
        .where('id', 'in', batch)
        .orderBy('id')
        .modifyEnd(postgresLocking.hold.wait)
        .execute();
    }
  },
};

async function readComponentsOf(tx: Transaction<Tables>, ids: readonly string[]): Promise<Set<number>> {
  const components = new Set<number>();
  for (const batch of toBatches([...new Set(ids)])) {
    const rows = await tx.selectFrom('reference').select('component').distinct().where('id', 'in', batch).execute();
    for (const { component } of rows) components.add(component);
  }
  return components;
}
