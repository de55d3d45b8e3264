import type { Kysely, Transaction } from 'kysely';
import type { TriageThread } from '../../model/triage.ts';
import type { TagCount, ThreadTag } from '../../ports.ts';
import { toBatches } from './batches.ts';
import type { Tables } from './tables.ts';

/** A thread of thousands of people must not fill the store. */
const MAX_TAGS_OF_A_KIND = 200;
const MAX_VALUE = 300;

const VERSION_KEYS: ReadonlySet<string> = new Set(['xen-version', 'kernel-version', 'qemu-version', 'libvirt-version']);

/** `4.19.1-rc2` is looked for as such, and as 4.19. */
const SERIES = /^\d{1,4}\.\d{1,4}/;

/** What a thread is found by beside its genre and status: one row for each kind of tag. */
const TAGS: Readonly<Record<ThreadTag['kind'], (thread: TriageThread) => readonly (string | null)[]>> = {
  symptom: ({ symptoms }) => symptoms,
  component: ({ component }) => [component ?? null],
  section: ({ routing }) => routing.map(({ project, section }) => (section === null ? null : `${project}/${section}`)),
  side: ({ traces, routing: [first] }) => [...traces.map(({ project }) => project), first?.project ?? null],
  version: ({ environment, regression }) =>
    [
      ...environment.filter(({ key }) => VERSION_KEYS.has(key)).map(({ value }) => value),
      regression?.lastGood ?? null,
      regression?.firstBad ?? null,
    ].flatMap((version) => (version === null ? [] : [version, SERIES.exec(version)?.[0] ?? null])),
  person: ({ people: { participants, to, cc } }) => [...participants, ...to, ...cc].map(toAddress),
  suggested: ({ routing }) => routing.map(toAddress),
  missing: ({ routing }) => routing.filter(({ addressed }) => !addressed).map(toAddress),
  unanswered: ({ people: { participants } }) => [participants.length === 1 ? 'yes' : null],
};

function toAddress({ address }: { readonly address: string }): string {
  return address.toLowerCase();
}

/** Writes the tags of a thread in place of those that it had. */
export async function writeTags(tx: Transaction<Tables>, component: number, thread: TriageThread): Promise<void> {
  await dropTags(tx, component);
  const last_activity = thread.lastActivityAt ?? '';
  const rows = Object.entries(TAGS).flatMap(([kind, find]) => {
    const values = find(thread).flatMap((value) => (value === null || value === '' ? [] : [toValue(value)]));
    return [...new Set(values)]
      .slice(0, MAX_TAGS_OF_A_KIND)
      .map((value) => ({ kind, value, component, last_activity }));
  });
  for (const batch of toBatches(rows)) await tx.insertInto('thread_tag').values(batch).execute();
}

/** A value as the store's key columns hold it. */
export function toValue(value: string): string {
  return value.slice(0, MAX_VALUE).toWellFormed().replaceAll('\0', '\uFFFD');
}

/** Forgets the tags of a thread. */
export async function dropTags(tx: Transaction<Tables>, component: number): Promise<void> {
  await tx.deleteFrom('thread_tag').where('component', '=', component).execute();
}

/** The tags of a thread go with it to another component, which has none. */
export async function moveTags(tx: Transaction<Tables>, from: number, to: number): Promise<void> {
  await tx.updateTable('thread_tag').set({ component: to }).where('component', '=', from).execute();
}

/** How many threads have each value of a kind of tag, the most first. */
export async function countTags(db: Kysely<Tables>, kind: ThreadTag['kind'], limit: number): Promise<TagCount[]> {
  const rows = await db
    .selectFrom('thread_tag')
    .select(({ fn }) => ['value', fn.countAll<number>().as('threads')])
    .where('kind', '=', kind)
    .groupBy('value')
    .orderBy('threads', 'desc')
    .orderBy('value')
    .limit(limit)
    .execute();
  return rows.map(({ value, threads }) => ({ value, threads: Number(threads) }));
}
