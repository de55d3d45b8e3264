import { Redis } from 'ioredis';

/** How long a producer waits for Redis before it says that there is none, in milliseconds and attempts. */
const CONNECT_MS = 5000;
const COMMAND_MS = 10_000;
const ATTEMPTS = 3;

/** Pauses between attempts to reach a Redis that is gone; in milliseconds. */
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 2000;

/**
 * A connection to Redis that comes back by itself. `short`: who rings hears soon that nobody hears it. `endless`: who waits for
 * work waits until Redis is there again.
 */
export function openLine(
  { url, password }: { readonly url: string; readonly password?: string | undefined },
  { patience, tell }: { readonly patience: 'short' | 'endless'; readonly tell: (error: Error) => void },
): Redis {
  const redis = new Redis(url, {
    ...(password === undefined ? {} : { password }),
    ...(patience === 'short' ? { commandTimeout: COMMAND_MS } : {}),
    maxRetriesPerRequest: patience === 'short' ? ATTEMPTS : null,
    connectTimeout: CONNECT_MS,
    keepAlive: 30_000,
    retryStrategy: (attempt) => Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** attempt),
  });
  redis.on('error', tell);
  return redis;
}
