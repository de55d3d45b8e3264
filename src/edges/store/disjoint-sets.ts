/** Sets that are only ever joined: names that belong together, whichever order they are told in. */
export class DisjointSets {
  readonly #parent = new Map<string, string>();

  /** Says that two names belong to one set; an unknown name begins a set of its own. */
  join(a: string, b: string): void {
    const first = this.#root(a);
    const second = this.#root(b);
    if (first !== second) this.#parent.set(second, first);
  }

  /** Every set with its names, in the order in which they were first told. */
  sets(): string[][] {
    const sets = new Map<string, string[]>();
    for (const name of this.#parent.keys()) {
      const root = this.#root(name);
      const set = sets.get(root);
      if (set === undefined) sets.set(root, [name]);
      else set.push(name);
    }
    return [...sets.values()];
  }

  /** Halves the path on the way, so that long chains stay cheap. */
  #root(name: string): string {
    let at = name;
    for (;;) {
      const parent = this.#parent.get(at);
      if (parent === undefined) {
        this.#parent.set(at, at);
        return at;
      }
      if (parent === at) return at;
      const grand = this.#parent.get(parent) ?? parent;
      this.#parent.set(at, grand);
      at = grand;
    }
  }
}
