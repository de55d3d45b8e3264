import { sql } from 'kysely';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Arrival, ArrivalBook, ArrivalClaim, MailSetAside } from '../../ports/arrivals.ts';
import { BUCKET_DIGITS } from '../../ports/arrivals.ts';
import { toBatches } from './batches.ts';
import { toKey } from './codec.ts';
import type { Locking } from './locking.ts';
import type { ArrivalTable, Tables } from './tables.ts';

/** Longest reason that is kept. In UTF-16 units. */
const MAX_REASON = 500;

/** Sorts behind every hex digit. */
const AFTER_HEX = 'g';

/** Mails that wait to be read, over any SQL database; see {@link ArrivalBook}. */
export class SqlArrivals implements ArrivalBook {
  readonly #db: Kysely<Tables>;
  readonly #locking: Locking;

  constructor(db: Kysely<Tables>, locking: Locking) {
    this.#db = db;
    this.#locking = locking;
  }

  async add(mails: readonly Arrival[]): Promise<void> {
    if (mails.length === 0) return;
    await this.#write(async (tx) => {
      for (const batch of toBatches(mails.map(toRow))) {
        await tx
          .insertInto('arrival')
          .values(batch)
          .onConflict((conflict) => conflict.column('digest').doNothing())
          .execute();
      }
    });
  }

  async claim({ by, limit, now, until, attempts, bucket }: ArrivalClaim): Promise<Arrival[]> {
    return this.#write(async (tx) => {
      const free = await findFree(tx, { now, attempts })
        .selectAll()
        .where('digest', '>=', bucket)
        .where('digest', '<', `${bucket}${AFTER_HEX}`)
        .orderBy('id')
        .limit(limit)
        .modifyEnd(this.#locking.hold.skipRows)
        .execute();
      const [first] = free;
      const taken = first !== undefined && first.attempts > 0 ? [first] : free.filter((row) => row.attempts === 0);
      for (const batch of toBatches(taken.map(({ id }) => id))) {
        await tx
          .updateTable('arrival')
          .set((arrival) => ({ claimed_by: by, claimed_until: until, attempts: arrival('attempts', '+', 1) }))
          .where('id', 'in', batch)
          .execute();
      }
      return taken.map(toArrival);
    });
  }

  async end(digests: readonly string[]): Promise<void> {
    await this.#write(async (tx) => {
      for (const batch of toBatches(digests)) await tx.deleteFrom('arrival').where('digest', 'in', batch).execute();
    });
  }

  async fail({ digest, by, reason }: { digest: string; by: string; reason: string }): Promise<void> {
    const line = toKey(reason.replace(/\s+/g, ' ').slice(0, MAX_REASON));
    await this.#write((tx) =>
      tx
        .updateTable('arrival')
        .set({ claimed_until: '', reason: line })
        .where('digest', '=', digest)
        .where('claimed_by', '=', by)
        .execute(),
    );
  }

  async release(by: string): Promise<void> {
    await this.#write((tx) =>
      tx
        .updateTable('arrival')
        .set((arrival) => ({ claimed_until: '', attempts: arrival('attempts', '-', 1) }))
        .where('claimed_by', '=', by)
        .where('claimed_until', '>', '')
        .execute(),
    );
  }

  async freeBuckets(now: Pick<ArrivalClaim, 'now' | 'attempts'>): Promise<readonly string[]> {
    const bucket = sql<string>`substr(digest, 1, ${sql.lit(BUCKET_DIGITS)})`;
    const rows = await findFree(this.#db, now).select(bucket.as('bucket')).distinct().execute();
    return rows.map((row) => row.bucket).sort();
  }

  async setAside({ now, attempts, limit }: Pick<ArrivalClaim, 'now' | 'attempts' | 'limit'>): Promise<MailSetAside[]> {
    return this.#db
      .selectFrom('arrival')
      .select(['digest', 'origin', 'attempts', 'reason'])
      .where('attempts', '>=', attempts)
      .where('claimed_until', '<=', now)
      .orderBy('id')
      .limit(limit)
      .execute();
  }

  async retry(digest: string): Promise<boolean> {
    const changed = await this.#write((tx) =>
      tx
        .updateTable('arrival')
        .set({ claimed_until: '', attempts: 0, reason: null })
        .where('digest', '>=', digest)
        .where('digest', '<', `${digest}${AFTER_HEX}`)
        .where('attempts', '>', 0)
        .returning('id')
        .execute(),
    );
    return changed.length > 0;
  }

  async count(): Promise<number> {
    const row = await this.#db
      .selectFrom('arrival')
      .select((select) => select.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(row.count);
  }

  #write<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.#locking.write(this.#db, work);
  }
}

/** Nobody has it, or not any more, and it was not taken too often. */
function findFree(db: Kysely<Tables>, { now, attempts }: Pick<ArrivalClaim, 'now' | 'attempts'>) {
  return db.selectFrom('arrival').where('claimed_until', '<=', now).where('attempts', '<', attempts);
}

function toRow({ digest, bytes, origin, url }: Arrival) {
  return {
    digest,
    raw: bytes.toString('base64'),
    origin: toKey(origin),
    url: url === undefined ? null : toKey(url),
    claimed_by: '',
    claimed_until: '',
    attempts: 0,
    reason: null,
  };
}

function toArrival({ digest, raw, origin, url }: Selectable<ArrivalTable>): Arrival {
  return { digest, origin, bytes: Buffer.from(raw, 'base64'), ...(url === null ? {} : { url }) };
}
