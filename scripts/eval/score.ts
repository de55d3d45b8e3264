/** How often a field was right, and what was not. */
export interface Score {
  readonly field: string;
  /** The name in the summary line; left out where the field does not stand there. */
  readonly summary?: string;
  readonly hits: number;
  readonly cases: number;
  readonly misses: readonly string[];
}

/** Counts hits and keeps the misses of one field. */
export class Tally {
  readonly field: string;
  readonly #summary: string | undefined;
  #hits = 0;
  #cases = 0;
  readonly #misses: string[] = [];

  constructor(field: string, summary?: string) {
    this.field = field;
    this.#summary = summary;
  }

  /** One case more; `miss` says what was expected and what was found. */
  add(right: boolean, miss: string): void {
    this.#cases += 1;
    if (right) this.#hits += 1;
    else this.#misses.push(miss);
  }

  score(): Score {
    const base = { field: this.field, hits: this.#hits, cases: this.#cases, misses: this.#misses };
    return this.#summary === undefined ? base : { ...base, summary: this.#summary };
  }
}

/** White space folded and lower case: how values in words are compared. */
export function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase();
}
