import { setImmediate } from 'node:timers/promises';
import type { Ingested, RawMail, ReadFailure, Store } from '../ports.ts';
import { ingest, toDigest } from '../pipeline.ts';
import { findCut } from './cut-text.ts';
import { toFailure } from './triage-mail.ts';

/** What became of the mails that were added so far. */
export interface Tally {
  added: number;
  known: number;
  failures: ReadFailure[];
  cuts: ReadFailure[];
}

/** Mails that are parsed between two looks at what else there is to do: timers, signals, the network. */
const MAILS_BETWEEN = 10;

/** Brings mails into the store in one transaction; those whose bytes are known are not parsed. Counts into `tally`. */
export async function addBatch(batch: readonly RawMail[], store: Store, tally: Tally): Promise<void> {
  if (batch.length === 0) return;
  const named = batch.map((mail) => ({ mail, digest: toDigest(mail) }));
  const known = await store.knownDigests(named.map(({ digest }) => digest));
  const fresh: Ingested[] = [];
  for (const [at, { mail, digest }] of named.entries()) {
    if (at % MAILS_BETWEEN === MAILS_BETWEEN - 1) await setImmediate();
    if (known.has(digest)) {
      tally.known += 1;
      continue;
    }
    try {
      const read = ingest(mail);
      const cut = findCut(read.message, mail.origin);
      if (cut) tally.cuts.push(cut);
      fresh.push(read);
    } catch (error) {
      tally.failures.push(toFailure(mail, error));
    }
  }
  if (fresh.length === 0) return;
  const result = await store.add(fresh);
  tally.added += result.added;
  tally.known += result.known;
}
