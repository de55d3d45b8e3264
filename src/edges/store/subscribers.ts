import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Snapshot } from '../../model/digest.ts';
import type { Form, Rhythm, Subscriber, SubscriberState } from '../../model/subscriber.ts';
import type { KeptToken, SubscriberChange, TokenPurpose } from '../../ports/post-book.ts';
import { toKey } from './codec.ts';
import type { SubscriberTable, Tables } from './tables.ts';

type Row = Selectable<SubscriberTable>;

/** Everybody, by address. */
export async function readSubscribers(db: Kysely<Tables>): Promise<Subscriber[]> {
  return (await db.selectFrom('subscriber').selectAll().orderBy('address').execute()).map(toSubscriber);
}

/** One, by id or address. */
export async function readSubscriber(db: Kysely<Tables>, which: string): Promise<Subscriber | null> {
  const row = await db
    .selectFrom('subscriber')
    .selectAll()
    .where((where) => where.or([where('id', '=', toKey(which)), where('address', '=', toKey(which.toLowerCase()))]))
    .executeTakeFirst();
  return row === undefined ? null : toSubscriber(row);
}

export async function insertSubscriber(tx: Transaction<Tables>, subscriber: Subscriber): Promise<boolean> {
  const { id, address, name, filter, form, rhythm, state, reason, failures } = subscriber;
  const written = await tx
    .insertInto('subscriber')
    .values({
      ...{
        id,
        address: toKey(address),
        name: name && toKey(name),
        filter: toKey(filter),
        form,
        state,
        reason,
        failures,
      },
      rhythm: JSON.stringify(rhythm),
      added_at: subscriber.addedAt,
      confirmed_at: subscriber.confirmedAt,
      snapshot: subscriber.snapshot && JSON.stringify(subscriber.snapshot),
      snoozed: JSON.stringify(subscriber.snoozed),
    })
    .onConflict((conflict) => conflict.column('address').doNothing())
    .returning('id')
    .execute();
  return written.length > 0;
}

export async function updateSubscriber(
  tx: Transaction<Tables>,
  id: string,
  { change, only }: { readonly change: SubscriberChange; readonly only: readonly SubscriberState[] | undefined },
): Promise<boolean> {
  const { name, rhythm, snoozed, confirmedAt, ...plain } = change;
  let update = tx
    .updateTable('subscriber')
    .set({
      ...plain,
      ...(name === undefined ? {} : { name: name && toKey(name) }),
      ...(rhythm === undefined ? {} : { rhythm: JSON.stringify(rhythm) }),
      ...(snoozed === undefined ? {} : { snoozed: JSON.stringify(snoozed) }),
      ...(confirmedAt === undefined ? {} : { confirmed_at: confirmedAt }),
    })
    .where('id', '=', id);
  if (only !== undefined) update = update.where('state', 'in', only);
  return (await update.returning('id').execute()).length > 0;
}

export async function writeToken(
  tx: Transaction<Tables>,
  { hash, subscriber, purpose, madeAt }: KeptToken,
): Promise<void> {
  const row = { hash, subscriber, purpose, made_at: madeAt };
  await tx
    .insertInto('subscriber_token')
    .values(row)
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute();
}

export async function readToken(db: Kysely<Tables>, hash: string): Promise<KeptToken | null> {
  const row = await db.selectFrom('subscriber_token').selectAll().where('hash', '=', toKey(hash)).executeTakeFirst();
  if (row === undefined) return null;
  return { hash, subscriber: row.subscriber, purpose: row.purpose as TokenPurpose, madeAt: row.made_at };
}

/** Rows are written by `insertSubscriber` alone, so that their words are those of the model. */
function toSubscriber(row: Row): Subscriber {
  return {
    id: row.id,
    address: row.address,
    name: row.name,
    filter: row.filter,
    form: row.form as Form,
    rhythm: JSON.parse(row.rhythm) as Rhythm,
    state: row.state as SubscriberState,
    reason: row.reason,
    failures: row.failures,
    addedAt: row.added_at,
    confirmedAt: row.confirmed_at,
    snapshot: row.snapshot === null ? null : (JSON.parse(row.snapshot) as Snapshot),
    snoozed: JSON.parse(row.snoozed) as Readonly<Record<string, string>>,
  };
}
