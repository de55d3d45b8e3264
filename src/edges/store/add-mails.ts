import type { Kysely, Transaction } from 'kysely';
import type { Message } from '../../model/message.ts';
import type { AddResult, Ingested } from '../../ports.ts';
import { toBatches } from './batches.ts';
import { readMail, toKey, writeMail } from './codec.ts';
import type { StoredMail } from './codec.ts';
import { chooseCopies, gatherCopies, readCopies, toOneMail, writeCopies } from './copies.ts';
import type { Copy, UniteCopies } from './copies.ts';
import { toMailWords } from './full-text.ts';
import type { FullText } from './full-text.ts';
import { writeLists } from './list-mails.ts';
import type { Locking } from './locking.ts';
import { joinComponents } from './join-components.ts';
import type { Tables } from './tables.ts';

/** A mail that the store has. */
interface KnownMail extends Copy {
  readonly seq: number;
}

/** A mail that is to be written: new where `before` is missing. */
interface Change extends StoredMail {
  readonly key: string;
  readonly before: KnownMail | undefined;
  /** Every copy that is kept, old and new. */
  readonly copies: readonly Copy[];
}

/** What adding needs beside the mails. */
interface Adding {
  readonly unite: UniteCopies;
  readonly fullText: FullText;
  readonly locking: Locking;
}

/**
 * Adds mails within the transaction of the caller: rows, components, words to search for. A mail whose digest is known
 * changes nothing; other bytes with a known Message-ID are united with what is there and count as known.
 */
export async function addMails(
  tx: Transaction<Tables>,
  mails: readonly Ingested[],
  { unite, fullText, locking }: Adding,
): Promise<AddResult> {
  await locking.holdThreads(
    tx,
    mails.flatMap(({ message }) => [toKey(message.id), ...toNamed(message)]),
  );
  const digests = await readDigests(
    tx,
    mails.map(({ digest }) => digest),
  );
  const arrivals = gatherCopies(mails.filter(({ digest }) => !digests.has(digest)));
  const known = await readKnown(tx, [...arrivals.keys()]);
  const changes = toChanges(arrivals, known, unite);
  const seqs = await writeChanges(tx, changes, fullText);
  const rows = [...arrivals].flatMap(([key, copies]) =>
    copies.map(({ digest }) => ({ digest, seq: seqs.get(key) ?? 0 })),
  );
  for (const batch of toBatches(rows)) await tx.insertInto('digest').values(batch).execute();
  const added = arrivals.size - known.size;
  return { added, known: mails.length - added };
}

/** Which of these digests are there already. */
export async function readDigests(db: Kysely<Tables>, digests: readonly string[]): Promise<Set<string>> {
  const known = new Set<string>();
  for (const batch of toBatches(digests)) {
    const rows = await db.selectFrom('digest').select('digest').where('digest', 'in', batch).execute();
    for (const row of rows) known.add(row.digest);
  }
  return known;
}

/** The mails that are there already, with all their copies, by key. */
async function readKnown(
  tx: Transaction<Tables>,
  keys: readonly string[],
): Promise<Map<string, { readonly mail: KnownMail; readonly copies: readonly Copy[] }>> {
  const mails = new Map<string, KnownMail>();
  for (const batch of toBatches(keys)) {
    const rows = await tx
      .selectFrom('mail')
      .innerJoin('mail_body', 'mail_body.seq', 'mail.seq')
      .select(['mail.seq', 'mail.id', 'digest', 'head', 'evidence', 'body'])
      .where('mail.id', 'in', batch)
      .execute();
    for (const row of rows) mails.set(row.id, { ...readMail(row), seq: row.seq, digest: row.digest });
  }
  const copies = await readCopies(
    tx,
    [...mails.values()].map(({ seq }) => seq),
  );
  return new Map([...mails].map(([key, mail]) => [key, { mail, copies: copies.get(mail.seq) ?? [mail] }]));
}

function toChanges(
  arrivals: ReadonlyMap<string, readonly Copy[]>,
  known: Awaited<ReturnType<typeof readKnown>>,
  unite: UniteCopies,
): Change[] {
  return [...arrivals].flatMap(([key, arrived]) => {
    const before = known.get(key);
    const copies = chooseCopies([...(before?.copies ?? []), ...arrived]);
    const mail = toOneMail(copies, unite);
    return mail === undefined ? [] : [{ key, before: before?.mail, copies, ...mail }];
  });
}

/** Writes mails with their components and their words, and returns the `seq` of each key. */
async function writeChanges(
  tx: Transaction<Tables>,
  changes: readonly Change[],
  fullText: FullText,
): Promise<Map<string, number>> {
  // A copy that says nothing new is written down as such, but its thread need not be judged again.
  const telling = changes.filter(({ before, ...mail }) => before === undefined || !isSame(before, mail));
  const links = telling.map(({ key, message, before }) => ({
    id: key,
    named: toNamed(message),
    isNew: before === undefined,
  }));
  const components = await joinComponents(tx, links);
  const fresh = telling.filter(({ before }) => before === undefined);
  const seqs = await insertMails(tx, fresh, components);
  for (const { key, before } of changes) if (before !== undefined) seqs.set(key, before.seq);
  const changed = telling.filter(({ before }) => before !== undefined);
  for (const change of changed) await updateMail(tx, change, { seq: seqs.get(change.key) ?? 0, components });
  for (const { key, copies } of changes) await writeCopies(tx, seqs.get(key) ?? 0, copies);
  await writeLists(
    tx,
    telling.map(({ key, message }) => ({ seq: seqs.get(key) ?? 0, date: message.date, lists: message.lists })),
  );
  await fullText.remove(
    tx,
    changed.map(({ key }) => seqs.get(key) ?? 0),
  );
  await fullText.add(
    tx,
    telling.map(({ key, message }) => toMailWords(seqs.get(key) ?? 0, message)),
  );
  return seqs;
}

async function insertMails(
  tx: Transaction<Tables>,
  mails: readonly Change[],
  components: ReadonlyMap<string, number>,
): Promise<Map<string, number>> {
  const seqs = new Map<string, number>();
  for (const batch of toBatches(mails)) {
    const rows = batch.map((change) => toRow(change, components));
    const values = rows.map(({ mail }) => mail);
    const written = await tx.insertInto('mail').values(values).returning(['seq', 'id']).execute();
    for (const { id, seq } of written) seqs.set(id, seq);
    const bodies = rows.map(({ mail, body }) => ({ seq: seqs.get(mail.id) ?? 0, body }));
    await tx.insertInto('mail_body').values(bodies).execute();
  }
  return seqs;
}

async function updateMail(
  tx: Transaction<Tables>,
  change: Change,
  { seq, components }: { readonly seq: number; readonly components: ReadonlyMap<string, number> },
): Promise<void> {
  const { mail, body } = toRow(change, components);
  await tx.updateTable('mail').set(mail).where('seq', '=', seq).execute();
  await tx.updateTable('mail_body').set({ body }).where('seq', '=', seq).execute();
}

function isSame(a: StoredMail, b: StoredMail): boolean {
  const [first, second] = [writeMail(a), writeMail(b)];
  return first.head === second.head && first.body === second.body && first.evidence === second.evidence;
}

function toNamed(message: Message): string[] {
  return [...message.references, ...message.inReplyTo].map(toKey);
}

function toRow({ key, message, evidence, copies }: Change, components: ReadonlyMap<string, number>) {
  const { body, ...text } = writeMail({ message, evidence });
  const mail = {
    id: key,
    digest: copies[0]?.digest ?? '',
    component: components.get(key) ?? 0,
    date: message.date,
    extractor: evidence.version,
    near_misses: evidence.nearMisses,
    problems: message.problems.length,
    ...text,
  };
  return { mail, body };
}
