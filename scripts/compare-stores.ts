/**
 * Whether two stores say the same: every document, the grouping, every mail with its evidence, cursors, counts, and what a
 * search finds. Prints the first differences, then one line; exits 1 where there are any.
 *
 *     npx tsx scripts/compare-stores.ts ONE.db OTHER.db
 *     npx tsx scripts/compare-stores.ts ONE.db postgres://heddle@localhost/heddle
 */
import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { pathToFileURL } from 'node:url';
import { openStore } from '../src/edges/store/open-store.ts';
import { isDatabaseUrl } from '../src/edges/store/store-place.ts';
import type { TriageThread } from '../src/model/triage.ts';
import type { Store } from '../src/ports.ts';

/** Differences that are told; more would say nothing new. */
const TOLD = 20;
/** The words of every so many threads' subjects are searched for. */
const SEARCHED = 25;
const HITS = 200;

/** Compares thread by thread, so that any number of them fits in memory. Ends with nothing where the stores are equal. */
export async function* findDifferences(a: Store, b: Store): AsyncGenerator<string> {
  const [first, second] = [a.threads({})[Symbol.asyncIterator](), b.threads({})[Symbol.asyncIterator]()];
  for (let count = 0; ; count += 1) {
    const [one, other] = [await first.next(), await second.next()];
    if (one.done === true && other.done === true) break;
    if (one.done === true || other.done === true) {
      yield `one store ends after ${count} threads, the other goes on`;
      break;
    }
    yield* compareThread(one.value, other.value);
    if (one.value.id !== other.value.id) return;
    if (!isDeepStrictEqual(await a.mails(one.value.id), await b.mails(one.value.id))) {
      yield `thread ${one.value.id}: its mails differ`;
    }
    if (
      count % SEARCHED === 0 &&
      !isDeepStrictEqual(await a.search(one.value.subject, HITS), await b.search(one.value.subject, HITS))
    ) {
      yield `search for "${one.value.subject}": what is found differs`;
    }
  }
  const [counts, others] = [await a.counts(), await b.counts()];
  if (!isDeepStrictEqual(counts, others)) yield `counts: ${JSON.stringify(counts)} and ${JSON.stringify(others)}`;
  if (!isDeepStrictEqual(await a.cursors(), await b.cursors())) yield 'cursors differ';
}

function* compareThread(a: TriageThread, b: TriageThread): Generator<string> {
  if (a.id !== b.id) {
    yield `thread ${a.id} stands where the other store has ${b.id}`;
    return;
  }
  const fields = new Map<string, unknown>(Object.entries(b));
  for (const [field, value] of Object.entries(a)) {
    if (!isDeepStrictEqual(value, fields.get(field))) yield `thread ${a.id}: ${field} differs`;
  }
}

async function main(files: readonly string[]): Promise<number> {
  const [one, other] = files;
  const isThere = (place: string) => isDatabaseUrl(place) || existsSync(place);
  if (one === undefined || other === undefined || !isThere(one) || !isThere(other)) {
    console.error('usage: compare-stores ONE OTHER (two stores that are there: SQLite files or postgres:// URLs)');
    return 2;
  }
  const unite = () => {
    throw new Error('stores are only read here');
  };
  const options = { unite, empty: 'refuse' } as const;
  const stores = [await openStore(one, options), await openStore(other, options)] as const;
  let count = 0;
  for await (const difference of findDifferences(...stores)) {
    count += 1;
    if (count <= TOLD) console.log(difference);
  }
  const { mails, threads, pending } = await stores[0].counts();
  console.log(
    `${count === 0 ? 'equal' : `${count} differences`}: ${mails} mails, ${threads} threads, ${pending} waiting`,
  );
  for (const store of stores) await store.close();
  return count === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = await main(process.argv.slice(2));
