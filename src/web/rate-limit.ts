/** Addresses that are counted at once; the one that came first is forgotten where there are more. */
const MOST = 10_000;

/** So many requests of one address in a while: for what costs much, or what somebody could guess at. In memory, bounded. */
export class RateLimit {
  readonly #seen = new Map<string, { count: number; readonly ends: number }>();
  readonly #most: number;
  readonly #whileMs: number;

  constructor({ most, whileMs }: { readonly most: number; readonly whileMs: number }) {
    this.#most = most;
    this.#whileMs = whileMs;
  }

  /** Takes one; `null` where it may, else in how many seconds it may again. */
  take(address: string, now: Date): number | null {
    const time = now.getTime();
    const seen = this.#seen.get(address);
    if (seen === undefined || seen.ends <= time) {
      this.#seen.delete(address);
      const [oldest] = this.#seen.keys();
      if (this.#seen.size >= MOST && oldest !== undefined) this.#seen.delete(oldest);
      this.#seen.set(address, { count: 1, ends: time + this.#whileMs });
      return null;
    }
    seen.count += 1;
    return seen.count <= this.#most ? null : Math.ceil((seen.ends - time) / 1000);
  }
}
