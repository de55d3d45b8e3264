import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { toSafeLine } from '../lib/safe-text.ts';
import { buildApp } from '../web/app.tsx';
import { loadAssets } from '../web/load-assets.ts';
import { startServer, type RunningServer } from '../web/start-server.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { toKnowledge } from './knowledge.ts';
import { findRoot } from './root.ts';
import { withStore, type StoreOption } from './with-store.ts';

interface Options extends StoreOption {
  readonly host: string;
  readonly port: string;
}

const HIGHEST_PORT = 65_535;

/** `heddle serve`: the pages, until the process is asked to end. */
export async function runServe(_args: readonly [], options: Options, context: Context): Promise<number> {
  const port = Number(options.port);
  if (!Number.isSafeInteger(port) || port < 0 || port > HIGHEST_PORT)
    throw new CommandFailure(`--port wants a number up to ${HIGHEST_PORT}, not ${options.port}`, EXIT.usage);
  return withStore({ option: options, context, must: 'be-made' }, async (store) => {
    const { trees } = toKnowledge(context, undefined);
    const app = buildApp({
      store,
      trees: () => trees,
      clock: { now: () => new Date() },
      log: toLog(context),
      random: randomBytes,
      list: context.config.list,
      access: { reading: 'public', password: null },
      assets: loadAssets(join(findRoot(), 'src/web/assets')),
      origin: context.config.post.origin ?? '',
      post: store.post,
    });
    const server = await listen(app, options.host, port);
    await context.stdout.write(`heddle: ${server.url} (Ctrl-C ends it)\n`);
    await askedToEnd();
    await server.close();
    return EXIT.ok;
  });
}

async function listen(app: ReturnType<typeof buildApp>, host: string, port: number): Promise<RunningServer> {
  try {
    return await startServer(app, { host, port });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const why = WHY[code] ?? (error instanceof Error ? error.message : String(error));
    throw new CommandFailure(`cannot listen on ${host}, port ${port}: ${why}`);
  }
}

const WHY: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program does; name another with --port',
  EACCES: 'this user may not; take a port above 1023',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no such host',
};

function askedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        resolve();
      });
  });
}

function toLog({ stderr }: Context) {
  const write = (message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
    void stderr.write(`heddle: ${toSafeLine(`${message} ${JSON.stringify(fields)}`, 500)}\n`);
  };
  return { info: write, warn: write };
}
