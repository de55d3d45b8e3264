/** Message-IDs that were read, newest first. */
export class SeenIds {
  readonly #before: readonly string[];
  readonly #ids: Set<string>;

  constructor(before: readonly string[]) {
    this.#ids = new Set(before);
    this.#before = [...this.#ids];
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  add(id: string): void {
    this.#ids.add(id);
  }

  toList(): string[] {
    return [...[...this.#ids].slice(this.#before.length).reverse(), ...this.#before];
  }
}
