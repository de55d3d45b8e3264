import type { Kysely } from 'kysely';
import type { TriageThread } from '../../model/triage.ts';
import type { ThreadFilter } from '../../ports.ts';
import { readDocument, readMail, toKey } from './codec.ts';
import type { StoredMail } from './codec.ts';
import type { Tables } from './tables.ts';
import { toValue } from './thread-tags.ts';

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
  let { after } = filter;
  while (left > 0) {
    const size = Math.min(PAGE, left);
    const page: Row[] = await readPage(db, after === undefined ? filter : { ...filter, after }, size);
    for (const { document } of page) yield readDocument(document);
    left -= page.length;
    const last = page.at(-1);
    if (page.length < size || last === undefined) return;
    after = { lastActivity: last.last_activity, id: last.id };
  }
}

interface Row {
  readonly document: string;
  readonly last_activity: string;
  readonly id: string;
}

/** How many threads there are that a filter leaves, counted up to `most`. */
export async function countThreads(db: Kysely<Tables>, filter: ThreadFilter, most: number): Promise<number> {
  const found = filtered(db, filter).select('thread.component').limit(most).as('found');
  const row = await db
    .selectFrom(found)
    .select(({ fn }) => fn.countAll<number>().as('threads'))
    .executeTakeFirstOrThrow();
  return Number(row.threads);
}

async function readPage(db: Kysely<Tables>, filter: ThreadFilter, size: number): Promise<Row[]> {
  return filtered(db, filter)
    .select(['document', 'thread.last_activity', 'thread.id'])
    .orderBy('thread.last_activity', 'desc')
    .orderBy('thread.id')
    .limit(size)
    .execute();
}

function filtered(db: Kysely<Tables>, { window, genre, status, tags, list, after }: ThreadFilter) {
  let query = db.selectFrom('thread');
  if (genre !== undefined) query = query.where('genre', '=', genre);
  if (status !== undefined) query = query.where('status', '=', status);
  for (const { kind, value } of tags ?? []) {
    query = query.where('thread.component', 'in', (where) =>
      where
        .selectFrom('thread_tag')
        .select('thread_tag.component')
        .where('kind', '=', kind)
        .where('value', '=', toValue(value)),
    );
  }
  if (list !== undefined) {
    query = query.where((where) =>
      where.exists(
        where
          .selectFrom('mail')
          .innerJoin('mail_list', 'mail_list.seq', 'mail.seq')
          .select('mail.seq')
          .whereRef('mail.component', '=', 'thread.component')
          .where('mail_list.list', '=', toValue(list)),
      ),
    );
  }
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
  if (after === undefined) return query;
  return query.where((where) =>
    where.or([
      where('thread.last_activity', '<', after.lastActivity),
      where.and([where('thread.last_activity', '=', after.lastActivity), where('thread.id', '>', after.id)]),
    ]),
  );
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
    .orderBy('date', (order) => order.asc().nullsFirst())
    .orderBy('mail.id')
    .execute();
  const judged = await db.selectFrom('thread').select('document').where('component', '=', component).executeTakeFirst();
  const order = judged === undefined ? [] : readDocument(judged.document).messages;
  const place = new Map(order.map(({ id }, at) => [id, at]));
  const rank = ({ message }: StoredMail) => place.get(message.id) ?? Infinity;
  return rows.map(readMail).sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}
