import { describe, expect, it } from 'vitest';
import { answerMaintainers, openTree } from '../../../src/routing/maintainers/answer.ts';
import { GIT_DEFAULTS, type GitModes } from '../../../src/routing/maintainers/git/git-question.ts';
import { XEN_TEXT, XEN_DIRECTORIES } from './small-tree.ts';

const ONE = '1'.repeat(40);
const TWO = '2'.repeat(40);
const commit = (id: string, author: string, ...tags: string[]): string =>
  [`GitCommit: ${id}`, `GitAuthor: ${author}`, 'GitSubject: a change', 'Why.', ...tags, ''].join('\n');
const LOG =
  commit(
    ONE,
    'Ann Alpha <ann@example.org>',
    'Signed-off-by: Ann Alpha <ann@example.org>',
    'Tested-by: Tia <tia@example.org>',
  ) +
  commit(
    TWO,
    'Zoe <zoe@example.org>',
    'Signed-off-by: Zoe <zoe@old.example.org>',
    'Acked-by: Ann Alpha <ann@example.org>',
  );
const BLAME = [
  `${ONE} (Ann 2026 1) a`,
  `${ONE} (Ann 2026 2) b`,
  `${TWO} (Zoe 2026 3) c`,
  `^${'3'.repeat(39)} (Old 2020 4) d`,
];
const FILES: Readonly<Record<string, string>> = {
  MAINTAINERS: XEN_TEXT,
  '.mailmap': 'Zoe <zoe@example.org> <zoe@old.example.org>\n',
  'xen/alpha/a.c': 'a\nb\nc\nd\n',
};

/** A repository that gives the same log for every file, and remembers what it was asked. */
function ask(modes: Partial<GitModes>, patch?: string) {
  const asked: string[] = [];
  const git = (args: readonly string[]): Buffer | null => {
    asked.push(args.join(' '));
    if (args[0] === 'blame') return Buffer.from(args.includes('-L') ? `${BLAME[2] ?? ''}\n` : `${BLAME.join('\n')}\n`);
    if (args.includes('--no-walk=unsorted') && !args.includes(ONE))
      return Buffer.from(LOG.slice(LOG.indexOf(`GitCommit: ${TWO}`)));
    return Buffer.from(LOG);
  };
  const reader = {
    read: (path: string) => (FILES[path] === undefined ? null : Buffer.from(FILES[path])),
    isDirectory: (path: string) => XEN_DIRECTORIES.has(path),
  };
  const tree = openTree(reader, undefined, git);
  const files = { kind: 'files', paths: ['xen/alpha/a.c'] } as const;
  const patches = { kind: 'patches', patches: [{ name: 'p', bytes: Buffer.from(patch ?? '') }] } as const;
  const question = { ask: patch === undefined ? files : patches, each: false, format: 'perl' } as const;
  const { output } = answerMaintainers({ ...question, git: { ...GIT_DEFAULTS, ...modes } }, tree);
  const history = output
    .toString('utf8')
    .split('\n')
    .filter((line) => /commit|lines/.test(line));
  return { history, asked };
}

describe('people out of the history', () => {
  it.each<[string, Partial<GitModes>, string[]]>([
    ['nothing is asked where no mode is on', {}, []],
    [
      'who signed of late, by the mailmap, entries keeping their role',
      { signers: true, figures: true },
      [
        'Ann Alpha <ann@example.org> (supporter:ALPHA SUBSYSTEM,commit_signer:2/2=100%)',
        'Zoe <zoe@example.org> (commit_signer:1/2=50%)',
      ],
    ],
    [
      'without figures, which is what this dialect does by itself',
      { signers: true },
      [
        'Ann Alpha <ann@example.org> (supporter:ALPHA SUBSYSTEM,commit_signer)',
        'Zoe <zoe@example.org> (commit_signer)',
      ],
    ],
    [
      'so many signatures at least',
      { signers: true, minSignatures: 2 },
      ['Ann Alpha <ann@example.org> (supporter:ALPHA SUBSYSTEM,commit_signer)'],
    ],
    [
      'so many of a hundred at least',
      { signers: true, minPercent: 60 },
      ['Ann Alpha <ann@example.org> (supporter:ALPHA SUBSYSTEM,commit_signer)'],
    ],
    [
      'so many people at most',
      { signers: true, maxMaintainers: 1 },
      ['Ann Alpha <ann@example.org> (supporter:ALPHA SUBSYSTEM,commit_signer)'],
    ],
    [
      'every kind of signature',
      { signers: true, allTypes: true, minPercent: 40 },
      [
        'Ann Alpha <ann@example.org> (supporter:ALPHA SUBSYSTEM,commit_signer)',
        'Tia <tia@example.org> (commit_signer)',
        'Zoe <zoe@example.org> (commit_signer)',
      ],
    ],
    [
      'whose lines they are; those of the first commit are nobody’s',
      { blame: true, figures: true },
      [
        'Ann Alpha <ann@example.org> (supporter:ALPHA SUBSYSTEM,authored lines:2/3=67%,commits:2/2=100%)',
        'Zoe <zoe@example.org> (authored lines:1/3=33%,commits:1/2=50%)',
      ],
    ],
    ['no fallback where an entry covers the file exactly', { fallback: true }, []],
  ])('%s', (_what, modes, expected) => {
    expect(ask(modes).history).toEqual(expected);
  });

  it('of a patch: those behind the lines that it changes', () => {
    const patch = '--- a/xen/alpha/a.c\n+++ b/xen/alpha/a.c\n@@ -3,1 +3,1 @@\n-c\n+e\n';
    const { history, asked } = ask({ blame: true, figures: true }, patch);
    expect(asked[0]).toBe('blame -l -L 3,+1 HEAD -- xen/alpha/a.c');
    expect(history).toEqual([
      'Ann Alpha <ann@example.org> (supporter:ALPHA SUBSYSTEM,modified commits:1/1=100%)',
      'Zoe <zoe@example.org> (modified commits:1/1=100%)',
    ]);
  });

  it('a name is never taken for an option', () => {
    for (const line of ask({ signers: true, blame: true }).asked) expect(line).toMatch(/ -- xen\/alpha\/a\.c$| --$/);
  });
});
