import { createHash, timingSafeEqual } from 'node:crypto';

/** Somebody who has logged in. */
export interface Session {
  readonly user: string;
  /** What every form of this session holds, so that no other site can post in its name. */
  readonly mark: string;
  /** When it ends, in milliseconds since 1970. */
  readonly ends: number;
}

/** Name of the cookie. */
export const COOKIE = 'heddle';

const HOURS = 12;
const MOST = 1000;

/** The sessions of one server: in memory, bounded, named by a random number that only its hash is kept of. */
export class Sessions {
  readonly #all = new Map<string, Session>();
  readonly #random: (bytes: number) => Buffer;

  constructor(random: (bytes: number) => Buffer) {
    this.#random = random;
  }

  /** Begins a session and gives the value of its cookie. */
  begin(user: string, now: Date): string {
    for (const [key, { ends }] of this.#all) if (ends <= now.getTime()) this.#all.delete(key);
    const [oldest] = this.#all.keys();
    if (this.#all.size >= MOST && oldest !== undefined) this.#all.delete(oldest);
    const cookie = this.#random(32).toString('hex');
    const mark = this.#random(32).toString('hex');
    this.#all.set(toKey(cookie), { user, mark, ends: now.getTime() + HOURS * 3_600_000 });
    return cookie;
  }

  find(cookie: string | undefined, now: Date): Session | null {
    if (cookie === undefined) return null;
    const session = this.#all.get(toKey(cookie));
    return session !== undefined && session.ends > now.getTime() ? session : null;
  }

  end(cookie: string | undefined): void {
    if (cookie !== undefined) this.#all.delete(toKey(cookie));
  }
}

function toKey(cookie: string): string {
  return createHash('sha256').update(cookie).digest('hex');
}

/** Whether two texts are the same, in a time that does not tell where they differ. */
export function isEqual(a: string, b: string): boolean {
  const [one, other] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
