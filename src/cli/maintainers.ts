import { existsSync } from 'node:fs';
import { openSourceGit } from '../edges/git/source-git.ts';
import { answerMaintainers, openTree, type MaintainersQuestion, type OpenTree } from '../routing/maintainers/answer.ts';
import { GIT_DEFAULTS, type GitModes } from '../routing/maintainers/git/git-question.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { readCount } from './knowledge.ts';
import { findNamedTree } from './named-tree.ts';
import { readAll } from './read-all.ts';
import { toTreeReader } from './tree-reader.ts';

interface Options extends GitOptions {
  readonly tree: string;
  readonly file?: readonly string[];
  readonly filesFrom?: string;
  readonly each?: true;
  readonly explain?: true;
  readonly format: 'perl' | 'json';
}

/** The modes of git, in the words of the scripts. */
interface GitOptions {
  readonly git?: true;
  readonly gitFallback?: true;
  readonly gitBlame?: true;
  readonly fixes?: true;
  readonly gitAllSignatureTypes?: true;
  readonly gitSince?: string;
  readonly gitMinSignatures?: string;
  readonly gitMaxMaintainers?: string;
  readonly gitMinPercent?: string;
  readonly rolestats?: boolean;
}

/** `heddle maintainers --tree DIR|NAME`: answers for files (`-f`, `--files-from`) or for patches. */
export async function runMaintainers(
  [patches]: readonly [readonly string[]],
  options: Options,
  context: Context,
): Promise<number> {
  const git = toModes(options);
  const tree = await open(options.tree, context);
  if (tree.git === undefined && (git.signers || git.fallback || git.blame || git.fixes)) {
    await context.stderr.write(`heddle: ${options.tree} is no git checkout: its history is not asked\n`);
  }
  const ask = await readQuestion(patches, options, context);
  const format = options.explain === true ? 'explain' : options.format;
  const { output, problems } = answerMaintainers({ ask, each: options.each === true, format, git }, tree);
  // The tree's own coding is kept byte for byte: these bytes are no text of strangers, and the script prints them so.
  await context.stdout.writeBytes(output);
  for (const problem of problems) await context.stderr.write(`heddle: ${problem}\n`);
  return problems.length === 0 ? EXIT.ok : EXIT.unreadable;
}

function toModes(options: GitOptions): GitModes {
  const count = (text: string | undefined, name: string, otherwise: number): number => {
    if (text === undefined) return otherwise;
    // None is as good a limit as any other.
    return text === '0' ? 0 : readCount(text, name);
  };
  return {
    signers: options.git === true,
    fallback: options.gitFallback === true,
    blame: options.gitBlame === true,
    fixes: options.fixes === true,
    allTypes: options.gitAllSignatureTypes === true,
    since: options.gitSince ?? GIT_DEFAULTS.since,
    minSignatures: count(options.gitMinSignatures, '--git-min-signatures', GIT_DEFAULTS.minSignatures),
    maxMaintainers: count(options.gitMaxMaintainers, '--git-max-maintainers', GIT_DEFAULTS.maxMaintainers),
    minPercent: count(options.gitMinPercent, '--git-min-percent', GIT_DEFAULTS.minPercent),
    figures: options.rolestats ?? null,
  };
}

/** A folder, or else an added tree of that name. */
async function open(folder: string, context: Context): Promise<OpenTree> {
  try {
    const named = existsSync(folder) ? null : findNamedTree(folder, context);
    if (!existsSync(folder) && !named)
      throw new Error('there is no such folder, and no tree was added under that name');
    if (named && named.folder === null) {
      if (!named.hasText) {
        await context.stderr.write(
          `heddle: the sources of ${folder} are not at hand: keywords in files are not searched\n`,
        );
      }
      return openTree(named.reader, named.dialect);
    }
    const place = named?.folder ?? folder;
    return openTree(toTreeReader(place), undefined, openSourceGit(place, context.env));
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
