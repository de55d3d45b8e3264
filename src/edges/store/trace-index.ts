import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';
import type { Project, TraceKind } from '../../model/evidence.ts';
import { toPlainName } from '../../model/plain-name.ts';
import type { TriageTrace } from '../../model/triage.ts';
import type { StoredTrace } from '../../ports.ts';
import { toBatches } from './batches.ts';
import { readDocument } from './codec.ts';
import type { Tables } from './tables.ts';

/** Bounds of what is kept: beyond them nobody compares, and a mail of a million frames must not fill the store. */
const MAX_TRACES = 50;
const MAX_FUNCTIONS = 64;

/** Functions that are asked for at once: the innermost tell the crash. */
const MAX_ASKED = 100;

/** A trace stands in the index under the component of its thread. */
interface Place {
  readonly component: number;
  readonly place: number;
}

/** Writes the traces of a thread in place of those that it had. */
export async function writeTraces(
  tx: Transaction<Tables>,
  component: number,
  traces: readonly TriageTrace[],
): Promise<void> {
  await dropTraces(tx, component);
  const kept = traces.slice(0, MAX_TRACES).map((trace, place) => ({ trace, place, functions: toFunctions(trace) }));
  const rows = kept.map(({ trace, place, functions }) => ({
    component,
    place,
    fingerprint: trace.fingerprint,
    project: trace.project,
    kind: trace.kind,
    title: trace.title,
    culprit: trace.culprit,
    functions: JSON.stringify(functions),
  }));
  for (const batch of toBatches(rows)) await tx.insertInto('trace').values(batch).execute();
  const names = kept.flatMap(({ place, functions }) => functions.map((name) => ({ function: name, component, place })));
  for (const batch of toBatches(names)) await tx.insertInto('trace_function').values(batch).execute();
}

/** The functions that the log is sure of, innermost first, each once, as the source calls them. */
function toFunctions({ frames }: TriageTrace): string[] {
  const names = frames.filter(({ reliable }) => reliable).map((frame) => toPlainName(frame.function));
  const sound = names.map((name) => name.toWellFormed().replaceAll('\0', '')).filter((name) => name !== '');
  return [...new Set(sound)].slice(0, MAX_FUNCTIONS);
}

/** Forgets the traces of a thread. */
export async function dropTraces(tx: Transaction<Tables>, component: number): Promise<void> {
  await tx.deleteFrom('trace').where('component', '=', component).execute();
  await tx.deleteFrom('trace_function').where('component', '=', component).execute();
}

/** The traces of a thread go with it to another component, which has none. */
export async function moveTraces(tx: Transaction<Tables>, from: number, to: number): Promise<void> {
  await tx.updateTable('trace').set({ component: to }).where('component', '=', from).execute();
  await tx.updateTable('trace_function').set({ component: to }).where('component', '=', from).execute();
}

/**
 * Traces with the same fingerprint first, then those that share the most functions with what is asked for; those of one
 * rank by thread id, so that the order of arrival does not show.
 */
export async function readTracesLike(
  db: Kysely<Tables>,
  { fingerprint, functions }: Pick<StoredTrace, 'fingerprint' | 'functions'>,
  limit: number,
): Promise<StoredTrace[]> {
  const names = [...new Set(functions.map((name) => name.toWellFormed()))].slice(0, MAX_ASKED);
  const same = await db
    .selectFrom('trace')
    .innerJoin('thread', 'thread.component', 'trace.component')
    .select(['trace.component', 'place'])
    .where('fingerprint', '=', fingerprint)
    .orderBy('thread.id')
    .orderBy('place')
    .limit(limit)
    .execute();
  const near = same.length < limit && names.length > 0 ? await readSharing(db, names, limit) : [];
  const places = new Map([...same, ...near].map((place) => [`${place.component} ${place.place}`, place]));
  return readPlaces(db, [...places.values()].slice(0, limit));
}

async function readSharing(db: Kysely<Tables>, names: readonly string[], limit: number): Promise<Place[]> {
  return db
    .selectFrom('trace_function')
    .innerJoin('thread', 'thread.component', 'trace_function.component')
    .select(['trace_function.component', 'place'])
    .where('function', 'in', names)
    .groupBy(['trace_function.component', 'place', 'thread.id'])
    .orderBy(sql`COUNT(*)`, 'desc')
    .orderBy('thread.id')
    .orderBy('place')
    .limit(limit)
    .execute();
}

async function readPlaces(db: Kysely<Tables>, places: readonly Place[]): Promise<StoredTrace[]> {
  const found = new Map<string, StoredTrace>();
  for (const batch of toBatches([...new Set(places.map(({ component }) => component))])) {
    const rows = await db
      .selectFrom('trace')
      .innerJoin('thread', 'thread.component', 'trace.component')
      .selectAll('trace')
      .select(['thread.id', 'thread.document'])
      .where('trace.component', 'in', batch)
      .execute();
    for (const row of rows) {
      const { subject, startedAt } = readDocument(row.document);
      found.set(`${row.component} ${row.place}`, {
        thread: row.id,
        subject,
        date: startedAt,
        project: row.project as Project,
        kind: row.kind as TraceKind,
        title: row.title,
        culprit: row.culprit,
        fingerprint: row.fingerprint,
        functions: JSON.parse(row.functions) as string[],
      });
    }
  }
  return places.flatMap(({ component, place }) => found.get(`${component} ${place}`) ?? []);
}
