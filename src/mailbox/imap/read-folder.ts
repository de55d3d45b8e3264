import type { Mailbox } from '../../model/mailbox.ts';
import type { Log, Reading } from '../../ports.ts';
import {
  nextStretch,
  readCursor,
  retryHard,
  startCursor,
  withHard,
  withNews,
  without,
  writeCursor,
  type FolderCursor,
  type Stretch,
} from './folder-cursor.ts';
import { ImapFailure } from './imap-failure.ts';
import type { ImapLimits } from './imap-ports.ts';
import type { ImapSession } from './imap-session.ts';
import { Suspects } from './suspects.ts';
import { toChunks, type SizedMail } from './to-chunks.ts';

/** UIDs that are looked at in one go: more where few of them are still there, fewer where the sizes alone would be many. */
const STRETCH = { first: 2_000, most: 1_000_000_000, few: 500, many: 10_000 } as const;

const MEGABYTE = 1024 * 1024;

export interface FolderReaderOptions {
  readonly mailbox: Mailbox;
  readonly folder: string;
  readonly limits: ImapLimits;
  readonly log: Log | undefined;
  /** As it was saved. */
  readonly cursor: string | undefined;
}

/** Reads a folder over one connection after the other, and knows how far it has come. */
export class FolderReader {
  readonly #options: FolderReaderOptions;
  readonly #suspects = new Suspects();
  #cursor: FolderCursor | null;
  #width: number = STRETCH.first;
  /** The server is to be asked for news, though it has not told of any. */
  #mustLook = true;
  #isCaughtUp = false;

  constructor(options: FolderReaderOptions) {
    this.#options = options;
    const cursor = readCursor(options.cursor);
    this.#cursor = cursor === null ? null : retryHard(cursor);
  }

  /** The name under which the cursor of a folder is saved. */
  static toSource({ mailbox, folder }: Pick<FolderReaderOptions, 'mailbox' | 'folder'>): string {
    return `${mailbox.name}\n${folder}`;
  }

  /**
   * Gives what is to be read over one connection, mails before the cursor that covers them; then `caught-up`, and what comes,
   * until the signal is aborted.
   *
   * @throws ImapFailure where the connection is lost; another one goes on where this one stopped.
   */
  async *read(session: ImapSession, signal: AbortSignal): AsyncGenerator<Reading, void> {
    this.#mustLook = true;
    this.#isCaughtUp = false;
    try {
      let cursor = await this.#open(session);
      yield this.#keep(cursor);
      while (!signal.aborted) {
        cursor = yield* this.#readNews(session, cursor);
        const stretch = nextStretch(cursor, this.#width, this.#options.mailbox.backFill === 'newest-first');
        if (stretch !== null) {
          cursor = yield* this.#readStretch(session, cursor, stretch);
          continue;
        }
        if (!this.#isCaughtUp) yield { kind: 'caught-up' };
        this.#isCaughtUp = true;
        await session.waitForNews(signal);
        if (signal.aborted) return;
        await this.#checkFolder(session, cursor);
        // A sign of life: nothing new is news too.
        yield { kind: 'standing', standing: { state: 'caught-up', reason: null } };
      }
    } catch (error) {
      this.#suspects.failed();
      throw error;
    }
  }

  async #open(session: ImapSession): Promise<FolderCursor> {
    const { folder, mailbox, log } = this.#options;
    const { uidValidity, uidNext } = await session.examine(folder);
    const known = this.#cursor;
    if (known?.uidValidity === uidValidity) return known;
    if (known !== null) {
      this.#suspects.forget();
      log?.warn('the folder was made anew: it is read again', { mailbox: mailbox.name });
    }
    const last = (await session.sizes('*')).at(-1)?.uid ?? 0;
    // In a folder that was made anew, nobody can tell which mails have been read: all of them are looked at.
    return startCursor(uidValidity, uidNext ?? last + 1, known !== null || mailbox.backFill !== 'none');
  }

  /** Reads what came meanwhile, so that news need not wait for the end of a back-fill. */
  async *#readNews(session: ImapSession, start: FolderCursor): AsyncGenerator<Reading, FolderCursor> {
    let cursor = start;
    if (session.takeNews() || this.#mustLook) {
      this.#mustLook = false;
      // `n:*` answers with the last mail even where its UID is lower.
      const last = (await session.sizes(`${cursor.next}:*`)).at(-1)?.uid ?? 0;
      cursor = withNews(cursor, last);
    }
    for (;;) {
      const stretch = nextStretch(cursor, this.#width, false);
      if (stretch?.from !== 'news') return cursor;
      this.#isCaughtUp = false;
      cursor = yield* this.#readStretch(session, cursor, stretch);
    }
  }

  /** An open view can be blind to what happens beside it: a folder made anew, or mail that was not told of. */
  async #checkFolder(session: ImapSession, cursor: FolderCursor): Promise<void> {
    const { folder } = this.#options;
    const { uidValidity, uidNext } = await session.status(folder);
    if (uidValidity !== null && uidValidity !== cursor.uidValidity) {
      throw new ImapFailure('lost', `the folder ${folder} was made anew; it is opened again`, { passes: true });
    }
    if (uidNext === null || uidNext > cursor.next) this.#mustLook = true;
  }

  async *#readStretch(
    session: ImapSession,
    start: FolderCursor,
    { from, range, downward }: Stretch,
  ): AsyncGenerator<Reading, FolderCursor> {
    let cursor = start;
    const { windowUids, windowBytes } = this.#options.limits;
    const mails = await session.sizes(`${range[0]}:${range[1]}`);
    this.#adaptWidth(mails.length);
    const isAlone = (uid: number): boolean => this.#suspects.isSuspect(uid);
    let [first, last] = range;
    for (const chunk of toChunks(mails, { downward, most: windowUids, bytes: windowBytes, isAlone })) {
      yield* this.#readChunk(session, chunk);
      const uids = chunk.map(({ uid }) => uid);
      for (const uid of uids.filter((one) => this.#suspects.isGivenUp(one))) cursor = withHard(cursor, uid);
      if (downward) {
        const edge = Math.min(...uids);
        cursor = without(cursor, from, [edge, last]);
        last = edge - 1;
      } else {
        const edge = Math.max(...uids);
        cursor = without(cursor, from, [first, edge]);
        first = edge + 1;
      }
      yield this.#keep(cursor);
      if (from === 'old') cursor = yield* this.#readNews(session, cursor);
    }
    // What is left of the stretch is gone from the folder.
    cursor = first > last ? cursor : without(cursor, from, [first, last]);
    yield this.#keep(cursor);
    return cursor;
  }

  async *#readChunk(session: ImapSession, chunk: readonly SizedMail[]): AsyncGenerator<Reading, void> {
    const { mailBytes } = this.#options.limits;
    const wanted: number[] = [];
    for (const { uid, size } of chunk) {
      if (size > mailBytes)
        yield this.#fail(uid, `has ${toMegabytes(size)} MB; up to ${toMegabytes(mailBytes)} are read`);
      else if (this.#suspects.isGivenUp(uid))
        yield this.#fail(uid, 'is not handed out by the server; tried again later');
      else wanted.push(uid);
    }
    if (wanted.length === 0) return;
    this.#suspects.ask(wanted);
    const mails = await session.mails(wanted);
    this.#suspects.answered();
    for (const uid of wanted) {
      const bytes = mails.get(uid) ?? (await this.#askAgain(session, uid));
      if (bytes !== null) yield { kind: 'mail', mail: { bytes, origin: this.#originOf(uid) } };
    }
  }

  /** A mail that was not handed out with its neighbours; `null` where it is gone meanwhile. */
  async #askAgain(session: ImapSession, uid: number): Promise<Buffer | null> {
    this.#suspects.ask([uid]);
    const bytes = (await session.mails([uid])).get(uid);
    if (bytes === undefined && (await session.sizes(String(uid))).some((one) => one.uid === uid)) {
      const reason = `${this.#originOf(uid)}: the server lists the mail and does not hand it out`;
      throw new ImapFailure('server', reason, { passes: true });
    }
    this.#suspects.answered();
    return bytes ?? null;
  }

  #adaptWidth(found: number): void {
    if (found < STRETCH.few) this.#width = Math.min(this.#width * 2, STRETCH.most);
    if (found > STRETCH.many) this.#width = Math.max(STRETCH.first, Math.floor(this.#width / 4));
  }

  #keep(cursor: FolderCursor): Reading {
    this.#cursor = cursor;
    return { kind: 'cursor', source: FolderReader.toSource(this.#options), cursor: writeCursor(cursor) };
  }

  #fail(uid: number, reason: string): Reading {
    return { kind: 'failure', failure: { origin: this.#originOf(uid), reason } };
  }

  #originOf(uid: number): string {
    return `${this.#options.mailbox.name}: ${this.#options.folder}, mail ${uid}`;
  }
}

function toMegabytes(bytes: number): number {
  return Math.ceil(bytes / MEGABYTE);
}
