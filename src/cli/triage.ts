import { writeThreadCard } from '../digest/thread-card.ts';
import { triageMail } from '../pipeline/triage-mail.ts';
import { tellCuts, tellFailures, type Context } from './context.ts';
import { EXIT } from './failure.ts';
import { toKnowledge } from './knowledge.ts';
import { openWitness } from './open-witness.ts';
import { startProgress } from './progress.ts';
import { openPaths } from './sources.ts';
import { writeDocument } from './write-document.ts';

/** `heddle triage PATH...`: the triage document of the given mail, or a card for each thread. */
export async function runTriage(
  [paths]: readonly [readonly string[]],
  { json, asOf }: { readonly json?: true; readonly asOf?: string },
  context: Context,
): Promise<number> {
  const progress = startProgress(context, 'mails');
  const knowledge = toKnowledge(context, asOf);
  const witness = openWitness(context);
  const { document, failures, cuts } = await triageMail(openPaths(paths, context), {
    ...knowledge,
    onMail: progress.at,
    witness,
  });
  progress.end();
  if (json === true) await writeDocument(document.threads, context.stdout);
  else {
    for (const [index, thread] of document.threads.entries()) {
      await context.stdout.write(`${index === 0 ? '' : '\n\n'}${writeThreadCard(thread, context.style)}`);
    }
  }
  await witness?.tell();
  await tellCuts(context, cuts);
  await tellFailures(context, failures);
  return failures.length === 0 ? EXIT.ok : EXIT.unreadable;
}
