import { join, resolve } from 'node:path';
import { cloneRepository, fetchRepository, isAddress } from '../edges/trees/clone.ts';
import { openSource } from '../edges/trees/open-source.ts';
import { isTreeName, type TreeFolder } from '../edges/trees/tree-folder.ts';
import { writeSafeJson } from '../lib/safe-json.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import { indexTree, type IndexedTree } from '../pipeline/index-tree.ts';
import { listBundledTrees } from '../routing/trees/load-bundled-trees.ts';
import { note, type Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { readDate } from './knowledge.ts';
import { treeFolder } from './load-trees.ts';

interface AddOptions {
  readonly asOf?: string;
  readonly date?: string;
  readonly label?: string;
  readonly json?: true;
}

/** `heddle trees add NAME DIR|URL`: reads a tree and keeps what routing needs of it. */
export async function runTreesAdd(
  [name, source]: readonly [string, string],
  options: AddOptions,
  context: Context,
): Promise<number> {
  needName(name);
  needDay(options.date);
  const asOf = options.asOf === undefined ? null : readDate(options.asOf);
  const folder = treeFolder(context);
  if (folder.has(name)) {
    throw new CommandFailure(`there is a tree ${name} already: heddle trees update ${name} reads it again`, EXIT.usage);
  }
  const isClone = isAddress(source);
  const wish = {
    name,
    origin: isClone ? source : resolve(source),
    pinned: options.asOf ?? null,
    said: { date: options.date ?? null, label: options.label ?? null },
  };
  if (isClone) await context.stderr.write(`heddle: copying ${toSafeLine(source, 300)}, with its history\n`);
  const tree = attempt(source, () =>
    folder.work(name, (scratch) => {
      const clone = join(scratch, 'clone.git');
      if (isClone) cloneRepository(source, clone, context.env);
      const made = indexTree(openSource(isClone ? clone : wish.origin, { asOf, isClone }), wish);
      folder.keep(made, { as: 'new', scratch, ...(isClone ? { clone } : {}) });
      return made;
    }),
  );
  await tell('added', [tree], options, context);
  return EXIT.ok;
}

/** `heddle trees update [NAME]`: reads trees again; each stands or falls by itself. */
export async function runTreesUpdate(
  [name]: readonly [string | undefined],
  options: { readonly json?: true },
  context: Context,
): Promise<number> {
  const folder = treeFolder(context);
  if (name !== undefined) needAdded(name, folder);
  const names = name === undefined ? folder.list().map((found) => found.name) : [name];
  const failed: string[] = [];
  const made: IndexedTree[] = [];
  for (const one of names) {
    try {
      made.push(updateTree(one, folder, context));
    } catch (error) {
      failed.push(`${one}: ${error instanceof Error ? error.message : String(error)}; it stays as it was`);
    }
  }
  await tell('updated', made, options, context);
  for (const line of failed) await context.stderr.write(`heddle: ${toSafeLine(line, 500)}\n`);
  if (names.length === 0) await context.stderr.write('heddle: no tree was added yet (heddle trees add NAME DIR|URL)\n');
  return failed.length === 0 ? EXIT.ok : EXIT.unreadable;
}

function updateTree(name: string, folder: TreeFolder, context: Context): IndexedTree {
  const { about } = folder.open(name);
  return folder.work(name, (scratch) => {
    const isClone = about.kind === 'clone';
    const place = isClone ? folder.cloneOf(name) : about.origin;
    if (isClone && about.pinned === null) fetchRepository(place, context.env);
    const asOf = about.pinned === null ? null : readDate(about.pinned);
    const made = indexTree(openSource(place, { asOf, isClone }), about);
    folder.keep(made, { as: 'again', scratch });
    return made;
  });
}

/** `heddle trees remove NAME`. */
export async function runTreesRemove([name]: readonly [string], _options: object, context: Context): Promise<number> {
  const folder = treeFolder(context);
  needAdded(name, folder);
  folder.remove(name);
  const isBack = listBundledTrees().some((bundled) => bundled.name === name);
  await context.stdout.write(`removed ${name}${isBack ? '; the one that comes with heddle counts again' : ''}\n`);
  return EXIT.ok;
}

function needName(name: string): void {
  if (isTreeName(name)) return;
  throw new CommandFailure(
    `${name} is no name for a tree: letters, digits, dot, plus, minus and underscore, at most 64`,
    EXIT.usage,
  );
}

function needDay(date: string | undefined): void {
  if (date === undefined) return;
  if (!/^\d{4}-\d\d(?:-\d\d)?$/.test(date) || Number.isNaN(Date.parse(date))) {
    throw new CommandFailure(`${date} is no day: write it as YYYY-MM-DD, or YYYY-MM`, EXIT.usage);
  }
}

/** The tree has to be one that somebody added. */
export function needAdded(name: string, folder: TreeFolder): void {
  if (folder.has(name)) return;
  const isBundled = listBundledTrees().some((bundled) => bundled.name === name);
  const why = isBundled
    ? 'comes with heddle, and stays as it is'
    : 'is no tree that was added (heddle trees lists them)';
  throw new CommandFailure(`${toSafeLine(name, 100)} ${why}`, EXIT.usage);
}

function attempt<T>(source: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new CommandFailure(
      `${source}: ${error instanceof Error ? error.message : String(error)}`,
      EXIT.unreadable,
      error,
    );
  }
}

async function tell(
  what: string,
  made: readonly IndexedTree[],
  { json }: { readonly json?: true },
  context: Context,
): Promise<void> {
  if (json === true) await context.stdout.write(`${writeSafeJson({ trees: made.map(({ about }) => about) })}\n`);
  for (const { about, unread } of made) {
    const { name, label, date, files, functions } = about;
    const line = `${what} ${name}: ${label} as of ${date}, ${files} files, ${functions} functions`;
    if (json !== true) await context.stdout.write(`${toSafeLine(line, 500)}\n`);
    if (unread.length > 0)
      await context.stderr.write(`heddle: ${unread.length} files of ${name} were not read (-v names them)\n`);
    for (const path of unread.slice(0, 100)) await note(context, `${path}: too large, or no plain file`);
  }
}
