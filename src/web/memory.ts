/** How many things are kept at once: the digests that people look at, and a handful of pictures. */
const MOST = 24;

interface Kept {
  state: string;
  value: Promise<unknown>;
  isMaking: boolean;
}

/**
 * What is costly to make, kept for as long as the store stays as it was. Where it has moved on, whoever asks is given what
 * there is, and the new is made meanwhile: a page never waits because a mail has come. Bounded; what was asked for longest
 * ago goes first.
 */
export class Memory {
  readonly #all = new Map<string, Kept>();

  /**
   * What `make` gives for this name and state of the store. Fails as `make` fails, where there is nothing older to give; a
   * failure is not kept.
   */
  async get<T>(name: string, state: string, make: () => Promise<T>): Promise<T> {
    const kept = this.#all.get(name);
    this.#all.delete(name);
    if (kept === undefined) return this.#begin(name, state, make);
    this.#all.set(name, kept);
    if (kept.state !== state && !kept.isMaking) this.#renew(kept, state, make);
    // Whoever chose the name chose the type that belongs to it.
    return (await kept.value) as T;
  }

  /** Forgets everything: somebody has changed something here and wants to see it. */
  clear(): void {
    this.#all.clear();
  }

  #begin<T>(name: string, state: string, make: () => Promise<T>): Promise<T> {
    const value = make();
    const kept: Kept = { state, value, isMaking: true };
    this.#all.set(name, kept);
    const [oldest] = this.#all.keys();
    if (this.#all.size > MOST && oldest !== undefined) this.#all.delete(oldest);
    value.then(
      () => (kept.isMaking = false),
      () => {
        if (this.#all.get(name) === kept) this.#all.delete(name);
      },
    );
    return value;
  }

  #renew(kept: Kept, state: string, make: () => Promise<unknown>): void {
    kept.isMaking = true;
    const done = (): void => {
      kept.isMaking = false;
    };
    make().then((value) => {
      kept.state = state;
      kept.value = Promise.resolve(value);
      done();
    }, done);
  }
}
