import type { Kysely, Transaction } from 'kysely';
import type { TriageThread } from '../../model/triage.ts';
import type { PendingThread } from '../../ports.ts';
import type { TieKey } from '../../ports/ties.ts';
import { toBatches } from './batches.ts';
import { readInForce } from './corrections.ts';
import type { Locking } from './locking.ts';
import type { ComponentRow, Tables } from './tables.ts';
import { readContent } from './thread-content.ts';
import { writeTags } from './thread-tags.ts';
import { writeTies } from './tie-index.ts';
import { writeTraces } from './trace-index.ts';

/** Mails that are handed out at once, so that a few huge threads do not fill the memory. */
const MAX_MAILS = 2000;

/** A verdict on what {@link readPending} handed out. */
export interface SavedVerdict {
  readonly key: string;
  readonly version: number;
  readonly thread: TriageThread;
  readonly ties?: readonly TieKey[];
}

/** Up to `limit` threads that wait to be judged, the longest known first; at least one where any waits. */
export async function readPending(db: Kysely<Tables>, limit: number): Promise<PendingThread[]> {
  const waiting = await db
    .selectFrom('component')
    .select(['id', 'key', 'version', 'mails'])
    .whereRef('version', '>', 'judged_version')
    .orderBy('id')
    .limit(limit)
    .execute();
  return readWaiting(db, takeFew(waiting));
}

/** A component that waits. */
export type Waiting = Pick<ComponentRow, 'id' | 'key' | 'version' | 'mails'>;

/** As many of them, from the first on, as may be in memory at once; one at least. */
export function takeFew(waiting: readonly Waiting[]): Waiting[] {
  let mails = 0;
  return waiting.filter((component, at) => {
    mails += component.mails;
    return at === 0 || mails <= MAX_MAILS;
  });
}

/** What judging needs of components that wait. A mail that came since they were read is there too, and judged again. */
export async function readWaiting(db: Kysely<Tables>, taken: readonly Waiting[]): Promise<PendingThread[]> {
  const ids = taken.map(({ id }) => id);
  const content = await readContent(db, ids);
  const corrections = await readInForce(db, ids);
  return taken.flatMap(({ id, key, version }) => {
    const one = content.get(id);
    // Nothing is left where another process has just joined the component to another one.
    return one === undefined || one.heads.length === 0
      ? []
      : [{ key, version, ...one, corrections: corrections.get(id) ?? [] }];
  });
}

export async function countPending(db: Kysely<Tables>): Promise<number> {
  const row = await db
    .selectFrom('component')
    .select((count) => count.fn.countAll<number>().as('pending'))
    .whereRef('version', '>', 'judged_version')
    .executeTakeFirstOrThrow();
  return Number(row.pending);
}

/**
 * Writes verdicts. A component that has moved on since it was handed out keeps waiting; one that has become part of
 * another is passed over, since that one waits.
 */
export async function writeVerdicts(
  tx: Transaction<Tables>,
  {
    verdicts,
    rules,
    locking,
  }: { readonly verdicts: readonly SavedVerdict[]; readonly rules: string; readonly locking: Locking },
): Promise<void> {
  const verdictOf = new Map(verdicts.map((verdict) => [verdict.key, verdict]));
  for (const batch of toBatches([...verdictOf.keys()])) {
    const components = await tx
      .selectFrom('component')
      .select(['id', 'key', 'version', 'judged_version'])
      .where('key', 'in', batch)
      .orderBy('id')
      .modifyEnd(locking.hold.wait)
      .execute();
    for (const component of components) {
      const verdict = verdictOf.get(component.key);
      if (verdict === undefined || verdict.version <= component.judged_version) continue;
      await writeThread(tx, component.id, { thread: verdict.thread, rules });
      await writeTraces(tx, component.id, verdict.thread.traces);
      await writeTags(tx, component.id, verdict.thread);
      await writeTies(tx, component.id, verdict.ties ?? []);
      await tx
        .updateTable('component')
        .set({ judged_version: verdict.version })
        .where('id', '=', component.id)
        .execute();
      await tx
        .deleteFrom('claim')
        .where('component', '=', component.id)
        .where('version', '<=', verdict.version)
        .execute();
    }
  }
}

async function writeThread(
  tx: Transaction<Tables>,
  component: number,
  { thread, rules }: { readonly thread: TriageThread; readonly rules: string },
): Promise<void> {
  const row = {
    id: thread.id,
    document: JSON.stringify(thread),
    genre: thread.genre,
    status: thread.status,
    severity: thread.severity,
    started_at: thread.startedAt,
    last_activity: thread.lastActivityAt ?? '',
    rules,
  };
  await tx
    .insertInto('thread')
    .values({ component, ...row })
    .onConflict((conflict) => conflict.column('component').doUpdateSet(row))
    .execute();
}
