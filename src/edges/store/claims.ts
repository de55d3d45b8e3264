import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';
import type { PendingThread } from '../../ports.ts';
import type { Claim, SetAside } from '../../ports/shared-store.ts';
import { toBatches } from './batches.ts';
import { toKey } from './codec.ts';
import type { Locking } from './locking.ts';
import { readWaiting, takeFew } from './pending-threads.ts';
import type { Waiting } from './pending-threads.ts';
import type { Tables } from './tables.ts';

type Now = Pick<Claim, 'now' | 'limit' | 'attempts'>;

/** Longest reason that is kept. In UTF-16 units. */
const MAX_REASON = 500;

/** Takes threads that wait and that nobody has, and hands them out. */
export async function claimThreads(db: Kysely<Tables>, claim: Claim, locking: Locking): Promise<PendingThread[]> {
  const taken = await locking.write(db, async (tx) => {
    const free = await findFree(tx, claim)
      .select(['claim.version as tried', 'claim.attempts'])
      .modifyEnd(locking.hold.skip)
      .execute();
    const rows = takeFew(withoutSuspects(free));
    await writeClaims(tx, rows, claim);
    return rows;
  });
  return readWaiting(db, taken);
}

interface Free extends Waiting {
  readonly tried: number | null;
  readonly attempts: number | null;
}

/**
 * A thread that somebody has taken in vain is handed out alone: what kills one worker after the other must not count against
 * those that were taken together with it.
 */
function withoutSuspects(free: readonly Free[]): readonly Free[] {
  const isSuspect = ({ version, tried, attempts }: Free) => tried === version && (attempts ?? 0) > 0;
  const [first] = free;
  return first !== undefined && isSuspect(first) ? [first] : free.filter((one) => !isSuspect(one));
}

export async function listFree(db: Kysely<Tables>, now: Now): Promise<string[]> {
  return (await findFree(db, now).execute()).map(({ key }) => key);
}

/** Keys of the components of these mails that wait, whoever has them. */
export async function listWaitingOf(db: Kysely<Tables>, messages: readonly string[]): Promise<string[]> {
  const keys = new Set<string>();
  for (const batch of toBatches([...new Set(messages.map(toKey))])) {
    const rows = await db
      .selectFrom('mail')
      .innerJoin('component', 'component.id', 'mail.component')
      .select('component.key')
      .where('mail.id', 'in', batch)
      .whereRef('component.version', '>', 'component.judged_version')
      .execute();
    for (const { key } of rows) keys.add(key);
  }
  return [...keys];
}

/**
 * Components that wait and may be claimed: never claimed, or the claim has run out, and they were not taken too often as they
 * are. One that has moved on while somebody judges it is free when that verdict is there, or the claim has run out.
 */
function findFree(db: Kysely<Tables>, { now, limit, attempts, keys }: Now & Pick<Claim, 'keys'>) {
  const query = db
    .selectFrom('component')
    .leftJoin('claim', 'claim.component', 'component.id')
    .select(['component.id', 'component.key', 'component.version', 'component.mails'])
    .whereRef('component.version', '>', 'component.judged_version')
    .where((where) =>
      where.or([
        where('claim.component', 'is', null),
        where.and([
          where('claim.claimed_until', '<=', now),
          where.or([
            where('claim.attempts', '<', attempts),
            where('claim.version', '<', where.ref('component.version')),
          ]),
        ]),
      ]),
    )
    .orderBy('component.id')
    .limit(limit);
  return keys === undefined ? query : query.where('component.key', 'in', keys.length === 0 ? [''] : keys.map(toKey));
}

async function writeClaims(tx: Transaction<Tables>, rows: readonly Waiting[], { by, until }: Claim): Promise<void> {
  const claims = rows.map(({ id, version }) => ({
    component: id,
    version,
    claimed_by: by,
    claimed_until: until,
    attempts: 1,
    reason: null,
  }));
  for (const batch of toBatches(claims)) {
    await tx
      .insertInto('claim')
      .values(batch)
      .onConflict((conflict) =>
        conflict.column('component').doUpdateSet((row) => ({
          version: row.ref('excluded.version'),
          claimed_by: row.ref('excluded.claimed_by'),
          claimed_until: row.ref('excluded.claimed_until'),
          attempts: sql<number>`CASE WHEN ${row.ref('claim.version')} = ${row.ref('excluded.version')} THEN ${row.ref('claim.attempts')} + 1 ELSE 1 END`,
          reason: sql<
            string | null
          >`CASE WHEN ${row.ref('claim.version')} = ${row.ref('excluded.version')} THEN ${row.ref('claim.reason')} END`,
        })),
      )
      .execute();
  }
}

/** Frees what a worker has; the attempt is taken back. */
export async function freeClaims(tx: Transaction<Tables>, by: string): Promise<void> {
  await tx
    .updateTable('claim')
    .set((claim) => ({ claimed_until: '', attempts: claim('attempts', '-', 1) }))
    .where('claimed_by', '=', by)
    .where('claimed_until', '>', '')
    .execute();
}

/** Frees one thread that a worker has, with the reason why it could not be judged. */
export async function failOneClaim(
  tx: Transaction<Tables>,
  { key, by, reason }: { readonly key: string; readonly by: string; readonly reason: string },
): Promise<void> {
  await tx
    .updateTable('claim')
    .set({ claimed_until: '', reason: toKey(reason.replace(/\s+/g, ' ').slice(0, MAX_REASON)) })
    .where('claimed_by', '=', by)
    .where('component', 'in', (from) => from.selectFrom('component').select('id').where('key', '=', toKey(key)))
    .execute();
}

export async function listSetAside(db: Kysely<Tables>, { now, limit, attempts }: Now): Promise<SetAside[]> {
  const rows = await db
    .selectFrom('claim')
    .innerJoin('component', 'component.id', 'claim.component')
    .select(['component.key', 'claim.attempts', 'claim.reason', 'claim.claimed_by'])
    .whereRef('component.version', '>', 'component.judged_version')
    .whereRef('claim.version', '=', 'component.version')
    .where('claim.claimed_until', '<=', now)
    .where('claim.attempts', '>=', attempts)
    .orderBy('component.key')
    .limit(limit)
    .execute();
  return rows.map(({ claimed_by: by, ...row }) => ({ ...row, by }));
}

/** Forgets that a thread was ever claimed. */
export async function forgetClaim(tx: Transaction<Tables>, key: string): Promise<boolean> {
  const gone = await tx
    .deleteFrom('claim')
    .where('component', 'in', (from) => from.selectFrom('component').select('id').where('key', '=', toKey(key)))
    .returning('component')
    .execute();
  return gone.length > 0;
}

/** Components that are no longer what somebody claimed: whoever comes may have them. */
export async function dropClaims(tx: Transaction<Tables>, components: readonly number[]): Promise<void> {
  for (const batch of toBatches(components)) await tx.deleteFrom('claim').where('component', 'in', batch).execute();
}
