import { BUCKET_DIGITS } from '../../ports/arrivals.ts';
import type { RawMail } from '../../ports.ts';
import type { SharedStore } from '../../ports/shared-store.ts';
import { toDigest } from '../../pipeline.ts';

/** What became of mails that were written down to be read later. */
export interface Brought {
  readonly added: number;
  readonly known: number;
  /** Where they lie. */
  readonly buckets: readonly string[];
}

/** Writes mails down as they came, for workers to read; those that were read before are left out. */
export async function bringMails(batch: readonly RawMail[], store: SharedStore): Promise<Brought> {
  const named = new Map(batch.map((mail) => [toDigest(mail), mail]));
  const known = await store.knownDigests([...named.keys()]);
  const fresh = [...named].flatMap(([digest, mail]) => (known.has(digest) ? [] : [{ ...mail, digest }]));
  await store.arrivals.add(fresh);
  const buckets = new Set(fresh.map(({ digest }) => digest.slice(0, BUCKET_DIGITS)));
  return { added: fresh.length, known: batch.length - fresh.length, buckets: [...buckets] };
}
