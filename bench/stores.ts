/**
 * What each database costs: the same mails are read once, and added, judged and searched in SQLite and in PostgreSQL, batch by
 * batch in turn, so that a busy machine slows both alike. Then the two stores are compared.
 *
 *     npx tsx bench/stores.ts [PATH] [--url postgres://…]
 *
 * Without a URL a PostgreSQL of its own is started, as in the tests against real servers.
 */
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findDifferences } from '../scripts/compare-stores.ts';
import { openStore } from '../src/edges/store/open-store.ts';
import { openMail } from '../src/mailbox/open-mail.ts';
import { ingest, judgeThread, RULES } from '../src/pipeline.ts';
import type { Ingested } from '../src/ports.ts';
import type { SharedStore } from '../src/ports/shared-store.ts';
import { loadBundledTrees } from '../src/routing/trees/load-bundled-trees.ts';
import { buildThread } from '../src/thread/build-threads.ts';
import { uniteCopies } from '../src/thread/unite-copies.ts';
import { startPostgres } from '../test/services/postgres.ts';

const CORPUS = join(import.meta.dirname, '..', '..', 'shared', 'corpus', 'xen-cross-posts.mbox.gz');
const BATCH = 400;
const AS_OF = new Date('2026-01-01T00:00:00.000Z');

const QUESTIONS = [
  'xen',
  'xen_mc_flush',
  '4.19.0',
  'balloon',
  'subject:regression',
  'page fault',
  '"domain crash" dom0',
];
const TIMES = 15;

/** A store with the milliseconds that each kind of work took. */
interface Measured {
  readonly name: string;
  readonly store: SharedStore;
  readonly spent: Map<string, number>;
}

async function timed<T>({ spent }: Pick<Measured, 'spent'>, what: string, work: () => Promise<T> | T): Promise<T> {
  const started = performance.now();
  const result = await work();
  spent.set(what, (spent.get(what) ?? 0) + performance.now() - started);
  return result;
}

async function addAll(path: string, stores: readonly Measured[], reading: Pick<Measured, 'spent'>): Promise<number> {
  let [batch, count] = [[] as Ingested[], 0];
  const flush = async (): Promise<void> => {
    for (const one of stores) await timed(one, 'add', () => one.store.add(batch));
    batch = [];
  };
  for await (const found of openMail(path).read()) {
    if (found.kind !== 'mail') continue;
    batch.push(await timed(reading, 'read', () => ingest(found.mail)));
    count += 1;
    if (batch.length === BATCH) await flush();
  }
  await flush();
  return count;
}

async function judgeAll(one: Measured): Promise<void> {
  const trees = loadBundledTrees();
  for (;;) {
    const waiting = await timed(one, 'pending', () => one.store.pending(200));
    if (waiting.length === 0) return;
    const verdicts = waiting.map(({ key, version, heads, evidence, corrections }) => ({
      key,
      version,
      thread: judgeThread(buildThread(heads), evidence, { trees, asOf: AS_OF, corrections }),
    }));
    await timed(one, 'save', () => one.store.saveVerdicts(verdicts, RULES));
  }
}

async function searchAll(stores: readonly Measured[]): Promise<void> {
  for (const question of QUESTIONS) {
    const times = new Map<string, number[]>(stores.map(({ name }) => [name, []]));
    let hits = 0;
    for (let round = 0; round < TIMES; round += 1) {
      for (const { name, store } of stores) {
        const started = performance.now();
        hits = (await store.search(question, 20)).length;
        times.get(name)?.push(performance.now() - started);
      }
    }
    const told = stores.map(({ name }) => `${name} ${toMedian(times.get(name) ?? []).toFixed(1)} ms`);
    console.log(`search ${question.padEnd(22)} ${String(hits).padStart(2)} hits  ${told.join('  ')}`);
  }
}

function toMedian(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

function tell(count: number, reading: Pick<Measured, 'spent'>, stores: readonly Measured[]): void {
  const read = reading.spent.get('read') ?? 0;
  console.log(`${count} mails; reading them: ${(read / 1000).toFixed(1)} s`);
  const [first, second] = stores;
  for (const what of ['add', 'pending', 'save']) {
    const times = stores.map(({ name, spent }) => `${name} ${((spent.get(what) ?? 0) / 1000).toFixed(2)} s`);
    const ratio = (second?.spent.get(what) ?? 0) / (first?.spent.get(what) ?? 1);
    console.log(`${what.padEnd(8)} ${times.join('  ')}  ratio ${ratio.toFixed(2)}`);
  }
  const totals = stores.map(({ spent }) => read + [...spent.values()].reduce((sum, time) => sum + time, 0));
  const rates = totals.map((total, at) => `${stores[at]?.name ?? ''} ${Math.round((count * 1000) / total)} mails/s`);
  console.log(
    `read, add, pending and save: ${rates.join(', ')}, ratio ${((totals[1] ?? 0) / (totals[0] ?? 1)).toFixed(2)}`,
  );
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { url: { type: 'string' } } });
  const path = positionals[0] ?? CORPUS;
  if (!existsSync(path)) {
    console.log(`skipped: ${path} is not there; name other mail`);
    return positionals.length === 0 ? 0 : 2;
  }
  const folder = mkdtempSync(join(tmpdir(), 'heddle-stores-'));
  const server = values.url === undefined ? await startPostgres() : null;
  const url = values.url ?? (await server?.newDatabase()) ?? '';
  const file = join(folder, 'heddle.db');
  const stores = [await open('SQLite', file), await open('PostgreSQL', url)] as const;
  try {
    await run(path, stores);
    const size = await server?.ask(url, 'SELECT pg_database_size(current_database()) AS size');
    const onServer = size ? toMb(Number(size[0]?.['size'])) : 'not asked';
    console.log(`size: SQLite ${toMb(statSync(file).size)}, PostgreSQL ${onServer}`);
    return await compare(stores);
  } finally {
    for (const { store } of stores) await store.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function open(name: string, place: string): Promise<Measured> {
  return { name, store: await openStore(place, { unite: uniteCopies }), spent: new Map() };
}

async function run(path: string, stores: readonly Measured[]): Promise<void> {
  const reading = { spent: new Map<string, number>() };
  const count = await addAll(path, stores, reading);
  for (const one of stores) await judgeAll(one);
  tell(count, reading, stores);
  await searchAll(stores);
}

async function compare([one, other]: readonly [Measured, Measured]): Promise<number> {
  let differences = 0;
  for await (const difference of findDifferences(one.store, other.store)) {
    differences += 1;
    if (differences <= 20) console.log(difference);
  }
  console.log(differences === 0 ? 'the stores are equal' : `${differences} differences`);
  return differences === 0 ? 0 : 1;
}

function toMb(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MB`;
}

process.exitCode = await main();
