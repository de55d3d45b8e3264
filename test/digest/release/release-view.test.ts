import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { composeDigest } from '../../../src/digest/compose-digest.ts';
import { writeRelease } from '../../../src/digest/release/write-release.ts';
import { toLetter } from '../../../src/digest/release/release-lines.ts';
import { writeHtml } from '../../../src/digest/write-html.ts';
import { writeMarkdown } from '../../../src/digest/write-markdown.ts';
import { writeText } from '../../../src/digest/write-text.ts';
import type { DigestSource, Release, ReleaseWord } from '../../../src/model/digest.ts';
import { golden } from '../../bless.ts';
import { hostile, message, sampleDay, thread, trace } from '../sample-threads.ts';

const release: Release = { name: '4.10', last: '4.9', since: '2017-06-27', candidate: 'rc1, 2017-09-29', frozen: true };
const FELIX = { name: 'Felix Arden', address: 'felix@example.org' };
const OWEN = { name: 'Owen Lister', address: 'owen@example.org' };

function word(stance: ReleaseWord['stance'], given: Partial<ReleaseWord> = {}): ReleaseWord {
  const quote = 'I consider this a blocker.';
  return { stance, release: null, by: FELIX, date: '2017-09-28T10:00:00.000Z', message: 'x@felix', quote, ...given };
}

const one = (id: string, date: string) => ({ id, messages: [message({ id, date })] });
const xenCrash = (id: string) => [trace({ message: id, project: 'xen', fingerprint: `print of ${id}` })];
const works = { lastGood: '4.9', firstBad: '4.10', commit: null };

const threads = [
  thread({ ...one('blocked', '2017-09-20T10:00:00.000Z'), subject: 'Guests hang on shutdown', severity: 50 }),
  thread({ ...one('doubted', '2017-09-21T10:00:00.000Z'), subject: 'Loom is slow', severity: 30 }),
  thread({ ...one('denied', '2017-09-21T10:00:00.000Z'), subject: 'A typing error in a log' }),
  thread({
    ...one('regressed', '2017-08-01T10:00:00.000Z'),
    subject: 'Xen does not boot on old boards',
    regression: works,
    traces: xenCrash('regressed'),
  }),
  thread({
    ...one('guest', '2017-09-21T10:00:00.000Z'),
    subject: 'Guest kernel fails',
    regression: works,
    environment: [{ key: 'kernel-version', value: '4.10.3', role: 'domU', message: 'guest', line: 3, quote: '4.10.3' }],
  }),
  thread({
    ...one('older', '2017-03-01T10:00:00.000Z'),
    subject: 'Failed before',
    regression: works,
    traces: xenCrash('older'),
  }),
  thread({
    ...one('tried', '2017-09-29T10:00:00.000Z'),
    subject: 'Candidate stops at boot',
    environment: [
      { key: 'xen-version', value: '4.10-rc1', role: 'host', message: 'tried', line: 3, quote: '4.10-rc1' },
    ],
  }),
  thread({ ...one('undo', '2017-09-29T10:00:00.000Z'), genre: 'patch', subject: '[PATCH] Revert "weave: faster"' }),
  thread({
    ...one('mended', '2017-09-10T10:00:00.000Z'),
    subject: 'xl dies',
    status: 'fixed',
    fixedBy: '0123456789abcdef0123456789abcdef01234567',
  }),
];

function source(given: Partial<DigestSource> = {}): DigestSource {
  const releaseWords = new Map([
    ['blocked', [word('no-blocker', { by: OWEN, quote: 'No blocker.' }), word('asked'), word('blocker')]],
    ['doubted', [word('asked', { quote: 'Is this a blocker?' })]],
    ['denied', [word('blocker'), word('no-blocker')]],
    ['guest', [word('blocker', { release: '4.9' })]],
    ['mended', [word('blocker', { release: '4.10', by: OWEN })]],
  ]);
  const mends = [
    {
      title: '[PATCH] xl: free once',
      url: null,
      fixes: 'Fixes: 0123456789ab ("xl: share code")',
      reportedBy: 'Tove Anker <tove@example.org>',
    },
    ...Array.from({ length: 6 }, (_, at) => ({
      title: `[PATCH] weave ${at}`,
      url: null,
      fixes: 'Fixes: 0123456',
      reportedBy: null,
    })),
  ];
  return { ...sampleDay(), threads, arrived: new Set(['tried', 'undo']), release, releaseWords, mends, ...given };
}

describe('the view of a release', () => {
  it('holds blockers, doubts, regressions, candidates and reverts, and nothing else', () => {
    const view = composeDigest(source()).release;

    expect(view?.open.map(({ entry, matter }) => `${matter} ${entry.id}`)).toEqual([
      'blocker blocked',
      'asked doubted',
      'regression regressed',
      'candidate tried',
      'revert undo',
    ]);
    expect(view?.closed.map(({ entry, matter }) => `${matter} ${entry.id}`)).toEqual(['blocker mended']);
  });

  it('names everybody who spoke, each with their last word', () => {
    const item = composeDigest(source()).release?.open[0];

    expect(item?.reasons).toEqual([
      'Owen Lister calls it none: “No blocker.”',
      'Felix Arden calls it a blocker: “I consider this a blocker.”',
    ]);
    expect(item?.informants).toEqual(['Robin Hale', 'Owen Lister', 'Felix Arden']);
  });

  it('is about blockers alone before a freeze, and absent where nothing is to be told', () => {
    const early = { ...release, frozen: false, candidate: null };

    expect(composeDigest(source({ release: early })).release?.open.map(({ matter }) => matter)).toEqual([
      'blocker',
      'asked',
    ]);
    expect(composeDigest(source({ release: early, releaseWords: new Map() })).release).toBeNull();
    expect(composeDigest(source({ release: null })).release).toBeNull();
  });

  it.each([
    ['release.txt', writeText],
    ['release.md', writeMarkdown],
    ['release.html', writeHtml],
  ] as const)('is as blessed in %s', (file, write) => {
    const actual = write(composeDigest(source()));

    expect(actual).toBe(golden(join(import.meta.dirname, '../cases', file), actual));
  });

  it('is as release managers post it', () => {
    const view = composeDigest(source()).release;
    const actual = view === null ? '' : writeRelease(view);

    expect(actual).toBe(golden(join(import.meta.dirname, '../cases/release-list.txt'), actual));
    expect(actual.split('\n').filter((line) => line.length > 72)).toEqual([]);
  });

  it('lets no markup of strangers through', () => {
    const bad = '<script>alert(1)</script>\u001b[2J';
    const said = new Map([[hostile.id, [word('blocker', { quote: bad, by: { name: bad, address: bad } })]]]);
    const mends = [{ title: bad, url: 'javascript:alert(1)', fixes: bad, reportedBy: bad }];
    const digest = composeDigest(source({ threads: [hostile], releaseWords: said, mends, blindSpots: [bad] }));

    expect(digest.release?.open).toHaveLength(1);
    if (digest.release !== null) expect(writeRelease(digest.release)).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
    for (const write of [writeHtml, writeMarkdown, writeText]) {
      expect(write(digest)).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
    }
    expect(writeHtml(digest)).not.toMatch(/<script|javascript:alert\(1\)"/);
  });
});

it.each([
  [0, 'A'],
  [25, 'Z'],
  [26, 'AA'],
  [53, 'BB'],
])('letter %i is %s', (index, letter) => {
  expect(toLetter(index)).toBe(letter);
});
