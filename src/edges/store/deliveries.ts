import { sql } from 'kysely';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Delivery, DeliveryKind, DeliveryState, LetterContent } from '../../model/subscriber.ts';
import type { DeliveryClaim, DeliveryQuery, Outcome } from '../../ports/post-book.ts';
import { MOST_FAILURES } from '../../ports/post-book.ts';
import { toKey } from './codec.ts';
import type { DeliveryTable, Tables } from './tables.ts';

/** A letter is never sent a third time where nobody knows what became of it. */
const MOST_UNCERTAIN = 2;

export async function readDeliveries(db: Kysely<Tables>, query: DeliveryQuery): Promise<Delivery[]> {
  const { states, subscriber, kind, messageId, endedSince, limit } = query;
  let rows = db.selectFrom('delivery').selectAll();
  if (states !== undefined) rows = rows.where('state', 'in', states);
  if (subscriber !== undefined) rows = rows.where('subscriber', '=', subscriber);
  if (kind !== undefined) rows = rows.where('kind', '=', kind);
  if (messageId !== undefined) rows = rows.where('message_id', '=', toKey(messageId));
  if (endedSince !== undefined) rows = rows.where('ended_at', '>=', endedSince);
  const found = await rows.orderBy('made_at', 'desc').orderBy('id').limit(limit).execute();
  return found.map(toDelivery);
}

/** One, by its id. */
export async function readDelivery(db: Kysely<Tables>, id: string): Promise<Delivery | null> {
  const row = await db.selectFrom('delivery').selectAll().where('id', '=', toKey(id)).executeTakeFirst();
  return row === undefined ? null : toDelivery(row);
}

export async function readToldUntil(db: Kysely<Tables>, subscriber: string): Promise<string | null> {
  const row = await db
    .selectFrom('delivery')
    .select('window_to')
    .where('subscriber', '=', subscriber)
    .where('kind', '=', 'digest')
    .where('state', 'in', ['sent', 'empty'])
    .orderBy('window_to', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.window_to ?? null;
}

export async function insertDelivery(tx: Transaction<Tables>, delivery: Delivery): Promise<boolean> {
  const { id, subscriber, kind, window, state, reason, content, attempts, uncertain } = delivery;
  if (kind === 'digest') {
    const others = tx.selectFrom('delivery').where('subscriber', '=', subscriber).where('kind', '=', 'digest');
    const inHand = await others.select('id').where('state', '=', 'sending').executeTakeFirst();
    if (inHand !== undefined) return false;
  }
  const written = await tx
    .insertInto('delivery')
    .values({
      ...{ id, subscriber, kind, state, reason, attempts, uncertain, bounced: 0, handed: 0 },
      window_from: window.from,
      window_to: window.to,
      subject: toKey(delivery.subject),
      message_id: delivery.messageId,
      due_at: delivery.dueAt,
      made_at: delivery.madeAt,
      ended_at: delivery.endedAt,
      content: content && JSON.stringify(content),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .execute();
  if (written.length === 0) return false;
  if (kind === 'digest') await supersede(tx, delivery);
  return true;
}

/** What an older digest would have told stands in the newer one. */
async function supersede(tx: Transaction<Tables>, { id, subscriber, madeAt }: Delivery): Promise<void> {
  await tx
    .updateTable('delivery')
    .set({ state: 'superseded', content: null, ended_at: madeAt, reason: 'the next digest holds it' })
    .where('subscriber', '=', subscriber)
    .where('kind', '=', 'digest')
    .where('id', '!=', id)
    .where('state', 'in', ['queued', 'held'])
    .execute();
}

/** Letters whose time has come, and those of senders who have not been heard of. */
export async function claim(tx: Transaction<Tables>, { by, now, until, limit }: DeliveryClaim): Promise<Delivery[]> {
  await endUncertain(tx, now);
  const rows = await tx
    .selectFrom('delivery')
    .selectAll()
    .where((where) =>
      where.or([
        where.and([where('state', '=', 'queued'), where('due_at', '<=', now)]),
        where.and([where('state', '=', 'sending'), where('leased_until', '<=', now)]),
      ]),
    )
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  const taken: Delivery[] = [];
  for (const row of rows) {
    const lost = row.state === 'sending' && row.handed === 1 ? 1 : 0;
    const values = { attempts: row.attempts + 1, uncertain: row.uncertain + lost };
    await tx
      .updateTable('delivery')
      .set({ state: 'sending', leased_by: by, leased_until: until, handed: 0, ...values })
      .where('id', '=', row.id)
      .execute();
    taken.push(toDelivery({ ...row, state: 'sending', ...values }));
  }
  return taken;
}

/** Who died a second time with a letter that may have gone out: it has gone out twice at most, and goes no more. */
async function endUncertain(tx: Transaction<Tables>, now: string): Promise<void> {
  await tx
    .updateTable('delivery')
    .set({ state: 'failed', uncertain: MOST_UNCERTAIN, content: null, ended_at: now, reason: LOST })
    .where('state', '=', 'sending')
    .where('leased_until', '<=', now)
    .where('handed', '=', 1)
    .where('uncertain', '>=', MOST_UNCERTAIN - 1)
    .execute();
}

const LOST = 'twice nobody knows whether the server took it: it may have arrived, and is not sent a third time';

export async function markHanded(tx: Transaction<Tables>, id: string, by: string): Promise<boolean> {
  const marked = await tx
    .updateTable('delivery')
    .set({ handed: 1 })
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .where('leased_by', '=', by)
    .returning('id')
    .execute();
  return marked.length > 0;
}

/** Writes down how a letter ended; what others have done to it meanwhile stays. */
export async function end(
  tx: Transaction<Tables>,
  id: string,
  { by, outcome }: { readonly by: string; readonly outcome: Outcome },
): Promise<void> {
  const row = await tx
    .selectFrom('delivery')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .where('leased_by', '=', by)
    .executeTakeFirst();
  if (row === undefined) return;
  const free = { leased_by: null, leased_until: null, handed: 0 };
  const write = (values: object) =>
    tx
      .updateTable('delivery')
      .set({ ...free, ...values })
      .where('id', '=', id)
      .execute();
  if (outcome.kind === 'sent') {
    await write({ state: 'sent', ended_at: outcome.at, reason: null, content: null });
    await noteTold(tx, row);
    return;
  }
  const { reason } = outcome;
  if (outcome.kind === 'failed') {
    await write({ state: 'failed', ended_at: outcome.at, reason, content: null });
    if (outcome.counts) await countFailure(tx, row.subscriber, reason);
    return;
  }
  const uncertain = row.uncertain + (outcome.uncertain ? 1 : 0);
  if (uncertain < MOST_UNCERTAIN) await write({ state: 'queued', due_at: outcome.dueAt, reason, uncertain });
  else await write({ state: 'failed', ended_at: outcome.dueAt, reason: LOST, uncertain, content: null });
}

/** What was sent is what the reader knows. */
async function noteTold(tx: Transaction<Tables>, row: Selectable<DeliveryTable>): Promise<void> {
  if (row.kind !== 'digest' || row.content === null) return;
  const { snapshot } = JSON.parse(row.content) as LetterContent;
  await tx
    .updateTable('subscriber')
    .set({ snapshot: snapshot && JSON.stringify(snapshot), failures: 0 })
    .where('id', '=', row.subscriber)
    .execute();
}

/** One more mail that did not arrive; after so many the address is set aside. */
export async function countFailure(tx: Transaction<Tables>, subscriber: string, reason: string): Promise<void> {
  await tx
    .updateTable('subscriber')
    .set((row) => ({ failures: row('failures', '+', 1) }))
    .where('id', '=', subscriber)
    .execute();
  await tx
    .updateTable('subscriber')
    .set({ state: 'suspended', reason: `mail does not arrive: ${reason}`.slice(0, 500) })
    .where('id', '=', subscriber)
    .where('failures', '>=', MOST_FAILURES)
    .where('state', 'in', ['active', 'pending', 'paused'])
    .execute();
}

export async function free(tx: Transaction<Tables>): Promise<void> {
  await tx.updateTable('delivery').set({ leased_until: '' }).where('state', '=', 'sending').execute();
}

export async function move(
  tx: Transaction<Tables>,
  { from, to, reason, at }: { from: DeliveryState; to: DeliveryState; reason: string | null; at: string },
  id: string | undefined,
): Promise<number> {
  const values = to === 'queued' ? { due_at: at, ended_at: null } : { ended_at: at, content: sql<null>`NULL` };
  let update = tx
    .updateTable('delivery')
    .set({ state: to, reason, ...values })
    .where('state', '=', from);
  // What was given up after it was sent has no text any more.
  if (to === 'queued') update = update.where('content', 'is not', null);
  if (id !== undefined) update = update.where('id', '=', id);
  return (await update.returning('id').execute()).length;
}

/** Whose letter came back; counted once. */
export async function noteBounce(tx: Transaction<Tables>, messageId: string, reason: string): Promise<string | null> {
  const rows = await tx
    .updateTable('delivery')
    .set({ bounced: 1, reason: `came back: ${reason}`.slice(0, 500) })
    .where('message_id', '=', toKey(messageId))
    .where('bounced', '=', 0)
    .returning('subscriber')
    .execute();
  const subscriber = rows[0]?.subscriber ?? null;
  if (subscriber !== null) await countFailure(tx, subscriber, reason);
  return subscriber;
}

function toDelivery(row: Selectable<DeliveryTable>): Delivery {
  return {
    id: row.id,
    subscriber: row.subscriber,
    kind: row.kind as DeliveryKind,
    window: { from: row.window_from, to: row.window_to },
    state: row.state as DeliveryState,
    subject: row.subject,
    messageId: row.message_id,
    dueAt: row.due_at,
    attempts: row.attempts,
    uncertain: row.uncertain,
    reason: row.reason,
    madeAt: row.made_at,
    endedAt: row.ended_at,
    content: row.content === null ? null : (JSON.parse(row.content) as LetterContent),
  };
}
