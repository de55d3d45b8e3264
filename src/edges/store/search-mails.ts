import type { Kysely } from 'kysely';
import type { SearchHit } from '../../ports.ts';
import { toBatches } from './batches.ts';
import { readBody, readHead } from './codec.ts';
import type { FullText } from './full-text.ts';
import { readSearchWords } from './search-words.ts';
import type { Term } from './search-words.ts';
import { toSnippet } from './snippet.ts';
import type { Tables } from './tables.ts';

/**
 * Mails that hold every word of a question, newest first. See `readSearchWords` for what can be asked; a question
 * without words finds nothing.
 */
export async function searchMails(
  db: Kysely<Tables>,
  fullText: FullText,
  { words, limit }: { readonly words: string; readonly limit: number },
): Promise<SearchHit[]> {
  const terms = readSearchWords(words);
  if (terms.length === 0 || limit < 1) return [];
  const seqs = await fullText.find(db, terms, limit);
  const hits = new Map<number, SearchHit>();
  for (const batch of toBatches(seqs)) {
    for (const [seq, hit] of await readHits(db, batch, terms)) hits.set(seq, hit);
  }
  return seqs.flatMap((seq) => hits.get(seq) ?? []);
}

async function readHits(
  db: Kysely<Tables>,
  seqs: readonly number[],
  terms: readonly Term[],
): Promise<[number, SearchHit][]> {
  const rows = await db
    .selectFrom('mail')
    .innerJoin('mail_body', 'mail_body.seq', 'mail.seq')
    .leftJoin('thread', 'thread.component', 'mail.component')
    .select(['mail.seq', 'head', 'body', 'thread.id as thread'])
    .where('mail.seq', 'in', seqs)
    .execute();
  return rows.map(({ seq, head: text, body, thread }) => {
    const head = readHead(text);
    const parts = readBody(body).parts.map((part) => part.text);
    return [
      seq,
      {
        thread: thread ?? head.id,
        message: head.id,
        subject: head.subject,
        from: head.from?.name ?? head.from?.address ?? '',
        date: head.date,
        snippet: toSnippet(parts.join('\n\n'), terms),
      },
    ];
  });
}
