/**
 * Everything asked of the outside world. `src/mailbox` and `src/edges` answer; tests answer with fakes.
 */
import type { Head } from './model/thread.ts';
import type { Evidence, Project, TraceKind } from './model/evidence.ts';
import type { Message, MessageId } from './model/message.ts';
import type { TriageThread } from './model/triage.ts';
import type { Window } from './model/digest.ts';
import type { TiedPatch, TieKey } from './ports/ties.ts';
import type { TreeKind } from './model/tree.ts';
import type { ListHour, ListSeen, Mailbox, RecentMail, Standing } from './model/mailbox.ts';

/** One mail as it came, and where from. */
export interface RawMail {
  readonly bytes: Buffer;
  /** For a person: `archive.mbox, mail 17`. */
  readonly origin: string;
  /** Link to the public archive, where the source knows it. */
  readonly url?: string;
}

/** Something that could not be read; the rest goes on. */
export interface ReadFailure {
  readonly origin: string;
  /** One line for a person: what is wrong and what to do. */
  readonly reason: string;
}

export type Reading =
  | { readonly kind: 'mail'; readonly mail: RawMail }
  | { readonly kind: 'failure'; readonly failure: ReadFailure }
  /** Where to start next time, for sources that can be followed (a git archive's commits). */
  | { readonly kind: 'cursor'; readonly source: string; readonly cursor: string }
  /** Everything that was there has been given: whoever waits for company may judge now. */
  | { readonly kind: 'caught-up' }
  /** The line was lost, or came back; the source goes on by itself. */
  | { readonly kind: 'standing'; readonly standing: Pick<Standing, 'state' | 'reason'> };

/** Where mail comes from. */
export interface MailSource {
  /** Every mail once, in the order of the source; failures in their place. Bounded memory. */
  read(options?: { readonly cursors?: ReadonlyMap<string, string> }): AsyncIterable<Reading>;
}

/** Where mail keeps coming from. */
export interface FollowedSource extends MailSource {
  /** Name of the mailbox, as people gave it. */
  readonly name: string;
  /**
   * Gives what `read` gives, then what comes, until `signal` is aborted; ends then within seconds. Lost lines, silent servers
   * and back-off are its own business, told as `standing`; it ends by itself only where a person has to act (a refused
   * password, a folder that is not there), after a `standing` of state `failing` that says so.
   */
  follow(options: {
    readonly cursors: ReadonlyMap<string, string>;
    readonly signal: AbortSignal;
  }): AsyncIterable<Reading>;
}

/** A mail with what it says, as the store keeps it. */
export interface Ingested {
  readonly message: Message;
  readonly evidence: Evidence;
  /** sha256 of the raw bytes, hex: a mail that came twice with other bytes is united, not doubled. */
  readonly digest: string;
}

export interface AddResult {
  readonly added: number;
  readonly known: number;
}

/** A thread that is still to be judged, with all that judging needs; the pipeline builds the tree. */
export interface PendingThread {
  /** The store's own name of the connected component; never shown. */
  readonly key: string;
  readonly heads: readonly Head[];
  readonly evidence: ReadonlyMap<MessageId, Evidence>;
  /** What people said of the thread: it wins over the rules. In force, oldest first. */
  readonly corrections: readonly Correction[];
  /** Hand this back with the verdict: a mail that came meanwhile keeps the thread pending. */
  readonly version: number;
}

export const CORRECTABLE = ['genre', 'status', 'component', 'duplicate-of', 'route'] as const;

/** A person's word on a thread. It wins over rules and model, survives re-reading, and can be taken back. */
export interface Correction {
  readonly id: number;
  /** Message-ID of a mail of the thread: the thread is found by it, whatever mails join later. */
  readonly message: string;
  readonly field: (typeof CORRECTABLE)[number];
  readonly value: string;
  /** Who says so, as given; and when, ISO 8601 in UTC. */
  readonly by: string;
  readonly at: string;
  readonly undone: { readonly by: string; readonly at: string } | null;
}

/** A trace of a judged thread, for finding the same crash elsewhere. */
export interface StoredTrace {
  readonly thread: string;
  readonly subject: string;
  readonly date: string | null;
  readonly project: Project;
  readonly kind: TraceKind;
  readonly title: string;
  readonly culprit: string | null;
  readonly fingerprint: string;
  /** Reliable functions, innermost first, each once, as the source calls them (`toPlainName`). */
  readonly functions: readonly string[];
}

/** A mail with frame-like lines and no trace: the format may have changed. */
export interface NearMiss {
  readonly message: string;
  readonly subject: string;
  readonly date: string | null;
  readonly lines: number;
}

export interface SearchHit {
  readonly thread: string;
  readonly message: string;
  readonly subject: string;
  readonly from: string;
  readonly date: string | null;
  /** The words around the hit, marks as « ». */
  readonly snippet: string;
}

/** What is known and what is still to do. The store is the truth. */
export interface Store {
  /** Adds mails and notes which threads they touch, all in one transaction. */
  add(mails: readonly Ingested[]): Promise<AddResult>;
  /** Which of these mails (by raw digest) are known already, so that their parsing can be spared. */
  knownDigests(digests: readonly string[]): Promise<ReadonlySet<string>>;
  /** Up to `limit` threads that wait to be judged. */
  pending(limit: number): Promise<readonly PendingThread[]>;
  pendingCount(): Promise<number>;
  /** Writes verdicts; a thread stays pending where its version has moved on. */
  saveVerdicts(
    verdicts: readonly {
      readonly key: string;
      readonly version: number;
      readonly thread: TriageThread;
      /** What ties it to threads elsewhere; those that it changes for wait again. */
      readonly ties?: readonly TieKey[];
    }[],
    /** The version of the rules that judged. */
    rules: string,
  ): Promise<void>;
  /** One judged thread by its id, or by the id of any mail in it (or a unique beginning of either). */
  thread(id: string): Promise<TriageThread | null>;
  /** Judged threads, newest activity first. */
  threads(filter: ThreadFilter): AsyncIterable<TriageThread>;
  /** How many threads there are, counted up to `most`: beyond it nobody reads the number. */
  countThreads(filter: ThreadFilter, most: number): Promise<number>;
  /** How many threads have each value of a kind of tag, the most first. */
  tagCounts(kind: ThreadTag['kind'], limit: number): Promise<readonly TagCount[]>;
  /** The grouping alone: thread id → message ids in reading order. */
  grouping(): AsyncIterable<{ readonly id: string; readonly messages: readonly string[] }>;
  /** The mails of a thread with evidence, whole, for `show` and for judging anew as of a date. */
  mails(threadId: string): Promise<readonly { readonly message: Message; readonly evidence: Evidence }[]>;
  search(words: string, limit: number): Promise<readonly SearchHit[]>;
  counts(): Promise<StoreCounts>;
  /** Writes a correction and makes its thread wait to be judged again. */
  correct(correction: Omit<Correction, 'id' | 'undone'>): Promise<Correction>;
  /** Takes a correction back; `null` where there is none of that number in force. */
  undoCorrection(id: number, undone: { readonly by: string; readonly at: string }): Promise<Correction | null>;
  /** All corrections, undone ones too, oldest first; of one thread, or of all. */
  corrections(threadId?: string): Promise<readonly Correction[]>;
  /** Traces of other threads that share the fingerprint or at least one of the functions, most shared first. */
  tracesLike(trace: Pick<StoredTrace, 'fingerprint' | 'functions'>, limit: number): Promise<readonly StoredTrace[]>;
  /** Threads with a patch that meets one of these keys of a report, by id; `not` is the report's own. */
  tiedPatches(keys: readonly TieKey[], not: string, limit: number): Promise<readonly TiedPatch[]>;
  /** Mails with near misses, newest first. */
  nearMisses(limit: number): Promise<readonly NearMiss[]>;
  /** Mails whose evidence another version of the extractor made. */
  stale(extractor: string, limit: number): Promise<readonly Message[]>;
  /** Replaces the evidence of mails that are there; their threads wait to be judged again. */
  saveEvidence(evidence: readonly Evidence[]): Promise<void>;
  /** Makes every thread wait that was judged by other rules than these; returns how many. */
  judgeAgain(rules: string): Promise<number>;
  /** Cursors of sources that are followed. */
  cursors(): Promise<ReadonlyMap<string, string>>;
  saveCursor(source: string, cursor: string): Promise<void>;
  /** Mailboxes and archives that are followed, by name. */
  mailboxes(): Promise<readonly Mailbox[]>;
  /** Writes a mailbox down, in place of one of that name. */
  saveMailbox(mailbox: Mailbox): Promise<void>;
  /** Forgets a mailbox, its cursors (those whose source begins with `name` and a line feed) and its standing; `false` where there is none. */
  removeMailbox(name: string): Promise<boolean>;
  standings(): Promise<readonly Standing[]>;
  saveStanding(standing: Standing): Promise<void>;
  /** The lists of the mails dated up to `asOf` (ISO 8601 in UTC), by their List-Id, newest mail first. */
  lists(asOf: string): Promise<readonly ListSeen[]>;
  /** In which hours of a window mails came through which lists, by list and hour. */
  listHours(window: Window): Promise<readonly ListHour[]>;
  /** Mails dated in a window, by id. */
  recentMails(window: Window): Promise<readonly RecentMail[]>;
  close(): Promise<void>;
}

/** What a judged thread is found by. Addresses are in lower case; a section is `project/TITLE`; `unanswered` has the value `yes`. */
export interface ThreadTag {
  readonly kind:
    'symptom' | 'component' | 'section' | 'side' | 'version' | 'person' | 'suggested' | 'missing' | 'unanswered';
  readonly value: string;
}

export interface TagCount {
  readonly value: string;
  readonly threads: number;
}

/** All that is given has to hold. */
export interface ThreadFilter {
  /** Only threads with a mail dated in this window. */
  readonly window?: Window;
  readonly genre?: string;
  readonly status?: string;
  readonly tags?: readonly ThreadTag[];
  /** Only threads with a mail that came through this list (its List-Id). */
  readonly list?: string;
  /** Only threads behind this one, in the order of the listing. */
  readonly after?: { readonly lastActivity: string; readonly id: string };
  readonly limit?: number;
}

export interface StoreCounts {
  readonly mails: number;
  readonly threads: number;
  readonly pending: number;
  readonly nearMisses: number;
  readonly problems: number;
  readonly schema: number;
}

export interface Clock {
  now(): Date;
}

/** Static message, data in fields, so that messages can be grouped. */
export interface Log {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** A source tree that is read: files on disk, a commit of a repository, or a snapshot that lists files and functions. */
export interface TreeSource {
  readonly kind: TreeKind;
  /** Of a repository: the commit that is read. */
  readonly commit: string | null;
  /** The day that it shows, as far as it tells: of the commit, of the snapshot's name, of its MAINTAINERS file. */
  readonly date: string;
  /** Every file, sorted, by its path relative to the top; links are named and never followed. */
  readonly files: readonly string[];
  /** Function and file, where the snapshot lists them; else `null`, and they are found in the files. */
  readonly functions: Iterable<readonly [name: string, path: string]> | null;
  /** A small file at hand; `null` where it is not there, or is too large. */
  read(path: string): Buffer | null;
  /** Hands over these files one by one. Gives those that were too large, or could not be read. */
  readEach(paths: readonly string[], take: (path: string, bytes: Buffer) => void): readonly string[];
}
