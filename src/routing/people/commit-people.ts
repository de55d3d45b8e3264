import type { Address } from '../../model/message.ts';
import type { ThreadView } from '../../model/view.ts';
import { threadEvidence } from '../thread-evidence.ts';

/** Somebody behind a commit that the thread blames. */
export interface CommitPerson extends Address {
  readonly role: 'author' | 'reviewer';
  /** How sure it is that they should see the thread: 0 to 1. */
  readonly weight: number;
  readonly says: string;
}

/** What a repository knows of one commit: `Name <address>` of its author and of those who signed it. */
export interface CommitFacts {
  readonly author: string;
  readonly signers: readonly string[];
}

/** Looks a commit up in the source trees that are at hand; `null` where none has it. */
export type FindCommit = (commit: string) => CommitFacts | null;

/** People added most often wrote, or reviewed, the change that is to blame: see the domain guide, 4.6, rows 46 to 52. */
const AUTHOR = 0.9;
const SIGNER = 0.5;
const MOST_COMMITS = 3;

/**
 * Who wrote and who reviewed the commits that a thread blames: as a source tree has them, else as a mail pastes them. The
 * commits are those that mails say it was bisected to, or that its patches mend (`Fixes:`).
 */
export function findCommitPeople(view: ThreadView, findCommit: FindCommit | undefined): readonly CommitPerson[] {
  const all = threadEvidence(view);
  const claimed = all.flatMap(({ regressions }) =>
    regressions.flatMap(({ commit, denied }) => (commit === null || denied ? [] : [commit.toLowerCase()])),
  );
  const mended = all.flatMap(({ mentions }) =>
    mentions.flatMap(({ kind, value, quote }) =>
      kind === 'commit' && /^fixes:/i.test(quote) ? [value.toLowerCase()] : [],
    ),
  );
  const people = new Map<string, CommitPerson>();
  for (const [at, commit] of [...new Set([...claimed, ...mended])].slice(0, MOST_COMMITS).entries()) {
    const how = at < new Set(claimed).size ? 'which the thread blames' : 'which a patch here says it mends';
    for (const one of findCommit?.(commit)
      ? toPeople(commit, findCommit(commit), how)
      : findPasted(commit, view, how)) {
      if (!people.has(one.address)) people.set(one.address, one);
    }
  }
  return [...people.values()];
}

function toPeople(commit: string, facts: CommitFacts | null, how: string): CommitPerson[] {
  if (facts === null) return [];
  return [
    ...toPerson('author', commit, facts.author, how),
    ...facts.signers.flatMap((signer) => toPerson('reviewer', commit, signer, how)),
  ];
}

/** The blamed commit, pasted into a mail of the thread. */
function findPasted(commit: string, view: ThreadView, how: string): CommitPerson[] {
  return threadEvidence(view).flatMap(({ signals }) =>
    signals.flatMap(({ name, value }) => {
      if (name !== 'commit-author' && name !== 'commit-signer') return [];
      const [sha = '', ...words] = (value ?? '').split(' ');
      if (!sha.startsWith(commit) && !commit.startsWith(sha)) return [];
      return toPerson(name === 'commit-author' ? 'author' : 'reviewer', commit, words.join(' '), how);
    }),
  );
}

function toPerson(role: CommitPerson['role'], commit: string, text: string, how: string): CommitPerson[] {
  const found = /^(?<name>[^<]*)<(?<address>[^<>\s]{3,254})>$/.exec(text.trim())?.groups;
  if (!found) return [];
  const did = role === 'author' ? 'wrote' : 'signed or reviewed';
  return [
    {
      name: (found['name'] ?? '').replaceAll('"', '').trim(),
      address: (found['address'] ?? '').toLowerCase(),
      role,
      weight: role === 'author' ? AUTHOR : SIGNER,
      says: `${did} commit ${commit.slice(0, 12)}, ${how}`,
    },
  ];
}
