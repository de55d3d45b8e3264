import { askGit, findEpochs, gitDirectoryOf } from '../git-repository.ts';
import { toLimits, type ArchivePorts } from './archive-ports.ts';
import { ArchiveTrouble } from './archive-trouble.ts';
import { findRemoteEpochs } from './find-epochs.ts';
import { findMonths } from './monthly-archive.ts';
import type { PoliteClient } from './polite-client.ts';
import { PublicInboxPages } from './public-inbox-pages.ts';

/** What stands behind an address, and how it can be followed. */
export interface ArchiveFinding {
  readonly way: 'git' | 'feed' | 'months';
  /** As a mailbox is written down: with its last slash, or a folder. */
  readonly base: string;
  /** How the archive calls itself; empty where it does not say. */
  readonly title: string;
  /** Git repositories, or monthly files. */
  readonly pieces: number;
  /** Mails, where they can be counted without reading them. */
  readonly mails: number | null;
  /** When the archive received its newest mail, ISO 8601 in UTC; `null` where it does not tell. */
  readonly newest: string | null;
}

interface Looking {
  readonly client: PoliteClient;
  readonly ports: ArchivePorts;
  readonly signal: AbortSignal;
}

/** Ways of following, the one that misses nothing first. */
const WAYS = [
  { by: 'git', look: lookByGit },
  { by: 'http', look: lookByFeed },
  { by: 'http', look: lookByMonths },
] as const;

/**
 * Finds out what is behind an http(s) address, by asking for what each kind of archive has; `by` leaves the other ways out.
 * Throws {@link ArchiveTrouble}: of kind `no-archive` where it is nothing that can be followed.
 */
export async function lookAtArchive(
  address: string,
  by: 'git' | 'http' | null,
  looking: Looking,
): Promise<ArchiveFinding> {
  const base = toBase(address);
  for (const { by: way, look } of WAYS) {
    if (by !== null && by !== way) continue;
    const found = await look(base, looking).catch(notThisWay);
    if (found !== null) return found;
  }
  const what =
    by === 'git'
      ? 'a git repository of mail'
      : by === 'http'
        ? 'an Atom feed, or monthly files of mail'
        : 'a git repository of mail, an Atom feed or monthly files of mail';
  throw new ArchiveTrouble(
    'no-archive',
    `${address}: is no archive that can be followed: wanted is a page with ${what} behind it, as https://lore.kernel.org/xen-devel/`,
  );
}

/** Somebody else's mirror on this machine. */
export async function lookAtFolder(path: string): Promise<ArchiveFinding> {
  const single = gitDirectoryOf(path);
  const epochs = findEpochs(path);
  const repositories = epochs.length > 0 || single === undefined ? epochs : [single];
  const newest = repositories.at(-1);
  if (newest === undefined)
    throw new ArchiveTrouble(
      'no-archive',
      `${path}: is no public-inbox archive (a folder with git/0.git, or a git repository)`,
    );
  let mails = 0;
  for (const repository of repositories)
    mails += Number((await askGit(repository, ['rev-list', '--count', '--all'])) ?? 0);
  const seconds = Number(
    await askGit(newest, ['for-each-ref', '--count=1', '--sort=-committerdate', '--format=%(committerdate:unix)']),
  );
  return {
    way: 'git',
    base: path,
    title: '',
    pieces: repositories.length,
    mails,
    newest: seconds > 0 ? new Date(seconds * 1000).toISOString() : null,
  };
}

/** People paste addresses of mails and threads: the list is what stands before the Message-ID. */
function toBase(address: string): string {
  const plain = address.replace(/^git\+(?=https?:)/i, '');
  if (!URL.canParse(plain)) throw new ArchiveTrouble('bad-address', `${address}: is no address`);
  const url = new URL(plain);
  const parts = url.pathname.split('/');
  const mail = parts.findIndex((part) => /@|%40/i.test(part));
  url.pathname = (mail > 0 ? parts.slice(0, mail) : parts)
    .join('/')
    .replace(/\/(?:new\.atom|new\.html|index\.html|manifest\.js\.gz)$/, '/');
  url.search = '';
  url.hash = '';
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}

/** A way that the archive does not have is no trouble; one that is ill is. */
function notThisWay(error: unknown): null {
  if (error instanceof ArchiveTrouble && ['not-found', 'refused', 'no-archive'].includes(error.kind)) return null;
  throw error;
}

async function lookByGit(base: string, looking: Looking): Promise<ArchiveFinding> {
  const list = base.replace(/\/(?:git\/)?\d{1,6}(?:\.git)?\/$/, '/');
  const epochs = await findRemoteEpochs(list, 0, null, looking);
  const feed = await lookByFeed(list, looking).catch(notThisWay);
  const newest = feed?.newest ?? epochs.at(-1)?.modified ?? null;
  return { way: 'git', base, title: feed?.title ?? '', pieces: epochs.length, mails: null, newest };
}

async function lookByFeed(base: string, { client, ports, signal }: Looking): Promise<ArchiveFinding> {
  const answer = await new PublicInboxPages(base, client, toLimits(ports), signal).newest();
  const { title = '', entries = [] } = answer?.feed ?? {};
  return { way: 'feed', base, title, pieces: 1, mails: null, newest: entries[0]?.updated ?? null };
}

async function lookByMonths(base: string, { client, ports, signal }: Looking): Promise<ArchiveFinding> {
  const { pageBytes, answerMs } = toLimits(ports);
  const { body } = await client.read({ url: base, maxBytes: pageBytes, answerMs }, signal);
  const months = findMonths(body.toString('latin1'), base);
  if (months.length === 0) throw new ArchiveTrouble('no-archive', `${base}: links no monthly files of mail`);
  return { way: 'months', base, title: '', pieces: months.length, mails: null, newest: null };
}

const IMAP_LINK = /\bimaps?:\/\/(?:;AUTH=ANONYMOUS@|[^\s@/<>"]{0,100}@)?(?<place>[^\s<>"'@]{1,300})/i;

/** The IMAP folder that a public-inbox says to have, at its page about mirrors; `null` where it says nothing of one. */
export async function findImapOf(address: string, { client, ports, signal }: Looking): Promise<string | null> {
  const { pageBytes, answerMs } = toLimits(ports);
  const asked = { url: `${toBase(address)}_/text/mirror/raw`, maxBytes: pageBytes, answerMs };
  const page = await client.read(asked, signal).catch(notThisWay);
  const found = IMAP_LINK.exec(page?.body.toString('utf8') ?? '');
  const place = found?.groups?.['place'];
  return place === undefined
    ? null
    : `${found?.[0].toLowerCase().startsWith('imaps') === true ? 'imaps' : 'imap'}://${place}`;
}
