import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ServerOptions } from '../edges/store/open-database.ts';
import { openStore } from '../edges/store/open-store.ts';
import { isDatabaseUrl } from '../edges/store/store-place.ts';
import type { SharedStore } from '../ports/shared-store.ts';
import { uniteCopies } from '../thread/unite-copies.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';

/** The option that every command with a store has. */
export interface StoreOption {
  readonly store?: string;
}

/** The store's file or URL: `--store`, else HEDDLE_STORE, else DATABASE_URL, else ./heddle.db. A URL may hold a password. */
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
  work: (store: SharedStore) => Promise<T>,
): Promise<T> {
  const place = storeFile(option, context);
  needPlace(place, must);
  const store = await openStore(place, {
    ...toServerOptions(context),
    empty: must === 'exist' ? 'refuse' : 'make',
    unite: uniteCopies,
  });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** How the store's server is reached, as it is configured. */
export function toServerOptions({ config }: Pick<Context, 'config'>): ServerOptions {
  const { passwordFile, connections } = config.database;
  return { password: readPassword(passwordFile, 'HEDDLE_DATABASE_PASSWORD_FILE'), limits: { connections } };
}

/** The first line of a file that a setting names. */
export function readPassword(file: string | null, setting: string): string | undefined {
  if (file === null) return undefined;
  try {
    return readFileSync(file, 'utf8').split('\n')[0]?.trim() ?? '';
  } catch (error) {
    throw new CommandFailure(`${setting} cannot be read: ${file}`, EXIT.usage, error);
  }
}

/** Says so where the place of a store is not there, or cannot be made; a server says so itself. */
export function needPlace(place: string, must: 'exist' | 'be-made'): void {
  if (place === ':memory:' || isDatabaseUrl(place)) return;
  if (must === 'be-made') needFolder(place);
  else if (!existsSync(place)) {
    throw new CommandFailure(
      `there is no store at ${place}: bring mail in with heddle import, heddle subscribe or heddle follow, or name another with --store`,
    );
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
