import { setTimeout as wait } from 'node:timers/promises';
import type { QueueWorker } from '../src/ports/queue.ts';
import { workIngest } from './ingest.ts';
import { workPoll } from './poll.ts';
import { ringAll, ringRenewal } from './ring.ts';
import { workTriage } from './triage.ts';
import type { WorkerPorts } from './worker-ports.ts';

/** What a process can work on: a file each. */
const WORKERS = { poll: workPoll, ingest: workIngest, triage: workTriage } as const;
export type WorkerName = keyof typeof WORKERS;
export const WORKER_NAMES: readonly WorkerName[] = ['poll', 'ingest', 'triage'];

/** Work that runs is waited for so long; what is not done then is freed, and done by others. */
const GRACE_MS = 6000;

export interface RunningWorkers {
  /** Why nothing can be done just now, on one line; `null` where all is well. */
  readonly trouble: () => string | null;
  /** Call it when the signal of the ports was aborted: resolves within some seconds, when everything was given back. */
  readonly end: () => Promise<void>;
}

/**
 * Works on what is named until the signal of the ports is aborted, and sees to it that all is rung for that the store knows: at once,
 * and again and again. May be killed at any instant: what it had in hand is done by others when its lease has run out.
 */
export function startWorkers(names: readonly WorkerName[], ports: WorkerPorts, concurrency: number): RunningWorkers {
  const workers: QueueWorker[] = names.map((name) => WORKERS[name](ports, concurrency));
  const state: { trouble: string | null } = { trouble: 'starting' };
  const ringing = keepRinging(ports, (trouble) => {
    if (trouble !== null && trouble !== state.trouble)
      ports.log.warn('the store or the queue cannot be used', { trouble });
    state.trouble = trouble;
  });
  return {
    trouble: () => state.trouble,
    end: async () => {
      await Promise.race([
        Promise.all([ringing, ...workers.map((one) => one.close())]),
        wait(GRACE_MS, null, { ref: false }),
      ]);
      await ports.store.arrivals.release(ports.by);
      await ports.store.releaseClaims(ports.by);
    },
  };
}

async function keepRinging(ports: WorkerPorts, tell: (trouble: string | null) => void): Promise<void> {
  const { signal, pauses } = ports;
  let isFirst = true;
  while (!signal.aborted) {
    try {
      if (isFirst) await ringRenewal(ports);
      await ringAll(ports, isFirst ? 0 : pauses.poll);
      isFirst = false;
      tell(null);
    } catch (error) {
      tell(error instanceof Error ? error.message : String(error));
    }
    await wait(pauses.reconcile, null, { signal }).catch(() => undefined);
  }
}
