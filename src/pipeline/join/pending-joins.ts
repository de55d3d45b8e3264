import type { Store } from '../../ports.ts';
import type { PendingJoin } from './read-confirmation.ts';
import { toListId, type MailingList } from './mailing-list.ts';

/** How far a talk with a list has come. */
export interface Join extends PendingJoin {
  readonly state: 'asked' | 'confirmed';
  /** ISO 8601 in UTC: since when. */
  readonly at: string;
}

type JoinStore = Pick<Store, 'cursors' | 'saveCursor'>;

/**
 * A talk with a list is followed like a source: what is kept of it is where to go on. No mailbox can be called like this, since
 * names have no line end in front.
 */
const toSource = (list: MailingList): string => `\njoin ${toListId(list)}`;

/** Writes down how far it has come. */
export async function saveJoin(store: JoinStore, join: Join): Promise<void> {
  await store.saveCursor(toSource(join), JSON.stringify(join));
}

/** The talk with a list, or `null`. */
export async function readJoin(store: JoinStore, list: MailingList): Promise<Join | null> {
  const text = (await store.cursors()).get(toSource(list));
  return text === undefined ? null : (JSON.parse(text) as Join);
}

/** Requests that the list has not been told yes about. */
export async function listPendingJoins(store: JoinStore): Promise<Join[]> {
  return [...(await store.cursors())]
    .filter(([source]) => source.startsWith('\njoin '))
    .map(([, text]) => JSON.parse(text) as Join)
    .filter(({ state }) => state === 'asked');
}
