import type { Kysely, Transaction } from 'kysely';
import type { Delivery, DeliveryState, Subscriber, SubscriberState } from '../../model/subscriber.ts';
import type {
  DeliveryClaim,
  DeliveryQuery,
  Incoming,
  KeptToken,
  Outcome,
  PostBook,
  SubscriberChange,
  TokenPurpose,
} from '../../ports/post-book.ts';
import * as deliveries from './deliveries.ts';
import { toKey } from './codec.ts';
import type { Locking } from './locking.ts';
import * as people from './subscribers.ts';
import type { Tables } from './tables.ts';

/** Under this name the kill switch lies among the cursors; no source is called so. */
const SWITCH = '\ndelivery stopped';

/** The post book over any SQL database, see {@link PostBook}. */
export class SqlPostBook implements PostBook {
  readonly #db: Kysely<Tables>;
  readonly #locking: Locking;

  constructor(db: Kysely<Tables>, locking: Locking) {
    this.#db = db;
    this.#locking = locking;
  }

  async subscribers(): Promise<readonly Subscriber[]> {
    return people.readSubscribers(this.#db);
  }

  async subscriber(which: string): Promise<Subscriber | null> {
    return people.readSubscriber(this.#db, which);
  }

  async addSubscriber(subscriber: Subscriber): Promise<boolean> {
    return this.#write((tx) => people.insertSubscriber(tx, subscriber));
  }

  async changeSubscriber(id: string, change: SubscriberChange, only?: readonly SubscriberState[]): Promise<boolean> {
    return this.#write((tx) => people.updateSubscriber(tx, id, { change, only }));
  }

  async addToken(token: KeptToken): Promise<void> {
    await this.#write((tx) => people.writeToken(tx, token));
  }

  async token(hash: string): Promise<KeptToken | null> {
    return people.readToken(this.#db, hash);
  }

  async dropTokens(purpose: TokenPurpose, before: string): Promise<void> {
    await this.#write((tx) =>
      tx.deleteFrom('subscriber_token').where('purpose', '=', purpose).where('made_at', '<', before).execute(),
    );
  }

  async deliveries(query: DeliveryQuery): Promise<readonly Delivery[]> {
    return deliveries.readDeliveries(this.#db, query);
  }

  async delivery(id: string): Promise<Delivery | null> {
    return deliveries.readDelivery(this.#db, id);
  }

  async toldUntil(subscriber: string): Promise<string | null> {
    return deliveries.readToldUntil(this.#db, subscriber);
  }

  async addDelivery(delivery: Delivery): Promise<boolean> {
    return this.#write((tx) => deliveries.insertDelivery(tx, delivery));
  }

  async claimDeliveries(claim: DeliveryClaim): Promise<readonly Delivery[]> {
    return this.#write((tx) => deliveries.claim(tx, claim));
  }

  async handOver(id: string, by: string, token: KeptToken | null): Promise<boolean> {
    return this.#write(async (tx) => {
      if (!(await deliveries.markHanded(tx, id, by))) return false;
      if (token !== null) await people.writeToken(tx, token);
      return true;
    });
  }

  async endDelivery(id: string, by: string, outcome: Outcome): Promise<void> {
    await this.#write((tx) => deliveries.end(tx, id, { by, outcome }));
  }

  async freeDeliveries(): Promise<void> {
    await this.#write((tx) => deliveries.free(tx));
  }

  async moveDeliveries(
    move: { from: DeliveryState; to: DeliveryState; reason: string | null; at: string },
    id?: string,
  ): Promise<number> {
    return this.#write((tx) => deliveries.move(tx, move, id));
  }

  async bounce(messageId: string, reason: string): Promise<Subscriber | null> {
    const id = await this.#write((tx) => deliveries.noteBounce(tx, messageId, reason));
    return id === null ? null : this.subscriber(id);
  }

  async stopped(): Promise<string | null> {
    const row = await this.#db
      .selectFrom('source_cursor')
      .select('cursor')
      .where('source', '=', SWITCH)
      .executeTakeFirst();
    return row?.cursor ?? null;
  }

  async setStopped(reason: string | null): Promise<void> {
    await this.#write(async (tx) => {
      await tx.deleteFrom('source_cursor').where('source', '=', SWITCH).execute();
      if (reason !== null) await tx.insertInto('source_cursor').values({ source: SWITCH, cursor: reason }).execute();
    });
  }

  async addIncoming(mails: readonly Incoming[]): Promise<void> {
    if (mails.length === 0) return;
    await this.#write(async (tx) => {
      for (const { id, mailbox, raw, cameAt } of mails) {
        const row = { id, mailbox, raw: raw.toString('base64'), came_at: cameAt };
        await tx
          .insertInto('incoming')
          .values({ ...row, subscriber: null, outcome: null, looked_at: null })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .execute();
      }
    });
  }

  async incoming(limit: number): Promise<readonly Incoming[]> {
    const rows = await this.#db
      .selectFrom('incoming')
      .select(['id', 'mailbox', 'raw', 'came_at'])
      .where('outcome', 'is', null)
      .orderBy('came_at')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(({ id, mailbox, raw, came_at }) => ({
      id,
      mailbox,
      raw: Buffer.from(raw ?? '', 'base64'),
      cameAt: came_at,
    }));
  }

  async endIncoming(
    id: string,
    { text, subscriber, at }: { readonly text: string; readonly subscriber: string | null; readonly at: string },
    answer?: Delivery,
  ): Promise<void> {
    await this.#write(async (tx) => {
      const values = { raw: null, outcome: toKey(text.slice(0, 500)), subscriber, looked_at: at };
      await tx.updateTable('incoming').set(values).where('id', '=', id).execute();
      if (answer !== undefined) await deliveries.insertDelivery(tx, answer);
    });
  }

  async countIncoming(subscriber: string, since: string): Promise<number> {
    const row = await this.#db
      .selectFrom('incoming')
      .select((select) => select.fn.countAll<number>().as('count'))
      .where('subscriber', '=', subscriber)
      .where('looked_at', '>=', since)
      .executeTakeFirstOrThrow();
    return Number(row.count);
  }

  #write<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.#locking.write(this.#db, work);
  }
}
