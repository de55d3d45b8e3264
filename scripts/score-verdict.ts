/**
 * Scores genre, regression and status on threads that no rule was written for: `npx tsx scripts/score-verdict.ts [--shared DIR]`.
 *
 * Reads `corpus/xen-cross-posts.mbox.gz` of `../shared` and the labels of `test/verdict/labels/cross-posts.json` (ids only, made
 * by reading). Prints what was missed, the confusion table of the genres, and a summary line.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { openMail } from '../src/mailbox/open-mail.ts';
import type { TriageThread } from '../src/model/triage.ts';
import { GENRES, STATUSES } from '../src/model/verdict.ts';
import { triageMail } from '../src/pipeline/triage-mail.ts';
import { loadBundledTrees } from '../src/routing/trees/load-bundled-trees.ts';

const Label = z.object({
  genre: z.enum(GENRES),
  regression: z
    .object({ lastGood: z.string().nullable(), firstBad: z.string().nullable(), commit: z.string().nullable() })
    .nullable(),
  status: z.enum(STATUSES),
  acceptable: z
    .object({ genre: z.array(z.enum(GENRES)).optional(), status: z.array(z.enum(STATUSES)).optional() })
    .optional(),
});
const Labels = z.object({ threads: z.record(z.string(), Label) });

type Label = z.infer<typeof Label>;
const FIELDS = ['genre', 'regression', 'status'] as const;
type Field = (typeof FIELDS)[number];

const { values } = parseArgs({
  options: { shared: { type: 'string', default: join(import.meta.dirname, '../../shared') } },
});

async function main(): Promise<void> {
  const archive = join(values.shared, 'corpus/xen-cross-posts.mbox.gz');
  if (!existsSync(archive)) {
    console.log(`skipped: no ${archive}; name a folder with --shared DIR`);
    return;
  }
  const { threads: labels } = Labels.parse(
    JSON.parse(readFileSync(join(import.meta.dirname, '../test/verdict/labels/cross-posts.json'), 'utf8')),
  );
  const { document } = await triageMail([openMail(archive)], { trees: loadBundledTrees(), asOf: new Date() });
  const confusion = new Map<string, number>();
  const hits: Record<Field, number> = { genre: 0, regression: 0, status: 0 };
  const known = document.threads.flatMap((thread) =>
    labels[thread.id] ? [{ thread, label: labels[thread.id] as Label }] : [],
  );
  for (const { thread, label } of known) {
    const pair = `${label.genre} → ${thread.genre}`;
    confusion.set(pair, (confusion.get(pair) ?? 0) + 1);
    for (const field of FIELDS) {
      if (isRight(field, thread, label)) hits[field] += 1;
      else
        console.log(
          `missed ${field}: ${JSON.stringify(thread[field])}, labelled ${JSON.stringify(label[field])}: ${thread.id}`,
        );
    }
  }
  for (const [pair, number] of [...confusion].sort()) console.log(`${pair.padEnd(32)} ${String(number).padStart(4)}`);
  const shares = FIELDS.map((field) => `${field} ${(hits[field] / Math.max(1, known.length)).toFixed(3)}`);
  const lost = known.filter(({ thread, label }) => label.genre === 'report' && thread.genre !== 'report').length;
  console.log(
    `verdict: ${String(known.length)} threads · ${shares.join(' · ')} · reports called otherwise ${String(lost)}`,
  );
}

/** Only what a report says of a regression is labelled; a patch's own words about one are not. */
function isRight(field: Field, thread: TriageThread, label: Label): boolean {
  if (field === 'regression')
    return label.genre !== 'report' || JSON.stringify(thread.regression) === JSON.stringify(label.regression);
  const others: readonly string[] = label.acceptable?.[field] ?? [];
  return thread[field] === label[field] || others.includes(thread[field]);
}

await main();
