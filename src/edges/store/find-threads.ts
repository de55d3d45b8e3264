import type { Kysely } from 'kysely';
import type { TriageThread } from '../../model/triage.ts';
import type { ThreadFilter } from '../../ports.ts';
import { readDocument, readMail, toKey } from './codec.ts';
import type { StoredMail } from './codec.ts';
import type { Tables } from './tables.ts';

/** Documents that are read at once while threads are listed. */
const PAGE = 100;

/** Comes behind every text that begins with what stands before it, in the byte order of UTF-8. */
const LAST_CHARACTER = '\u{10FFFF}';

/** The judged thread that an id means: its own, any mail's in it, or the beginning of ids of one thread alone. */
export async function findThread(db: Kysely<Tables>, id: string): Promise<TriageThread | null> {
  const component = await findComponent(db, id);
  if (component === null) return null;
  const row = await db.selectFrom('thread').select('document').where('component', '=', component).executeTakeFirst();
  return row === undefined ? null : readDocument(row.document);
}

/** The component that an id means, as {@link findThread} reads it; `null` for none or several. */
export async function findComponent(db: Kysely<Tables>, id: string): Promise<number | null> {
  const key = toKey(id.trim().replace(/^<|>$/g, ''));
  if (key === '') return null;
  const exact = await db.selectFrom('reference').select('component').where('id', '=', key).executeTakeFirst();
  if (exact !== undefined) return exact.component;
  const named = await db.selectFrom('thread').select('component').where('id', '=', key).executeTakeFirst();
  if (named !== undefined) return named.component;
  const begun = await db
    .selectFrom('reference')
    .select('component')
    .distinct()
    .where('id', '>=', key)
    .where('id', '<', key + LAST_CHARACTER)
    .limit(2)
    .execute();
  const [only] = begun;
  return begun.length === 1 && only !== undefined ? only.component : null;
}

/**
 * Judged threads, newest activity first. They are read page by page, so that any number of them fits in memory and the
 * consumer may ask the store other things meanwhile.
 */
export async function* listThreads(db: Kysely<Tables>, filter: ThreadFilter): AsyncGenerator<TriageThread> {
  let left = filter.limit ?? Infinity;
  let after: { readonly last_activity: string; readonly id: string } | null = null;
  while (left > 0) {
    const page: { document: string; last_activity: string; id: string }[] = await readPage(db, filter, {
      after,
      size: Math.min(PAGE, left),
    });
    for (const { document } of page) yield readDocument(document);
    left -= page.length;
    after = page.at(-1) ?? null;
    if (page.length < PAGE || after === null) return;
  }
}

interface Place {
  readonly after: { readonly last_activity: string; readonly id: string } | null;
  readonly size: number;
}

async function readPage(db: Kysely<Tables>, { window, genre, status }: ThreadFilter, { after, size }: Place) {
  let query = db.selectFrom('thread').select(['document', 'last_activity', 'id']);
  if (genre !== undefined) query = query.where('genre', '=', genre);
  if (status !== undefined) query = query.where('status', '=', status);
  if (window !== undefined) {
    query = query.where((where) =>
      where.exists(
        where
          .selectFrom('mail')
          .select('mail.seq')
          .whereRef('mail.component', '=', 'thread.component')
          .where('mail.date', '>=', window.from)
          .where('mail.date', '<', window.to),
      ),
    );
  }
  if (after !== null) {
    query = query.where((where) =>
      where.or([
        where('last_activity', '<', after.last_activity),
        where.and([where('last_activity', '=', after.last_activity), where('id', '>', after.id)]),
      ]),
    );
  }
  return query.orderBy('last_activity', 'desc').orderBy('id').limit(size).execute();
}

/** The mails of a thread, in reading order; those that came since it was judged stand last, by date. */
export async function readMails(db: Kysely<Tables>, threadId: string): Promise<StoredMail[]> {
  const component = await findComponent(db, threadId);
  if (component === null) return [];
  const rows = await db
    .selectFrom('mail')
    .innerJoin('mail_body', 'mail_body.seq', 'mail.seq')
    .select(['head', 'evidence', 'body'])
    .where('component', '=', component)
    .orderBy('date')
    .orderBy('mail.id')
    .execute();
  const judged = await db.selectFrom('thread').select('document').where('component', '=', component).executeTakeFirst();
  const order = judged === undefined ? [] : readDocument(judged.document).messages;
  const place = new Map(order.map(({ id }, at) => [id, at]));
  const rank = ({ message }: StoredMail) => place.get(message.id) ?? Infinity;
  return rows.map(readMail).sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}
