import type { Generated, Selectable } from 'kysely';

/**
 * The tables of the store, as Kysely sees them. Column types are those that SQLite and PostgreSQL share: whole numbers,
 * and text for ISO 8601 dates and JSON. Ids of the store's own (`seq`, `component`) depend on the order of arrival and
 * are never shown.
 */
export interface Tables {
  readonly mail: MailTable;
  readonly mail_body: MailBodyTable;
  readonly mail_copy: MailCopyTable;
  readonly digest: DigestTable;
  readonly reference: ReferenceTable;
  readonly component: ComponentTable;
  readonly thread: ThreadTable;
  readonly trace: TraceTable;
  readonly trace_function: TraceFunctionTable;
  readonly correction: CorrectionTable;
  readonly source_cursor: CursorTable;
  readonly mailbox: MailboxTable;
  readonly standing: StandingTable;
  readonly mail_list: MailListTable;
  readonly thread_tag: ThreadTagTable;
  readonly claim: ClaimTable;
  readonly tie: TieTable;
  readonly subscriber: SubscriberTable;
  readonly subscriber_token: SubscriberTokenTable;
  readonly delivery: DeliveryTable;
  readonly incoming: IncomingTable;
  readonly arrival: ArrivalTable;
  readonly heddle_schema: SchemaTable;
}

/** What threading and judging read of a mail: small, and read often. */
interface MailTable {
  /** Names the mail in `mail_body`, `digest` and the full-text index. */
  readonly seq: Generated<number>;
  readonly id: string;
  /** Of the raw form that it came in; of one of them where it came in several. */
  readonly digest: string;
  readonly component: number;
  /** ISO 8601 in UTC, or `null`. */
  readonly date: string | null;
  /** The version of the extractor that made `evidence`. */
  readonly extractor: string;
  readonly near_misses: number;
  readonly problems: number;
  /** JSON of the model's `Head`. */
  readonly head: string;
  /** JSON of the model's `Evidence`. */
  readonly evidence: string;
}

/** The rest of a mail: large, and read when a person asks. */
interface MailBodyTable {
  readonly seq: number;
  /** JSON of what a `Message` has beside its `Head`: the parts and the problems. */
  readonly body: string;
}

/** Each form of a mail that came in several: the mail is made of them anew when another comes. */
interface MailCopyTable {
  readonly digest: string;
  readonly seq: number;
  readonly head: string;
  readonly evidence: string;
  readonly body: string;
}

/** Every raw form in which a mail came; a mail that went through two lists has two. */
interface DigestTable {
  /** sha256 of the raw bytes, hex. */
  readonly digest: string;
  readonly seq: number;
}

/** Every Message-ID that was ever seen or referred to; a mail that is missing still holds its thread together. */
interface ReferenceTable {
  readonly id: string;
  readonly component: number;
}

/** A connected component of mails over References and In-Reply-To: what becomes one thread. */
export interface ComponentTable {
  readonly id: Generated<number>;
  /** The smallest id string in it: the same in whatever order the mails came. */
  readonly key: string;
  /** Moves on with every change of its mails. */
  readonly version: number;
  /** The version that `thread.document` speaks of; smaller than `version` where judging is still to do. */
  readonly judged_version: number;
  readonly mails: number;
  /** How many rows of `reference` it has: the smaller component joins the larger one. */
  readonly size: number;
}

export type ComponentRow = Selectable<ComponentTable>;

/** The verdict on a component: at most one row each. */
interface ThreadTable {
  readonly component: number;
  readonly id: string;
  /** JSON of the model's `TriageThread`. */
  readonly document: string;
  readonly genre: string;
  readonly status: string;
  readonly severity: number;
  readonly started_at: string | null;
  /** Empty where no mail has a date, so that it can be ordered and compared. */
  readonly last_activity: string;
  /** The version of the rules that judged; empty where that was not written down. */
  readonly rules: string;
}

/** Traces of judged threads, to find the same crash by. Written anew with each verdict. */
interface TraceTable {
  readonly component: number;
  /** Which trace of the thread: 0, 1, … */
  readonly place: number;
  readonly fingerprint: string;
  readonly project: string;
  readonly kind: string;
  readonly title: string;
  readonly culprit: string | null;
  /** JSON of a list of names. */
  readonly functions: string;
}

/** Which functions stand in a trace: the way from a name to its traces. */
interface TraceFunctionTable {
  readonly function: string;
  readonly component: number;
  readonly place: number;
}

/** By what a judged thread meets reports, or patches, of other threads. Written anew with each verdict. */
interface TieTable {
  readonly component: number;
  readonly side: string;
  readonly kind: string;
  readonly key: string;
}

/** What people said of a thread. Nothing is ever taken out: what was undone stays as history. */
export interface CorrectionTable {
  readonly id: Generated<number>;
  /** Key of a mail of the thread; its row in `reference` tells the component. */
  readonly message: string;
  readonly field: string;
  readonly value: string;
  readonly said_by: string;
  readonly said_at: string;
  readonly undone_by: string | null;
  readonly undone_at: string | null;
}

interface CursorTable {
  readonly source: string;
  readonly cursor: string;
}

/** A followed mailbox; the columns are the fields of the model's `Mailbox`. */
export interface MailboxTable {
  readonly name: string;
  readonly url: string;
  readonly kind: string;
  /** JSON of where the secret is found, or of `null`. */
  readonly secret: string;
  readonly tls: string;
  readonly ca: string | null;
  readonly back_fill: string;
  readonly added_at: string;
}

/** The model's `Standing`. */
export interface StandingTable {
  readonly mailbox: string;
  readonly state: string;
  readonly reason: string | null;
  readonly since: string;
  readonly at: string;
}

/** Which lists a mail came through. */
interface MailListTable {
  readonly list: string;
  readonly seq: number;
  /** The mail's date; empty where it has none. */
  readonly date: string;
}

/** What judged threads are found by. Written anew with each verdict. */
interface ThreadTagTable {
  readonly kind: string;
  readonly value: string;
  readonly component: number;
  /** That of the thread, so that one index finds the newest. */
  readonly last_activity: string;
}

/** Which worker judges a component just now, and how often one has begun to. */
interface ClaimTable {
  readonly component: number;
  /** That of the component when it was claimed. */
  readonly version: number;
  readonly claimed_by: string;
  /** ISO 8601 in UTC; empty where it was given back. */
  readonly claimed_until: string;
  /** How often this version was claimed. */
  readonly attempts: number;
  /** Why the last attempt failed, where the worker could say it. */
  readonly reason: string | null;
}

/** The model's `Subscriber`; rhythm, snapshot and snoozed are JSON. */
export interface SubscriberTable {
  readonly id: string;
  readonly address: string;
  readonly name: string | null;
  readonly filter: string;
  readonly form: string;
  readonly rhythm: string;
  readonly state: string;
  readonly reason: string | null;
  readonly failures: number;
  readonly added_at: string;
  readonly confirmed_at: string | null;
  readonly snapshot: string | null;
  readonly snoozed: string;
}

interface SubscriberTokenTable {
  readonly hash: string;
  readonly subscriber: string;
  readonly purpose: string;
  readonly made_at: string;
}

/** The model's `Delivery`, and who has it in hand. */
export interface DeliveryTable {
  readonly id: string;
  readonly subscriber: string;
  readonly kind: string;
  readonly window_from: string;
  readonly window_to: string;
  readonly state: string;
  readonly subject: string;
  readonly message_id: string;
  readonly due_at: string;
  readonly leased_by: string | null;
  readonly leased_until: string | null;
  /** 1 from when a server may have taken it over. */
  readonly handed: number;
  readonly attempts: number;
  readonly uncertain: number;
  readonly bounced: number;
  readonly reason: string | null;
  readonly made_at: string;
  readonly ended_at: string | null;
  /** JSON of the model's `LetterContent`. */
  readonly content: string | null;
}

/** Mails to the bot itself. */
interface IncomingTable {
  readonly id: string;
  readonly mailbox: string;
  /** In base64; gone once it was looked at. */
  readonly raw: string | null;
  readonly came_at: string;
  readonly subscriber: string | null;
  readonly outcome: string | null;
  readonly looked_at: string | null;
}

/** Mails that were fetched and still have to be read; gone once what they say is written. */
export interface ArrivalTable {
  readonly id: Generated<number>;
  /** sha256 of the raw bytes, hex. */
  readonly digest: string;
  /** In base64. */
  readonly raw: string;
  readonly origin: string;
  readonly url: string | null;
  readonly claimed_by: string;
  /** ISO 8601 in UTC; empty where nobody has it. */
  readonly claimed_until: string;
  /** How often it was taken. */
  readonly attempts: number;
  readonly reason: string | null;
}

interface SchemaTable {
  readonly version: number;
}
