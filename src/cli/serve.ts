import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { LlmConfig } from '../config.ts';
import { openFolderLedger } from '../edges/llm/daily-budget.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import { buildApp } from '../web/app.tsx';
import { loadAssets } from '../web/load-assets.ts';
import { hashPassword, isPasswordHash } from '../web/password.ts';
import type { ModelBudget, WebPorts } from '../web/ports.ts';
import { startServer, type RunningServer } from '../web/start-server.ts';
import type { Clock } from '../ports.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { toKnowledge } from './knowledge.ts';
import { findRoot } from './root.ts';
import { readPassword, withStore, type StoreOption } from './with-store.ts';

interface Options extends StoreOption {
  readonly host: string;
  readonly port: string;
  readonly hashPassword?: true;
}

const HIGHEST_PORT = 65_535;

/** `heddle serve`: the pages, until the process is asked to end. With `--hash-password` the hash of what standard input holds. */
export async function runServe(_args: readonly [], options: Options, context: Context): Promise<number> {
  if (options.hashPassword === true) return writeHash(context);
  return serve(options, context, null);
}

/** Serves until the process is asked to end; `beside` begins once readers can come, and is waited for at the end. */
export async function serve(options: Options, context: Context, beside: (() => Promise<void>) | null): Promise<number> {
  const port = Number(options.port);
  if (!Number.isSafeInteger(port) || port < 0 || port > HIGHEST_PORT)
    throw new CommandFailure(`--port wants a number up to ${HIGHEST_PORT}, not ${options.port}`, EXIT.usage);
  const access = readAccess(context);
  return withStore({ option: options, context, must: 'be-made' }, async (store) => {
    const app = buildApp({ ...toWebPorts(context), store, access, post: store.post });
    const server = await listen(app, options.host, port);
    await context.stdout.write(`heddle: ${server.url} (Ctrl-C ends it)\n`);
    const [end, others] = [askedToEnd(), beside?.()];
    await end;
    await server.close();
    await others;
    return EXIT.ok;
  });
}

/** What the pages are given beside the store. */
function toWebPorts(context: Context): Omit<WebPorts, 'store' | 'access' | 'post'> {
  const { config } = context;
  const { trees } = toKnowledge(context, undefined);
  const clock = { now: () => new Date() };
  return {
    trees: () => trees,
    clock,
    log: toLog(context),
    random: randomBytes,
    list: config.list,
    assets: loadAssets(join(findRoot(), 'src/web/assets')),
    origin: config.post.origin ?? '',
    archive: config.archive,
    release: config.release,
    sources: config.web.sources,
    behindProxy: config.web.behindProxy,
    ...(config.llm === null ? {} : { budget: toBudget(config.llm, clock) }),
  };
}

function toBudget({ model, limits, folder }: LlmConfig, clock: Clock): () => ModelBudget {
  const ledger = openFolderLedger(folder);
  return () => {
    const spent = ledger.sum(clock.now().toISOString().slice(0, 10));
    return {
      model,
      requests: { spent: spent.requests, most: limits.requests },
      tokens: { spent: spent.tokens, most: limits.tokens },
    };
  };
}

/** Who may read, and the hash that the operator's password is held against. */
function readAccess({ config }: Context): WebPorts['access'] {
  const { passwordFile, reading } = config.web;
  const password = readPassword(passwordFile, 'HEDDLE_WEB_PASSWORD_FILE') ?? null;
  if (password !== null && !isPasswordHash(password))
    throw new CommandFailure(
      `HEDDLE_WEB_PASSWORD_FILE holds no hash: printf %s PASSWORD | heddle serve --hash-password > ${passwordFile ?? ''}`,
      EXIT.usage,
    );
  if (reading === 'private' && password === null)
    throw new CommandFailure(
      'HEDDLE_WEB_READING is private and nobody can log in: set HEDDLE_WEB_PASSWORD_FILE',
      EXIT.usage,
    );
  return { reading, password };
}

const SALT = 16;
const LONGEST_PASSWORD = 1000;

async function writeHash({ stdin, stdout }: Context): Promise<number> {
  let text = '';
  for await (const piece of stdin) if (text.length <= LONGEST_PASSWORD) text += String(piece);
  const password = text.split('\n')[0]?.replace(/\r$/, '') ?? '';
  if (password === '' || password.length > LONGEST_PASSWORD)
    throw new CommandFailure('the password is the first line of standard input', EXIT.usage);
  await stdout.write(`${await hashPassword(password, randomBytes(SALT))}\n`);
  return EXIT.ok;
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
