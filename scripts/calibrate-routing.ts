/**
 * How often a suggestion of a given score is right: `npx tsx scripts/calibrate-routing.ts [--shared DIR]`.
 *
 * Two sources, each a table of score buckets with suggestions, those that are right, and their share. Catch-all lists and
 * whoever wrote the first mail are left out.
 *
 * - `labels`: corpus/xen-devel, whole threads; right is whom the labels name.
 * - `first mails`: the first mail alone of each thread that is a report, a question or talk, and (apart) of each patch, of the
 *   labelled threads and of the cross-posts; right is who answers later or is added to To or Cc then.
 *
 * The labels are lower bounds: somebody may be the right one to ask and never have written, and labels name those who
 * acted, not everybody who should have known. A true share is at least the one printed.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openMail } from '../src/mailbox/open-mail.ts';
import type { Suggestion } from '../src/model/routing.ts';
import type { Thread } from '../src/model/thread.ts';
import { judgeThread, lastActivity } from '../src/pipeline.ts';
import { collectMail, type Collected } from '../src/pipeline/triage-mail.ts';
import { isCatchAllList } from '../src/routing/people/section-people.ts';
import { PersonIndex } from '../src/routing/people/person-key.ts';
import { loadBundledTrees } from '../src/routing/trees/load-bundled-trees.ts';

const BUCKETS = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0];
const trees = loadBundledTrees();

/** Suggestions by score, and how many of them were right. */
class Table {
  readonly #rows = BUCKETS.map((from) => ({ from, all: 0, right: 0, sum: 0 }));

  readonly #title: string;

  constructor(title: string) {
    this.#title = title;
  }

  add(routing: readonly Suggestion[], isRight: (one: Suggestion) => boolean): void {
    for (const one of routing) {
      const row = this.#rows.find(({ from }) => one.score >= from);
      if (!row || isCatchAllList(one.address)) continue;
      row.all += 1;
      row.sum += one.score;
      if (isRight(one)) row.right += 1;
    }
  }

  print(): void {
    console.log(`\n${this.#title}\nscore   suggested  right  share  mean score`);
    for (const { from, all, right, sum } of this.#rows) {
      if (all === 0) continue;
      const [share, mean] = [right / all, sum / all].map((value) => value.toFixed(2));
      console.log(
        `${from.toFixed(1)}     ${String(all).padStart(9)}  ${String(right).padStart(5)}   ${share}        ${mean}`,
      );
    }
  }
}

async function calibrateLabels(folder: string): Promise<void> {
  const table = new Table('labels: corpus/xen-devel, whole threads');
  for (const name of readdirSync(folder).sort()) {
    const labels = JSON.parse(readFileSync(join(folder, name, 'labels.json'), 'utf8')) as {
      readonly id: string;
      readonly routing: readonly { readonly address: string | null }[];
    };
    if (labels.routing.length === 0) continue;
    const { threads, evidence } = await collectMail([openMail(join(folder, name))]);
    const thread = threads.find(({ id }) => id === labels.id) ?? threads[0];
    if (!thread) continue;
    const right = new Set(labels.routing.map(({ address }) => address?.toLowerCase()));
    const asOf = lastActivity(thread) ?? new Date();
    table.add(judgeThread(thread, evidence, { trees, asOf }).routing, ({ address }) =>
      right.has(address.toLowerCase()),
    );
  }
  table.print();
}

function addFirstMails(
  { threads, evidence }: Collected,
  tables: { readonly talk: Table; readonly patches: Table },
): void {
  for (const thread of threads) {
    const [root, ...later] = thread.messages;
    if (!root || later.length === 0) continue;
    const alone: Thread = { ...thread, messages: [root], ghosts: [] };
    const { genre, routing } = judgeThread(alone, evidence, { trees, asOf: lastActivity(alone) ?? new Date() });
    const right = new PersonIndex<true>();
    const known = new PersonIndex<true>();
    for (const address of [...root.message.to, ...root.message.cc]) known.add(true, address);
    for (const { message } of later) {
      if (message.from) right.add(true, message.from);
      for (const address of [...message.to, ...message.cc]) if (!known.find(address)) right.add(true, address);
    }
    (genre === 'patch' ? tables.patches : tables.talk).add(routing, (one) => right.find(one) === true);
  }
}

async function main(shared: string): Promise<void> {
  if (!existsSync(join(shared, 'corpus'))) {
    console.log(`skipped: no labelled mail at ${shared}; name a folder with --shared DIR`);
    return;
  }
  const folder = join(shared, 'corpus/xen-devel');
  await calibrateLabels(folder);
  const tables = {
    talk: new Table('first mails: reports, questions and talk'),
    patches: new Table('first mails: patches'),
  };
  for (const name of readdirSync(folder).sort()) {
    addFirstMails(await collectMail([openMail(join(folder, name))]), tables);
  }
  addFirstMails(await collectMail([openMail(join(shared, 'corpus/xen-cross-posts.mbox.gz'))]), tables);
  tables.talk.print();
  tables.patches.print();
}

const { values } = parseArgs({
  options: { shared: { type: 'string', default: join(import.meta.dirname, '../../shared') } },
});
await main(values.shared);
