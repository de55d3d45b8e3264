import type { Genre } from './verdict.ts';

interface Asked {
  readonly model: string;
  /** Name and version of the words that it was asked with: `classify 1`. */
  readonly prompt: string;
}

/** What a model said of a thread, after every check: its words stand in a mail, its choices were offered to it. */
export interface HeardTestimony extends Asked {
  readonly kind: 'heard';
  readonly genre: Genre;
  /** Whether the rules were unsure, so that its genre is taken. */
  readonly decides: boolean;
  /** Title of a MAINTAINERS entry that routing had found, or `null`. */
  readonly component: string | null;
  readonly summary: string;
  /** The line of a mail that it names as its reason. */
  readonly quote: { readonly message: string; readonly part: string; readonly line: number; readonly text: string };
  /** Whom it would ask, of those that routing had found. */
  readonly named: readonly string[];
}

/** A model was asked, and what the rules say stands: it gave no answer, or one that did not hold. */
export interface VoidTestimony extends Asked {
  readonly kind: 'dropped' | 'failed';
  /** One line for a person. */
  readonly why: string;
}

/** What a language model has to say about a thread. It is a witness: rules and people decide. */
export type Testimony = HeardTestimony | VoidTestimony;
