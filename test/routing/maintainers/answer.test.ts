import { describe, expect, it } from 'vitest';
import { answerMaintainers, openTree } from '../../../src/routing/maintainers/answer.ts';
import { XEN_DIRECTORIES, XEN_TEXT } from './small-tree.ts';

const FILES: Readonly<Record<string, string>> = {
  MAINTAINERS: XEN_TEXT,
  '.mailmap': 'Ann Mapped <ann@new.example.org> <ann@example.org>\n',
  'xen/alpha/x.c': 'int x;\n',
  'xen/alpha/k.c': 'beta_start();\n',
  Makefile: 'all:\n',
};
const reader = {
  read: (path: string) => (path in FILES ? Buffer.from(FILES[path] ?? '') : null),
  isDirectory: (path: string) => XEN_DIRECTORIES.has(path),
};
const tree = openTree(reader);
const ask = (paths: readonly string[], each = false, format: 'perl' | 'json' | 'explain' = 'perl') =>
  answerMaintainers({ ask: { kind: 'files', paths }, each, format }, tree);

describe('the command behind heddle maintainers', () => {
  it('answers in the bytes of the tree, with its mailmap and keywords', () => {
    const { output, problems } = ask(['xen/alpha/k.c']);
    expect(problems).toEqual([]);
    expect(output.toString('utf8').split('\n')).toEqual([
      'Ann Mapped <ann@new.example.org> (supporter:ALPHA SUBSYSTEM)',
      '"Bo, Alpha" <bo@example.org> (supporter:ALPHA SUBSYSTEM)',
      'Cy Reviewer <cy@example.org> (reviewer)',
      '"Dé Beta" <de@example.org> (odd fixer:BETA DRIVER WITH...)',
      'alpha@lists.example.org (open list:ALPHA SUBSYSTEM)',
      'devel@lists.example.org (open list)',
      '',
    ]);
  });

  it('answers for each file by itself', () => {
    const text = ask(['Makefile', 'xen/alpha/x.c'], true).output.toString('utf8');
    expect(text.split('\n').filter((line) => line.startsWith('== '))).toEqual(['== Makefile', '== xen/alpha/x.c']);
  });

  it('asks a directory as such, and tells of files that are not there', () => {
    expect(ask(['xen/alpha']).output.toString('utf8')).toContain('Ann Mapped');
    expect(ask(['xen/none.c']).problems).toEqual(['xen/none.c: there is no such file in the tree.']);
  });

  it('reads patches, and says which is none', () => {
    const patches = [
      { name: 'a.patch', bytes: Buffer.from('--- a/xen/alpha/x.c\n+++ b/xen/alpha/x.c\n') },
      { name: 'b.txt', bytes: Buffer.from('prose\n') },
    ];
    const { output, problems } = answerMaintainers(
      { ask: { kind: 'patches', patches }, each: true, format: 'perl' },
      tree,
    );
    expect(problems).toEqual(['b.txt: this does not look like a patch; give -f for files.']);
    expect(output.toString('utf8')).toContain('== a.patch\nAnn Mapped');
    expect(output.toString('utf8')).toContain('== b.txt\n');
  });

  it('explains', () => {
    expect(ask(['xen/alpha/x.c'], false, 'explain').output.toString('utf8')).toContain(
      '  ALPHA SUBSYSTEM: covered by "xen/alpha/", score 2\n',
    );
  });

  it('gives JSON', () => {
    expect(JSON.parse(ask(['Makefile'], false, 'json').output.toString('utf8'))).toEqual([
      { who: 'Flo Rest <flo@example.org>', role: 'supporter:THE REST', kind: 'person' },
      { who: 'Gus Rest <gus@example.org>', role: 'supporter:THE REST', kind: 'person' },
      { who: 'devel@lists.example.org', role: 'open list', kind: 'list' },
    ]);
  });

  it.each([['there is no MAINTAINERS', {}]])('fails plainly where %s', (_what, files: Record<string, string>) => {
    expect(() =>
      openTree({ read: (path) => (path in files ? Buffer.from(files[path] ?? '') : null), isDirectory: () => false }),
    ).toThrow('There is no MAINTAINERS file at the top of the tree.');
  });
});
