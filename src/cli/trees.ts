import { writeSafeJson } from '../lib/safe-json.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import { listBundledTrees } from '../routing/trees/load-bundled-trees.ts';
import type { Context } from './context.ts';
import { EXIT } from './failure.ts';
import { treeFolder } from './load-trees.ts';

/** A tree as it is listed. */
interface Row {
  readonly name: string;
  readonly dialect: string;
  readonly kind: string;
  readonly label: string;
  readonly date: string;
  readonly files: number | null;
  readonly functions: number | null;
  /** In bytes; `null` for what comes with heddle. */
  readonly size: number | null;
  readonly origin: string;
}

/** `heddle trees`: every tree that routing knows, the added ones first. */
export async function runTrees(
  _args: readonly [],
  { json }: { readonly json?: true },
  context: Context,
): Promise<number> {
  const found = treeFolder(context).list();
  const rows = found.flatMap((one): Row[] => {
    if (one.kind === 'damaged') return [];
    const { name, dialect, kind, label, date, files, functions, origin } = one.tree.about;
    return [{ name, dialect, kind, label, date, files, functions, size: one.tree.size, origin }];
  });
  const damaged = found.flatMap((one) => (one.kind === 'damaged' ? [one] : []));
  const all = [...rows, ...listBundled(new Set(found.map(({ name }) => name)))];
  if (json === true) await context.stdout.write(`${writeSafeJson({ trees: all })}\n`);
  else await writeTable(all, context);
  for (const { name, reason } of damaged) {
    await context.stderr.write(`heddle: ${toSafeLine(reason, 500)} (heddle trees remove ${name})\n`);
  }
  return damaged.length === 0 ? EXIT.ok : EXIT.unreadable;
}

function listBundled(taken: ReadonlySet<string>): Row[] {
  return listBundledTrees()
    .filter(({ name }) => !taken.has(name))
    .map(({ name, tree: { project, label, date, symbols } }) => ({
      name,
      dialect: project,
      kind: 'bundled',
      label,
      date,
      files: symbols().files().length,
      functions: symbols().size(),
      size: null,
      origin: 'comes with heddle',
    }));
}

async function writeTable(rows: readonly Row[], { stdout, style }: Context): Promise<void> {
  const heads = ['name', 'dialect', 'kind', 'as of', 'files', 'functions', 'size', 'what and where from'];
  const cells = rows.map(({ name, dialect, kind, date, files, functions, size, label, origin }) => [
    name,
    dialect,
    kind,
    date,
    files === null ? '' : String(files),
    functions === null ? '' : String(functions),
    size === null ? '' : `${(size / 1024 / 1024).toFixed(1)} MB`,
    `${label === name ? '' : `${label}, `}${origin}`,
  ]);
  const widths = heads.map((head, column) => Math.max(head.length, ...cells.map((row) => (row[column] ?? '').length)));
  const isNumber = (column: number) => column >= 4 && column <= 6;
  const toLine = (row: readonly string[]) =>
    row
      .map((cell, column) => (isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  await stdout.write(`${style.dim(toLine(heads))}\n`);
  for (const row of cells) await stdout.write(`${toSafeLine(toLine(row), 1000)}\n`);
}
