import type { Clock } from '../../ports.ts';

/** The right to ask one host; nobody else has it until `leave` is called. */
export interface Gate {
  /** How long ago the last request to the host ended, in milliseconds; endless for the first. */
  readonly idleMs: () => number;
  /** How long the host asked to be left alone from now on, in milliseconds. */
  readonly restMs: () => number;
  readonly restFor: (ms: number) => void;
  readonly leave: () => void;
}

interface Host {
  queue: Promise<void>;
  lastMs: number;
  notBeforeMs: number;
}

/** One request at a time to each host, whichever mailboxes want something of it. */
export class HostGates {
  readonly #hosts = new Map<string, Host>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Waits for its turn; throws the signal's reason where it is aborted meanwhile. */
  async enter(name: string, signal: AbortSignal): Promise<Gate> {
    const host = this.#hosts.get(name) ?? { queue: Promise.resolve(), lastMs: -Infinity, notBeforeMs: -Infinity };
    this.#hosts.set(name, host);
    const before = host.queue;
    let isLeft = false;
    let open: () => void = () => undefined;
    host.queue = before.then(
      () =>
        new Promise<void>((resolve) => {
          if (isLeft) resolve();
          open = resolve;
        }),
    );
    const leave = (): void => {
      if (isLeft) return;
      isLeft = true;
      open();
    };
    await waitFor(before, signal);
    if (signal.aborted) {
      leave();
      signal.throwIfAborted();
    }
    const now = (): number => this.#clock.now().getTime();
    return {
      idleMs: () => now() - host.lastMs,
      restMs: () => Math.max(0, host.notBeforeMs - now()),
      restFor: (ms) => {
        host.notBeforeMs = Math.max(host.notBeforeMs, now() + ms);
      },
      leave: () => {
        if (!isLeft) host.lastMs = now();
        leave();
      },
    };
  }
}

/** Waits, but no longer than until the signal is aborted; leaves no listener behind. */
async function waitFor(turn: Promise<void>, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      signal.removeEventListener('abort', done);
      resolve();
    };
    if (signal.aborted) done();
    signal.addEventListener('abort', done);
    void turn.then(done);
  });
}
