import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Mailbox } from '../../model/mailbox.ts';
import type { FollowedSource, Reading } from '../../ports.ts';
import { askGit, findEpochs, gitDirectoryOf } from '../git-repository.ts';
import { readPublicInbox } from '../public-inbox.ts';
import type { ArchivePorts } from './archive-ports.ts';
import { toLimits } from './archive-ports.ts';
import { ArchiveTrouble } from './archive-trouble.ts';
import { readArchiveUrl, type ArchiveAddress } from './archive-url.ts';
import { findRemoteEpochs, type RemoteEpoch } from './find-epochs.ts';
import { followRounds, readRounds, type Round } from './follow-rounds.ts';
import { withLink } from './mail-stream.ts';
import { fetchMirror, initMirror } from './mirror-git.ts';
import type { PoliteClient } from './polite-client.ts';

/** A git directory with mail, and how its cursor is called. */
interface LocalEpoch {
  readonly path: string;
  readonly source: string;
}

/**
 * A public-inbox followed by its git history: of a server (mirrored into heddle's folder, epoch by epoch), or a mirror that
 * somebody else keeps on this machine. Cursors are called `NAME\nEPOCH`.
 */
export function openGitArchive(mailbox: Mailbox, ports: ArchivePorts, client: PoliteClient): FollowedSource {
  const { name } = mailbox;
  const address = readArchiveUrl(mailbox);
  const limits = toLimits(ports);
  const fetched = new Map<number, string>();
  const round: Round = async function* (cursors, signal) {
    if (address === null) throw new ArchiveTrouble('bad-address', `${mailbox.url}: is no address of a git archive`);
    const epochs = address.isFolder ? findLocal(name, address.base) : yield* mirror();
    yield* readEpochs(epochs, address, cursors);
    yield { kind: 'caught-up' };

    async function* mirror(): AsyncGenerator<Reading, LocalEpoch[]> {
      const { base, firstEpoch, since } = address as ArchiveAddress;
      const remotes = await findRemoteEpochs(base, firstEpoch, since, { client, ports, signal });
      const local: LocalEpoch[] = [];
      for (const remote of remotes) {
        const path = join(mirrorFolder(name, base, ports), 'git', `${remote.number}.git`);
        if (fetched.get(remote.number) !== remote.tips || !existsSync(path)) {
          yield { kind: 'standing', standing: { state: 'connected', reason: null } };
          await fetchEpoch(remote, path, ports, signal);
          fetched.set(remote.number, remote.tips);
        }
        local.push({ path, source: `${name}\n${remote.number}` });
      }
      return local;
    }
  };
  return {
    name,
    read: ({ cursors } = {}) => readRounds({ name, round }, cursors ?? new Map<string, string>()),
    follow: (options) =>
      followRounds({ round, pollMs: address?.isFolder === true ? limits.localPollMs : limits.pollMs }, ports, options),
  };
}

/** Two lists of one name on two hosts have two folders. */
function mirrorFolder(name: string, base: string, { folder }: ArchivePorts): string {
  const where = base.replace(/^https?:\/\//, '').replace(/[^a-z0-9.-]/gi, '_');
  return join(folder, `${name.replace(/[^a-z0-9.-]/gi, '_').replace(/^\.+/, '_')}@${where}`.slice(0, 200));
}

function findLocal(name: string, path: string): LocalEpoch[] {
  const single = gitDirectoryOf(path);
  const epochs = findEpochs(path);
  const all = epochs.length > 0 || single === undefined ? epochs : [single];
  if (all.length === 0) throw new ArchiveTrouble('no-archive', `${path}: is no public-inbox archive`);
  return all.map((epoch) => ({ path: epoch, source: `${name}\n${epochs.length === 0 ? 0 : epochNumber(epoch)}` }));
}

function epochNumber(path: string): string {
  return /(?<number>\d{1,6})\.git(?:\/\.git)?$/.exec(path)?.groups?.['number'] ?? '0';
}

const DAMAGED =
  /corrupt|bad object|not a git repository|missing blob|missing tree|loose object|invalid sha1|unable to read tree|did not send all necessary objects/i;

/** Brings a mirror up to date; one that is damaged is thrown away and fetched anew, once. */
async function fetchEpoch(
  { remote }: RemoteEpoch,
  path: string,
  ports: ArchivePorts,
  signal: AbortSignal,
): Promise<void> {
  for (const isLast of [false, true]) {
    const made = await initMirror(path, ports, signal);
    const end = made.ok ? await fetchMirror(path, remote, ports, signal) : made;
    if (end.ok) return;
    signal.throwIfAborted();
    if (isLast || !DAMAGED.test(end.reason)) throw new ArchiveTrouble('git', `${remote}: ${end.reason}`);
    rmSync(path, { recursive: true, force: true });
  }
}

const LOST = /missing in the repository|^git stopped/;

async function* readEpochs(
  epochs: readonly LocalEpoch[],
  address: ArchiveAddress,
  cursors: ReadonlyMap<string, string>,
): AsyncGenerator<Reading> {
  const sources = new Map(epochs.map(({ path, source }) => [path, source] as const));
  const starts = new Map<string, string>();
  for (const { path, source } of epochs) {
    const start = await findStart(path, cursors.get(source), address.since);
    if (start === undefined) continue;
    starts.set(path, start);
    if (start !== cursors.get(source)) yield { kind: 'cursor', source, cursor: start };
  }
  let damaged = false;
  const filled = await keepFilled(epochs);
  for await (const reading of readPublicInbox(filled, starts)) {
    // A mirror of ours is not mended by hand: without it the next round fetches it anew.
    damaged ||= reading.kind === 'failure' && !address.isFolder && LOST.test(reading.failure.reason);
    yield toOwn(reading, sources, address);
  }
  if (!damaged) return;
  for (const { path } of epochs) rmSync(path, { recursive: true, force: true });
  throw new ArchiveTrouble('git', `${address.base}: the mirror is damaged and is fetched anew`);
}

/** The reading with the names and links of this mailbox. */
function toOwn(reading: Reading, sources: ReadonlyMap<string, string>, { base, isFolder }: ArchiveAddress): Reading {
  if (reading.kind === 'cursor') return { ...reading, source: sources.get(reading.source) ?? reading.source };
  return reading.kind === 'mail' && !isFolder ? { kind: 'mail', mail: withLink(reading.mail, base) } : reading;
}

async function keepFilled(epochs: readonly LocalEpoch[]): Promise<string[]> {
  const filled: string[] = [];
  for (const { path } of epochs) {
    if ((await askGit(path, ['for-each-ref', '--count=1'])) !== '') filled.push(path);
  }
  return filled;
}

/**
 * The commit behind which to read; `undefined` for all. A cursor whose commit is gone (the history was rewritten) counts as none,
 * so that `since` holds again.
 */
async function findStart(path: string, cursor: string | undefined, since: string | null): Promise<string | undefined> {
  if (cursor !== undefined && /^[0-9a-f]{40,64}$/.test(cursor)) {
    if ((await askGit(path, ['merge-base', '--is-ancestor', cursor, await findHead(path)])) !== null) return cursor;
  }
  if (since === null) return undefined;
  const before = await askGit(path, ['rev-list', '-1', '--first-parent', `--before=${since}`, await findHead(path)]);
  return before === null || before === '' ? undefined : before;
}

async function findHead(path: string): Promise<string> {
  const tip = await askGit(path, [
    'for-each-ref',
    '--count=1',
    '--sort=-committerdate',
    '--format=%(objectname)',
    'refs/heads',
  ]);
  return tip === null || tip === '' ? 'HEAD' : tip;
}
