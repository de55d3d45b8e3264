import type { Kysely } from 'kysely';
import type { Message } from '../../model/message.ts';
import type { Term } from './search-words.ts';
import type { Tables } from './tables.ts';

/** The words of a mail that can be searched for. */
export interface MailWords {
  readonly seq: number;
  readonly subject: string;
  readonly sender: string;
  readonly body: string;
}

/** Full-text search, the one thing that each database does in its own way. */
export interface FullText {
  create(db: Kysely<Tables>): Promise<void>;
  /** Adds mails that have no words yet. */
  add(db: Kysely<Tables>, mails: readonly MailWords[]): Promise<void>;
  remove(db: Kysely<Tables>, seqs: readonly number[]): Promise<void>;
  /** The `seq` of mails that hold every term, newest first, then by id. */
  find(db: Kysely<Tables>, terms: readonly Term[], limit: number): Promise<readonly number[]>;
}

/** Text beyond this is not searched for: no person wrote it, and the index must stay bounded. In UTF-16 units. */
const MAX_WORDS = 1_000_000;

/** The words of a mail: subject, sender, and all its text parts. */
export function toMailWords(seq: number, message: Message): MailWords {
  const body = message.parts.map((part) => part.text).join('\n\n');
  return {
    seq,
    subject: clean(message.subject),
    sender: clean(`${message.from?.name ?? ''} ${message.from?.address ?? ''}`),
    body: clean(body.slice(0, MAX_WORDS)),
  };
}

/** SQLite ends a text at NUL. */
function clean(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', ' ') : text;
}
