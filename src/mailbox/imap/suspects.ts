/** A mail that was asked for alone so often in vain is put aside, so that those behind it get through. */
const MOST_TRIES = 5;

/**
 * Mails that were under way when a connection failed. A mail may be the cause (one that the server cannot read, or longer than
 * it says), or its neighbour, or the network: so each is asked for alone from then on, and only one that fails alone again and
 * again is put aside.
 */
export class Suspects {
  readonly #tries = new Map<number, number>();
  #underWay: readonly number[] = [];

  /** These are being asked for. */
  ask(uids: readonly number[]): void {
    this.#underWay = uids;
  }

  /** What was asked for has been answered. */
  answered(): void {
    for (const uid of this.#underWay) this.#tries.delete(uid);
    this.#underWay = [];
  }

  /** The connection has failed. */
  failed(): void {
    const alone = this.#underWay.length === 1;
    for (const uid of this.#underWay) this.#tries.set(uid, (this.#tries.get(uid) ?? 0) + (alone ? 1 : 0));
    this.#underWay = [];
  }

  isSuspect(uid: number): boolean {
    return this.#tries.has(uid);
  }

  isGivenUp(uid: number): boolean {
    return (this.#tries.get(uid) ?? 0) >= MOST_TRIES;
  }

  /** The UIDs mean other mails now. */
  forget(): void {
    this.#tries.clear();
    this.#underWay = [];
  }
}
