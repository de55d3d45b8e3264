import type { FollowedSource, RawMail, Reading, ReadFailure, Store } from '../ports.ts';
import { addBatch, type Tally } from './add-batch.ts';
import type { StandingBook } from './standing-book.ts';

/** Mails are added together up to so many, so many bytes, or after so long, whichever comes first. */
const BATCH = { mails: 200, bytes: 8 * 1024 * 1024, ms: 1_000 } as const;
/** A source that is read once is given up after so many attempts that brought nothing. */
const ATTEMPTS_ONCE = 3;

export interface PumpPorts {
  readonly store: Store;
  readonly cursors: ReadonlyMap<string, string>;
  readonly standings: Pick<StandingBook, 'note'>;
  readonly once: boolean;
  readonly signal: AbortSignal;
  /** Brings mails in, in another way than reading them here and now. */
  readonly bring?: (batch: readonly RawMail[]) => Promise<{ readonly added: number; readonly known: number }>;
  /** Takes mails out that are no list's: written to the bot itself. They are safe before the others are added. */
  readonly divert?: ((source: string, mails: readonly RawMail[]) => Promise<readonly RawMail[]>) | undefined;
  readonly onFailures: (failures: readonly ReadFailure[]) => Promise<void>;
  /** Mails may be in the store now; `isLive` where the source had nothing more to give at the moment. */
  readonly onAdded: (added: { readonly added: number; readonly known: number; readonly isLive: boolean }) => void;
}

/** A source that ended by itself: why. */
export interface GivenUp {
  readonly name: string;
  /** As it was told as a standing; `null` where the source just ended. */
  readonly reason: string | null;
}

/**
 * Brings what a source gives into the store, a cursor after the mails that it covers, until the source ends.
 *
 * @returns why the source ended where a person has to act; else `null`.
 */
export async function pumpSource(source: FollowedSource, ports: PumpPorts): Promise<GivenUp | null> {
  const pump = new Pump(source, ports);
  const readings = source.follow(ports)[Symbol.asyncIterator]();
  let next = readings.next();
  try {
    for (;;) {
      const turn = await pump.untilDue(next);
      if (turn === 'due') {
        await pump.flush(true);
        continue;
      }
      if (turn.done === true) break;
      if (await pump.take(turn.value)) break;
      next = readings.next();
    }
    await pump.flush(true);
  } finally {
    // A source that hangs must not keep the others from ending.
    void Promise.resolve(readings.return?.()).catch(() => undefined);
  }
  return ports.signal.aborted ? null : pump.givenUp();
}

class Pump {
  readonly #source: FollowedSource;
  readonly #ports: PumpPorts;
  readonly #saved = new Map<string, string>();
  #batch: RawMail[] = [];
  #bytes = 0;
  #attempts = 0;
  #reason: string | null = null;
  #isCaughtUp = false;

  constructor(source: FollowedSource, ports: PumpPorts) {
    this.#source = source;
    this.#ports = ports;
  }

  /** The next reading, or `due` where mails have waited long enough for company. */
  async untilDue<T>(next: Promise<T>): Promise<T | 'due'> {
    if (this.#batch.length === 0) return next;
    let timer: NodeJS.Timeout | undefined;
    const due = new Promise<'due'>((resolve) => {
      timer = setTimeout(() => {
        resolve('due');
      }, BATCH.ms);
    });
    try {
      return await Promise.race([next, due]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Takes one reading; `true` where the source is through. */
  async take(reading: Reading): Promise<boolean> {
    const { store, onFailures, once } = this.#ports;
    if (reading.kind === 'mail') {
      this.#batch.push(reading.mail);
      this.#bytes += reading.mail.bytes.length;
      this.#attempts = 0;
      if (this.#batch.length >= BATCH.mails || this.#bytes >= BATCH.bytes) await this.flush(false);
      return false;
    }
    await this.flush(reading.kind === 'caught-up');
    if (reading.kind === 'failure') await onFailures([reading.failure]);
    if (reading.kind === 'standing') return this.#takeStanding(reading.standing);
    if (reading.kind === 'cursor' && this.#saved.get(reading.source) !== reading.cursor) {
      await store.saveCursor(reading.source, reading.cursor);
      this.#saved.set(reading.source, reading.cursor);
    }
    if (reading.kind === 'caught-up') {
      this.#isCaughtUp = true;
      this.#ports.onAdded({ added: 0, known: 0, isLive: true });
    }
    return once && reading.kind === 'caught-up';
  }

  async #takeStanding(standing: Extract<Reading, { kind: 'standing' }>['standing']): Promise<boolean> {
    await this.#ports.standings.note(this.#source.name, standing);
    this.#reason = standing.state === 'failing' ? standing.reason : null;
    if (standing.state === 'failing') this.#attempts += 1;
    return this.#ports.once && this.#attempts >= ATTEMPTS_ONCE;
  }

  async flush(isLive: boolean): Promise<void> {
    if (this.#batch.length === 0) return;
    const { store, bring, divert, onAdded, onFailures } = this.#ports;
    const tally: Tally = { added: 0, known: 0, failures: [], cuts: [] };
    const others = divert === undefined ? this.#batch : await divert(this.#source.name, this.#batch);
    if (bring === undefined) await addBatch(others, store, tally);
    else Object.assign(tally, await bring(others));
    this.#batch = [];
    this.#bytes = 0;
    onAdded({ added: tally.added, known: tally.known, isLive });
    await onFailures(tally.failures);
  }

  givenUp(): GivenUp | null {
    if (this.#ports.once && this.#isCaughtUp) return null;
    return { name: this.#source.name, reason: this.#reason };
  }
}
