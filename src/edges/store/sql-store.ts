import type { Kysely, Transaction } from 'kysely';
import type { ListHour, RecentMail } from '../../model/mailbox.ts';
import type {
  AddResult,
  Correction,
  Ingested,
  NearMiss,
  PendingThread,
  SearchHit,
  StoreCounts,
  StoredTrace,
  TagCount,
  ThreadFilter,
  ThreadTag,
} from '../../ports.ts';
import type { Claim, SetAside, SharedStore } from '../../ports/shared-store.ts';
import type { ArrivalBook } from '../../ports/arrivals.ts';
import type { PostBook } from '../../ports/post-book.ts';
import type { TiedPatch, TieKey } from '../../ports/ties.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { ListSeen, Mailbox, Standing } from '../../model/mailbox.ts';
import type { Message } from '../../model/message.ts';
import type { Window } from '../../model/digest.ts';
import type { TriageThread } from '../../model/triage.ts';
import { addMails, readDigests } from './add-mails.ts';
import { SqlArrivals } from './arrivals.ts';
import {
  claimThreads,
  failOneClaim,
  forgetClaim,
  freeClaims,
  listFree,
  listWaitingOf,
  listSetAside,
} from './claims.ts';
import type { UniteCopies } from './copies.ts';
import type { StoredMail } from './codec.ts';
import { addCorrection, listCorrections, undoCorrection } from './corrections.ts';
import { countThreads, findThread, listThreads, readMails } from './find-threads.ts';
import type { FullText } from './full-text.ts';
import { readLists } from './list-mails.ts';
import type { Locking } from './locking.ts';
import { forgetMailbox, readMailboxes, readStandings, writeMailbox, writeStanding } from './mailboxes.ts';
import { SqlPostBook } from './post-book.ts';
import { countPending, readPending, writeVerdicts } from './pending-threads.ts';
import type { SavedVerdict } from './pending-threads.ts';
import { readNearMisses, readStale, replaceEvidence } from './renew-evidence.ts';
import { readListHours, readRecentMails } from './recent-mails.ts';
import { searchMails } from './search-mails.ts';
import { countRows } from './count-rows.ts';
import type { Tables } from './tables.ts';
import { countTags } from './thread-tags.ts';
import { readTiedPatches } from './tie-index.ts';
import { readTracesLike } from './trace-index.ts';
import { wakeJudgedByOthers } from './wake-components.ts';

/** What a store is made of beside its tables. */
export interface StoreParts {
  readonly unite: UniteCopies;
  readonly fullText: FullText;
  readonly locking: Locking;
}

/** The store over any SQL database that Kysely speaks to; what differs between them is in `FullText` and `TableDialect`. */
export class SqlStore implements SharedStore {
  readonly #db: Kysely<Tables>;
  readonly #parts: StoreParts;
  readonly post: PostBook;
  readonly arrivals: ArrivalBook;

  constructor(db: Kysely<Tables>, parts: StoreParts) {
    this.#db = db;
    this.#parts = parts;
    this.post = new SqlPostBook(db, parts.locking);
    this.arrivals = new SqlArrivals(db, parts.locking);
  }

  async add(mails: readonly Ingested[]): Promise<AddResult> {
    if (mails.length === 0) return { added: 0, known: 0 };
    return this.#write((tx) => addMails(tx, mails, this.#parts));
  }

  async knownDigests(digests: readonly string[]): Promise<ReadonlySet<string>> {
    return readDigests(this.#db, digests);
  }

  async pending(limit: number): Promise<readonly PendingThread[]> {
    return readPending(this.#db, limit);
  }

  async claimPending(claim: Claim): Promise<readonly PendingThread[]> {
    return claimThreads(this.#db, claim, this.#parts.locking);
  }

  async releaseClaims(by: string): Promise<void> {
    await this.#write((tx) => freeClaims(tx, by));
  }

  async failClaim(failure: { readonly key: string; readonly by: string; readonly reason: string }): Promise<void> {
    await this.#write((tx) => failOneClaim(tx, failure));
  }

  async free(claim: Pick<Claim, 'now' | 'limit' | 'attempts'>): Promise<readonly string[]> {
    return listFree(this.#db, claim);
  }

  async waitingOf(messages: readonly string[]): Promise<readonly string[]> {
    return listWaitingOf(this.#db, messages);
  }

  async setAside(claim: Pick<Claim, 'now' | 'limit' | 'attempts'>): Promise<readonly SetAside[]> {
    return listSetAside(this.#db, claim);
  }

  async retrySetAside(key: string): Promise<boolean> {
    return this.#write((tx) => forgetClaim(tx, key));
  }

  async pendingCount(): Promise<number> {
    return countPending(this.#db);
  }

  async saveVerdicts(verdicts: readonly SavedVerdict[], rules: string): Promise<void> {
    if (verdicts.length === 0) return;
    await this.#write((tx) => writeVerdicts(tx, { verdicts, rules, locking: this.#parts.locking }));
  }

  async thread(id: string): Promise<TriageThread | null> {
    return findThread(this.#db, id);
  }

  threads(filter: ThreadFilter): AsyncIterable<TriageThread> {
    return listThreads(this.#db, filter);
  }

  async countThreads(filter: ThreadFilter, most: number): Promise<number> {
    return countThreads(this.#db, filter, most);
  }

  async tagCounts(kind: ThreadTag['kind'], limit: number): Promise<readonly TagCount[]> {
    return countTags(this.#db, kind, limit);
  }

  async *grouping(): AsyncGenerator<{ readonly id: string; readonly messages: readonly string[] }> {
    for await (const { id, messages } of listThreads(this.#db, {}))
      yield { id, messages: messages.map((message) => message.id) };
  }

  async mails(threadId: string): Promise<readonly StoredMail[]> {
    return readMails(this.#db, threadId);
  }

  async search(words: string, limit: number): Promise<readonly SearchHit[]> {
    return searchMails(this.#db, this.#parts.fullText, { words, limit });
  }

  async counts(): Promise<StoreCounts> {
    return countRows(this.#db);
  }

  async correct(correction: Omit<Correction, 'id' | 'undone'>): Promise<Correction> {
    return this.#write((tx) => addCorrection(tx, correction));
  }

  async undoCorrection(id: number, undone: { readonly by: string; readonly at: string }): Promise<Correction | null> {
    return this.#write((tx) => undoCorrection(tx, id, undone));
  }

  async corrections(threadId?: string): Promise<readonly Correction[]> {
    return listCorrections(this.#db, threadId);
  }

  async tracesLike(
    trace: Pick<StoredTrace, 'fingerprint' | 'functions'>,
    limit: number,
  ): Promise<readonly StoredTrace[]> {
    return readTracesLike(this.#db, trace, limit);
  }

  async tiedPatches(keys: readonly TieKey[], not: string, limit: number): Promise<readonly TiedPatch[]> {
    return readTiedPatches(this.#db, keys, { not, limit });
  }

  async nearMisses(limit: number): Promise<readonly NearMiss[]> {
    return readNearMisses(this.#db, limit);
  }

  async stale(extractor: string, limit: number): Promise<readonly Message[]> {
    return readStale(this.#db, extractor, limit);
  }

  async saveEvidence(evidence: readonly Evidence[]): Promise<void> {
    if (evidence.length === 0) return;
    await this.#write((tx) => replaceEvidence(tx, evidence));
  }

  async judgeAgain(rules: string): Promise<number> {
    return this.#write((tx) => wakeJudgedByOthers(tx, rules));
  }

  async cursors(): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#db.selectFrom('source_cursor').selectAll().execute();
    return new Map(rows.map(({ source, cursor }) => [source, cursor]));
  }

  async saveCursor(source: string, cursor: string): Promise<void> {
    await this.#write((tx) =>
      tx
        .insertInto('source_cursor')
        .values({ source, cursor })
        .onConflict((conflict) => conflict.column('source').doUpdateSet({ cursor }))
        .execute(),
    );
  }

  async mailboxes(): Promise<readonly Mailbox[]> {
    return readMailboxes(this.#db);
  }

  async saveMailbox(mailbox: Mailbox): Promise<void> {
    await this.#write((tx) => writeMailbox(tx, mailbox));
  }

  async removeMailbox(name: string): Promise<boolean> {
    return this.#write((tx) => forgetMailbox(tx, name));
  }

  async standings(): Promise<readonly Standing[]> {
    return readStandings(this.#db);
  }

  async saveStanding(standing: Standing): Promise<void> {
    await this.#write((tx) => writeStanding(tx, standing));
  }

  async lists(asOf: string): Promise<readonly ListSeen[]> {
    return readLists(this.#db, asOf);
  }

  async listHours(window: Window): Promise<readonly ListHour[]> {
    return readListHours(this.#db, window);
  }

  async recentMails(window: Window): Promise<readonly RecentMail[]> {
    return readRecentMails(this.#db, window);
  }

  async close(): Promise<void> {
    await this.#db.destroy();
  }

  #write<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.#parts.locking.write(this.#db, work);
  }
}
