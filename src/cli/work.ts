import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { extname, join } from 'node:path';
import { writeSafeJsonLine } from '../lib/safe-json.ts';
import type { Clock, Log } from '../ports.ts';
import type { SharedStore } from '../ports/shared-store.ts';
import { serveHealth } from '../../workers/health.ts';
import { ATTEMPTS } from '../../workers/kinds.ts';
import { startWorkers, WORKER_NAMES, type WorkerName } from '../../workers/start.ts';
import { ThreadReader } from '../../workers/thread-reader.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { readCount, toKnowledge } from './knowledge.ts';
import { toMailboxPorts } from './mailbox-ports.ts';
import { openMailbox } from './open-mailbox.ts';
import { openQueue } from './open-queue.ts';
import { openWitness } from './open-witness.ts';
import { trimMemory } from './trim-memory.ts';
import { storeFile, withStore, type StoreOption } from './with-store.ts';

interface Options extends StoreOption {
  readonly concurrency: string;
  readonly health?: string;
  readonly lease: string;
  readonly limit: string;
  readonly company: string;
  readonly every: string;
}

const HIGHEST_PORT = 65_535;

/** A worker whose Redis has not heard of it for so long has lost its jobs: never longer than its lease in the store. */
const LONGEST_LOCK_MS = 30_000;

/** `heddle work`: fetches, reads and judges until SIGTERM or SIGINT (exit 0). */
export async function runWork(
  [jobs]: readonly [readonly string[]],
  options: Options,
  context: Context,
): Promise<number> {
  const names = readNames(jobs);
  const settings = readSettings(options);
  const clock = { now: () => new Date() };
  const log = toLog(context, clock);
  needShared(options, context);
  return withStore({ option: options, context, must: 'be-made' }, async (store) => {
    const queue = await openQueue(context, { clock, log, lockMs: Math.min(LONGEST_LOCK_MS, settings.leaseMs) });
    const stop = listenForStop();
    const reader = new ThreadReader({
      // The same file, before it is built and after.
      script: join(import.meta.dirname, `../../workers/parse-thread${extname(import.meta.filename)}`),
      threads: settings.concurrency,
      limitMs: settings.limitMs,
    });
    const endTrimming = trimMemory();
    const running = startWorkers(
      names,
      { ...settings, ...toPorts(store, context, clock), queue, clock, log, reader, signal: stop },
      settings.concurrency,
    );
    const endHealth = settings.port === null ? null : await serveHealth(settings.port, '0.0.0.0', running);
    log.info('working', { jobs: names, concurrency: settings.concurrency });
    await new Promise((resolve) => {
      if (stop.aborted) resolve(null);
      stop.addEventListener('abort', resolve, { once: true });
    });
    await reader.close();
    await running.end();
    await endHealth?.();
    endTrimming();
    await Promise.race([queue.close(), new Promise((resolve) => setTimeout(resolve, 1000).unref())]);
    log.info('ended', {});
    return EXIT.ok;
  });
}

function toPorts(store: SharedStore, context: Context, clock: Clock) {
  const mailboxes = toMailboxPorts(context, clock);
  return {
    store,
    by: `${hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`,
    attempts: ATTEMPTS,
    trees: toKnowledge(context, undefined).trees,
    witness: openWitness(context, clock),
    openSource: (mailbox: Parameters<typeof openMailbox>[0]) => openMailbox(mailbox, mailboxes),
  };
}

function readNames(jobs: readonly string[]): readonly WorkerName[] {
  const names = WORKER_NAMES.filter((name) => jobs.length === 0 || jobs.includes(name));
  const unknown = jobs.find((job) => !WORKER_NAMES.some((name) => name === job));
  if (unknown === undefined) return names;
  throw new CommandFailure(`${unknown} is no job: there are ${WORKER_NAMES.join(', ')}`, EXIT.usage);
}

function readSettings({ concurrency, health, lease, limit, company, every }: Options) {
  const seconds = (text: string, option: string): number => readCount(text, option) * 1000;
  const port = health === undefined ? null : readCount(health, '--health');
  if (port !== null && port > HIGHEST_PORT)
    throw new CommandFailure(`--health wants a port up to ${HIGHEST_PORT}, not ${port}`, EXIT.usage);
  const everyMs = seconds(every, '--every');
  return {
    concurrency: readCount(concurrency, '--concurrency'),
    port,
    leaseMs: seconds(lease, '--lease'),
    limitMs: seconds(limit, '--limit'),
    pauses: { company: seconds(company, '--company'), poll: everyMs, reconcile: everyMs },
  };
}

/** Several processes over one file would ring bells that nobody else hears. */
function needShared(options: Options, context: Context): void {
  if (context.config.redis !== null && !storeFile(options, context).includes('://'))
    throw new CommandFailure('REDIS_URL is set and the store is a file: set DATABASE_URL too, or neither', EXIT.usage);
}

/** The first signal ends the work in good order; a second one ends the process as it always does. */
function listenForStop(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      stop.abort();
    });
  return stop.signal;
}

/** One JSON object a line, a static message and fields. */
function toLog({ stderr }: Context, clock: Clock): Log {
  const write =
    (level: string) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}) =>
      void stderr.write(`${writeSafeJsonLine({ at: clock.now().toISOString(), level, message, ...fields })}\n`);
  return { info: write('info'), warn: write('warn') };
}
