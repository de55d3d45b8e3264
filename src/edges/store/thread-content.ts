import type { Kysely } from 'kysely';
import type { Evidence } from '../../model/evidence.ts';
import type { MessageId } from '../../model/message.ts';
import type { Head } from '../../model/thread.ts';
import { toBatches } from './batches.ts';
import { readEvidence, readHead } from './codec.ts';
import type { Tables } from './tables.ts';

/** The mails of a component, without their bodies. */
export interface Content {
  readonly heads: Head[];
  readonly evidence: Map<MessageId, Evidence>;
}

/** Heads and evidence of components; one that holds no mail is there, empty. */
export async function readContent(db: Kysely<Tables>, components: readonly number[]): Promise<Map<number, Content>> {
  const content = new Map<number, Content>(components.map((id) => [id, { heads: [], evidence: new Map() }]));
  for (const batch of toBatches(components)) {
    const rows = await db
      .selectFrom('mail')
      .select(['component', 'head', 'evidence'])
      .where('component', 'in', batch)
      .orderBy('id')
      .execute();
    for (const row of rows) {
      const head = readHead(row.head);
      const one = content.get(row.component);
      one?.heads.push(head);
      one?.evidence.set(head.id, readEvidence(row.evidence));
    }
  }
  return content;
}
