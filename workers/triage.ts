import { renewJudging } from '../src/pipeline/judge-pending.ts';
import { judgeClaimed } from '../src/pipeline/jobs/judge-claimed.ts';
import type { QueueWorker } from '../src/ports/queue.ts';
import { RENEW, TRIAGE } from './kinds.ts';
import type { WorkerPorts } from './worker-ports.ts';

/** Judges threads; first of all it sees to it that those wait that another version of heddle has judged. */
export function workTriage(ports: WorkerPorts, concurrency: number): QueueWorker {
  const { queue } = ports;
  const judging = queue.work(TRIAGE, async ({ thread }) => void (await judgeClaimed(thread, ports)), concurrency);
  const renewing = queue.work(RENEW, () => renewJudging(ports), 1);
  return { close: async () => void (await Promise.all([judging.close(), renewing.close()])) };
}
