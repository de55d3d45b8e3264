import { writeCheck } from '../digest/check-lines.ts';
import { writeSafeJson } from '../lib/safe-json.ts';
import { checkText } from '../pipeline/check-text.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { toKnowledge } from './knowledge.ts';
import { readAll } from './read-all.ts';

/** `heddle check [PATH]`: what a draft or a pasted log says, what it lacks, whom to tell, before it is sent. */
export async function runCheck(
  [path]: readonly [string?],
  { json }: { readonly json?: true },
  context: Context,
): Promise<number> {
  if (path === undefined && context.stdin.isTTY === true) {
    await context.stderr.write('heddle: paste the mail or the log, then press Ctrl-D\n');
  }
  const text = await readAll(path ?? '-', context);
  if (text.toString('latin1').trim() === '') throw new CommandFailure('there is nothing to check: the input is empty');
  const checked = await checkText(text, toKnowledge(context, undefined));
  await context.stdout.write(json === true ? `${writeSafeJson(checked)}\n` : writeCheck(checked, context.style));
  return EXIT.ok;
}
