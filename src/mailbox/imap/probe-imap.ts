import type { Mailbox } from '../../model/mailbox.ts';
import { readImapAddress, type ImapAddress } from './imap-address.ts';
import { ImapFailure } from './imap-failure.ts';
import { IMAP_LIMITS, type ImapPorts } from './imap-ports.ts';
import type { ImapSession } from './imap-session.ts';
import { openSession } from './open-session.ts';

/** Mails whose List-Id is looked at, the newest. */
const NEWEST = 200;
/** Folders that are named; more would be no choice but a flood. */
const MOST_FOLDERS = 1000;
/** The list's address form stands in angle brackets after its description (RFC 2919, 2). */
const LIST_ID = /^list-id:[^<]{0,1000}<(?<list>[^<>\s]{1,255})>/im;

/** What a mailbox holds, looked at without touching it. */
export interface ImapFinding {
  readonly kind: 'found';
  /** Every folder that may be read, as the server names them (decoded), in its order. */
  readonly folders: readonly string[];
  /** The folder that was looked at. */
  readonly folder: string;
  readonly mails: number;
  readonly uidValidity: string;
  readonly idle: boolean;
  readonly condstore: boolean;
  readonly qresync: boolean;
  readonly encrypted: boolean;
  /** Lists of the newest mails (up to 200), by List-Id, most mails first. */
  readonly lists: readonly { readonly list: string; readonly mails: number }[];
}

export type ImapProbe =
  | ImapFinding
  /** `folders` are those of the server, where the login went well and only the folder is missing. */
  | { readonly kind: 'failure'; readonly failure: ImapFailure; readonly folders: readonly string[] };

/**
 * Connects once, opens the folder read-only (EXAMINE) and looks around. Never throws; ends within the limits of `ports`. The
 * secret is in no answer.
 */
export async function probeImap(mailbox: Mailbox, ports: ImapPorts, signal?: AbortSignal): Promise<ImapProbe> {
  const address = readImapAddress(mailbox.url);
  if (address === null) {
    const failure = new ImapFailure('bad-address', `${mailbox.url} is no address of a mailbox`, { passes: false });
    return { kind: 'failure', failure, folders: [] };
  }
  let session: ImapSession | null = null;
  let folders: readonly string[] = [];
  try {
    const limits = { ...IMAP_LIMITS, ...ports.limits };
    session = await openSession(mailbox, { address, limits, ports, signal: signal ?? new AbortController().signal });
    folders = (await session.folders()).slice(0, MOST_FOLDERS);
    return await look(session, address, folders);
  } catch (error) {
    if (!(error instanceof ImapFailure)) throw error;
    return { kind: 'failure', failure: error, folders };
  } finally {
    await session?.leave();
  }
}

async function look(session: ImapSession, { folder }: ImapAddress, folders: readonly string[]): Promise<ImapFinding> {
  const { mails, uidValidity } = await session.examine(folder);
  const { capabilities } = session;
  return {
    kind: 'found',
    folders,
    folder,
    mails,
    uidValidity,
    idle: capabilities.has('IDLE'),
    condstore: capabilities.has('CONDSTORE'),
    qresync: capabilities.has('QRESYNC'),
    encrypted: session.isEncrypted,
    lists: mails === 0 ? [] : countLists(await session.newestHeaders(mails, NEWEST, ['List-Id'])),
  };
}

function countLists(headers: readonly Buffer[]): ImapFinding['lists'] {
  const counts = new Map<string, number>();
  for (const header of headers) {
    const list = LIST_ID.exec(header.toString('latin1').slice(0, 4000))?.groups?.['list']?.toLowerCase();
    if (list !== undefined) counts.set(list, (counts.get(list) ?? 0) + 1);
  }
  return [...counts]
    .map(([list, mails]) => ({ list, mails }))
    .toSorted((a, b) => b.mails - a.mails || (a.list < b.list ? -1 : 1));
}
