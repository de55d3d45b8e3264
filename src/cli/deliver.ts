import { hostname } from 'node:os';
import type { Window } from '../model/digest.ts';
import { digestOf, type DigestPorts } from '../pipeline/digest-of.ts';
import { planDigests } from '../pipeline/deliver/plan-digests.ts';
import { sendLetters, type SendEnd, type Tried } from '../pipeline/deliver/send-letters.ts';
import { takeIncoming } from '../pipeline/commands/take-incoming.ts';
import { lockWatch } from '../edges/store/watch-lock.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import type { SharedStore } from '../ports/shared-store.ts';
import type { Context } from './context.ts';
import { toCommandPorts } from './command-ports.ts';
import { toDigestPorts } from './digest-options.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { openPlace, random, toComposer, toPostSettings } from './post-ports.ts';
import { storeFile, withStore, type StoreOption } from './with-store.ts';

interface Options extends StoreOption {
  readonly once?: true;
  readonly dryRun?: true;
  readonly to?: string;
  readonly stop?: string | true;
  readonly resume?: true;
}

/** Between two looks at what is due. */
const LOOK_MS = 20_000;

/**
 * `heddle deliver`: writes the digests that are due, sends what waits, obeys commands that came by mail, until it is told to end;
 * with `--once` a single time. May be killed at any instant. Exit 1 where a letter was given up, or nothing may be sent.
 */
export async function runDeliver(_args: readonly [], options: Options, context: Context): Promise<number> {
  return withStore({ option: options, context, must: 'exist' }, async (store) => {
    if (options.stop !== undefined || options.resume === true) return flip(store, options, context);
    const file = storeFile(options, context);
    const isFile = file !== ':memory:' && !file.includes('://');
    const lock = isFile ? lockWatch(file, 'deliver') : null;
    if (isFile && lock === null) throw new CommandFailure(`another heddle deliver works on ${file}: stop it first`);
    try {
      // Whoever had a letter in hand is dead: the lock is ours alone.
      if (isFile) await store.post.freeDeliveries();
      return await deliver(store, options, context);
    } finally {
      lock?.release();
    }
  });
}

async function flip({ post }: SharedStore, { stop }: Options, context: Context): Promise<number> {
  const reason =
    stop === undefined ? null : `by the operator${typeof stop === 'string' ? `: ${toSafeLine(stop, 200)}` : ''}`;
  await post.setStopped(reason);
  await context.stdout.write(
    reason === null ? 'letters go out again\n' : `no letter goes out (${reason}) until heddle deliver --resume\n`,
  );
  return EXIT.ok;
}

async function deliver(store: SharedStore, options: Options, context: Context): Promise<number> {
  const stop = new AbortController();
  const onSignal = (): void => {
    stop.abort();
  };
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  const isOff = context.config.post.isOff;
  const round = await toRound(store, { options, context, signal: stop.signal });
  try {
    for (;;) {
      const exitCode = await round();
      if (options.once === true || options.dryRun === true) return isOff ? EXIT.unreadable : exitCode;
      await pause(stop.signal);
      if (stop.signal.aborted) return EXIT.ok;
    }
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

interface Rounds {
  readonly options: Options;
  readonly context: Context;
  readonly signal: AbortSignal;
}

async function toRound(store: SharedStore, { options, context, signal }: Rounds): Promise<() => Promise<number>> {
  const { config, stderr } = context;
  const settings = toPostSettings(context);
  const compose = await toComposer(context);
  const isQuiet = options.dryRun === true || config.post.isOff;
  const outbox = isQuiet ? null : await openPlace(options.to, context);
  const clock = { now: () => new Date() };
  let told = '';
  return async () => {
    const now = clock.now();
    await takeIncoming({ ...toCommandPorts(context), store, settings, now });
    // Trees are read only where something is due.
    let ports: DigestPorts | null = null;
    const sourceOf = (window: Window) => {
      ports ??= toDigestPorts({ ...context, now }, { store, seen: store, list: undefined });
      return digestOf(window, ports);
    };
    const written = await planDigests({ post: store.post, settings, now, sourceOf });
    if (written > 0) await context.stderr.write(`heddle: ${String(written)} digests written down\n`);
    if (outbox === null) return tellWaiting(store, context);
    let failed = 0;
    const onTried = async (tried: Tried): Promise<void> => {
      if (tried.outcome.kind === 'failed') failed += 1;
      await context[options.to === '-' ? 'stderr' : 'stdout'].write(`${writeTried(tried)}\n`);
    };
    const by = `${hostname()} ${String(process.pid)}`;
    const sending = { post: store.post, outbox, compose, settings, clock, random, by, signal, onTried };
    const end = await sendLetters({ ...sending, mostADay: config.post.mostADay });
    if (end.kind === 'stopped' && end.reason !== told) await stderr.write(`heddle: nothing is sent: ${end.reason}\n`);
    told = end.kind === 'stopped' ? end.reason : '';
    return toExit(end, failed);
  };
}

function toExit(end: SendEnd, failed: number): number {
  return end.kind === 'stopped' || failed > 0 ? EXIT.unreadable : EXIT.ok;
}

async function tellWaiting({ post }: SharedStore, { stdout, config }: Context): Promise<number> {
  const waiting = await post.deliveries({ states: ['queued', 'held'], limit: 1000 });
  const why = config.post.isOff ? 'HEDDLE_DELIVERY is off' : 'a dry run';
  await stdout.write(`${String(waiting.length)} letters wait (${why}: none was sent); heddle outbox lists them\n`);
  return EXIT.ok;
}

function writeTried({ delivery, subscriber, outcome }: Tried): string {
  const what = `${delivery.kind} to ${subscriber?.address ?? 'nobody'}`;
  const doubt = delivery.uncertain > 0 ? ' (it may have gone out before)' : '';
  if (outcome.kind === 'sent') return toSafeLine(`sent     ${what}${doubt}`, 300);
  if (outcome.kind === 'failed') return toSafeLine(`failed   ${what}${doubt}: ${outcome.reason}`, 500);
  const unsure = outcome.uncertain ? 'unsure  ' : 'later   ';
  return toSafeLine(`${unsure} ${what}: ${outcome.reason}; again at ${outcome.dueAt.slice(0, 16)}`, 500);
}

async function pause(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, LOOK_MS);
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
  });
}
