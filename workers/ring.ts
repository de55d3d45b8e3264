import { INGEST, POLL, RENEW, TRIAGE } from './kinds.ts';
import type { WorkerPorts } from './worker-ports.ts';

type Bell = Pick<WorkerPorts, 'queue' | 'pauses'>;

/** Threads that are rung for in one go; the rest is rung for when these are done. */
const MOST_THREADS = 2000;

/** Mails wait in these buckets. */
export async function ringBuckets(buckets: readonly string[], { queue }: Bell): Promise<void> {
  const jobs = buckets.map((bucket) => ({ id: bucket, data: { bucket } }));
  if (jobs.length > 0) await queue.add(INGEST, jobs);
}

/** These threads wait; each is judged when mail has stopped coming for it, or after a pause. */
export async function ringThreads(threads: readonly string[], { queue, pauses }: Bell): Promise<void> {
  const jobs = threads.map((thread) => ({ id: thread, data: { thread }, delayMs: pauses.company }));
  if (jobs.length > 0) await queue.add(TRIAGE, jobs);
}

/** Asks once, by whichever worker comes first, whether this version has to do anything anew. */
export async function ringRenewal({ queue }: Bell): Promise<void> {
  await queue.add(RENEW, [{ id: 'all', data: {} }]);
}

/**
 * Rings for everything that the store says is to do: the queue may have forgotten it, or a worker may have died with it. What the
 * queue knows is not doubled.
 *
 * @param pollMs after which mailboxes are looked at that nobody looks at just now.
 */
export async function ringAll(ports: WorkerPorts, pollMs: number): Promise<void> {
  const { store, queue, clock, attempts } = ports;
  const now = clock.now().toISOString();
  await ringBuckets(await store.arrivals.freeBuckets({ now, attempts }), ports);
  await ringThreads(await store.free({ now, limit: MOST_THREADS, attempts }), ports);
  const mailboxes = await store.mailboxes();
  const polls = mailboxes.map(({ name }) => ({ id: name, data: { mailbox: name }, delayMs: pollMs }));
  if (polls.length > 0) await queue.add(POLL, polls);
}
