import { composeDigest } from '../digest/compose-digest.ts';
import type { Digest } from '../digest/digest.ts';
import { needsReader } from '../digest/filter/filter.ts';
import { readFilter } from '../digest/filter/read-filter.ts';
import type { DigestSource } from '../model/digest.ts';
import { digestOf, toWindow } from '../pipeline/digest-of.ts';
import { gapsOf } from '../pipeline/gaps/gaps-of.ts';
import type { Store } from '../ports.ts';
import { NotThere } from './page.ts';
import type { PagePorts } from './ports.ts';

/** What tells whether something has come or changed since: cheap to ask, and the same for the same store. */
export async function readState(store: Pick<Store, 'counts' | 'corrections'>): Promise<string> {
  const { mails, threads, pending, nearMisses } = await store.counts();
  const corrections = await store.corrections();
  const undone = corrections.filter((one) => one.undone !== null).length;
  return [mails, threads, pending, nearMisses, corrections.length, undone].join(' ');
}

/** The day of today where it has mail, else the newest day before it that has; `null` for a store without any. */
export async function newestDay({ store, clock }: Pick<PagePorts, 'store' | 'clock'>): Promise<string | null> {
  // A mail that claims to come from next year is no news of today.
  const tomorrow = new Date(clock.now().getTime() + 86_400_000).toISOString().slice(0, 10);
  for await (const { lastActivityAt } of store.threads({ after: { lastActivity: tomorrow, id: '' }, limit: 1 }))
    return lastActivityAt?.slice(0, 10) ?? null;
  return null;
}

/** A digest, or why a filter cannot be read. */
export interface DayDigest {
  readonly digest: Digest;
  readonly filter: string;
  readonly wrong: string | null;
}

/**
 * The digest of a UTC day, with a filter as people type it; a filter that cannot be read leaves everything in.
 *
 * @throws NotThere for what is no day.
 */
export async function digestOfDay(day: string, filter: string, ports: PagePorts): Promise<DayDigest> {
  const source = await readSource(day, ports);
  const read = readFilter(filter);
  if (read.kind === 'wrong') return { digest: composeDigest(source), filter, wrong: read.reason };
  if (needsReader(read.filter))
    return { digest: composeDigest(source), filter, wrong: 'me means nobody here: write an address instead' };
  return { digest: composeDigest(source, { filter: filter === '' ? null : read.filter }), filter, wrong: null };
}

async function readSource(day: string, ports: PagePorts): Promise<DigestSource> {
  const { store, memory, list, clock } = ports;
  const window = toDay(day);
  return memory.get(`digest ${day}`, await readState(store), () => {
    const now = clock.now().toISOString();
    return digestOf(window, {
      store,
      trees: ports.trees(),
      list,
      archive: ports.archive,
      ...(ports.release === undefined ? {} : { release: ports.release }),
      findBlindSpots: async ({ to }) => (await gapsOf(to < now ? to : now, store)).map(({ text }) => text),
    });
  });
}

function toDay(day: string): ReturnType<typeof toWindow> {
  try {
    return toWindow(day);
  } catch (error) {
    if (error instanceof RangeError) throw new NotThere('That is no day: days are written as YYYY-MM-DD.');
    throw error;
  }
}
