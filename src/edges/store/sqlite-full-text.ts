import { CompiledQuery, sql } from 'kysely';
import { toBatches } from './batches.ts';
import type { FullText } from './full-text.ts';
import type { Term } from './search-words.ts';

/**
 * FTS5 without a copy of the text: the index holds the words alone, and the text stays in `mail_body`. So there is no
 * content row that could be missing (FTS5 reports that as a malformed database), and a mail can still be taken out.
 *
 * `unicode61` ends a word at `_`, `-` and `.`; a symbol such as `xen_mc_flush` is found as a phrase of its pieces.
 */
const CREATE = sql`CREATE VIRTUAL TABLE mail_words USING fts5 (
  subject, sender, body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2')`;

/**
 * Every transaction makes one more piece of the index. Pieces are merged by sixteen instead of by four: an import spends
 * less on writing the same words again, and a search looks into a few more pieces.
 */
const MERGE_LATER = sql`INSERT INTO mail_words (mail_words, rank) VALUES ('automerge', 16)`;

const INSERT = 'INSERT INTO mail_words (rowid, subject, sender, body) VALUES ';
const REMOVE = 'DELETE FROM mail_words WHERE rowid = ?';

/** Full-text search in SQLite. */
export const sqliteFullText: FullText = {
  async create(db) {
    await CREATE.execute(db);
    await MERGE_LATER.execute(db);
  },
  async add(db, mails) {
    for (const batch of toBatches(mails)) {
      const rows = batch.map(() => '(?, ?, ?, ?)').join(', ');
      const values = batch.flatMap(({ seq, subject, sender, body }) => [seq, subject, sender, body]);
      await db.executeQuery(CompiledQuery.raw(INSERT + rows, values));
    }
  },
  async remove(db, seqs) {
    for (const seq of seqs) await db.executeQuery(CompiledQuery.raw(REMOVE, [seq]));
  },
  async find(db, terms, limit) {
    const found = await sql<{ seq: number }>`
      SELECT mail.seq FROM mail_words JOIN mail ON mail.seq = mail_words.rowid
      WHERE mail_words MATCH ${toMatch(terms)} ORDER BY mail.date DESC, mail.id LIMIT ${limit}`.execute(db);
    return found.rows.map((row) => row.seq);
  },
};

/** FTS5's own query language; every word is quoted, so that nothing a person types can be a syntax error. */
function toMatch(terms: readonly Term[]): string {
  return terms
    .map(
      ({ field, words, prefix }) => `(${field === null ? '' : `${field} : `}"${words.join(' ')}"${prefix ? ' *' : ''})`,
    )
    .join(' AND ');
}
