/** One row of a phrase table: what somebody may say, and when it does not count. */
export interface PhraseRule {
  readonly name: string;
  /** One of these (lower case) must be in the sentence before the pattern is tried: it keeps the tables cheap. */
  readonly words: readonly string[];
  readonly pattern: RegExp;
  /** The sentence does not count where this matches too: a negation, a condition, somebody else's affair. */
  readonly unless?: RegExp;
  /** As `unless`, but tested on the match and the words in front of it alone, up to the comma before. */
  readonly before?: RegExp;
  /** `own`: the author's own words alone. `any`: quotations too, for threads whose first mail is missing. */
  readonly from: 'own' | 'any';
}

/** A table with one test that says whether any of its rows can match. */
export interface PhraseTable {
  readonly rules: readonly PhraseRule[];
  readonly cue: RegExp;
}

/** Joins rows into a table. Words are taken literally. */
export function toTable(rules: readonly PhraseRule[]): PhraseTable {
  const words = new Set(rules.flatMap((rule) => rule.words));
  const escaped = [...words].sort().map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return { rules, cue: new RegExp(escaped.join('|')) };
}

/** A condition, a wish or a question in front: what follows has not happened. */
export const CONDITION =
  /\b(?:if|unless|once|whether|assuming|provided|in case|until|would|could|should|might|may|hopefully|i hope|let me know|not sure|please confirm|can you confirm)\b/i;
