/**
 * The most severe reports of mail that nobody labelled, to be read whole:
 *
 *     npx tsx scripts/list-severe.ts [PATH] [--top 40]
 *
 * Prints how many threads are of which kind, how many reports have which symptom and status, and then the reports, the worst first.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openMail } from '../src/mailbox/open-mail.ts';
import type { TriageThread } from '../src/model/triage.ts';
import { triageMail } from '../src/pipeline/triage-mail.ts';
import { loadBundledTrees } from '../src/routing/trees/load-bundled-trees.ts';

const CORPUS = join(import.meta.dirname, '../../shared/corpus/xen-cross-posts.mbox.gz');

const { values, positionals } = parseArgs({
  options: { top: { type: 'string', default: '40' } },
  allowPositionals: true,
});

function count(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .map(([word, times]) => `${String(times)} ${word}`)
    .join(', ');
}

function describe({ regression, people, routing, ...thread }: TriageThread): string[] {
  const ends =
    regression && `${regression.lastGood ?? '?'} .. ${regression.firstBad ?? '?'} ${regression.commit ?? ''}`;
  const last = people.lastMaintainer;
  return [
    `${String(thread.severity).padStart(4)}  ${thread.subject}`,
    `      <${thread.id}> ${thread.startedAt?.slice(0, 10) ?? 'undated'}, ${String(thread.messages.length)} mails`,
    `      ${[thread.status, ...thread.symptoms].join(', ')}${ends ? `; regression ${ends.trim()}` : ''}`,
    ...thread.traces.slice(0, 2).map(({ kind, title }) => `      ${kind}: ${title}`),
    ...(thread.fixes ?? []).slice(0, 2).map((fix) => `      patch by ${fix.by}: <${fix.thread}> ${fix.status}`),
    `      ${thread.summary}`,
    `      for ${
      routing
        .slice(0, 3)
        .map(({ address, section }) => `${address} (${section ?? '-'})`)
        .join(', ') || 'nobody'
    }`,
    ...(last ? [`      last word ${last.address}, ${last.role} of ${last.section}, ${last.date ?? 'undated'}`] : []),
  ];
}

async function main(): Promise<void> {
  const path = positionals[0] ?? CORPUS;
  if (!existsSync(path)) {
    console.log(`skipped: no ${path}; name an archive`);
    return;
  }
  const { document } = await triageMail([openMail(path)], { trees: loadBundledTrees(), asOf: new Date() });
  const reports = document.threads.filter(({ genre }) => genre === 'report');
  console.log(`${String(document.threads.length)} threads: ${count(document.threads.map(({ genre }) => genre))}`);
  console.log(`${String(reports.length)} reports: ${count(reports.flatMap(({ symptoms }) => symptoms))}`);
  console.log(`their states: ${count(reports.map(({ status }) => status))}`);
  const worst = reports.sort((a, b) => b.severity - a.severity || (a.id < b.id ? -1 : 1)).slice(0, Number(values.top));
  for (const thread of worst) console.log(['', ...describe(thread)].join('\n'));
}

await main();
