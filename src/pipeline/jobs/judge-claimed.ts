import type { Clock } from '../../ports.ts';
import type { SharedStore } from '../../ports/shared-store.ts';
import { RULES } from '../../pipeline.ts';
import type { Trees } from '../../routing/trees/trees.ts';
import type { Witness } from '../ask-witness.ts';
import { judgeWaiting } from '../judge-pending.ts';
import type { Taking } from './read-arrivals.ts';

export interface ClaimedPorts extends Taking {
  readonly store: SharedStore;
  readonly trees: Trees;
  readonly clock: Clock;
  readonly witness?: Witness | undefined;
}

/**
 * Judges one thread, where it waits and nobody else has it. One that cannot be judged is freed with the reason: it is tried again
 * when it is rung for, or set aside.
 *
 * @returns whether it was judged.
 */
export async function judgeClaimed(key: string, ports: ClaimedPorts): Promise<boolean> {
  const { store, clock, by, leaseMs, attempts, signal } = ports;
  if (signal.aborted) return false;
  const now = clock.now();
  const until = new Date(now.getTime() + leaseMs).toISOString();
  const [waiting] = await store.claimPending({ by, limit: 1, now: now.toISOString(), until, attempts, keys: [key] });
  if (waiting === undefined) return false;
  try {
    const judged = await judgeWaiting(waiting, { ...ports, asOf: now });
    await store.saveVerdicts([{ key: waiting.key, version: waiting.version, ...judged }], RULES);
    return true;
  } catch (error) {
    await store.failClaim({ key: waiting.key, by, reason: error instanceof Error ? error.message : String(error) });
    throw error;
  }
}
