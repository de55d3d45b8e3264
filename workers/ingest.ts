import { readArrivals } from '../src/pipeline/jobs/read-arrivals.ts';
import type { QueueWorker } from '../src/ports/queue.ts';
import { INGEST } from './kinds.ts';
import { ringBuckets, ringThreads } from './ring.ts';
import type { WorkerPorts } from './worker-ports.ts';

/** Reads mails that were fetched, and rings for the threads that they touch. */
export function workIngest(ports: WorkerPorts, concurrency: number): QueueWorker {
  const read = async ({ bucket }: { readonly bucket: string }): Promise<void> => {
    const { threads, more } = await readArrivals(bucket, ports);
    await ringThreads(threads, ports);
    if (more) await ringBuckets([bucket], ports);
  };
  return ports.queue.work(INGEST, read, concurrency);
}
