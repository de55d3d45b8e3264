import type { Kysely, Transaction } from 'kysely';
import type { ListSeen } from '../../model/mailbox.ts';
import { toBatches } from './batches.ts';
import { readHead } from './codec.ts';
import type { Tables } from './tables.ts';

/** A mail and the lists that it came through. */
export interface ListedMail {
  readonly seq: number;
  readonly date: string | null;
  readonly lists: readonly string[];
}

/** Mails whose heads are read between two writes when an older store is brought to this schema. */
const BATCH = 500;

/** Writes down which lists these mails came through, in place of what was written of them before. */
export async function writeLists(tx: Transaction<Tables>, mails: readonly ListedMail[]): Promise<void> {
  for (const batch of toBatches(mails.map(({ seq }) => seq)))
    await tx.deleteFrom('mail_list').where('seq', 'in', batch).execute();
  const rows = mails.flatMap(({ seq, date, lists }) =>
    [...new Set(lists)].map((list) => ({ list: list.replaceAll('\0', '\uFFFD'), seq, date: date ?? '' })),
  );
  for (const batch of toBatches(rows)) await tx.insertInto('mail_list').values(batch).execute();
}

/** The lists that mails came through, those with the newest mail first. Mails dated after `asOf` say nothing of when. */
export async function readLists(db: Kysely<Tables>, asOf: string): Promise<ListSeen[]> {
  const rows = await db
    .selectFrom('mail_list')
    .select(({ fn }) => ['list', fn.max('date').as('newest'), fn.countAll<number>().as('mails')])
    .where('date', '<=', asOf)
    .groupBy('list')
    .execute();
  return rows
    .map(({ list, newest, mails }) => ({ list, newest, mails: Number(mails) }))
    .sort((a, b) => (a.newest === b.newest ? (a.list < b.list ? -1 : 1) : a.newest < b.newest ? 1 : -1));
}

/** Fills the table from the heads of the mails that an older store holds. */
export async function fillLists(tx: Transaction<Tables>): Promise<void> {
  for (let after = -1; ;) {
    const rows = await tx
      .selectFrom('mail')
      .select(['seq', 'date', 'head'])
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(BATCH)
      .execute();
    if (rows.length === 0) return;
    await writeLists(
      tx,
      rows.map(({ seq, date, head }) => ({ seq, date, lists: readHead(head).lists })),
    );
    after = rows.at(-1)?.seq ?? after;
  }
}
