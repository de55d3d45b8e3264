import { sql, type Kysely } from 'kysely';
import type { Window } from '../../model/digest.ts';
import type { ListHour, RecentMail } from '../../model/mailbox.ts';
import { toBatches } from './batches.ts';
import { readHead } from './codec.ts';
import type { Tables } from './tables.ts';

/** In which hours of a window mails came through which lists. */
export async function readListHours(db: Kysely<Tables>, { from, to }: Window): Promise<ListHour[]> {
  const hour = sql<string>`substr(date, 1, 13)`;
  const rows = await db
    .selectFrom('mail_list')
    .select(({ fn }) => ['list', hour.as('hour'), fn.countAll<number>().as('mails')])
    .where('date', '>=', from)
    .where('date', '<', to)
    .groupBy(['list', hour])
    .execute();
  return rows
    .map(({ list, hour: when, mails }) => ({ list, hour: when, mails: Number(mails) }))
    .sort((a, b) => (a.list === b.list ? (a.hour < b.hour ? -1 : 1) : a.list < b.list ? -1 : 1));
}

/** Mails dated in a window, with the mail that each answers and whether it had come by the window's end; by id. */
export async function readRecentMails(db: Kysely<Tables>, { from, to }: Window): Promise<RecentMail[]> {
  const rows = await db
    .selectFrom('mail')
    .select(['id', 'date', 'head'])
    .where('date', '>=', from)
    .where('date', '<', to)
    .orderBy('id')
    .execute();
  const mails = rows.map(({ id, date, head }) => {
    const { subject, inReplyTo, references } = readHead(head);
    return { id, date, subject, parent: inReplyTo[0] ?? references.at(-1) ?? null };
  });
  const there = await findThere(
    db,
    mails.flatMap(({ parent }) => parent ?? []),
    to,
  );
  return mails.map((mail) => ({ ...mail, hasParent: mail.parent !== null && there.has(mail.parent) }));
}

async function findThere(db: Kysely<Tables>, ids: readonly string[], to: string): Promise<ReadonlySet<string>> {
  const there = new Set<string>();
  for (const batch of toBatches([...new Set(ids)])) {
    const rows = await db.selectFrom('mail').select(['id', 'date']).where('id', 'in', batch).execute();
    for (const { id, date } of rows) if (date === null || date < to) there.add(id);
  }
  return there;
}
