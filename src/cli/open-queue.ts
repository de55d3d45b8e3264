import { InlineQueue } from '../edges/queue/inline-queue.ts';
import type { Clock, Log } from '../ports.ts';
import type { Queue } from '../ports/queue.ts';
import type { Context } from './context.ts';
import { readPassword } from './with-store.ts';

/** The queue over Redis that is configured; without one that of this process alone. */
export async function openQueue(
  { config: { redis } }: Pick<Context, 'config'>,
  { clock, log, lockMs }: { readonly clock: Clock; readonly log: Log; readonly lockMs: number },
): Promise<Queue> {
  if (redis === null) return new InlineQueue({ clock, random: Math.random });
  const { BullmqQueue } = await import('../edges/queue/bullmq-queue.ts');
  const password = readPassword(redis.passwordFile, 'HEDDLE_REDIS_PASSWORD_FILE');
  return new BullmqQueue({ url: redis.url, password, lockMs, log });
}
