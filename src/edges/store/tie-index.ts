import type { Kysely, Transaction } from 'kysely';
import type { TiedPatch, TieKey } from '../../ports/ties.ts';
import { toBatches } from './batches.ts';
import type { Tables } from './tables.ts';
import { readContent } from './thread-content.ts';
import { toValue } from './thread-tags.ts';
import { wakeComponents } from './wake-components.ts';

/** A row without its component. */
type Row = Readonly<Record<'side' | 'kind' | 'key', string>>;

/** Rows that are told in one question, a few of them with three values each. */
const MOST_KEYS = 300;

/**
 * Writes what ties a judged thread to others in place of what did. Where that has changed, the reports that its patches are for
 * wait again, and so does a report itself for which there is a patch: it may have come while the report was judged.
 */
export async function writeTies(tx: Transaction<Tables>, component: number, ties: readonly TieKey[]): Promise<void> {
  const before = await tx
    .selectFrom('tie')
    .select(['side', 'kind', 'key'])
    .where('component', '=', component)
    .execute();
  const rows = new Map(ties.map((tie) => toRow(tie)).map((row) => [toName(row), row]));
  const old = new Map(before.map((row) => [toName(row), row]));
  if (rows.size === old.size && [...rows.keys()].every((name) => old.has(name))) return;
  // Whoever changes ties does so one after the other, so that of two that meet the later one sees the earlier.
  await tx
    .updateTable('heddle_schema')
    .set((row) => ({ version: row.ref('version') }))
    .execute();
  await dropTies(tx, component);
  for (const batch of toBatches([...rows.values()].map((row) => ({ component, ...row })))) {
    await tx.insertInto('tie').values(batch).execute();
  }
  await wakeTied(tx, component, [...new Map([...old, ...rows]).values()]);
}

async function wakeTied(tx: Transaction<Tables>, component: number, rows: readonly Row[]): Promise<void> {
  const reports = await findMeeting(
    tx,
    rows.filter(({ side }) => side === 'patch'),
    'report',
  );
  const patches = await findMeeting(
    tx,
    rows.filter(({ side }) => side === 'report'),
    'patch',
  );
  const others = reports.filter((one) => one !== component);
  const own = patches.some((one) => one !== component) ? [component] : [];
  await wakeComponents(
    tx,
    [...others, ...own].sort((a, b) => a - b),
  );
}

/** Components with a row of that side that meets one of these. */
async function findMeeting(db: Kysely<Tables>, rows: readonly Row[], side: TieKey['side']): Promise<number[]> {
  const found = new Set<number>();
  for (const [kind, keys] of toKinds(rows)) {
    for (let from = 0; from < keys.length; from += MOST_KEYS) {
      const met = await db
        .selectFrom('tie')
        .select('component')
        .distinct()
        .where('kind', '=', kind)
        .where('key', 'in', keys.slice(from, from + MOST_KEYS))
        .where('side', '=', side)
        .execute();
      for (const one of met) found.add(one.component);
    }
  }
  return [...found];
}

function toKinds(rows: readonly Row[]): Map<string, string[]> {
  const kinds = new Map<string, string[]>();
  for (const { kind, key } of rows) {
    if (kind !== 'self') kinds.set(kind, [...(kinds.get(kind) ?? []), key]);
  }
  return kinds;
}

/** Threads with a patch that meets one of these keys of a report, by id; `not` is left out. */
export async function readTiedPatches(
  db: Kysely<Tables>,
  keys: readonly TieKey[],
  { not, limit }: { readonly not: string; readonly limit: number },
): Promise<TiedPatch[]> {
  const met = await findMeeting(db, keys.filter(({ side }) => side === 'report').map(toRow), 'patch');
  const threads: { readonly component: number; readonly id: string; readonly self: string }[] = [];
  for (const batch of toBatches(met)) {
    threads.push(
      ...(await db
        .selectFrom('thread')
        .innerJoin('tie', 'tie.component', 'thread.component')
        .select(['thread.component', 'thread.id', 'tie.key as self'])
        .where('thread.component', 'in', batch)
        .where('tie.side', '=', 'patch')
        .where('tie.kind', '=', 'self')
        .where('thread.id', '!=', not)
        .orderBy('thread.id')
        .limit(limit)
        .execute()),
    );
  }
  const few = threads.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit);
  const content = await readContent(
    db,
    few.map(({ component }) => component),
  );
  return few.flatMap(({ component, id, self }) => {
    const one = content.get(component);
    return one === undefined ? [] : [{ id, self, ...one }];
  });
}

/** Forgets the ties of a thread. */
export async function dropTies(tx: Transaction<Tables>, component: number): Promise<void> {
  await tx.deleteFrom('tie').where('component', '=', component).execute();
}

/** The ties of a thread go with it to another component, which has none. */
export async function moveTies(tx: Transaction<Tables>, from: number, to: number): Promise<void> {
  await tx.updateTable('tie').set({ component: to }).where('component', '=', from).execute();
}

function toRow({ side, kind, key }: TieKey): Row {
  return { side, kind, key: toValue(key) };
}

function toName({ side, kind, key }: Row): string {
  return `${side} ${kind} ${key}`;
}
