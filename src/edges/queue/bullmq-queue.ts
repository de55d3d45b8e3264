import { createHash } from 'node:crypto';
import { Queue as BullQueue, UnrecoverableError, Worker } from 'bullmq';
import type { Job, JobsOptions, RepeatOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Log } from '../../ports.ts';
import { FinalFailure, QueueError, WEEKDAYS } from '../../ports/queue.ts';
import type { FailedJob, JobKind, JobRun, NewJob, Queue, QueueCounts, QueueWorker, When } from '../../ports/queue.ts';
import { toReason } from './job-kind.ts';
import { openLine } from './redis-line.ts';

/** What lies in Redis for a job. */
interface Carried {
  /** What it is about, as it was given; the job's own id is made of it. */
  readonly about: string;
  readonly data: unknown;
}

export interface BullmqOptions {
  /** `redis://user@host:6379/0`, or `rediss://` for TLS. */
  readonly url: string;
  readonly password?: string | undefined;
  /** Stands before every key, so that several heddles may share one Redis. */
  readonly prefix?: string;
  /**
   * A worker that has not been heard of for so long is taken for dead, and its jobs are given to another; in milliseconds. A
   * handler that computes for longer than that without a pause is taken for dead too.
   */
  readonly lockMs?: number;
  readonly log: Log;
}

const USUAL_PREFIX = 'heddle';
const USUAL_LOCK_MS = 30_000;

/** Failed jobs of one kind that are kept to be looked at. */
const KEPT_FAILURES = 1000;

/** The queue of many processes: BullMQ over one Redis. What Redis forgets is rung again from the store. */
export class BullmqQueue implements Queue {
  readonly #options: BullmqOptions;
  readonly #producer: Redis;
  readonly #consumer: Redis;
  readonly #queues = new Map<string, BullQueue<Carried>>();
  readonly #workers = new Set<Worker<Carried>>();

  constructor(options: BullmqOptions) {
    this.#options = options;
    const tell = (error: Error) => options.log.warn('redis is not answering', { reason: toReason(error) });
    this.#producer = openLine(options, { patience: 'short', tell });
    this.#consumer = openLine(options, { patience: 'endless', tell });
  }

  async add<T>(kind: JobKind<T>, jobs: readonly NewJob<T>[]): Promise<void> {
    const queue = this.#queue(kind);
    await this.#telling(async () => {
      await this.#forgetFailures(kind, jobs);
      await queue.addBulk(jobs.map((job) => ({ name: kind.name, data: toCarried(job), opts: toOptions(kind, job) })));
    });
  }

  async schedule<T>(kind: JobKind<T>, job: Omit<NewJob<T>, 'delayMs'>, when: When): Promise<void> {
    const { attempts, backoff, removeOnComplete, removeOnFail } = toOptions(kind, job);
    const opts = { attempts, backoff, removeOnComplete, removeOnFail } as const;
    const template = {
      name: kind.name,
      data: toCarried(job),
      opts: Object.fromEntries(Object.entries(opts).filter(([, value]) => value !== undefined)),
    };
    await this.#telling(async () => {
      // One that is only changed keeps the time at which it would have rung next.
      await this.#queue(kind).removeJobScheduler(toHash(job.id));
      await this.#queue(kind).upsertJobScheduler(toHash(job.id), toRepeat(when), template);
    });
  }

  async unschedule(kind: JobKind<unknown>, id: string): Promise<void> {
    await this.#telling(() => this.#queue(kind).removeJobScheduler(toHash(id)));
  }

  async scheduled(kind: JobKind<unknown>): Promise<readonly string[]> {
    const schedulers = await this.#telling(() => this.#queue(kind).getJobSchedulers());
    return schedulers.flatMap(({ template }) => template?.data?.about ?? []).sort();
  }

  work<T>(kind: JobKind<T>, handler: (data: T, run: JobRun) => Promise<void>, concurrency: number): QueueWorker {
    const lockDuration = this.#options.lockMs ?? USUAL_LOCK_MS;
    const worker = new Worker<Carried>(kind.name, (job) => this.#handle(job, kind, handler), {
      connection: this.#consumer,
      prefix: this.#options.prefix ?? USUAL_PREFIX,
      concurrency,
      lockDuration,
      stalledInterval: lockDuration,
      // A job that kills its worker each time is set aside like one that fails each time.
      maxStalledCount: kind.attempts - 1,
      ...(kind.rate === undefined ? {} : { limiter: { max: kind.rate.jobs, duration: kind.rate.perMs } }),
    });
    worker.on('error', (error) =>
      this.#options.log.warn('a worker has trouble', { kind: kind.name, reason: toReason(error) }),
    );
    worker.on('failed', (job, error) => {
      this.#options.log.warn('a job failed', { kind: kind.name, about: job?.data.about, reason: toReason(error) });
      if (job?.finishedOn !== undefined) void this.#noteFailure(kind, job).catch(() => undefined);
    });
    this.#workers.add(worker);
    return { close: () => this.#end(worker) };
  }

  async setAside(kind: JobKind<unknown>, limit: number): Promise<readonly FailedJob[]> {
    if (limit < 1) return [];
    const jobs = await this.#telling(() => this.#queue(kind).getJobs(['failed'], 0, limit - 1));
    return jobs.map(({ data, failedReason, attemptsMade, stalledCounter, finishedOn }) => ({
      id: data.about,
      reason: toReason(failedReason),
      attempts: Math.max(1, attemptsMade, stalledCounter),
      at: new Date(finishedOn ?? 0).toISOString(),
    }));
  }

  async retry(kind: JobKind<unknown>, id: string): Promise<boolean> {
    const failed = await this.#telling(() => this.#queue(kind).getJobs(['failed'], 0, KEPT_FAILURES));
    const ours = failed.filter(({ data }) => data.about === id);
    const [job] = ours;
    if (job === undefined) return false;
    await this.#telling(() => Promise.all(ours.map((one) => one.remove())));
    await this.add(kind, [{ id, data: job.data.data }]);
    return true;
  }

  async counts(kind: JobKind<unknown>): Promise<QueueCounts> {
    const names = ['waiting', 'prioritized', 'delayed', 'active', 'failed'] as const;
    const counts = await this.#telling(() => this.#queue(kind).getJobCounts(...names));
    const of = (name: (typeof names)[number]) => counts[name] ?? 0;
    return {
      waiting: of('waiting') + of('prioritized'),
      delayed: of('delayed'),
      running: of('active'),
      setAside: of('failed'),
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => this.#end(worker)));
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
    this.#producer.disconnect();
    this.#consumer.disconnect();
  }

  /** BullMQ's own queue of a kind, for what only it can show (bull-board). */
  raw(kind: JobKind<unknown>): BullQueue {
    return this.#queue(kind);
  }

  #queue({ name }: Pick<JobKind<unknown>, 'name'>): BullQueue<Carried> {
    const known = this.#queues.get(name);
    if (known !== undefined) return known;
    const queue = new BullQueue<Carried>(name, {
      connection: this.#producer,
      prefix: this.#options.prefix ?? USUAL_PREFIX,
      skipWaitingForReady: true,
    });
    queue.on('error', () => undefined);
    this.#queues.set(name, queue);
    return queue;
  }

  async #handle<T>(
    job: Job<Carried>,
    kind: JobKind<T>,
    handler: (data: T, run: JobRun) => Promise<void>,
  ): Promise<void> {
    const { data, attemptsMade } = job;
    try {
      await handler(kind.read(data.data), { id: data.about, attempt: attemptsMade + 1 });
    } catch (error) {
      const isFinal = error instanceof FinalFailure;
      if (isFinal || attemptsMade + 1 >= kind.attempts) await this.#noteFailure(kind, job);
      if (isFinal) throw new UnrecoverableError(toReason(error));
      throw new Error(toReason(error), { cause: error });
    }
  }

  /** Where the failed job of an id is found when somebody rings for it again. */
  async #noteFailure({ name }: Pick<JobKind<unknown>, 'name'>, { id, data }: Job<Carried>): Promise<void> {
    await this.#consumer.hset(this.#failures(name), toHash(data.about), id ?? '');
  }

  /** Whoever rings again for a job that was set aside wants it done: it is no failure any more. */
  async #forgetFailures(kind: Pick<JobKind<unknown>, 'name'>, jobs: readonly NewJob<unknown>[]): Promise<void> {
    if (jobs.length === 0) return;
    const [key, hashes] = [this.#failures(kind.name), jobs.map(({ id }) => toHash(id))];
    const found = await this.#producer.hmget(key, ...hashes);
    for (const [at, jobId] of found.entries()) {
      if (jobId === null) continue;
      const job = await this.#queue(kind).getJob(jobId);
      if (job !== undefined && (await job.isFailed())) await job.remove();
      await this.#producer.hdel(key, hashes[at] ?? '');
    }
  }

  #failures(name: string): string {
    return `${this.#options.prefix ?? USUAL_PREFIX}:${name}:set-aside`;
  }

  async #end(worker: Worker<Carried>): Promise<void> {
    this.#workers.delete(worker);
    await worker.close();
  }

  async #telling<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof QueueError) throw error;
      const place = this.#options.url.replace(/(?<=^[a-z]+:\/\/)[^@/]*@/i, '');
      throw new QueueError(`${place}: the queue cannot be reached (${toReason(error)}); is Redis running?`, {
        cause: error,
      });
    }
  }
}

function toCarried({ id, data }: NewJob<unknown>): Carried {
  return { about: id, data };
}

/** BullMQ refuses colons in an id, and Message-IDs may hold anything. */
function toHash(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 40);
}

/**
 * The id is BullMQ's for deduplication, not for the job: while the job waits for its time, further ones are dropped; while it runs, the
 * last of them is kept, and waits its time when the run has ended. So a busy thread is judged now and then, and once after the end.
 * (With one id for both BullMQ takes the job that was kept away together with the one that has ended.)
 */
function toOptions({ attempts, backOffMs }: JobKind<unknown>, { id, delayMs }: NewJob<unknown>): JobsOptions {
  return {
    deduplication: { id: toHash(id), keepLastIfActive: true },
    ...(delayMs === undefined ? {} : { delay: delayMs }),
    attempts,
    backoff: { type: 'exponential', delay: backOffMs, jitter: 0.5 },
    removeOnComplete: true,
    removeOnFail: { count: KEPT_FAILURES },
  };
}

function toRepeat(when: When): Omit<RepeatOptions, 'key'> {
  if (when.kind === 'every') return { every: when.ms };
  const [hour = 0, minute = 0] = when.at.split(':').map(Number);
  const days = when.days?.map((day) => WEEKDAYS.indexOf(day)).join(',') ?? '*';
  return { pattern: `${minute} ${hour} * * ${days}`, tz: when.timeZone };
}
