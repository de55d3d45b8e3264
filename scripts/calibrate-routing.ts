/**
 * How often a suggestion of a given score is right, on threads that the curves were not fitted on; and the fit itself:
 * `npx tsx scripts/calibrate-routing.ts [--shared DIR] [--write]`. `--write` renews `data/routing-scores.json`.
 *
 * What is right:
 * - `whole`: the labelled threads (corpus/xen-devel) with all their mails; right is whom the labels name.
 * - `first mail`: the first mail alone of each thread that has more, of the labelled threads and of the cross-posts: right is who
 *   answers later and did not begin the thread, or is added to To or Cc later, or whom the labels name.
 *
 * Lists are left out: they never answer, so that nobody can say from mail whether they were right. So are patches in the fit:
 * their owners are right whether or not they answer; their table is printed all the same. All shares are lower bounds:
 * somebody may be the right one to ask and never have written.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadBundledTrees } from '../src/routing/trees/load-bundled-trees.ts';
import { crossValidate, fit, hitAt, tell, writeTable } from './routing/fit-scores.ts';
import { weighAllFirstMails, weighLabels, type Weighed } from './routing/weigh-threads.ts';

const FOLDS = 10;
const FILE = join(import.meta.dirname, '../data/routing-scores.json');

const { values } = parseArgs({
  options: {
    shared: { type: 'string', default: join(import.meta.dirname, '../../shared') },
    write: { type: 'boolean', default: false },
  },
});

async function main(shared: string): Promise<void> {
  if (!existsSync(join(shared, 'corpus'))) {
    console.log(`skipped: no labelled mail at ${shared}; name a folder with --shared DIR`);
    return;
  }
  const trees = loadBundledTrees();
  const people = ({ candidate }: Weighed): boolean => candidate.role !== 'list';
  const whole = (await weighLabels(join(shared, 'corpus/xen-devel'), trees)).filter(people);
  const first = (await weighAllFirstMails(shared, trees)).filter(people);
  const talk = first.filter(({ genre }) => genre !== 'patch');
  const [labelled, crossPosts] = [
    talk.filter(({ from }) => from === 'labels'),
    talk.filter(({ from }) => from === 'cross-posts'),
  ];
  const all = [...whole, ...talk];
  const print = (title: string, told: ReturnType<typeof tell>): void => {
    console.log(`\n${writeTable(title, told)}`);
  };
  print(`held out, ${String(FOLDS)} parts by thread: everything`, crossValidate(all, FOLDS));
  print(`held out, ${String(FOLDS)} parts by thread: labelled threads, whole`, crossValidate(whole, FOLDS));
  print(`held out, ${String(FOLDS)} parts by thread: first mails`, crossValidate(talk, FOLDS));
  const onLabels = fit([...whole, ...labelled]);
  print('fitted on the labelled threads, told of the first mails of the cross-posts', tell(crossPosts, onLabels));
  print('fitted on the cross-posts, told of the first mails of the labelled threads', tell(labelled, fit(crossPosts)));
  const curves = fit(all);
  print(
    'patches, first mails (not fitted on)',
    tell(
      first.filter(({ genre }) => genre === 'patch'),
      curves,
    ),
  );
  for (const [what, rows] of [
    ['labelled threads, whole', whole],
    ['first mails of labelled threads', labelled],
    ['first mails of cross-posts', crossPosts],
  ] as const) {
    const said = [1, 3, 5].map((k) => ({ k, ...hitAt(rows, k) }));
    const shares = said.map(({ k, hits, threads }) => `hit@${String(k)} ${(hits / Math.max(1, threads)).toFixed(3)}`);
    console.log(`\n${what} (${String(said[0]?.threads ?? 0)} where anybody is suggested): ${shares.join(' · ')}`);
  }
  console.log(`\ncurves, fitted on everything: ${JSON.stringify(curves)}`);
  if (!values.write) return;
  const source = 'scripts/calibrate-routing.ts --write, over the labelled threads and the cross-posts';
  writeFileSync(FILE, `${JSON.stringify({ source, curves }, null, 2)}\n`);
  console.log(`written to ${FILE}`);
}

await main(values.shared);
