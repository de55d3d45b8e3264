import type { TriageThread } from '../../model/triage.ts';

/** Whom a filter means by `me`: addresses, lower case. */
export type Reader = readonly string[];

/** One condition on a thread: a key with values of which one must hold, or a key that is compared with a number. */
export interface Term {
  readonly key: string;
  /** As written after the sign: for a person who asks what a filter does. */
  readonly text: string;
  readonly denied: boolean;
  readonly holds: (thread: TriageThread, reader: Reader) => boolean;
}

/** Which threads somebody wants to be told of: those for which every term holds. */
export interface Filter {
  /** The filter in its one normal form: the same for two that were typed differently. */
  readonly text: string;
  readonly terms: readonly Term[];
}

export type ReadFilter =
  | { readonly kind: 'filter'; readonly filter: Filter }
  /** `reason` is one line for a person: what cannot be read, and what can. */
  | { readonly kind: 'wrong'; readonly reason: string };

/** Whether a thread is wanted. `reader` is whoever `me` means; a filter without `me` needs none. */
export function matchesFilter(filter: Filter, thread: TriageThread, reader: Reader = []): boolean {
  return filter.terms.every(({ denied, holds }) => holds(thread, reader) !== denied);
}

/** Whether a filter speaks of its reader: then it cannot be used without one. */
export function needsReader({ terms }: Filter): boolean {
  return terms.some(({ text }) => /[:,]me(?:,|$)/.test(text));
}
