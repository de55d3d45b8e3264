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

const Regression = z.object({
  lastGood: z.string().nullable(),
  firstBad: z.string().nullable(),
  commit: z.string().nullable(),
});
const Label = z.object({
  genre: z.enum(GENRES),
  regression: Regression.nullable(),
  status: z.enum(STATUSES),
  acceptable: z
    .object({
      genre: z.array(z.enum(GENRES)).optional(),
      status: z.array(z.enum(STATUSES)).optional(),
      regression: z.array(Regression.nullable()).optional(),
    })
    .optional(),
  /** A reply in which a person reports that the patch broke something. */
  reportIn: z.string().optional(),
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
  const within = known.filter(({ label }) => label.reportIn !== undefined);
  const told = known.filter(({ thread, label }) => label.genre !== 'report' && tellsReport(thread));
  console.log(
    `reports in replies to other threads: ${String(within.filter(({ thread }) => tellsReport(thread)).length)} of ${String(within.length)} told, ` +
      `${String(told.filter(({ label }) => label.reportIn === undefined).length)} told where none is`,
  );
  const shares = FIELDS.map((field) => `${field} ${(hits[field] / Math.max(1, known.length)).toFixed(3)}`);
  const lost = known.filter(({ thread, label }) => label.genre === 'report' && thread.genre !== 'report').length;
  console.log(
    `verdict: ${String(known.length)} threads · ${shares.join(' · ')} · reports called otherwise ${String(lost)}`,
  );
}

/** A thread that is a report, or a patch thread whose summary names a person who reports a problem with it. */
function tellsReport({ genre, summary }: TriageThread): boolean {
  return genre === 'report' || / reports .* with it\b/.test(summary);
}

/** Regressions are compared by commit where both name one: the mail may write it short. */
function isRight(field: Field, thread: TriageThread, label: Label): boolean {
  const said = toComparable(thread[field]);
  return [label[field], ...(label.acceptable?.[field] ?? [])].some((right) => toComparable(right) === said);
}

function toComparable(value: string | z.infer<typeof Regression> | null): string {
  if (value === null || typeof value === 'string') return String(value);
  return JSON.stringify([value.lastGood, value.firstBad, value.commit?.slice(0, 12) ?? null]);
}

await main();
