import type { Transaction } from 'kysely';
import { toBatches } from './batches.ts';
import type { Tables } from './tables.ts';

/** Makes components wait to be judged, also where a verdict on them is just being made. */
export async function wakeComponents(tx: Transaction<Tables>, components: readonly number[]): Promise<void> {
  for (const batch of toBatches([...new Set(components)])) {
    await tx
      .updateTable('component')
      .set((component) => ({ version: component('version', '+', 1) }))
      .where('id', 'in', batch)
      .execute();
  }
}

/**
 * Makes every component wait whose verdict other rules gave; one that waits already is left as it is.
 *
 * @returns how many wait that did not before.
 */
export async function wakeJudgedByOthers(tx: Transaction<Tables>, rules: string): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('component')
    .set((component) => ({ version: component('version', '+', 1) }))
    .whereRef('version', '=', 'judged_version')
    .where('id', 'in', (from) =>
      from
        .selectFrom('thread')
        .select('component')
        .where((where) => where.or([where('rules', '<', rules), where('rules', '>', rules)])),
    )
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
