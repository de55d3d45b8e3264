import { CompiledQuery, sql } from 'kysely';
import type { Expression, SqlBool } from 'kysely';
import { toBatches } from './batches.ts';
import { foldWords } from './fold-words.ts';
import type { FullText, MailWords } from './full-text.ts';
import type { Term } from './search-words.ts';

/**
 * The words of a mail, twice: as a set, which a GIN index leads from a word to its mails, and in a row with a blank before and
 * behind each, in which a phrase is looked for among the mails that hold its words. PostgreSQL's own phrases would stop at 256
 * places of a word and 16,383 of a mail, which a log has soon; and its own reader of words joins names, versions and paths to
 * words that nobody types.
 */
const CREATE = [
  sql`CREATE TABLE mail_words (seq INTEGER NOT NULL PRIMARY KEY, words TSVECTOR NOT NULL, subject TEXT NOT NULL,
      sender TEXT NOT NULL, body TEXT NOT NULL)`,
  sql`CREATE INDEX mail_words_words ON mail_words USING GIN (words)`,
];

const INSERT = 'INSERT INTO mail_words (seq, words, subject, sender, body) VALUES ';
const COLUMNS = 5;

/** A set of words has to fit in a megabyte: all words of any mail that a person wrote, of a dump the first ones. In UTF-8. */
const MAX_SET_BYTES = 900_000;

/** Stands before a word of the subject or the sender in the set: no word holds it. */
const MARKS = { subject: 's:', sender: 'f:' } as const;

/** Full-text search in PostgreSQL. */
export const postgresFullText: FullText = {
  async create(db) {
    for (const statement of CREATE) await statement.execute(db);
  },
  async add(db, mails) {
    for (const batch of toBatches(mails)) {
      const rows = batch.map((_, at) => `(${toPlaces(at * COLUMNS)})`).join(', ');
      await db.executeQuery(CompiledQuery.raw(INSERT + rows, batch.flatMap(toValues)));
    }
  },
  async remove(db, seqs) {
    for (const batch of toBatches(seqs))
      await sql`DELETE FROM mail_words WHERE seq IN (${sql.join([...batch])})`.execute(db);
  },
  async find(db, terms, limit) {
    const conditions = terms.map(toCondition).filter((condition) => condition !== null);
    if (conditions.length === 0) return [];
    const found = await sql<{ seq: number }>`
      SELECT mail.seq FROM mail_words JOIN mail ON mail.seq = mail_words.seq
      WHERE ${sql.join(conditions, sql` AND `)}
      ORDER BY mail.date DESC NULLS LAST, mail.id LIMIT ${limit}`.execute(db);
    return found.rows.map((row) => row.seq);
  },
};

/** The places of the values of one row in a statement; the set comes as an array. */
function toPlaces(before: number): string {
  const [seq, words, subject, sender, body] = Array.from({ length: COLUMNS }, (_, at) => `$${before + at + 1}`);
  return `${seq}, array_to_tsvector(${words}::text[]), ${subject}, ${sender}, ${body}`;
}

function toValues({ seq, subject, sender, body }: MailWords): unknown[] {
  const [ofSubject, ofSender, ofBody] = [subject, sender, body].map(foldWords);
  const words = [
    ...(ofSubject ?? []).map((word) => MARKS.subject + word),
    ...(ofSender ?? []).map((word) => MARKS.sender + word),
    ...(ofSubject ?? []),
    ...(ofSender ?? []),
    ...(ofBody ?? []),
  ];
  return [seq, toSet(words), ...[ofSubject, ofSender, ofBody].map((row) => toRow(row ?? []))];
}

function toSet(words: readonly string[]): string[] {
  const set = new Set<string>();
  let bytes = 0;
  for (const word of words) {
    if (set.has(word)) continue;
    bytes += Buffer.byteLength(word);
    if (bytes > MAX_SET_BYTES) break;
    set.add(word);
  }
  return [...set];
}

function toRow(words: readonly string[]): string {
  return words.length === 0 ? '' : ` ${words.join(' ')} `;
}

/** What a mail has to hold for a term; `null` where the term holds no word after all. */
function toCondition({ field, words, prefix }: Term): Expression<SqlBool> | null {
  const folded = foldWords(words.join(' '));
  if (folded.length === 0) return null;
  const set = folded.map((word, at) => toLexeme(word, { field, prefix: prefix && at === folded.length - 1 }));
  const all = sql<SqlBool>`mail_words.words @@ ${set.join(' & ')}::tsquery`;
  if (folded.length === 1) return all;
  const pattern = `% ${folded.join(' ')}${prefix ? '' : ' '}%`;
  const columns = field === null ? (['subject', 'sender', 'body'] as const) : [field];
  const stands = columns.map((column) => sql<SqlBool>`mail_words.${sql.ref(column)} LIKE ${pattern}`);
  return sql<SqlBool>`(${all} AND (${sql.join(stands, sql` OR `)}))`;
}

/** A word in the language of `tsquery`. Words are letters and digits alone, so nothing in them has to be escaped. */
function toLexeme(word: string, { field, prefix }: Pick<Term, 'field' | 'prefix'>): string {
  return `'${field === null ? '' : MARKS[field]}${word}'${prefix ? ':*' : ''}`;
}
