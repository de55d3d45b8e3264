import { Redis } from 'ioredis';
import { findFreePort, makeServerFolder, startServer, stopServer, untilReady } from './server-process.ts';

/** A Redis server of the test's own. */
export interface RedisServer {
  readonly url: string;
  /** Forgets everything, as `FLUSHALL` does. */
  readonly flush: () => Promise<void>;
  readonly stop: (how: 'gently' | 'kill') => Promise<void>;
  /** After `stop`, on the same port: a new process that knows nothing. */
  readonly start: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Starts a real server on a free port of 127.0.0.1, that keeps nothing on the disk. */
export async function startRedis(): Promise<RedisServer> {
  const { folder, remove } = makeServerFolder('redis');
  const port = await findFreePort();
  const args = [
    ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'],
    ...['--maxmemory-policy', 'noeviction', '--daemonize', 'no'],
  ];
  const url = `redis://127.0.0.1:${port}`;
  let server = startServer('redis-server', args);
  await untilReady(server, () => ask(url, 'ping'));
  return {
    url,
    flush: () => ask(url, 'flushall'),
    stop: (how) => stopServer(server, how === 'gently' ? 'SIGTERM' : 'SIGKILL'),
    start: async () => {
      server = startServer('redis-server', args);
      await untilReady(server, () => ask(url, 'ping'));
    },
    close: async () => {
      await stopServer(server, 'SIGKILL');
      remove();
    },
  };
}

async function ask(url: string, command: 'ping' | 'flushall'): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1, retryStrategy: () => null });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.call(command);
  } finally {
    redis.disconnect();
  }
}
