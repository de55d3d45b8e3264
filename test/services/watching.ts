/** `heddle watch` as a process of its own, as people run it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openSqliteStore } from '../../src/edges/store/open-sqlite-store.ts';
import type { Mailbox } from '../../src/model/mailbox.ts';
import type { TriageThread } from '../../src/model/triage.ts';
import type { Store } from '../../src/ports.ts';
import { uniteCopies } from '../../src/thread/unite-copies.ts';
import { DOVECOT_PASSWORD, DOVECOT_USER, type Dovecot } from './dovecot.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** How a process of heddle is started: as built where that is asked for, else from its source. */
export function toCommand(args: readonly string[]): readonly [string, ...string[]] {
  const built = process.env['HEDDLE_BUILT'];
  const main =
    built !== undefined && existsSync(built) ? [built] : ['--import', 'tsx', join(ROOT, 'src', 'cli', 'main.ts')];
  return [process.execPath, ...main, ...args];
}

/** Writes a mailbox of the test server into a store, as `heddle subscribe` does after it was asked everything. */
export async function followMailbox(
  file: string,
  { certificate }: Pick<Dovecot, 'certificate'>,
  {
    port,
    folder,
    backFill = 'in-order',
  }: { readonly port: number; readonly folder: string } & Partial<Pick<Mailbox, 'backFill'>>,
): Promise<Mailbox> {
  const mailbox: Mailbox = {
    name: 'list',
    url: `imap://${DOVECOT_USER}@127.0.0.1:${port}/${folder}`,
    kind: 'imap',
    secret: { kind: 'environment', name: 'TEST_SECRET' },
    tls: 'required',
    ca: certificate,
    backFill,
    addedAt: '2024-05-15T00:00:00.000Z',
  };
  await withStore(file, (store) => store.saveMailbox(mailbox));
  return mailbox;
}

export async function withStore<T>(file: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openSqliteStore(file, { unite: uniteCopies });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** A line of `heddle watch --json`, and when it came (milliseconds since 1970). */
export interface Told {
  readonly thread: TriageThread;
  readonly at: number;
}

export class Watching {
  readonly #child: ChildProcess;
  readonly #told: Told[] = [];
  readonly ended: Promise<number | null>;
  #errors = '';
  #lines = 0;
  readonly #keeps: boolean;

  constructor(
    file: string,
    {
      args = [],
      env = {},
      keeps = true,
    }: {
      readonly args?: readonly string[];
      readonly env?: Readonly<Record<string, string>>;
      /** Whether what is told is kept. */
      readonly keeps?: boolean;
    } = {},
  ) {
    this.#keeps = keeps;
    const [program, ...rest] = toCommand(['watch', '--json', '--store', file, ...args]);
    this.#child = spawn(program, rest, {
      cwd: ROOT,
      env: { ...process.env, HEDDLE_MAIL_TIMEOUT: '2', TEST_SECRET: DOVECOT_PASSWORD, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (piece: string) => (this.#errors += piece));
    if (this.#child.stdout) createInterface({ input: this.#child.stdout }).on('line', (line) => this.#hear(line));
    this.ended = new Promise((resolve) => this.#child.on('close', (code) => resolve(code)));
  }

  get told(): readonly Told[] {
    return this.#told;
  }

  /** Lines that were no records: none, or the last one of a killed process. */
  get broken(): number {
    return this.#lines - this.#told.length;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Whether it has ended, by itself or not. */
  get isOver(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  get errors(): string {
    return this.#errors;
  }

  /** Waits until so many lines were told; fails where the process ends before. */
  async untilTold(count: number, { seconds = 60, every = 50 } = {}): Promise<void> {
    const holds = (): boolean => {
      if (this.isOver && this.#told.length < count) throw new Error(`heddle ended by itself: ${this.#errors}`);
      return this.#told.length >= count;
    };
    await until(holds, seconds, `${count} lines are told (${this.#errors})`, every);
  }

  /** Ends it at once; waits until it is gone. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  /** Asks it to end, and says how long that took and how it ended. */
  async stop(): Promise<{ readonly ms: number; readonly exitCode: number | null }> {
    const began = Date.now();
    this.#child.kill('SIGTERM');
    const exitCode = await this.ended;
    return { ms: Date.now() - began, exitCode };
  }

  #hear(line: string): void {
    if (!this.#keeps) return;
    this.#lines += 1;
    try {
      const { triage } = JSON.parse(line) as { triage: { threads: TriageThread[] } };
      for (const thread of triage.threads) this.#told.push({ thread, at: Date.now() });
    } catch {
      // Counted as broken.
    }
  }
}

/** Waits until something holds; fails after so many seconds. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  seconds: number,
  what: string,
  every = 50,
): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} seconds`);
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}
