import { writeSafeJson } from '../lib/safe-json.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import type { SharedStore } from '../ports/shared-store.ts';
import { ATTEMPTS } from '../../workers/kinds.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { withStore, type StoreOption } from './with-store.ts';

/** More than anybody reads. */
const MOST = 1000;

/** Characters of a digest that are shown: they name it, and `retry` understands them. */
const SHOWN_DIGITS = 12;

interface SetAsideJob {
  readonly kind: 'mail' | 'thread';
  readonly id: string;
  readonly about: string;
  readonly attempts: number;
  readonly reason: string;
}

const DIED = 'the worker died each time without a word (killed, or out of memory)';

/** `heddle jobs`: what waits, and what was set aside with the reason. */
export async function runJobs(
  _args: readonly [],
  options: StoreOption & { readonly json?: true },
  context: Context,
): Promise<number> {
  const found = await withStore({ option: options, context, must: 'exist' }, async (store) => ({
    waiting: { mails: await store.arrivals.count(), threads: await store.pendingCount() },
    setAside: await listSetAside(store, context),
  }));
  const { stdout, style } = context;
  if (options.json === true) {
    await stdout.write(`${writeSafeJson(found)}\n`);
    return EXIT.ok;
  }
  const { waiting, setAside } = found;
  for (const { kind, id, about, attempts, reason } of setAside) {
    const what = `${kind.padEnd(6)}  ${style.bold(toSafeLine(id, 200))}`;
    await stdout.write(
      `${what}  ${toSafeLine(about, 300)}\n        ${toSafeLine(reason, 500)} (${attempts} attempts)\n`,
    );
  }
  await stdout.write(
    `${waiting.mails} mails and ${waiting.threads} threads wait, ${setAside.length} of them set aside\n`,
  );
  return EXIT.ok;
}

/** `heddle jobs retry`: hands out again what was set aside; workers see it within their pause. */
export async function runRetry(
  [ids]: readonly [readonly string[]],
  options: StoreOption & { readonly all?: true },
  context: Context,
): Promise<number> {
  if (ids.length === 0 && options.all !== true)
    throw new CommandFailure('name what is to be tried, or say --all', EXIT.usage);
  return withStore({ option: options, context, must: 'exist' }, async (store) => {
    const wanted = options.all === true ? (await listSetAside(store, context)).map(({ id }) => id) : ids;
    const missing: string[] = [];
    for (const id of wanted) if (!(await retry(id, store))) missing.push(id);
    for (const id of missing)
      await context.stderr.write(`heddle: ${toSafeLine(id, 200)}: nothing of that name was set aside\n`);
    await context.stdout.write(`${wanted.length - missing.length} are tried again\n`);
    return missing.length === 0 ? EXIT.ok : EXIT.unreadable;
  });
}

async function retry(id: string, store: SharedStore): Promise<boolean> {
  if (/^[\da-f]{6,64}$/.test(id) && (await store.arrivals.retry(id))) return true;
  return store.retrySetAside(id);
}

async function listSetAside(store: SharedStore, { now }: Context): Promise<readonly SetAsideJob[]> {
  const claim = { now: now.toISOString(), limit: MOST, attempts: ATTEMPTS };
  const mails = await store.arrivals.setAside(claim);
  const threads = await store.setAside(claim);
  return [
    ...mails.map(({ digest, origin, attempts, reason }) => ({
      kind: 'mail' as const,
      id: digest.slice(0, SHOWN_DIGITS),
      about: origin,
      attempts,
      reason: reason ?? DIED,
    })),
    ...threads.map(({ key, attempts, reason, by }) => ({
      kind: 'thread' as const,
      id: key,
      about: `last tried by ${by}`,
      attempts,
      reason: reason ?? DIED,
    })),
  ];
}
