import { answerMaintainers, openTree, type MaintainersQuestion } from '../routing/maintainers/answer.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { readAll } from './read-all.ts';
import { toTreeReader } from './tree-reader.ts';

interface Options {
  readonly tree: string;
  readonly file?: readonly string[];
  readonly filesFrom?: string;
  readonly each?: true;
  readonly explain?: true;
  readonly format: 'perl' | 'json';
}

/** `heddle maintainers --tree DIR`: answers for files (`-f`, `--files-from`) or for patches. */
export async function runMaintainers(
  [patches]: readonly [readonly string[]],
  options: Options,
  context: Context,
): Promise<number> {
  const tree = open(options.tree);
  const ask = await readQuestion(patches, options, context);
  const format = options.explain === true ? 'explain' : options.format;
  const { output, problems } = answerMaintainers({ ask, each: options.each === true, format }, tree);
  // The tree's own coding is kept byte for byte: these bytes are no text of strangers, and the script prints them so.
  await context.stdout.writeBytes(output);
  for (const problem of problems) await context.stderr.write(`heddle: ${problem}\n`);
  return problems.length === 0 ? EXIT.ok : EXIT.unreadable;
}

function open(folder: string): ReturnType<typeof openTree> {
  try {
    return openTree(toTreeReader(folder));
  } catch (error) {
    throw new CommandFailure(
      `${folder}: ${error instanceof Error ? error.message : String(error)}`,
      EXIT.unreadable,
      error,
    );
  }
}

async function readQuestion(
  patches: readonly string[],
  { file, filesFrom }: Options,
  context: Context,
): Promise<MaintainersQuestion['ask']> {
  if (file === undefined && filesFrom === undefined)
    return readPatches(patches.length === 0 ? ['-'] : patches, context);
  const listed = filesFrom === undefined ? [] : (await readAll(filesFrom, context)).toString('latin1').split('\n');
  const names = listed.map((name) => name.replace(/\r$/, '')).filter((name) => name !== '');
  return { kind: 'files', paths: [...(file ?? []), ...patches, ...names] };
}

async function readPatches(names: readonly string[], context: Context): Promise<MaintainersQuestion['ask']> {
  const patches: { name: string; bytes: Buffer }[] = [];
  for (const name of names) {
    patches.push({ name: name === '-' ? 'standard input' : name, bytes: await readAll(name, context) });
  }
  return { kind: 'patches', patches };
}
