/** A worker that dies of the job named `deadly@x`, as of a mail that eats all memory: `tsx deadly-worker.ts REDIS PREFIX`. */
import { z } from 'zod';
import { BullmqQueue } from '../../src/edges/queue/bullmq-queue.ts';
import { toJobKind } from '../../src/edges/queue/job-kind.ts';

const [url = '', prefix = ''] = process.argv.slice(2);
const queue = new BullmqQueue({ url, prefix, lockMs: 1000, log: { info: () => undefined, warn: () => undefined } });
const kind = toJobKind('judge', z.strictObject({ thread: z.string() }), { attempts: 3, backOffMs: 20 });
queue.work(
  kind,
  ({ thread }) => {
    if (thread === 'deadly@x') process.kill(process.pid, 'SIGKILL');
    return Promise.resolve();
  },
  1,
);
