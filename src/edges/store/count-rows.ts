import type { Kysely } from 'kysely';
import type { StoreCounts } from '../../ports.ts';
import { SCHEMA } from './migrations.ts';
import { countPending } from './pending-threads.ts';
import type { Tables } from './tables.ts';

/** How much there is, how much is still to do, and how much could not be read. */
export async function countRows(db: Kysely<Tables>): Promise<StoreCounts> {
  const count = async (table: 'mail' | 'component') => {
    const row = await db
      .selectFrom(table)
      .select((of) => of.fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow();
    return Number(row.rows);
  };
  const damage = await db
    .selectFrom('mail')
    .select((of) => [
      of.fn.sum<number | null>('near_misses').as('nearMisses'),
      of.fn.sum<number | null>('problems').as('problems'),
    ])
    .where((where) => where.or([where('near_misses', '>', 0), where('problems', '>', 0)]))
    .executeTakeFirstOrThrow();
  return {
    mails: await count('mail'),
    threads: await count('component'),
    pending: await countPending(db),
    nearMisses: Number(damage.nearMisses ?? 0),
    problems: Number(damage.problems ?? 0),
    schema: SCHEMA,
  };
}
