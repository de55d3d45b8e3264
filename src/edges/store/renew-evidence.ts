import type { Kysely, Transaction } from 'kysely';
import type { Evidence } from '../../model/evidence.ts';
import type { Message } from '../../model/message.ts';
import type { NearMiss } from '../../ports.ts';
import { readBody, readHead, toKey } from './codec.ts';
import type { Tables } from './tables.ts';
import { wakeComponents } from './wake-components.ts';

/** Up to `limit` mails whose evidence another version of the extractor made. */
export async function readStale(db: Kysely<Tables>, extractor: string, limit: number): Promise<Message[]> {
  const rows = await db
    .selectFrom('mail')
    .innerJoin('mail_body', 'mail_body.seq', 'mail.seq')
    .select(['head', 'body'])
    // Two ranges instead of "is not": so the index finds nothing at once where nothing is stale.
    .where((where) => where.or([where('extractor', '<', extractor), where('extractor', '>', extractor)]))
    .limit(limit)
    .execute();
  return rows.map(({ head, body }) => ({ ...readHead(head), ...readBody(body) }));
}

/**
 * Replaces the evidence of mails that are there, also that of their copies, so that nothing old comes back with the next
 * copy. Their threads wait to be judged; evidence of an unknown mail is passed over.
 */
export async function replaceEvidence(tx: Transaction<Tables>, evidence: readonly Evidence[]): Promise<void> {
  const touched: number[] = [];
  for (const one of evidence) {
    const text = JSON.stringify(one);
    const mail = await tx
      .updateTable('mail')
      .set({ evidence: text, extractor: one.version, near_misses: one.nearMisses })
      .where('id', '=', toKey(one.message))
      .returning(['seq', 'component'])
      .executeTakeFirst();
    if (mail === undefined) continue;
    await tx.updateTable('mail_copy').set({ evidence: text }).where('seq', '=', mail.seq).execute();
    touched.push(mail.component);
  }
  await wakeComponents(tx, touched);
}

/** Mails with lines that look like frames and no trace, newest first. */
export async function readNearMisses(db: Kysely<Tables>, limit: number): Promise<NearMiss[]> {
  const rows = await db
    .selectFrom('mail')
    .select(['head', 'near_misses'])
    .where('near_misses', '>', 0)
    .orderBy('date', (order) => order.desc().nullsLast())
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ head: text, near_misses: lines }) => {
    const { id, subject, date } = readHead(text);
    return { message: id, subject, date, lines };
  });
}
