import type { Reading } from '../ports.ts';
import { askGit, gitLines, readObjects, streamGitLines, type GitEnd } from './git-repository.ts';
import { failure, MAX_MAIL } from './read-stream.ts';

/** A cursor is given every so many mails, so that an interrupted reading need not begin again. */
const CURSOR_EVERY = 1_000;

const NO_COMMIT = /^0+$/;
/** The name of nothing, in both of git's hashes: what a purge leaves in place of a mail. */
const EMPTY =
  /^(?:e69de29bb2d1d6434b8b29ae775ad8c2e48c5391|473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813)$/;
const CHANGE =
  /^:\d{6} \d{6} (?<old>[0-9a-f]{40,64}) (?<new>[0-9a-f]{40,64}) (?<letter>[A-Z])\d{0,3}\t(?<path>.{1,1000})$/;
const COMMIT = /^[0-9a-f]{40,64}$/;

/**
 * `v2`: each commit's tree holds one mail as `m`, or, as `d`, one that is taken back.
 * `v1`: the tree holds all mails under the hash of their ids.
 */
type Layout = 'v1' | 'v2';

interface Change {
  readonly commit: string;
  readonly blob: string;
  readonly kind: 'mail' | 'deletion';
}

/**
 * The mails of a public-inbox archive, oldest commit first, epoch by epoch, without those that were deleted later.
 *
 * Gives a cursor (`source`: the epoch's directory, `cursor`: the commit reached) now and then and at the end of each epoch;
 * with that cursor the next reading starts behind it. Where history was rewritten (a purge), so that the commit is
 * gone, the epoch is read again from its start.
 */
export async function* readPublicInbox(
  epochs: readonly string[],
  cursors: ReadonlyMap<string, string>,
): AsyncGenerator<Reading> {
  const ranges: { epoch: string; range: string; layout: Layout }[] = [];
  for (const epoch of epochs) {
    const tip = await findTip(epoch);
    const layout = tip === null ? null : await findLayout(epoch, tip);
    if (tip === null || layout === null) {
      yield failure(epoch, tip === null ? await whyNoTip(epoch) : 'is a git repository, but no public-inbox archive');
      continue;
    }
    const range = await rangeAfter(epoch, tip, cursors.get(epoch));
    if (range !== null) ranges.push({ epoch, range, layout });
  }
  const deleted = new Map<string, number>();
  for (const { epoch, range, layout } of ranges) await countDeletions(epoch, range, layout, deleted);
  for (const { epoch, range, layout } of ranges) yield* readEpoch(epoch, range, layout, deleted);
}

/** The newest commit, of HEAD or, where that points nowhere, of any branch. */
async function findTip(epoch: string): Promise<string | null> {
  const head = await askGit(epoch, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  if (head !== null && COMMIT.test(head)) return head;
  const refs = await askGit(epoch, ['for-each-ref', '--count=1', '--sort=-committerdate', '--format=%(objectname)']);
  return refs !== null && COMMIT.test(refs) ? refs : null;
}

async function whyNoTip(epoch: string): Promise<string> {
  const version = await askGit(epoch, ['--version']);
  return version === null
    ? 'git cannot be started: install git'
    : 'is a git repository without commits (of all.git, name the directory around it)';
}

async function findLayout(epoch: string, tip: string): Promise<Layout | null> {
  const names = ((await askGit(epoch, ['ls-tree', '--name-only', tip])) ?? '').split('\n');
  if (names.every((name) => name === 'm' || name === 'd')) return 'v2';
  return names.some((name) => /^[0-9a-f]{2}$/.test(name)) ? 'v1' : null;
}

/** The commits to read: all, those behind the cursor, or (`null`) none. */
async function rangeAfter(epoch: string, tip: string, cursor: string | undefined): Promise<string | null> {
  if (cursor === undefined || !COMMIT.test(cursor)) return tip;
  if (cursor === tip) return null;
  const known = await askGit(epoch, ['merge-base', '--is-ancestor', cursor, tip]);
  return known === null ? tip : `${cursor}..${tip}`;
}

const LOG = [
  'log',
  '--first-parent',
  '-m',
  '--root',
  '--raw',
  '--no-abbrev',
  '--no-renames',
  '--no-ext-diff',
  '--format=%H',
];

/** How often each blob is taken back. Reading forwards, a mail counts only when no taking back is still to come. */
async function countDeletions(
  epoch: string,
  range: string,
  layout: Layout,
  deleted: Map<string, number>,
): Promise<void> {
  const only = layout === 'v2' ? [range, '--', 'd'] : ['--diff-filter=D', range];
  await gitLines(epoch, [...LOG, ...only], (line) => {
    const change = readChange(line, '', layout);
    if (change?.kind === 'deletion') deleted.set(change.blob, (deleted.get(change.blob) ?? 0) + 1);
  });
}

function readChange(line: string, commit: string, layout: Layout): Change | null {
  const { old, new: added, letter, path } = CHANGE.exec(line)?.groups ?? {};
  if (old === undefined || added === undefined) return null;
  if (letter === 'D') return layout === 'v1' ? { commit, blob: old, kind: 'deletion' } : null;
  if (NO_COMMIT.test(added) || EMPTY.test(added)) return null;
  return { commit, blob: added, kind: layout === 'v2' && path === 'd' ? 'deletion' : 'mail' };
}

async function* readEpoch(
  epoch: string,
  range: string,
  layout: Layout,
  deleted: Map<string, number>,
): AsyncGenerator<Reading> {
  const waiting: string[] = [];
  let taken = 0;
  // Behind a mail that is missing no cursor is given, so that it is asked for again.
  let isWhole = true;
  const progress = { commit: '', end: null as GitEnd | null };
  const blobs = wantedBlobs(epoch, range, layout, { deleted, waiting, progress });
  const objects = readObjects(epoch, blobs, MAX_MAIL);
  let next = await objects.next();
  for (; next.done !== true; next = await objects.next()) {
    const commit = waiting[taken] ?? '';
    taken += 1;
    yield readingOf(next.value, `${epoch}, commit ${commit.slice(0, 12)}`);
    isWhole &&= next.value.bytes !== null || next.value.size > 0;
    if (taken < CURSOR_EVERY) continue;
    waiting.splice(0, taken);
    taken = 0;
    if (isWhole) yield { kind: 'cursor', source: epoch, cursor: commit };
  }
  const broken = [progress.end, next.value].find((end) => end?.ok === false);
  if (broken) yield failure(epoch, `git stopped: ${broken.reason || 'no reason given'} (git fsck says more)`);
  else if (isWhole && progress.commit !== '') yield { kind: 'cursor', source: epoch, cursor: progress.commit };
}

function readingOf(object: { readonly bytes: Buffer | null; readonly size: number }, origin: string): Reading {
  if (object.bytes !== null) return { kind: 'mail', mail: { bytes: object.bytes, origin } };
  return failure(
    origin,
    object.size > MAX_MAIL
      ? 'is larger than 64 MiB and was left out'
      : 'the mail is missing in the repository: fetch it again',
  );
}

/** The blobs of the mails to read; their commits are put in `waiting`, in the same order. */
async function* wantedBlobs(
  epoch: string,
  range: string,
  layout: Layout,
  state: {
    readonly deleted: Map<string, number>;
    readonly waiting: string[];
    readonly progress: { commit: string; end: GitEnd | null };
  },
): AsyncGenerator<string> {
  let commit = '';
  const lines = streamGitLines(epoch, [...LOG, '--reverse', range]);
  let next = await lines.next();
  for (; next.done !== true; next = await lines.next()) {
    if (COMMIT.test(next.value)) {
      commit = next.value;
      state.progress.commit = commit;
      continue;
    }
    const change = readChange(next.value, commit, layout);
    if (!change) continue;
    const left = state.deleted.get(change.blob) ?? 0;
    if (change.kind === 'deletion') state.deleted.set(change.blob, left - 1);
    else if (left <= 0) {
      state.waiting.push(commit);
      yield change.blob;
    }
  }
  state.progress.end = next.value;
}
