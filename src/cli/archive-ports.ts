import { lookup } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ArchivePorts } from '../mailbox/archive/archive-ports.ts';
import type { Clock } from '../ports.ts';
import type { Context } from './context.ts';
import { findRoot } from './root.ts';

/** What following archives needs of this process: the network, chance, where mirrors are kept. */
export function toArchivePorts({ config, env }: Pick<Context, 'config' | 'env'>, clock: Clock): ArchivePorts {
  const { version } = JSON.parse(readFileSync(join(findRoot(), 'package.json'), 'utf8')) as { version: string };
  return {
    fetch: (url, init) => fetch(url, init),
    lookup: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
    clock,
    random: Math.random,
    folder: config.archives,
    env,
    agent: `heddle/${version} (reads mailing lists)`,
    limits: { pollMs: config.archiveIntervalMs, silentMs: config.mailTimeoutMs },
  };
}
