import type { Standing } from '../model/mailbox.ts';
import type { Clock, Store } from '../ports.ts';

/** A mailbox that stays as it is is written down so often, as a sign of life. */
const SIGN_OF_LIFE_MS = 60_000;

/** Writes down how it stands with each mailbox, and tells where it changes. */
export class StandingBook {
  readonly #standings: Map<string, Standing>;
  readonly #ports: BookPorts;
  /** Mailboxes of which this process has told: what another one was told before it ended, nobody remembers. */
  readonly #told = new Set<string>();

  private constructor(standings: readonly Standing[], ports: BookPorts) {
    this.#standings = new Map(standings.map((standing) => [standing.mailbox, standing]));
    this.#ports = ports;
  }

  static async open(ports: BookPorts): Promise<StandingBook> {
    return new StandingBook(await ports.store.standings(), ports);
  }

  async note(mailbox: string, { state, reason }: Pick<Standing, 'state' | 'reason'>): Promise<void> {
    const now = this.#ports.clock.now();
    const at = now.toISOString();
    const before = this.#standings.get(mailbox);
    const isSame = before?.state === state && before.reason === reason && this.#told.has(mailbox);
    this.#told.add(mailbox);
    if (isSame && now.getTime() - Date.parse(before.at) < SIGN_OF_LIFE_MS) return;
    const standing = { mailbox, state, reason, since: before?.state === state ? before.since : at, at };
    this.#standings.set(mailbox, standing);
    await this.#ports.store.saveStanding(standing);
    if (!isSame) await this.#ports.onStanding?.(standing);
  }
}

export interface BookPorts {
  readonly store: Pick<Store, 'standings' | 'saveStanding'>;
  readonly clock: Clock;
  readonly onStanding?: (standing: Standing) => Promise<void>;
}
