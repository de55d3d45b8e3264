import type { TriageAsked } from '../model/triage.ts';
import type { Genre, Status } from '../model/verdict.ts';
import type { Suggestion } from '../model/routing.ts';
import type { Release, Window } from '../model/digest.ts';

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
  /** A short name for it, for people who type: `toReference` of the id. `heddle show` takes it too. */
  readonly ref: string;
  readonly url: string | null;
  readonly title: string;
  /** Against what this reader was told last; without such knowledge, against the day before. */
  readonly mark: 'new' | 'changed' | null;
  /** Told before and unchanged: one line will do. */
  readonly brief: boolean;
  readonly genre: Genre;
  readonly status: Status;
  /** The status at the last telling or at the beginning of the window, where it is known. */
  readonly statusBefore: Status | null;
  /** What has come since: `acknowledged → fixed; 2 mails by Felix Arden`; empty for what is new or unchanged. */
  readonly news: string;
  readonly symptoms: readonly string[];
  readonly severity: number;
  readonly reporter: string;
  readonly startedAt: string | null;
  readonly lastActivityAt: string | null;
  /** Whole days since the first mail; `null` where it has no date. */
  readonly age: number | null;
  readonly mails: number;
  /** Mails of this thread that came since the last telling. */
  readonly arrived: number;
  readonly people: number;
  readonly lastSpeaker: string;
  readonly turn: Turn;
  /** Why a person should look now; empty for everything that can wait. */
  readonly urgent: readonly string[];
  /** Names of the rules behind `urgent`, in the same order. */
  readonly urgentRules: readonly string[];
  /** Why it is for the reader of this digest in person, or `null`. */
  readonly yours: string | null;
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

export type SectionName =
  'yours' | 'needs' | 'new' | 'moved' | 'waiting' | 'waiting-reporter' | 'waiting-patch' | 'stale' | 'questions';

export interface Section {
  readonly name: SectionName;
  readonly title: string;
  /** Whole cards, or one line an entry. */
  readonly form: 'card' | 'line';
  readonly entries: readonly DigestEntry[];
  /** How many more there are than `entries` shows, and which. */
  readonly more: number;
  readonly cut: readonly DigestEntry[];
}

/** Why a thread stands in a release's list. */
export type ReleaseMatter = 'blocker' | 'asked' | 'regression' | 'candidate' | 'revert';

/** One thread that a release manager has to know of. */
export interface ReleaseItem {
  readonly entry: DigestEntry;
  readonly matter: ReleaseMatter;
  /** One clause each: who calls it a blocker and in which words, what it worked in. */
  readonly reasons: readonly string[];
  /** Who said what the list rests on; the reporter first. */
  readonly informants: readonly string[];
}

/** Where a release stands. */
export interface ReleaseView {
  readonly release: Release;
  readonly open: readonly ReleaseItem[];
  readonly closed: readonly ReleaseItem[];
  /** How many more there are than these show. */
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
  /** The mails of the window by kind, for a picture: `reports`, `questions`, `patches`, `machines`, `talk`. */
  readonly mix: readonly { readonly name: string; readonly mails: number }[];
  /** The filter that was used, in its normal form, or `null`. */
  readonly filter: string | null;
  /** Where the next release stands, in one line; `null` where nothing is known. */
  readonly cycle: string | null;
  /** What this digest cannot see, one sentence each. */
  readonly blindSpots: readonly string[];
  readonly sections: readonly Section[];
  /** Threads that no section holds: closed and told before, or of other kinds. */
  readonly quiet: readonly DigestEntry[];
  readonly duplicates: readonly Cluster[];
  readonly release: ReleaseView | null;
  readonly ci: readonly Fold[];
  readonly backports: readonly Fold[];
  readonly background: readonly Fold[];
  /** Nothing that the reader does not know: such a digest is not sent. */
  readonly isEmpty: boolean;
}
