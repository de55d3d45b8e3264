import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { openSqliteStore } from '../../src/edges/store/open-sqlite-store.ts';
import type { Head } from '../../src/model/thread.ts';
import type { TriageThread } from '../../src/model/triage.ts';
import { judgeThread } from '../../src/pipeline.ts';
import type { Trees } from '../../src/routing/trees/trees.ts';
import type { Store } from '../../src/ports.ts';
import { buildThreads } from '../../src/thread/build-threads.ts';
import { uniteCopies } from '../../src/thread/unite-copies.ts';
import { Tally, type Score } from './score.ts';

const Label = z.object({
  id: z.string(),
  genre: z.string().optional(),
  status: z.string().optional(),
  duplicateOf: z.string().nullable().optional(),
  routing: z.array(z.object({ address: z.string() })).optional(),
});
const Labels = z.object({ threads: z.array(Label) });
type Label = z.infer<typeof Label>;

/** How many suggestions a maintainer looks at. */
const LOOKED_AT = 3;

/**
 * Scores what people corrected (`heddle correct --export`): each labelled thread of the store is judged by the rules alone, without
 * the corrections, and compared with what was said of it.
 */
export async function scoreLabels(
  { labels, store: file }: { readonly labels: string; readonly store: string },
  knowledge: { readonly trees: Trees; readonly asOf: Date },
): Promise<Score[]> {
  const { threads } = Labels.parse(JSON.parse(readFileSync(labels, 'utf8')));
  const store = await openSqliteStore(file, { unite: uniteCopies });
  const tallies = {
    known: new Tally('corrected threads in the store', 'known'),
    genre: new Tally('corrected: genre', 'genre'),
    status: new Tally('corrected: status', 'status'),
    duplicateOf: new Tally('corrected: duplicate of'),
    routing: new Tally(`corrected: routing hit@${String(LOOKED_AT)}`, `hit@${String(LOOKED_AT)}`),
  };
  try {
    for (const label of threads) {
      const found = await judgeStored(label.id, store, knowledge);
      tallies.known.add(found !== null, `${label.id}: not there`);
      if (found) compare(label, found, tallies);
    }
  } finally {
    await store.close();
  }
  return Object.values(tallies)
    .map((tally) => tally.score())
    .filter(({ cases }) => cases > 0);
}

async function judgeStored(
  id: string,
  store: Store,
  knowledge: { readonly trees: Trees; readonly asOf: Date },
): Promise<TriageThread | null> {
  const mails = await store.mails(id);
  const evidence = new Map(mails.map((one) => [one.message.id, one.evidence]));
  const threads = buildThreads<Head>(mails.map(({ message }) => message));
  const thread = threads.find((one) => one.id === id) ?? threads[0];
  return thread ? judgeThread(thread, evidence, knowledge) : null;
}

function compare(
  { id, genre, status, duplicateOf, routing }: Label,
  found: TriageThread,
  tallies: Readonly<Record<'genre' | 'status' | 'duplicateOf' | 'routing', Tally>>,
): void {
  if (genre !== undefined) tallies.genre.add(found.genre === genre, `${id}: ${found.genre}, not ${genre}`);
  if (status !== undefined) tallies.status.add(found.status === status, `${id}: ${found.status}, not ${status}`);
  if (duplicateOf !== undefined) {
    const said = String(found.duplicateOf);
    tallies.duplicateOf.add(found.duplicateOf === duplicateOf, `${id}: ${said}, not ${String(duplicateOf)}`);
  }
  const first = found.routing.slice(0, LOOKED_AT).map(({ address }) => address);
  for (const { address } of routing ?? []) {
    tallies.routing.add(first.includes(address), `${id}: ${address} not in [${first.join(' ')}]`);
  }
}
