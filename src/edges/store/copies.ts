import type { Transaction } from 'kysely';
import type { Message } from '../../model/message.ts';
import type { Ingested } from '../../ports.ts';
import { toBatches } from './batches.ts';
import { readMail, toKey, writeMail } from './codec.ts';
import type { StoredMail } from './codec.ts';
import type { Tables } from './tables.ts';

/** Makes one mail of two copies that came through different lists. */
export type UniteCopies = (a: Message, b: Message) => Message;

/** A mail as it came once. */
export interface Copy extends StoredMail {
  /** sha256 of the raw bytes, hex. */
  readonly digest: string;
}

/**
 * Copies of one mail that are kept. A mail goes through a handful of lists; somebody who sends a thousand forms of one
 * Message-ID shall not fill the store.
 */
const MAX_COPIES = 16;

/** The mails of a batch by their key, each with the copies of it that are in the batch. */
export function gatherCopies(mails: readonly Ingested[]): Map<string, Copy[]> {
  const gathered = new Map<string, Copy[]>();
  for (const { message, evidence, digest } of mails) {
    const key = toKey(message.id);
    const copies = gathered.get(key) ?? [];
    if (!copies.some((copy) => copy.digest === digest)) copies.push({ message, evidence, digest });
    gathered.set(key, copies);
  }
  return gathered;
}

/** The earliest first, so that forms which somebody makes up later do not push the mail out. */
function byDate(a: Copy, b: Copy): number {
  const rank = ({ message, digest }: Copy) => `${message.date ?? '~'} ${digest}`;
  return rank(a) < rank(b) ? -1 : 1;
}

/** The copies that count, in an order that does not depend on when they came. */
export function chooseCopies(copies: readonly Copy[]): readonly Copy[] {
  return copies.length === 1 ? copies : [...copies].sort(byDate).slice(0, MAX_COPIES);
}

/**
 * One mail of all its copies: united one after the other in the order of their dates, then digests, so that the result is the same in
 * whatever order they came. What the mail says goes with the text that was kept.
 */
export function toOneMail(copies: readonly Copy[], unite: UniteCopies): StoredMail | undefined {
  const [first, ...others] = copies;
  return first === undefined ? undefined : others.reduce<StoredMail>((mail, copy) => combine(mail, copy, unite), first);
}

/**
 * The evidence is that of the copy which has both the text and the sender of the united mail. Where both have, but readers
 * found other things (in headers that a list changed), the choice is fixed.
 */
function combine(a: StoredMail, b: StoredMail, unite: UniteCopies): StoredMail {
  const message = unite(a.message, b.message);
  const text = toText(message);
  const sources = [a, b].filter((copy) => toText(copy.message) === text);
  const own = sources.filter((copy) => copy.message.from?.address === message.from?.address);
  const chosen = [own, sources, [a, b]].find((copies) => copies.length > 0) ?? [];
  const evidence = chosen.map((copy) => copy.evidence);
  return { message, evidence: evidence.reduce((one, other) => (toJson(other) < toJson(one) ? other : one)) };
}

function toText(message: Message): string {
  return toJson(message.parts);
}

function toJson(value: unknown): string {
  return JSON.stringify(value);
}

/** The kept copies of mails that came more than once, by the mail's `seq`. */
export async function readCopies(tx: Transaction<Tables>, seqs: readonly number[]): Promise<Map<number, Copy[]>> {
  const found = new Map<number, Copy[]>();
  for (const batch of toBatches(seqs)) {
    const rows = await tx.selectFrom('mail_copy').selectAll().where('seq', 'in', batch).execute();
    for (const row of rows) {
      found.set(row.seq, [...(found.get(row.seq) ?? []), { ...readMail(row), digest: row.digest }]);
    }
  }
  return found;
}

/** Makes the kept copies of a mail be these; a mail that came once has none, since its row says it all. */
export async function writeCopies(tx: Transaction<Tables>, seq: number, copies: readonly Copy[]): Promise<void> {
  if (copies.length < 2) return;
  await tx.deleteFrom('mail_copy').where('seq', '=', seq).execute();
  for (const batch of toBatches(copies)) {
    const rows = batch.map((copy) => ({ digest: copy.digest, seq, ...writeMail(copy) }));
    await tx.insertInto('mail_copy').values(rows).execute();
  }
}
