/** Where a case stands, and whether its misses may be shown. */
export interface Case {
  readonly name: string;
  readonly show: boolean;
}

/** How many cases of a field were right. */
export class ShareTally {
  readonly misses: string[] = [];
  readonly #field: string;
  #hits = 0;
  #cases = 0;

  constructor(field: string) {
    this.#field = field;
  }

  /** One case more; `miss` says what was expected and what was found. */
  add(right: boolean, miss: string, { name, show }: Case): void {
    this.#cases += 1;
    if (right) this.#hits += 1;
    else if (show) this.misses.push(`${name}: ${this.#field}: ${miss}`);
  }

  /** `genre 0.970 (34/35)`. */
  toText(): string {
    return `${this.#field} ${share(this.#hits, this.#cases)} (${String(this.#hits)}/${String(this.#cases)})`;
  }
}

/** Precision and recall of a field that holds several values. */
export class SetTally {
  readonly misses: string[] = [];
  readonly #field: string;
  #hits = 0;
  #right = 0;
  #expected = 0;
  #found = 0;

  constructor(field: string) {
    this.#field = field;
  }

  /**
   * One case more. A found value is right where any expected one is the same, and the other way round: a fact that
   * two mails word differently may be labelled once.
   * @returns each expected value with the found one that it is nearest to
   */
  add<E, F>(
    expected: readonly E[],
    found: readonly F[],
    isSame: (expected: E, found: F) => boolean,
    { name, show }: Case,
    toText: (found: F) => string = String,
  ): readonly (readonly [E, F])[] {
    const pairs = expected.flatMap((one) => {
      const other = found.find((candidate) => isSame(one, candidate));
      return other === undefined ? [] : [[one, other] as const];
    });
    const wrong = found.filter((other) => !expected.some((one) => isSame(one, other)));
    this.#hits += pairs.length;
    this.#expected += expected.length;
    this.#right += found.length - wrong.length;
    this.#found += found.length;
    if (show) {
      const missed = expected.filter((one) => !pairs.some(([other]) => other === one));
      this.misses.push(...missed.map((one) => `${name}: ${this.#field}: missed ${JSON.stringify(one)}`));
      this.misses.push(...wrong.map((one) => `${name}: ${this.#field}: too much ${toText(one)}`));
    }
    return pairs;
  }

  /** `asked recall 0.900 (9/10) precision 1.000 (9/9)`. */
  toText(): string {
    const recall = this.#expected === 0 ? 1 : this.#hits / this.#expected;
    const precision = this.#found === 0 ? 1 : this.#right / this.#found;
    const f1 = recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision);
    return (
      `${this.#field} F1 ${f1.toFixed(3)} recall ${recall.toFixed(3)} (${String(this.#hits)}/${String(this.#expected)})` +
      ` precision ${precision.toFixed(3)} (${String(this.#right)}/${String(this.#found)})`
    );
  }
}

function share(hits: number, cases: number): string {
  return (cases === 0 ? 1 : hits / cases).toFixed(3);
}
