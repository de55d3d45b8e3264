import { writeSafeJson } from '../lib/safe-json.ts';
import { importMail } from '../pipeline/import-mail.ts';
import { bringSources } from '../pipeline/jobs/bring-mails.ts';
import { tellCuts, tellFailures, type Context } from './context.ts';
import { EXIT } from './failure.ts';
import { toKnowledge } from './knowledge.ts';
import { openWitness } from './open-witness.ts';
import { startProgress, type Progress } from './progress.ts';
import { openPaths } from './sources.ts';
import { withStore, type StoreOption } from './with-store.ts';

interface Options extends StoreOption {
  readonly json?: true;
  readonly later?: true;
}

/** `heddle import PATH...`: ends with one line, `imported N new, M already known, K threads, F failed`. */
export async function runImport(
  [paths]: readonly [readonly string[]],
  option: Options,
  context: Context,
): Promise<number> {
  if (option.later === true) return bringLater(paths, option, context);
  const witness = openWitness(context);
  const { added, known, threads, failures, cuts } = await withStore(
    { option, context, must: 'be-made' },
    async (store) => {
      const mails = startProgress(context, 'mails read');
      const judged: Progress[] = [];
      const result = await importMail(openPaths(paths, context), {
        store,
        ...toKnowledge(context, undefined),
        witness,
        onMail: mails.at,
        onJudged: (count) => {
          mails.end();
          if (judged.length === 0) judged.push(startProgress(context, 'threads judged'));
          judged[0]?.at(count);
        },
      });
      mails.end();
      judged[0]?.end();
      return result;
    },
  );
  await witness?.tell();
  await tellCuts(context, cuts);
  await tellFailures(context, failures);
  const failed = failures.length;
  await context.stdout.write(
    option.json === true
      ? `${writeSafeJson({ added, known, threads, failures })}\n`
      : `imported ${added} new, ${known} already known, ${threads} threads, ${failed} failed\n`,
  );
  return failed === 0 ? EXIT.ok : EXIT.unreadable;
}

/** `heddle import --later`: workers see within their pause what lies there. */
async function bringLater(paths: readonly string[], option: Options, context: Context): Promise<number> {
  const mails = startProgress(context, 'mails read');
  const { added, known, failures } = await withStore({ option, context, must: 'be-made' }, (store) =>
    bringSources(openPaths(paths, context), store, mails.at),
  );
  mails.end();
  await tellFailures(context, failures);
  await context.stdout.write(
    option.json === true
      ? `${writeSafeJson({ added, known, failures })}\n`
      : `${added} new mails wait for heddle work, ${known} already known, ${failures.length} failed\n`,
  );
  return failures.length === 0 ? EXIT.ok : EXIT.unreadable;
}
