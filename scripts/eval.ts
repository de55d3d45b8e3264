/**
 * Scores heddle on labelled mail: `npm run eval [-- --misses FIELD] [--shared DIR] [--trees DIR]`, or
 * `npm run eval -- --labels FILE [--store FILE]` for what people corrected (`heddle correct --export FILE`).
 *
 * Reads `../shared` (or `--shared DIR`): `bench/traces` (mangled mails with the frames expected), `bench/titles` (console
 * logs with the titles that syzkaller gives them) and `corpus/xen-devel` (threads with labels). Prints a row for each field
 * with hits, cases and share, with `--misses FIELD` (or `all`) what was missed, and ends with one summary line.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadTrees } from '../src/cli/load-trees.ts';
import { readConfig } from '../src/config.ts';
import { loadBundledTrees } from '../src/routing/trees/load-bundled-trees.ts';
import { scoreCorpus } from './eval/score-corpus.ts';
import { scoreFirstMails } from './eval/score-first-mails.ts';
import { scoreLabels } from './eval/score-labels.ts';
import { scoreTitles } from './eval/score-titles.ts';
import { scoreTraces } from './eval/score-traces.ts';
import type { Score } from './eval/score.ts';

const { values } = parseArgs({
  options: {
    misses: { type: 'string' },
    trees: { type: 'string' },
    labels: { type: 'string' },
    store: { type: 'string', default: 'heddle.db' },
    shared: { type: 'string', default: join(import.meta.dirname, '../../shared') },
  },
});

async function main(): Promise<void> {
  const knowledge = {
    trees:
      values.trees === undefined
        ? loadBundledTrees()
        : loadTrees({ config: readConfig({ HEDDLE_TREES: values.trees }) }, null),
    asOf: new Date(),
  };
  if (values.labels !== undefined) {
    print(await scoreLabels({ labels: values.labels, store: values.store }, knowledge));
    return;
  }
  const shared = values.shared;
  if (!existsSync(join(shared, 'corpus'))) {
    console.log(`skipped: no labelled mail at ${shared}; name a folder with --shared DIR`);
    return;
  }
  print([
    ...(await scoreTraces(join(shared, 'bench/traces'), knowledge)),
    ...(await scoreTitles(join(shared, 'bench/titles'))),
    ...(await scoreCorpus(join(shared, 'corpus/xen-devel'), knowledge)),
    ...(await scoreFirstMails(join(shared, 'corpus/xen-devel'), knowledge)),
  ]);
}

function print(scores: readonly Score[]): void {
  for (const score of scores) console.log(toRow(score));
  if (values.misses !== undefined) for (const score of scores) printMisses(score, values.misses);
  console.log(toSummary(scores));
}

function toRow({ field, hits, cases }: Score): string {
  const share = cases === 0 ? '-' : (hits / cases).toFixed(3);
  return `${field.padEnd(34)} ${String(hits).padStart(5)} of ${String(cases).padStart(5)}   ${share}`;
}

function printMisses({ field, misses }: Score, wanted: string): void {
  if (wanted !== 'all' && !field.startsWith(wanted)) return;
  console.log(`\n${field}: ${misses.length} missed`);
  for (const miss of misses) console.log(`  ${miss}`);
}

function toSummary(scores: readonly Score[]): string {
  const parts = scores.filter(({ summary }) => summary !== undefined);
  return `eval: ${parts.map(({ summary, hits, cases }) => `${summary ?? ''} ${(hits / Math.max(1, cases)).toFixed(3)}`).join(' · ')}`;
}

await main();
