import type { TriageThread } from '../model/triage.ts';
import type { Clock, Store } from '../ports.ts';
import type { Trees } from '../routing/trees/trees.ts';
import type { Witness } from './ask-witness.ts';
import { judgeBatch, renewJudging } from './judge-pending.ts';

/** Threads judged between two writes: few, so that the first of many is told soon. */
const BATCH_THREADS = 50;
/**
 * Mails of one thread tend to come together, and each judges the whole thread: so a moment is waited for company, longer
 * while old mail streams in, and at least as long as the last round took.
 */
const COMPANY_MS = { live: 150, streaming: 1_500 } as const;
/** The longest rest after a long round: new mail is not to wait for minutes behind a slow model. */
const LONGEST_REST_MS = 10_000;
/** Where the threads are noted that are being told, so that a killed watch can be made up for. */
const TELLING = '\nwatch: telling';

export interface JudgeLoopPorts {
  readonly store: Store;
  readonly trees: Trees;
  readonly clock: Clock;
  readonly witness?: Witness | undefined;
  readonly signal: AbortSignal;
  readonly onThread?: (thread: TriageThread) => Promise<void>;
}

/** Judges what waits whenever the bell is rung, and tells of it. */
export class JudgeLoop {
  readonly #ports: JudgeLoopPorts;
  #bell: 'live' | 'streaming' | null = 'live';
  #isFinishing = false;
  #wake: () => void = () => undefined;
  #judged = 0;

  constructor(ports: JudgeLoopPorts) {
    this.#ports = ports;
    ports.signal.addEventListener('abort', () => {
      this.#wake();
    });
  }

  /** Threads that were judged so far; one that grew counts again. */
  get judged(): number {
    return this.#judged;
  }

  /** There may be threads to judge. */
  ring(isLive: boolean): void {
    if (this.#bell !== 'live') this.#bell = isLive ? 'live' : 'streaming';
    this.#wake();
  }

  /** No more mail comes: the loop ends when all is judged. */
  finish(): void {
    this.#isFinishing = true;
    this.#wake();
  }

  /** Works until it is told to finish, or the signal is aborted. */
  async run(): Promise<void> {
    const { store, signal, clock } = this.#ports;
    await this.#tellAgain();
    await renewJudging({ store, signal });
    let rest = 0;
    while (!signal.aborted) {
      if (this.#bell === null && this.#isFinishing) return;
      if (this.#bell === null) await this.#pause(null, 'any');
      // Mail that is new ends a wait that old mail began.
      if (this.#bell === 'streaming') await this.#pause(Math.max(COMPANY_MS.streaming, rest), 'live');
      await this.#pause(Math.max(COMPANY_MS.live, rest), 'none');
      if (signal.aborted) return;
      this.#bell = null;
      const began = clock.now().getTime();
      await this.#judgeAll();
      rest = Math.min(LONGEST_REST_MS, clock.now().getTime() - began);
    }
  }

  async #judgeAll(): Promise<void> {
    const { store, trees, witness, signal, clock } = this.#ports;
    for (;;) {
      const judging = judgeBatch({ store, trees, witness, signal, asOf: clock.now() }, BATCH_THREADS, async (threads) =>
        this.#note(threads),
      );
      const threads = await judging;
      if (threads.length === 0) return;
      this.#judged += threads.length;
      for (const thread of threads) await this.#ports.onThread?.(thread);
      await this.#note([]);
    }
  }

  async #note(threads: readonly TriageThread[]): Promise<void> {
    const { store, onThread } = this.#ports;
    if (onThread) await store.saveCursor(TELLING, JSON.stringify(threads.map(({ id }) => id)));
  }

  /** Tells once more what a killed watch was about to tell. */
  async #tellAgain(): Promise<void> {
    const { store, onThread } = this.#ports;
    if (!onThread) return;
    for (const id of readIds((await store.cursors()).get(TELLING))) {
      const thread = await store.thread(id);
      if (thread !== null) await onThread(thread);
    }
    await this.#note([]);
  }

  /** Until time is up (never, with `null`) or somebody rings for that. Who finishes waits for nothing. */
  async #pause(ms: number | null, bell: 'any' | 'live' | 'none'): Promise<void> {
    const { signal } = this.#ports;
    const isOver = (): boolean =>
      signal.aborted ||
      this.#isFinishing ||
      (bell === 'any' && this.#bell !== null) ||
      (bell === 'live' && this.#bell === 'live');
    if (isOver()) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      if (ms !== null) timer = setTimeout(resolve, ms);
      this.#wake = () => {
        if (isOver()) resolve();
      };
    });
    clearTimeout(timer);
    this.#wake = () => undefined;
  }
}

function readIds(text: string | undefined): string[] {
  try {
    const ids: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
