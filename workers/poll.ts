import { pollMailbox } from '../src/pipeline/jobs/poll-mailbox.ts';
import type { QueueWorker } from '../src/ports/queue.ts';
import { POLL } from './kinds.ts';
import { ringBuckets } from './ring.ts';
import type { WorkerPorts } from './worker-ports.ts';

/** Looks at mailboxes, and writes down what they have for others to read. */
export function workPoll(ports: WorkerPorts, concurrency: number): QueueWorker {
  const look = async ({ mailbox: name }: { readonly mailbox: string }): Promise<void> => {
    const mailbox = (await ports.store.mailboxes()).find((one) => one.name === name);
    if (mailbox === undefined) return;
    await pollMailbox(ports.openSource(mailbox), {
      ...ports,
      onBuckets: (buckets) => ringBuckets(buckets, ports),
      onFailures: (failures) => {
        for (const { origin, reason } of failures) ports.log.warn('a mail cannot be fetched', { origin, reason });
        return Promise.resolve();
      },
    });
  };
  return ports.queue.work(POLL, look, concurrency);
}
