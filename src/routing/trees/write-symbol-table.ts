/** A log names functions; words all in capitals are macros that look like definitions. */
const NAME = /^(?![A-Z0-9_]+$)[A-Za-z_][\w.$']{0,199}$/;

/** Collects which file defines what, and writes the bytes that `openSymbolTable` reads. */
export class SymbolTableWriter {
  readonly #paths: readonly string[];
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #byName = new Map<string, number | number[]>();

  /** `paths` are all files of the tree, whether they define anything or not; those with line ends are left out. */
  constructor(paths: readonly string[]) {
    this.#paths = [...new Set(paths)].filter((path) => path !== '' && !path.includes('\n')).sort();
    this.#numbers = new Map(this.#paths.map((path, index) => [path, index]));
  }

  /** How many functions are known. */
  get size(): number {
    return this.#byName.size;
  }

  /** The functions of a file. Names that no log prints, and files that are not in the tree, are passed over. */
  add(path: string, names: Iterable<string>): void {
    const number = this.#numbers.get(path);
    if (number === undefined) return;
    for (const name of names) {
      const known = NAME.test(name) ? this.#byName.get(name) : null;
      if (known === null) continue;
      if (known === undefined) this.#byName.set(name, number);
      else if (typeof known === 'number') {
        if (known !== number) this.#byName.set(name, [known, number]);
      } else if (!known.includes(number)) known.push(number);
    }
  }

  /** The table; see `openSymbolTable` for its form. */
  bytes(): Buffer {
    // Names are ASCII, so that the order of strings is the order of bytes.
    const lines = [...this.#byName.keys()].sort().map((name) => `${name} ${String(this.#byName.get(name))}\n`);
    return Buffer.from(
      `${String(this.#paths.length)}\n${this.#paths.map((path) => `${path}\n`).join('')}${lines.join('')}`,
    );
  }
}
