import { writeCheck } from '../digest/check-lines.ts';
import { writeSafeJson } from '../lib/safe-json.ts';
import { checkText } from '../pipeline/check-text.ts';
import { tellCuts, type Context } from './context.ts';
import { EXIT } from './failure.ts';
import { toKnowledge } from './knowledge.ts';
import { readDraft } from './read-draft.ts';

/** `heddle check [PATH]`: what a draft or a pasted log says, what it lacks, whom to tell, before it is sent. */
export async function runCheck(
  [path]: readonly [string?],
  { json }: { readonly json?: true },
  context: Context,
): Promise<number> {
  if (path === undefined && context.stdin.isTTY === true) {
    await context.stderr.write('heddle: paste the mail or the log, then press Ctrl-D\n');
  }
  const text = await readDraft(path ?? '-', context);
  const checked = checkText(text, toKnowledge(context, undefined));
  await context.stdout.write(json === true ? `${writeSafeJson(checked)}\n` : writeCheck(checked, context.style));
  if (checked.cut !== null) await tellCuts(context, [{ origin: path ?? 'standard input', reason: checked.cut }]);
  return EXIT.ok;
}
