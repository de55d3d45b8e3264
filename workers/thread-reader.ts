import { pathToFileURL } from 'node:url';
import { parentPort, Worker } from 'node:worker_threads';
import { BrokenReader, StoppedReading, type MailReader } from '../src/pipeline/jobs/read-arrivals.ts';
import type { Ingested, RawMail } from '../src/ports.ts';

type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'read'; readonly ingested: Ingested }
  | { readonly kind: 'failed'; readonly reason: string };

/** Memory of one thread: several times of what the largest mail takes. */
const LIMITS = { maxOldGenerationSizeMb: 1024 } as const;

export interface ReaderOptions {
  /** The file that the threads run; it calls {@link answerMails}. */
  readonly script: string;
  /** Mails that are read at once. */
  readonly threads: number;
  /** A mail that takes longer is given up, and its thread with it. */
  readonly limitMs: number;
}

/** Reads mails in threads of its own, with a limit of time and memory for each. */
export class ThreadReader implements MailReader {
  readonly #options: ReaderOptions;
  readonly #idle: Worker[] = [];
  readonly #busy = new Set<Worker>();
  readonly #waiting: (() => void)[] = [];
  #taken = 0;
  #isClosed = false;

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  async read(mail: RawMail): Promise<Ingested> {
    await this.#turn();
    try {
      if (this.#isClosed) throw new StoppedReading('told to end');
      return await this.#ask(this.#idle.pop() ?? (await this.#start()), mail);
    } finally {
      this.#taken -= 1;
      this.#waiting.shift()?.();
    }
  }

  /** Ends at once; mails that are just read are as good as before. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#idle, ...this.#busy].map((thread) => thread.terminate()));
  }

  async #turn(): Promise<void> {
    if (this.#taken >= this.#options.threads) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#taken += 1;
  }

  /** A thread that is ready to read. One that does not even start is no mail's fault. */
  async #start(): Promise<Worker> {
    const { script } = this.#options;
    const isBuilt = !script.endsWith('.ts');
    const thread = new Worker(isBuilt ? script : toUnbuilt(script), { resourceLimits: LIMITS, eval: !isBuilt });
    this.#busy.add(thread);
    thread.unref();
    // Whoever waits for an answer is told by a listener of his own.
    thread.on('error', () => undefined);
    await new Promise<void>((resolve, reject) => {
      const fail = (reason: string): void => {
        this.#busy.delete(thread);
        reject(
          this.#isClosed ? new StoppedReading('told to end') : new BrokenReader(`mails cannot be read here: ${reason}`),
        );
      };
      thread.once('message', () => resolve());
      thread.once('error', (error) => fail(error instanceof Error ? error.message : String(error)));
      thread.once('exit', () => fail('the thread ended at once'));
    });
    return this.#quiet(thread);
  }

  async #ask(thread: Worker, mail: RawMail): Promise<Ingested> {
    this.#busy.add(thread);
    let timer: NodeJS.Timeout | undefined;
    try {
      const answer = await new Promise<Answer>((resolve, reject) => {
        const { limitMs } = this.#options;
        timer = setTimeout(() => reject(new Error(`not read within ${limitMs / 1000} s`)), limitMs);
        thread.once('message', resolve);
        thread.once('error', (error) => reject(new Error(`reading ended the thread (${error.message})`)));
        thread.once('exit', () =>
          reject(this.#isClosed ? new StoppedReading('told to end') : new Error('thread ended')),
        );
        thread.postMessage({ ...mail, bytes: new Uint8Array(mail.bytes) });
      });
      this.#free(thread);
      if (answer.kind === 'read') return answer.ingested;
      throw new Error(answer.kind === 'failed' ? answer.reason : 'no answer');
    } catch (error) {
      if (this.#busy.delete(thread)) void thread.terminate();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  #free(thread: Worker): void {
    this.#busy.delete(thread);
    this.#idle.push(this.#quiet(thread));
  }

  #quiet(thread: Worker): Worker {
    for (const event of ['message', 'error', 'exit'] as const) thread.removeAllListeners(event);
    return thread.on('error', () => undefined);
  }
}

/** Before the program is built it runs under tsx, whose loader threads do not inherit. */
function toUnbuilt(script: string): string {
  const [api, from] = [import.meta.resolve('tsx/esm/api'), pathToFileURL(script).href];
  return `import(${JSON.stringify(api)}).then(({ register }) => { register(); return import(${JSON.stringify(from)}); });`;
}

/** In a thread: answers every mail that comes with what `ingest` makes of it. */
export function answerMails(ingest: (mail: RawMail) => Ingested): void {
  const ready: Answer = { kind: 'ready' };
  parentPort?.postMessage(ready);
  parentPort?.on('message', (mail: Omit<RawMail, 'bytes'> & { readonly bytes: Uint8Array }) => {
    parentPort?.postMessage(answer({ ...mail, bytes: Buffer.from(mail.bytes.buffer) }, ingest));
  });
}

function answer(mail: RawMail, ingest: (mail: RawMail) => Ingested): Answer {
  try {
    return { kind: 'read', ingested: ingest(mail) };
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}
