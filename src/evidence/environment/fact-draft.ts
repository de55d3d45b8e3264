import type { EnvironmentKey, Role } from '../../model/evidence.ts';

/** A fact before it is known which mail it stands in. */
export interface FactDraft {
  readonly key: EnvironmentKey;
  readonly value: string;
  readonly role: Role;
  readonly line: number;
  readonly quote: string;
  readonly depth: number;
}

const MAX_VALUE = 600;
const MAX_QUOTE = 300;

/** White space folded; cut at 300 characters. */
export function toQuote(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;:)]+/, '')
    .trim()
    .slice(0, MAX_QUOTE);
}

/** White space folded, punctuation of the sentence around it taken off; cut at 600 characters. */
export function toValue(text: string): string {
  return text
    .slice(0, MAX_VALUE)
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;:*_"'`“”‘’]+/, '')
    .replace(/[\s,;:.*_"`“”]+$/, '');
}
