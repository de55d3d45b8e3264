import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Correction } from '../../ports.ts';
import { toBatches } from './batches.ts';
import { toKey } from './codec.ts';
import { findComponent } from './find-threads.ts';
import type { CorrectionTable, Tables } from './tables.ts';
import { wakeComponents } from './wake-components.ts';

type Row = Selectable<CorrectionTable>;

/** Writes a correction. Its thread waits from now on; a mail that is not known yet will bring it along. */
export async function addCorrection(
  tx: Transaction<Tables>,
  { message, field, value, by, at }: Omit<Correction, 'id' | 'undone'>,
): Promise<Correction> {
  const row = { message: toKey(message), field, value, said_by: by, said_at: at, undone_by: null, undone_at: null };
  const written = await tx.insertInto('correction').values(row).returningAll().executeTakeFirstOrThrow();
  await wakeThreadOf(tx, row.message);
  return toCorrection(written);
}

/** Takes a correction that is in force back; `null` where there is none of that number. */
export async function undoCorrection(
  tx: Transaction<Tables>,
  id: number,
  { by, at }: { readonly by: string; readonly at: string },
): Promise<Correction | null> {
  const undone = await tx
    .updateTable('correction')
    .set({ undone_by: by, undone_at: at })
    .where('id', '=', id)
    .where('undone_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  if (undone === undefined) return null;
  await wakeThreadOf(tx, undone.message);
  return toCorrection(undone);
}

/** All corrections, undone ones too, oldest first; of the thread that an id means, or of all. */
export async function listCorrections(db: Kysely<Tables>, threadId: string | undefined): Promise<Correction[]> {
  let query = db.selectFrom('correction').selectAll('correction');
  if (threadId !== undefined) {
    const component = await findComponent(db, threadId);
    if (component === null) return [];
    query = query
      .innerJoin('reference', 'reference.id', 'correction.message')
      .where('reference.component', '=', component);
  }
  return (await query.orderBy('correction.id').execute()).map(toCorrection);
}

/** The corrections in force of each component that has any, oldest first. */
export async function readInForce(
  db: Kysely<Tables>,
  components: readonly number[],
): Promise<Map<number, readonly Correction[]>> {
  const found = new Map<number, Correction[]>();
  const any = await db.selectFrom('correction').select('id').limit(1).executeTakeFirst();
  if (any === undefined) return found;
  for (const batch of toBatches(components)) {
    const rows = await db
      .selectFrom('correction')
      .innerJoin('reference', 'reference.id', 'correction.message')
      .selectAll('correction')
      .select('reference.component')
      .where('reference.component', 'in', batch)
      .where('undone_at', 'is', null)
      .orderBy('correction.id')
      .execute();
    for (const row of rows) {
      const one = found.get(row.component);
      if (one === undefined) found.set(row.component, [toCorrection(row)]);
      else one.push(toCorrection(row));
    }
  }
  return found;
}

async function wakeThreadOf(tx: Transaction<Tables>, message: string): Promise<void> {
  const place = await tx.selectFrom('reference').select('component').where('id', '=', message).executeTakeFirst();
  if (place !== undefined) await wakeComponents(tx, [place.component]);
}

/** Rows are written by `addCorrection` alone, so that the field is one of the list. */
function toCorrection({ id, message, field, value, said_by, said_at, undone_by, undone_at }: Row): Correction {
  return {
    id,
    message,
    field: field as Correction['field'],
    value,
    by: said_by,
    at: said_at,
    undone: undone_by === null || undone_at === null ? null : { by: undone_by, at: undone_at },
  };
}
