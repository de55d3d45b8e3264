import { BUCKET_DIGITS } from '../../ports/arrivals.ts';
import type { MailSource, RawMail, ReadFailure } from '../../ports.ts';
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

const BATCH = { mails: 200, bytes: 8 * 1024 * 1024 } as const;

/** Writes every mail of the sources down, a batch after the other. Cursors of archives are left alone: they are followed elsewhere. */
export async function bringSources(
  sources: readonly MailSource[],
  store: SharedStore,
  onMail: (count: number) => void = () => undefined,
): Promise<Omit<Brought, 'buckets'> & { readonly failures: readonly ReadFailure[] }> {
  const result = { added: 0, known: 0, failures: [] as ReadFailure[] };
  let batch: RawMail[] = [];
  let bytes = 0;
  let count = 0;
  const flush = async (): Promise<void> => {
    const { added, known } = await bringMails(batch, store);
    result.added += added;
    result.known += known;
    batch = [];
    bytes = 0;
  };
  for (const source of sources) {
    for await (const reading of source.read()) {
      if (reading.kind === 'failure') result.failures.push(reading.failure);
      if (reading.kind !== 'mail') continue;
      batch.push(reading.mail);
      bytes += reading.mail.bytes.length;
      onMail((count += 1));
      if (batch.length >= BATCH.mails || bytes >= BATCH.bytes) await flush();
    }
  }
  await flush();
  return result;
}
