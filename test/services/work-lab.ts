import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../src/edges/store/open-store.ts';
import type { SharedStore } from '../../src/ports/shared-store.ts';

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts');

/** A `heddle` process of the test's own. */
export interface HeddleProcess {
  readonly child: ChildProcess;
  readonly said: () => string;
  /** Resolves with the exit code; `null` after a kill. */
  readonly ended: Promise<number | null>;
}

/** Starts the program, or one of its commands written as a script of the test's own. */
export function startHeddle(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  script = MAIN,
): HeddleProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const keep = (piece: string): void => {
    said = (said + piece).slice(-8000);
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise<number | null>((done) => child.on('close', (code) => done(code)));
  void ended.then(() => process.off('exit', kill));
  return { child, said: () => said, ended };
}

/** Starts a worker and waits until it works. */
export async function startWorker(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  script?: string,
): Promise<HeddleProcess> {
  const worker = startHeddle(['work', ...args], env, script);
  for (let tries = 0; tries < 1200 && worker.child.exitCode === null; tries += 1) {
    if (worker.said().includes('"working"')) return worker;
    await sleep(50);
  }
  throw new Error(`the worker did not start: ${worker.said()}`);
}

/** Runs a command to its end, which has to be a good one. */
export async function runHeddleProcess(args: readonly string[], env: Readonly<Record<string, string>>): Promise<void> {
  const run = startHeddle(args, env);
  if ((await run.ended) !== 0) throw new Error(`heddle ${args.join(' ')}: ${run.said()}`);
}

/** Opens a store that others write to. */
export function openToLook(place: string): Promise<SharedStore> {
  const unite = (): never => {
    throw new Error('stores are only read here');
  };
  return openStore(place, { unite, limits: { connections: 1 } });
}

/** Waits until no mail and no thread waits, but for so many mails that are set aside. A server that is away is waited for. */
export async function untilDone(
  place: string,
  { seconds, aside = 0 }: { readonly seconds: number; readonly aside?: number },
): Promise<void> {
  const until = performance.now() + seconds * 1000;
  let left = '';
  while (performance.now() < until) {
    try {
      const store = await openToLook(place);
      const [mails, threads] = [await store.arrivals.count(), await store.pendingCount()];
      await store.close();
      if (mails === aside && threads === 0) return;
      left = `${mails} mails and ${threads} threads`;
    } catch (error) {
      left = String(error);
    }
    await sleep(250);
  }
  throw new Error(`not done within ${seconds} s: ${left}`);
}
