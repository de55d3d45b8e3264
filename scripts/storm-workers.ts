/**
 * The same mails through one process on SQLite, and through several on PostgreSQL and Redis: what is stored has to be the same, and how
 * many mails a second each does is printed. With `--storm` also while workers, Redis and PostgreSQL are killed.
 *
 *     npx tsx scripts/storm-workers.ts ARCHIVE.mbox.gz 1 2 4 --storm
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findDifferences } from './compare-stores.ts';
import { startPostgres, type PostgresServer } from '../test/services/postgres.ts';
import { startRedis, type RedisServer } from '../test/services/redis.ts';
import { openToLook, runHeddleProcess, startWorker, untilDone, type HeddleProcess } from '../test/services/work-lab.ts';

/** What is done to the workers, in this order: 20 kills of workers, two of each server in between. */
const KILLS = 20;
const REDIS_AT = new Set([5, 14]);
const POSTGRES_AT = new Set([9, 17]);
const PAUSE_MS = 1500;

const WORK = ['ingest', 'triage', '--company', '2', '--every', '2', '--lease', '6'];
const LONGEST_S = 1800;

interface Lab {
  readonly archive: string;
  readonly reference: string;
  readonly postgres: PostgresServer;
  readonly redis: RedisServer;
}

async function main([archive, ...rest]: readonly string[]): Promise<number> {
  if (archive === undefined) {
    console.error('usage: storm-workers ARCHIVE [PROCESSES...] [--storm]');
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), 'heddle-storm-'));
  const [postgres, redis] = [await startPostgres(), await startRedis()];
  const reference = join(folder, 'one.db');
  const lab = { archive, reference, postgres, redis };
  let differences = 0;
  try {
    const began = performance.now();
    await runHeddleProcess(['import', archive, '--store', reference], {});
    await tell('one process, SQLite', reference, performance.now() - began);
    for (const count of rest.map(Number).filter((number) => number > 0)) differences += await measure(lab, count);
    if (rest.includes('--storm')) differences += await storm(lab);
  } finally {
    await Promise.all([postgres.close(), redis.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
  return differences === 0 ? 0 : 1;
}

/** Mails that wait in a new database, and a Redis that knows nothing of them. */
async function prepare({ archive, postgres, redis }: Lab): Promise<Record<string, string>> {
  const url = await postgres.newDatabase();
  await runHeddleProcess(['import', '--later', archive, '--store', url], {});
  await redis.flush();
  return { DATABASE_URL: url, REDIS_URL: redis.url, HEDDLE_STORE: '' };
}

async function measure(lab: Lab, count: number): Promise<number> {
  const env = await prepare(lab);
  const began = performance.now();
  const workers = await Promise.all(Array.from({ length: count }, () => startWorker(WORK, env)));
  const started = performance.now();
  const url = env['DATABASE_URL'] ?? '';
  await untilDone(url, { seconds: LONGEST_S });
  // Those that start first have begun before the last has started.
  await tell(`${count} workers, PostgreSQL and Redis`, url, performance.now() - (began + started) / 2);
  const stopping = performance.now();
  for (const { child } of workers) child.kill('SIGTERM');
  await Promise.all(workers.map(({ ended }) => ended));
  console.log(`  ended in ${((performance.now() - stopping) / 1000).toFixed(1)} s`);
  return compare(lab.reference, url);
}

async function storm(lab: Lab): Promise<number> {
  const env = await prepare(lab);
  const workers: HeddleProcess[] = [await startWorker(WORK, env), await startWorker(WORK, env)];
  for (let kill = 1; kill <= KILLS; kill += 1) {
    await sleep(PAUSE_MS * Math.random());
    const at = Math.floor(Math.random() * workers.length);
    workers[at]?.child.kill('SIGKILL');
    await workers[at]?.ended;
    if (REDIS_AT.has(kill)) {
      await lab.redis.stop('kill');
      await sleep(500);
      await lab.redis.start();
    }
    if (POSTGRES_AT.has(kill)) {
      await lab.postgres.stop(kill === 9 ? 'kill' : 'fast');
      await sleep(500);
      await lab.postgres.start();
    }
    workers[at] = await startWorker(WORK, env);
  }
  const url = env['DATABASE_URL'] ?? '';
  await untilDone(url, { seconds: LONGEST_S });
  console.log(`${KILLS} workers killed, Redis and PostgreSQL twice each:`);
  for (const { child } of workers) child.kill('SIGTERM');
  await Promise.all(workers.map(({ ended }) => ended));
  return compare(lab.reference, url);
}

async function tell(what: string, place: string, ms: number): Promise<void> {
  const store = await openToLook(place);
  const { mails, threads } = await store.counts();
  await store.close();
  const rate = (mails / (ms / 1000)).toFixed(0);
  console.log(`${what}: ${mails} mails, ${threads} threads in ${(ms / 1000).toFixed(1)} s, ${rate} mails/s`);
}

async function compare(one: string, other: string): Promise<number> {
  const stores = [await openToLook(one), await openToLook(other)] as const;
  let count = 0;
  for await (const difference of findDifferences(...stores)) {
    count += 1;
    if (count <= 10) console.log(`  ${difference}`);
  }
  console.log(count === 0 ? '  equal to one process on SQLite' : `  ${count} differences`);
  for (const store of stores) await store.close();
  return count;
}

process.exitCode = await main(process.argv.slice(2));
