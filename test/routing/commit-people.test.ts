import { describe, expect, it } from 'vitest';
import { route, type Judged } from '../../src/routing/route.ts';
import type { FindCommit } from '../../src/routing/people/commit-people.ts';
import { loadBundledTrees } from '../../src/routing/trees/load-bundled-trees.ts';
import { viewOf, type Mail } from './evidence-of.ts';

const trees = loadBundledTrees();
const JUDGED: Judged = { genre: 'report', symptoms: [], traces: [], facts: [] };
const SHA = '1a2b3c4d5e6f708192a3b4c5d6e7f80912345678';
const REPOSITORY: FindCommit = (commit) =>
  SHA.startsWith(commit)
    ? { author: 'Ada Author <ada@example.org>', signers: ['Jan Beulich <jbeulich@suse.com>'] }
    : null;

const ask = (mail: Mail, findCommit?: FindCommit) =>
  route(viewOf([mail]), JUDGED, findCommit ? { ...trees, findCommit } : trees).map(
    ({ address, role, reasons }) => [address, role, reasons[0]] as const,
  );

const wrote = 'wrote commit 1a2b3c4d5e6f, which the thread blames';

describe('people behind a commit that is blamed', () => {
  it('as a repository has them', () => {
    expect(ask({ regressions: [SHA.slice(0, 12)] }, REPOSITORY)).toEqual([
      ['ada@example.org', 'author', wrote],
      ['jbeulich@suse.com', 'reviewer', 'signed or reviewed commit 1a2b3c4d5e6f, which the thread blames'],
    ]);
  });

  it('as a mail pastes them, where no repository has the commit', () => {
    const signals = [['commit-author', `${SHA} Ada Author <ada@example.org>`]] as const;
    expect(ask({ regressions: [SHA], signals })).toEqual([['ada@example.org', 'author', wrote]]);
  });

  it.each([
    ['a commit that nobody blames', { signals: [['commit-author', `${SHA} Ada Author <ada@example.org>`]] }],
    ['a commit that no tree has', { regressions: ['ffffffffffff'] }],
    [
      'another commit than the one that is pasted',
      { regressions: ['ffffffffffff'], signals: [['commit-author', `${SHA} Ada Author <ada@example.org>`]] },
    ],
  ] satisfies [string, Mail][])('nobody for %s', (_what, mail) => {
    expect(ask(mail, REPOSITORY)).toEqual([]);
  });
});
