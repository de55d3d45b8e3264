import type { Transaction } from 'kysely';
import { toBatches } from './batches.ts';
import { dropClaims } from './claims.ts';
import { DisjointSets } from './disjoint-sets.ts';
import type { ComponentRow, Tables } from './tables.ts';
import { dropTags, moveTags } from './thread-tags.ts';
import { dropTies, moveTies } from './tie-index.ts';
import { dropTraces, moveTraces } from './trace-index.ts';

/** A mail and every id that it names: what belongs together. Ids are keys (`toKey`). */
export interface Links {
  readonly id: string;
  readonly named: readonly string[];
  /** False where the mail was there already and only says more now. */
  readonly isNew: boolean;
}

/** Ids that are one component from now on. */
interface Union {
  /** The components that some of them were in. */
  readonly found: readonly ComponentRow[];
  /** The ids that were in none. */
  readonly fresh: readonly string[];
  readonly newMails: number;
}

/** Stands before a component's number among ids: no key holds it. */
const MARK = '\0';

/**
 * Puts mails into their connected components over References and In-Reply-To; a mail that stands between two
 * components makes them one. Every component that is touched has to be judged anew.
 *
 * @returns the component of each id that was told.
 */
export async function joinComponents(
  tx: Transaction<Tables>,
  mails: readonly Links[],
): Promise<ReadonlyMap<string, number>> {
  const unions = await findUnions(tx, mails);
  const homes = await writeUnions(tx, unions);
  const placed = new Map<string, number>();
  for (const [at, { fresh }] of unions.entries()) {
    for (const id of fresh) placed.set(id, homes[at] ?? 0);
  }
  for (const batch of toBatches([...placed].sort(inOrder))) {
    await tx
      .insertInto('reference')
      .values(batch.map(([id, component]) => ({ id, component })))
      .execute();
  }
  const old = mails.filter(({ id }) => !placed.has(id)).map(({ id }) => id);
  for (const [id, component] of await readReferences(tx, old)) placed.set(id, component);
  return placed;
}

/** New keys are written in one order by everybody: two writers with the same mails never wait for each other in a circle. */
function inOrder([a]: readonly [string, number], [b]: readonly [string, number]): number {
  return a < b ? -1 : 1;
}

async function findUnions(tx: Transaction<Tables>, mails: readonly Links[]): Promise<Union[]> {
  const sets = new DisjointSets();
  for (const { id, named } of mails) {
    sets.join(id, id);
    for (const other of named) sets.join(id, other);
  }
  const known = await readReferences(tx, sets.sets().flat());
  for (const [id, component] of known) sets.join(id, MARK + component);
  const components = await readComponents(tx, [...new Set(known.values())]);
  const newMails = new Set(mails.filter(({ isNew }) => isNew).map(({ id }) => id));
  return sets.sets().map((names) => ({
    found: names.flatMap((name) => components.get(name) ?? []),
    fresh: names.filter((name) => !name.startsWith(MARK) && !known.has(name)),
    newMails: names.filter((name) => newMails.has(name)).length,
  }));
}

async function readReferences(tx: Transaction<Tables>, ids: readonly string[]): Promise<Map<string, number>> {
  const known = new Map<string, number>();
  for (const batch of toBatches(ids)) {
    const rows = await tx.selectFrom('reference').select(['id', 'component']).where('id', 'in', batch).execute();
    for (const { id, component } of rows) known.set(id, component);
  }
  return known;
}

/** Components by their marked number. */
async function readComponents(tx: Transaction<Tables>, ids: readonly number[]): Promise<Map<string, ComponentRow>> {
  const found = new Map<string, ComponentRow>();
  for (const batch of toBatches(ids)) {
    const rows = await tx.selectFrom('component').selectAll().where('id', 'in', batch).execute();
    for (const row of rows) found.set(MARK + row.id, row);
  }
  return found;
}

/** Writes what each union has become, and returns the number of its component. */
async function writeUnions(tx: Transaction<Tables>, unions: readonly Union[]): Promise<number[]> {
  const grown: ComponentRow[] = [];
  const created: Omit<ComponentRow, 'id'>[] = [];
  for (const union of unions) {
    const values = toValues(union);
    const home = toHome(union.found);
    if (home === undefined) {
      created.push(values);
    } else {
      const isOther = union.found.length > 1 || values.key !== home.key;
      if (isOther)
        await dropClaims(
          tx,
          union.found.map(({ id }) => id),
        );
      await absorb(
        tx,
        home.id,
        union.found.filter((component) => component !== home),
      );
      grown.push({ ...values, id: home.id });
    }
  }
  for (const batch of toBatches(grown)) await writeGrown(tx, batch);
  const ids = new Map(grown.map(({ key, id }) => [key, id]));
  for (const batch of toBatches(created.sort((a, b) => (a.key < b.key ? -1 : 1)))) {
    const rows = await tx.insertInto('component').values(batch).returning(['id', 'key']).execute();
    for (const { id, key } of rows) ids.set(key, id);
  }
  return unions.map((union) => ids.get(toValues(union).key) ?? 0);
}

/** The largest component takes the others in, so that an id moves seldom. */
function toHome(found: readonly ComponentRow[]): ComponentRow | undefined {
  return [...found].sort((a, b) => b.size - a.size || a.id - b.id)[0];
}

function toValues({ found, fresh, newMails }: Union): Omit<ComponentRow, 'id'> {
  const keys = [...found.map(({ key }) => key), ...fresh];
  return {
    key: keys.reduce((least, key) => (key < least ? key : least), keys[0] ?? ''),
    version: found.reduce((latest, { version }) => Math.max(latest, version), 0) + 1,
    judged_version: 0,
    mails: newMails + sum(found.map(({ mails }) => mails)),
    size: fresh.length + sum(found.map(({ size }) => size)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

async function writeGrown(tx: Transaction<Tables>, rows: readonly ComponentRow[]): Promise<void> {
  await tx
    .insertInto('component')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((row) => ({
        key: row.ref('excluded.key'),
        version: row.ref('excluded.version'),
        judged_version: row.ref('excluded.judged_version'),
        mails: row.ref('excluded.mails'),
        size: row.ref('excluded.size'),
      })),
    )
    .execute();
}

/** Moves everything that components hold to another one. A verdict moves too where that one has none yet. */
async function absorb(tx: Transaction<Tables>, home: number, others: readonly ComponentRow[]): Promise<void> {
  if (others.length === 0) return;
  for (const { id } of others) {
    await tx.updateTable('reference').set({ component: home }).where('component', '=', id).execute();
    await tx.updateTable('mail').set({ component: home }).where('component', '=', id).execute();
    await moveVerdict(tx, id, home);
    await tx.deleteFrom('component').where('id', '=', id).execute();
  }
}

async function moveVerdict(tx: Transaction<Tables>, from: number, to: number): Promise<void> {
  const judged = await tx.selectFrom('thread').select('component').where('component', '=', to).executeTakeFirst();
  if (judged === undefined) {
    await tx.updateTable('thread').set({ component: to }).where('component', '=', from).execute();
    await moveTraces(tx, from, to);
    await moveTags(tx, from, to);
    await moveTies(tx, from, to);
  } else {
    await tx.deleteFrom('thread').where('component', '=', from).execute();
    await dropTraces(tx, from);
    await dropTags(tx, from);
    await dropTies(tx, from);
  }
}
