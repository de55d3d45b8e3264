import type { TriageAsked } from '../model/triage.ts';
import type { Genre, Status } from '../model/verdict.ts';
import type { Suggestion } from '../model/routing.ts';
import type { Window } from '../model/digest.ts';

/** Whose turn it is in a thread, and for how many days. */
export interface Turn {
  readonly who: 'maintainer' | 'reporter' | 'tester' | 'nobody';
  /** `a maintainer, for 3 days`. */
  readonly text: string;
  readonly days: number | null;
}

/** One thread, as a digest speaks of it. Everything is plain text still: each form escapes for itself. */
export interface DigestEntry {
  /** Thread id: the stable reference that `heddle show` takes. */
  readonly id: string;
  readonly url: string | null;
  readonly title: string;
  readonly mark: 'new' | 'changed' | null;
  readonly genre: Genre;
  readonly status: Status;
  /** The status at the beginning of the window, where it is known and the thread existed. */
  readonly statusBefore: Status | null;
  readonly symptoms: readonly string[];
  readonly severity: number;
  readonly reporter: string;
  readonly startedAt: string | null;
  readonly lastActivityAt: string | null;
  /** Whole days since the first mail; `null` where it has no date. */
  readonly age: number | null;
  readonly mails: number;
  /** Mails of this thread that arrived in the window. */
  readonly arrived: number;
  readonly people: number;
  readonly lastSpeaker: string;
  readonly turn: Turn;
  /** Why a person should look now; empty for everything that can wait. */
  readonly urgent: readonly string[];
  /** `worked in 4.1.44, fails in 4.4.88`, or `null`. */
  readonly regression: string | null;
  /** What the reporter runs, in one line; empty where the mail does not say. */
  readonly environment: string;
  readonly crash: {
    /** `linux multicall in xen_alloc_pte`. */
    readonly text: string;
    readonly title: string;
    /** The first failing line as the program printed it. */
    readonly headline: string;
  } | null;
  readonly summary: string;
  readonly fixedBy: string | null;
  /** The best few of the routing, those who are missing first. */
  readonly suggestions: readonly Suggestion[];
  readonly unreached: readonly TriageAsked[];
  readonly missing: readonly string[];
}

/** Threads that seem to speak of the same thing, and why. */
export interface Cluster {
  readonly why: string;
  readonly entries: readonly { readonly id: string; readonly title: string; readonly url: string | null }[];
}

/** Machine mails on the same matter, folded into one line. */
export interface Fold {
  readonly text: string;
  readonly mails: number;
  readonly url: string | null;
}

export type SectionName = 'needs' | 'new' | 'moved' | 'waiting' | 'questions';

export interface Section {
  readonly name: SectionName;
  readonly title: string;
  /** Whole cards, or one line an entry. */
  readonly form: 'card' | 'line';
  readonly entries: readonly DigestEntry[];
  /** How many more there are than `entries` shows. */
  readonly more: number;
}

/** One day of a list, ready to be written in any form. */
export interface Digest {
  readonly list: string;
  readonly window: Window;
  /** `2017-09-28`, or both ends where the window is no whole day. */
  readonly title: string;
  /** The window in words, with its clock. */
  readonly span: string;
  readonly counts: readonly { readonly name: string; readonly count: number }[];
  /** What this digest cannot see, one sentence each. */
  readonly blindSpots: readonly string[];
  readonly sections: readonly Section[];
  readonly duplicates: readonly Cluster[];
  readonly ci: readonly Fold[];
  readonly background: readonly Fold[];
}
