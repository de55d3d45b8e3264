import { ImapFlow } from 'imapflow';
import { toClientOptions, type SessionOptions } from './client-options.ts';
import { ImapFailure } from './imap-failure.ts';
import { toImapFailure } from './to-imap-failure.ts';

/** A log-out is courtesy: it is not waited for any longer. */
const FAREWELL_MS = 500;

/** A folder as EXAMINE found it. */
export interface ExaminedFolder {
  readonly uidValidity: string;
  /** `null` where the server does not say. */
  readonly uidNext: number | null;
  readonly mails: number;
}

/**
 * One connection, for one attempt: the client that it wraps can be used once. Every wait is bounded, and every failure is an
 * ImapFailure; after one the session is over. Commands are given one after the other, and what they fetch is collected
 * before it is handed on: a command within a running fetch would wait for ever.
 */
export class ImapSession {
  readonly #client: ImapFlow;
  readonly #options: SessionOptions;
  /** Set when the server tells of new mail; `wake` ends a wait for it. */
  #news = false;
  #wake: () => void = () => undefined;
  #idleRefused = false;
  #fault: unknown = null;

  private constructor(client: ImapFlow, options: SessionOptions) {
    this.#client = client;
    this.#options = options;
    client.on('exists', () => {
      this.#news = true;
      this.#wake();
    });
    // Without a listener an error event would end the process. What it says is why the command under way fails.
    client.on('error', (error: unknown) => {
      this.#fault ??= error;
      this.#wake();
    });
    client.on('close', () => {
      this.#wake();
    });
  }

  /** Connects and logs in; ends the attempt when the signal is aborted. */
  static async open(options: SessionOptions, signal: AbortSignal): Promise<ImapSession> {
    let session: ImapSession;
    try {
      session = new ImapSession(new ImapFlow(toClientOptions(options)), options);
    } catch (error) {
      throw toSessionFailure(error, options, false);
    }
    const close = (): void => {
      session.close();
    };
    if (signal.aborted) close();
    signal.addEventListener('abort', close, { once: true });
    try {
      const { connectMs, greetingMs, commandMs } = options.limits;
      await session.#sure('log in', connectMs + greetingMs + commandMs, () => session.#client.connect());
      return session;
    } catch (error) {
      session.close();
      throw error;
    } finally {
      signal.removeEventListener('abort', close);
    }
  }

  get capabilities(): ReadonlyMap<string, boolean | number> {
    return this.#client.capabilities;
  }

  get isEncrypted(): boolean {
    return this.#client.secureConnection;
  }

  get isClosed(): boolean {
    return this.#client.isClosed || !this.#client.usable;
  }

  /** Opens a folder read-only. */
  async examine(folder: string): Promise<ExaminedFolder> {
    const opened = await this.#sure('EXAMINE', this.#options.limits.commandMs, () =>
      this.#client.mailboxOpen(folder, { readOnly: true }),
    );
    const uidNext = opened.uidNext as number | undefined;
    const uidValidity = opened.uidValidity as bigint | undefined;
    if (uidValidity === undefined) throw this.#failure('gives its mails no lasting numbers (no UIDVALIDITY)');
    return { uidValidity: String(uidValidity), uidNext: uidNext ?? null, mails: opened.exists };
  }

  /** Folders that can be opened, by name. */
  async folders(): Promise<string[]> {
    const listed = await this.#sure('LIST', this.#options.limits.commandMs, () => this.#client.list());
    return listed.filter(({ flags }) => !isClosedFolder(flags)).map(({ path }) => path);
  }

  /** What the server says of a folder beside the open view of it. */
  async status(folder: string): Promise<{ readonly uidValidity: string | null; readonly uidNext: number | null }> {
    const status = await this.#sure('STATUS', this.#options.limits.commandMs, () =>
      this.#client.status(folder, { uidNext: true, uidValidity: true }),
    );
    const { uidValidity, uidNext } = status;
    return { uidValidity: uidValidity === undefined ? null : String(uidValidity), uidNext: uidNext ?? null };
  }

  /** UID and size of each mail of a UID set, ascending, each once. */
  async sizes(set: string): Promise<{ readonly uid: number; readonly size: number }[]> {
    const found = new Map<number, number>();
    await this.#sure('FETCH sizes', this.#options.limits.commandMs, async () => {
      for await (const { uid, size } of this.#client.fetch(set, { uid: true, size: true }, { uid: true })) {
        if (uid > 0) found.set(uid, size ?? 0);
      }
      return true;
    });
    return [...found].map(([uid, size]) => ({ uid, size })).toSorted((a, b) => a.uid - b.uid);
  }

  /** The whole bytes of mails, by UID; one that is gone, or that the server does not hand out, is missing. */
  async mails(uids: readonly number[]): Promise<Map<number, Buffer>> {
    const found = new Map<number, Buffer>();
    await this.#sure('FETCH mails', this.#options.limits.commandMs, async () => {
      const fetched = this.#client.fetch(uids.join(','), { uid: true, source: true }, { uid: true });
      for await (const { uid, source } of fetched) if (source !== undefined) found.set(uid, source);
      return true;
    });
    return found;
  }

  /** The named header fields of the newest mails of a folder that holds `mails`. */
  async newestHeaders(mails: number, most: number, names: readonly string[]): Promise<Buffer[]> {
    const found: Buffer[] = [];
    await this.#sure('FETCH headers', this.#options.limits.commandMs, async () => {
      const fetched = this.#client.fetch(`${Math.max(1, mails - most + 1)}:*`, { headers: [...names] });
      for await (const { headers } of fetched) if (headers !== undefined) found.push(headers);
      return true;
    });
    return found;
  }

  /** Whether the server has told of new mail since this was asked last. */
  takeNews(): boolean {
    const news = this.#news;
    this.#news = false;
    return news;
  }

  /**
   * Waits until there may be new mail, at most until the line is to be tried again, or until the signal is aborted.
   *
   * @throws ImapFailure where the line is lost meanwhile.
   */
  async waitForNews(signal: AbortSignal): Promise<void> {
    const { idleMs, pollMs, silentMs } = this.#options.limits;
    const idles = this.capabilities.has('IDLE') && !this.#idleRefused;
    let timer: NodeJS.Timeout | undefined;
    const woken = new Promise<'woken'>((resolve) => {
      this.#wake = () => {
        resolve('woken');
      };
      timer = setTimeout(this.#wake, idles ? idleMs : pollMs);
      signal.addEventListener('abort', this.#wake, { once: true });
    });
    try {
      if (this.#news || signal.aborted || this.isClosed) this.#wake();
      if (idles) await Promise.race([woken, this.#idle()]);
      else await woken;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', this.#wake);
      this.#wake = () => undefined;
    }
    if (signal.aborted) return;
    // Ends IDLE, tries the line, and lets a server without IDLE tell of new mail.
    await this.#sure('NOOP', silentMs, async () => {
      await this.#client.noop();
      return true;
    });
  }

  async #idle(): Promise<void> {
    // `false` is a refusal; an IDLE that the server ends by itself is begun again by the next wait.
    if ((await this.#client.idle()) === false) this.#idleRefused = !this.isClosed;
  }

  /** Ends the connection at once. */
  close(): void {
    this.#client.close();
  }

  /** Says good-bye, not waiting long for an answer, and ends the connection. */
  async leave(): Promise<void> {
    if (!this.isClosed) {
      await this.#sure('LOGOUT', FAREWELL_MS, async () => {
        await this.#client.logout();
        return true;
      }).catch(() => undefined);
    }
    this.close();
  }

  /** Does one thing within its time; the client's `false` (it says so where it fails quietly) is a failure like any other. */
  async #sure<T>(what: string, ms: number, work: () => Promise<T | false>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        const reason = `${this.#options.address.host} does not come to an end with ${what}`;
        reject(new ImapFailure('timeout', reason, { passes: true }));
        this.close();
      }, ms);
    });
    try {
      const answer = await Promise.race([work(), late]);
      if (answer === false) throw this.#failure(`does not carry out ${what}`);
      return answer;
    } catch (error) {
      const cause = isLost(error) ? (this.#fault ?? error) : error;
      // A line that broke before the server said what it can do says nothing about encryption.
      const wasOffered = this.#client.capabilities.has('STARTTLS') || this.#client.capabilities.size === 0;
      throw toSessionFailure(cause, this.#options, wasOffered);
    } finally {
      clearTimeout(timer);
    }
  }

  #failure(text: string): ImapFailure {
    return new ImapFailure('server', `${this.#options.address.host} ${text}`, { passes: true });
  }
}

function isClosedFolder(flags: ReadonlySet<string>): boolean {
  return [...flags].some((flag) => /^\\(?:NoSelect|NonExistent)$/i.test(flag));
}

/** The client's word for a command that its lost connection took along; why it was lost, its error event says. */
function isLost(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && (error.code === 'NoConnection' || error.code === 'EConnectionClosed')
  );
}

function toSessionFailure(error: unknown, { address, credential }: SessionOptions, wasOffered: boolean): ImapFailure {
  const secret = credential === null ? '' : credential.kind === 'password' ? credential.password : credential.token;
  const hide = (text: string): string => (secret === '' ? text : text.replaceAll(secret, '…'));
  return toImapFailure(error, { address, login: credential?.kind ?? 'anonymous', wasOffered, hide });
}
