import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { openSqliteStore } from '../edges/store/open-sqlite-store.ts';
import type { Store } from '../ports.ts';
import { uniteCopies } from '../thread/unite-copies.ts';
import type { Context } from './context.ts';
import { CommandFailure } from './failure.ts';

/** The option that every command with a store has. */
export interface StoreOption {
  readonly store?: string;
}

/** The store's file: `--store`, else HEDDLE_STORE, else ./heddle.db. */
export function storeFile({ store }: StoreOption, { config }: Context): string {
  return store ?? config.store;
}

/**
 * Opens the store, does the work and closes it, whatever happens. With `must: 'exist'` a file that is not there is said to be
 * missing, instead of being made: a typing error must not look like an empty list.
 */
export async function withStore<T>(
  {
    option,
    context,
    must,
  }: { readonly option: StoreOption; readonly context: Context; readonly must: 'exist' | 'be-made' },
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const file = storeFile(option, context);
  if (must === 'exist' && file !== ':memory:' && !existsSync(file)) {
    throw new CommandFailure(
      `there is no store at ${file}: bring mail in with heddle import, or name another with --store`,
    );
  }
  if (must === 'be-made' && file !== ':memory:') needFolder(file);
  const store = await openSqliteStore(file, { unite: uniteCopies });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** A folder that is missing is a typing error as often as not: it is never made. The default file needs none. */
function needFolder(file: string): void {
  const folder = dirname(file);
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return;
  const why = found ? `${folder} is no folder` : `there is no folder ${folder}`;
  throw new CommandFailure(`${file}: cannot be made: ${why}; name another with --store, or make the folder first`);
}
