import type { Transaction } from 'kysely';
import type { Message } from '../../model/message.ts';
import type { AddResult, Ingested } from '../../ports.ts';
import { toBatches } from './batches.ts';
import { readMail, toKey, writeMail } from './codec.ts';
import type { StoredMail } from './codec.ts';
import { toMailWords } from './full-text.ts';
import type { FullText } from './full-text.ts';
import { joinComponents } from './join-components.ts';
import type { Tables } from './tables.ts';

/** Makes one mail of two copies that came through different lists; the same whichever comes first. */
export type UniteCopies = (a: Message, b: Message) => Message;

/** A mail that the store has, by its key. */
interface KnownMail extends StoredMail {
  readonly seq: number;
}

/** A mail that is to be written: new where `seq` is `null`. */
interface Change extends StoredMail {
  readonly key: string;
  readonly seq: number | null;
}

/** One mail, and all the raw forms in which it came in this batch. */
interface Arrival extends StoredMail {
  readonly digests: readonly string[];
}

/**
 * Adds mails within the transaction of the caller: rows, components, words to search for. A mail whose digest is known
 * changes nothing; other bytes with a known Message-ID are united with what is there and count as known.
 */
export async function addMails(
  tx: Transaction<Tables>,
  mails: readonly Ingested[],
  { unite, fullText }: { readonly unite: UniteCopies; readonly fullText: FullText },
): Promise<AddResult> {
  const digests = await readDigests(
    tx,
    mails.map(({ digest }) => digest),
  );
  const arrivals = gather(
    mails.filter(({ digest }) => !digests.has(digest)),
    unite,
  );
  const known = await readKnown(tx, [...arrivals.keys()]);
  const changes = toChanges(arrivals, known, unite);
  const seqs = await writeChanges(tx, changes, fullText);
  for (const [key, { seq }] of known) seqs.set(key, seq);
  const rows = [...arrivals].flatMap(([key, arrival]) =>
    arrival.digests.map((digest) => ({ digest, seq: seqs.get(key) ?? 0 })),
  );
  for (const batch of toBatches(rows)) await tx.insertInto('digest').values(batch).execute();
  const added = arrivals.size - known.size;
  return { added, known: mails.length - added };
}

/** Which of these digests are there already. */
export async function readDigests(
  db: Pick<Transaction<Tables>, 'selectFrom'>,
  digests: readonly string[],
): Promise<Set<string>> {
  const known = new Set<string>();
  for (const batch of toBatches(digests)) {
    const rows = await db.selectFrom('digest').select('digest').where('digest', 'in', batch).execute();
    for (const row of rows) known.add(row.digest);
  }
  return known;
}

/** Copies of one mail within the batch become one. */
function gather(mails: readonly Ingested[], unite: UniteCopies): Map<string, Arrival> {
  const arrivals = new Map<string, Arrival>();
  for (const { message, evidence, digest } of mails) {
    const key = toKey(message.id);
    const before = arrivals.get(key);
    if (before === undefined) arrivals.set(key, { message, evidence, digests: [digest] });
    else if (!before.digests.includes(digest)) {
      arrivals.set(key, { ...combine(before, { message, evidence }, unite), digests: [...before.digests, digest] });
    }
  }
  return arrivals;
}

/**
 * Two copies of a mail become one. What it says goes with the text that is kept; where the texts are equal but a reader
 * found other things (in headers that a list changed), the choice does not depend on the order.
 */
function combine(a: StoredMail, b: StoredMail, unite: UniteCopies): StoredMail {
  const message = unite(a.message, b.message);
  const text = toText(message);
  const candidates = [a, b].filter((copy) => toText(copy.message) === text);
  const evidences = (candidates.length > 0 ? candidates : [a, b]).map(({ evidence }) => ({
    evidence,
    json: JSON.stringify(evidence),
  }));
  const chosen = evidences.reduce((least, next) => (next.json < least.json ? next : least));
  return { message, evidence: chosen.evidence };
}

function toText(message: Message): string {
  return JSON.stringify(message.parts);
}

async function readKnown(tx: Transaction<Tables>, keys: readonly string[]): Promise<Map<string, KnownMail>> {
  const known = new Map<string, KnownMail>();
  for (const batch of toBatches(keys)) {
    const rows = await tx
      .selectFrom('mail')
      .innerJoin('mail_body', 'mail_body.seq', 'mail.seq')
      .select(['mail.seq', 'mail.id', 'head', 'evidence', 'body'])
      .where('mail.id', 'in', batch)
      .execute();
    for (const row of rows) known.set(row.id, { ...readMail(row), seq: row.seq });
  }
  return known;
}

/** What has to be written: new mails, and known ones that a copy adds to. */
function toChanges(
  arrivals: ReadonlyMap<string, Arrival>,
  known: ReadonlyMap<string, KnownMail>,
  unite: UniteCopies,
): Change[] {
  const changes: Change[] = [];
  for (const [key, { message, evidence }] of arrivals) {
    const before = known.get(key);
    if (before === undefined) {
      changes.push({ key, seq: null, message, evidence });
    } else {
      const after = combine(before, { message, evidence }, unite);
      if (!isSame(before, after)) changes.push({ key, seq: before.seq, ...after });
    }
  }
  return changes;
}

function isSame(a: StoredMail, b: StoredMail): boolean {
  const [first, second] = [writeMail(a), writeMail(b)];
  return first.head === second.head && first.body === second.body && first.evidence === second.evidence;
}

/** Writes mails with their components and their words, and returns the `seq` of each key. */
async function writeChanges(
  tx: Transaction<Tables>,
  changes: readonly Change[],
  fullText: FullText,
): Promise<Map<string, number>> {
  const links = changes.map(({ key, seq, message }) => ({ id: key, named: toNamed(message), isNew: seq === null }));
  const components = await joinComponents(tx, links);
  const fresh = changes.filter(({ seq }) => seq === null);
  const changed = changes.flatMap(({ seq, ...change }) => (seq === null ? [] : [{ ...change, seq }]));
  const seqs = new Map<string, number>();
  for (const batch of toBatches(fresh)) {
    const rows = batch.map((change) => toRow(change, components));
    const written = await tx
      .insertInto('mail')
      .values(rows.map(({ mail }) => mail))
      .returning(['seq', 'id'])
      .execute();
    for (const { id, seq } of written) seqs.set(id, seq);
    const bodies = rows.map(({ mail, body }) => ({ seq: seqs.get(mail.id) ?? 0, body }));
    await tx.insertInto('mail_body').values(bodies).execute();
  }
  for (const change of changed) {
    const { mail, body } = toRow(change, components);
    await tx.updateTable('mail').set(mail).where('seq', '=', change.seq).execute();
    await tx.updateTable('mail_body').set({ body }).where('seq', '=', change.seq).execute();
    seqs.set(change.key, change.seq);
  }
  await fullText.remove(
    tx,
    changed.map(({ seq }) => seq),
  );
  await fullText.add(
    tx,
    changes.map(({ key, message }) => toMailWords(seqs.get(key) ?? 0, message)),
  );
  return seqs;
}

function toNamed(message: Message): string[] {
  return [...message.references, ...message.inReplyTo].map(toKey);
}

function toRow({ key, message, evidence }: Change, components: ReadonlyMap<string, number>) {
  const { body, ...text } = writeMail({ message, evidence });
  const mail = {
    id: key,
    component: components.get(key) ?? 0,
    date: message.date,
    extractor: evidence.version,
    near_misses: evidence.nearMisses,
    problems: message.problems.length,
    ...text,
  };
  return { mail, body };
}
