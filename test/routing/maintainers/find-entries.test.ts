import { describe, expect, it } from 'vitest';
import { LINUX, QEMU, XEN, recogniseDialect } from '../../../src/routing/maintainers/dialect.ts';
import { findEntries } from '../../../src/routing/maintainers/entries.ts';
import { findMatches } from '../../../src/routing/maintainers/match.ts';
import { findKeywordSections, readPatch } from '../../../src/routing/maintainers/patch.ts';
import { readMaintainers } from '../../../src/routing/maintainers/section.ts';
import { writePerl } from '../../../src/routing/maintainers/write-perl.ts';
import { XEN_DIRECTORIES, XEN_TEXT } from './small-tree.ts';

const xen = readMaintainers(XEN_TEXT, XEN, (path) => XEN_DIRECTORIES.has(path));
const answer = (...paths: string[]) => writePerl(findEntries(xen, paths).entries);
const REST = 'Flo Rest <flo@example.org> (supporter:THE REST)\nGus Rest <gus@example.org> (supporter:THE REST)\n';
const LISTS = 'alpha@lists.example.org (open list:ALPHA SUBSYSTEM)\ndevel@lists.example.org (open list)\n';
const ALPHA =
  'Ann Alpha <ann@example.org> (supporter:ALPHA SUBSYSTEM)\n"Bo, Alpha" <bo@example.org> (supporter:ALPHA SUBSYSTEM)\nCy Reviewer <cy@example.org> (reviewer)\n';

describe('the entries of a Xen file', () => {
  it.each([
    ['a directory pattern covers everything below', 'xen/alpha/deep/x.c', ALPHA + LISTS],
    ['an excluded directory falls to THE REST', 'xen/alpha/old/x.c', `${REST}devel@lists.example.org (open list)\n`],
    ['braces expand', 'xen/include/beta.h', ALPHA + LISTS],
    ['a pattern is open at its end', 'xen/include/beta.h.in', ALPHA + LISTS],
    ['a top-level file is THE REST', 'Makefile', `${REST}devel@lists.example.org (open list)\n`],
    [
      'deeper patterns come first, long titles are cut, odd letters quoted',
      'xen/alpha/beta-two.c',
      `"Dé Beta" <de@example.org> (odd fixer:BETA DRIVER WITH...)\n${ALPHA}${LISTS}`,
    ],
    [
      'an entry of reviewers keeps THE REST; a directory without its slash counts as one',
      'tools/gamma/a.c',
      `Ed Gamma <ed@example.org> (reviewer)\n${REST}devel@lists.example.org (open list)\n`,
    ],
    [
      'a name rule scores nothing, which is more than the catch-all has',
      'x/y/gamma_1.ml',
      `Ed Gamma <ed@example.org> (reviewer)\n${REST}devel@lists.example.org (open list)\n`,
    ],
  ])('%s', (_what, path, expected) => {
    expect(answer(path)).toBe(expected);
  });

  it('brings THE REST back for the whole question when one file has nobody else', () => {
    expect(answer('xen/alpha/x.c', 'Makefile')).toBe(ALPHA + REST + LISTS);
  });

  it('explains what decided and what was left out', () => {
    const { files, dropped } = findEntries(xen, ['xen/alpha/old/x.c', 'xen/alpha/x.c']);
    expect(files[0]?.excluded.map(({ section, pattern }) => [section.title, pattern])).toEqual([
      ['ALPHA SUBSYSTEM', 'xen/alpha/old/'],
    ]);
    expect(files[1]?.matches.map(({ section, score, pattern }) => [section.title, score, pattern])).toEqual([
      ['ALPHA SUBSYSTEM', 2, 'xen/alpha/'],
      ['THE REST', -1, '*/'],
    ]);
    expect(dropped).toEqual([]);
    expect(findEntries(xen, ['xen/alpha/x.c']).dropped.map(({ who, why }) => [who, why])).toEqual([
      ['Flo Rest <flo@example.org>', 'a more special entry has people'],
      ['Gus Rest <gus@example.org>', 'a more special entry has people'],
    ]);
  });

  it('adds keyword hits behind everybody else, where THE REST cannot be dropped for them', () => {
    const keywordSections = findKeywordSections(xen, ['call beta_start now']);
    expect(writePerl(findEntries(xen, ['Makefile'], { keywordSections }).entries)).toBe(
      `${REST}"Dé Beta" <de@example.org> (odd fixer:BETA DRIVER WITH...)\ndevel@lists.example.org (open list)\n`,
    );
  });
});

describe('a patch', () => {
  const patch = [
    'Subject: [PATCH] alpha: call beta_nothing',
    'diff --git a/xen/alpha/a.c b/xen/alpha/a.c',
    '--- a/xen/alpha/a.c',
    '+++ /dev/null',
    '@@ -1,2 +1,2 @@',
    ' beta_start();',
    '-beta_stop();',
    'rename from tools/gamma/b.c',
    'rename to tools/gamma/c.c',
    ' mode change 100644 => 100755 tools/gamma/d.sh',
  ].join('\n');

  it('names its files by header lines, sorted, each once, /dev/null left out', () => {
    expect(readPatch(xen, patch).files).toEqual([
      'tools/gamma/b.c',
      'tools/gamma/c.c',
      'tools/gamma/d.sh',
      'xen/alpha/a.c',
    ]);
  });

  it('counts a keyword on changed lines', () => {
    expect(readPatch(xen, patch).keywordSections.map(({ title }) => title)).toEqual(['BETA DRIVER WITH A LONG TITLE']);
    expect(readPatch(xen, patch.replace('-beta_stop', ' beta_stop')).keywordSections).toEqual([]);
  });

  it('takes the empty file of Linux and QEMU for a file, and QEMU only the new side', () => {
    const linux = readMaintainers('A\nM: A <a@example.org>\nF: dev/\n', LINUX);
    expect(readPatch(linux, patch).files).toContain('dev/null');
    const qemu = readMaintainers('QEMU\nA\nM: A <a@example.org>\nF: dev/\n', QEMU);
    expect(readPatch(qemu, patch).files).toEqual(['dev/null']);
  });

  it('is no patch without file names', () => {
    expect(readPatch(xen, 'Hello,\nthis is prose.\n').files).toEqual([]);
  });
});

describe('dialects', () => {
  it.each([
    ['xen by its mark', XEN_TEXT, 'xen'],
    ['qemu by its first lines', 'QEMU Maintainers\n=====\n', 'qemu'],
    ['anything else is linux', 'List of maintainers\n', 'linux'],
  ])('%s', (_what, text, name) => {
    expect(recogniseDialect(text).name).toBe(name);
  });

  it('Linux: comments, lists with remarks, no second mention of a person, no head of the project', () => {
    const linux = readMaintainers(
      [
        'DEEP',
        '# a comment',
        'M: Ann <ann@example.org>',
        'L: deep@example.org (moderated for non-subscribers)',
        'L: shut@example.org (subscribers-only)',
        'S: Maintained',
        'F: a/b/',
        '',
        'WIDE',
        'M: "Ann" <ann@other.example.org>',
        'R: Bob <bob@example.org>',
        'L: wide@example.org',
        'S: Supported',
        'F: a/',
        '',
        'THE REST',
        'M: Linus Torvalds <torvalds@linux-foundation.org>',
        'L: all@example.org',
        'S: Buried alive in reporters',
        'F: *',
        'F: */',
      ].join('\n'),
      LINUX,
    );
    expect(writePerl(findEntries(linux, ['a/b/c.c']).entries)).toBe(
      [
        'Ann <ann@example.org> (maintainer:DEEP)',
        'Bob <bob@example.org> (reviewer:WIDE)',
        'deep@example.org (moderated list:DEEP)',
        'wide@example.org (open list:WIDE)',
        'all@example.org (open list)',
        '',
      ].join('\n'),
    );
  });
});

describe('hostile text', () => {
  it.each([
    ['nothing', ''],
    ['a property without a title', 'M: a\nF: b\n'],
    ['a broken expression', 'T\nF: a(b\nX: [\nN: *\nK: (\nM: A <a@b>\n'],
    ['a person without an address', 'T\nM: nobody\nF: */\n'],
  ])('%s is read without failing', (_what, text) => {
    const file = readMaintainers(text, LINUX);
    expect(() => findEntries(file, ['a/b', '', '/', '././'])).not.toThrow();
    expect(findMatches(file, 'x/y').path).toBe('x/y');
  });
});
