import { copyStore } from '../edges/store/copy-store.ts';
import type { OpenDatabase } from '../edges/store/open-database.ts';
import { openDatabase } from '../edges/store/open-store.ts';
import { toShownPlace } from '../edges/store/store-place.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { startProgress } from './progress.ts';
import { needPlace, toServerOptions } from './with-store.ts';

/** `heddle store copy FROM TO`: ends with one line that says how much was copied. */
export async function runCopy(
  [from, to]: readonly [string, string],
  _option: object,
  context: Context,
): Promise<number> {
  if (from === to) throw new CommandFailure(`${toShownPlace(from)} cannot be copied into itself`, EXIT.usage);
  needPlace(from, 'exist');
  needPlace(to, 'be-made');
  const server = toServerOptions(context);
  const open: OpenDatabase[] = [];
  const progress = startProgress(context, 'rows copied');
  try {
    const source = await openDatabase(from, { ...server, empty: 'refuse' });
    open.push(source);
    const target = await openDatabase(to, server);
    open.push(target);
    const { mails, rows } = await copyStore(source, { ...target, shown: toShownPlace(to) }, progress.at);
    progress.end();
    await context.stdout.write(`copied ${mails} mails, ${rows} rows in all, to ${toShownPlace(to)}\n`);
    return EXIT.ok;
  } finally {
    progress.end();
    for (const { db } of open) await db.destroy();
  }
}
