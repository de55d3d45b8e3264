import type { Kysely } from 'kysely';
import type { AddResult, Ingested, PendingThread, SearchHit, Store, StoreCounts, ThreadFilter } from '../../ports.ts';
import type { TriageThread } from '../../model/triage.ts';
import { addMails, readDigests } from './add-mails.ts';
import type { UniteCopies } from './copies.ts';
import type { StoredMail } from './codec.ts';
import { findThread, listThreads, readMails } from './find-threads.ts';
import type { FullText } from './full-text.ts';
import { SCHEMA } from './migrations.ts';
import { countPending, readPending, writeVerdicts } from './pending-threads.ts';
import type { SavedVerdict } from './pending-threads.ts';
import { searchMails } from './search-mails.ts';
import type { Tables } from './tables.ts';

/** What a store is made of beside its tables. */
export interface StoreParts {
  readonly unite: UniteCopies;
  readonly fullText: FullText;
}

/** The store over any SQL database that Kysely speaks to; what differs between them is in `FullText` and `TableDialect`. */
export class SqlStore implements Store {
  readonly #db: Kysely<Tables>;
  readonly #parts: StoreParts;

  constructor(db: Kysely<Tables>, parts: StoreParts) {
    this.#db = db;
    this.#parts = parts;
  }

  async add(mails: readonly Ingested[]): Promise<AddResult> {
    if (mails.length === 0) return { added: 0, known: 0 };
    return this.#db.transaction().execute((tx) => addMails(tx, mails, this.#parts));
  }

  async knownDigests(digests: readonly string[]): Promise<ReadonlySet<string>> {
    return readDigests(this.#db, digests);
  }

  async pending(limit: number): Promise<readonly PendingThread[]> {
    return readPending(this.#db, limit);
  }

  async pendingCount(): Promise<number> {
    return countPending(this.#db);
  }

  async saveVerdicts(verdicts: readonly SavedVerdict[]): Promise<void> {
    if (verdicts.length === 0) return;
    await this.#db.transaction().execute((tx) => writeVerdicts(tx, verdicts));
  }

  async thread(id: string): Promise<TriageThread | null> {
    return findThread(this.#db, id);
  }

  threads(filter: ThreadFilter): AsyncIterable<TriageThread> {
    return listThreads(this.#db, filter);
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
    const count = async (table: 'mail' | 'component') => {
      const row = await this.#db
        .selectFrom(table)
        .select((of) => of.fn.countAll<number>().as('rows'))
        .executeTakeFirstOrThrow();
      return Number(row.rows);
    };
    const damage = await this.#db
      .selectFrom('mail')
      .select((of) => [
        of.fn.sum<number | null>('near_misses').as('nearMisses'),
        of.fn.sum<number | null>('problems').as('problems'),
      ])
      .where((where) => where.or([where('near_misses', '>', 0), where('problems', '>', 0)]))
      .executeTakeFirstOrThrow();
    return {
      mails: await count('mail'),
      threads: await count('component'),
      pending: await countPending(this.#db),
      nearMisses: Number(damage.nearMisses ?? 0),
      problems: Number(damage.problems ?? 0),
      schema: SCHEMA,
    };
  }

  async cursors(): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#db.selectFrom('source_cursor').selectAll().execute();
    return new Map(rows.map(({ source, cursor }) => [source, cursor]));
  }

  async saveCursor(source: string, cursor: string): Promise<void> {
    await this.#db.transaction().execute((tx) =>
      tx
        .insertInto('source_cursor')
        .values({ source, cursor })
        .onConflict((conflict) => conflict.column('source').doUpdateSet({ cursor }))
        .execute(),
    );
  }

  async close(): Promise<void> {
    await this.#db.destroy();
  }
}
