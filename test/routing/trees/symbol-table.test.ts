import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSymbolTable } from '../../../src/routing/trees/symbol-table.ts';

function toTable(entries: ReadonlyMap<string, readonly number[]>, paths: readonly string[]): Buffer {
  const names = [...entries.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const lines = names.map((name) => `${name} ${(entries.get(name) ?? []).join(',')}\n`);
  return Buffer.from(`${String(paths.length)}\n${paths.join('\n')}\n${lines.join('')}`);
}

const PATHS = ['a/one.c', 'b/one.c', 'b/two.c'];
const table = openSymbolTable(
  toTable(
    new Map([
      ['alpha', [0]],
      ['alpha_do', [0, 2]],
      ['alpha_undo', [2]],
      ['beta', [1]],
    ]),
    PATHS,
  ),
);

describe('a table of functions', () => {
  it('knows the files of a function', () => {
    expect(table.filesOf('alpha_do')).toEqual(['a/one.c', 'b/two.c']);
    expect(table.filesOf('alph')).toEqual([]);
    expect(table.filesOf('zeta')).toEqual([]);
    expect(table.filesOf('')).toEqual([]);
  });

  it('knows families', () => {
    expect(table.filesOfFamily('alpha_')).toEqual(['a/one.c', 'b/two.c', 'b/two.c']);
    expect(table.filesOfFamily('gamma_')).toEqual([]);
  });

  it('finds files by the end of their path, whole components alone', () => {
    expect(table.filesNamed('one.c')).toEqual(['a/one.c', 'b/one.c']);
    expect(table.filesNamed('b/one.c')).toEqual(['b/one.c']);
    expect(table.filesNamed('ne.c')).toEqual([]);
  });

  it('finds every function that it holds, and none that it does not', () => {
    const name = fc.stringMatching(/^[a-z_]{1,6}$/);
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 40 }), name, (names, other) => {
        const own = openSymbolTable(toTable(new Map(names.map((one, index) => [one, [index % 3]])), PATHS));
        for (const [index, one] of names.entries()) expect(own.filesOf(one)).toEqual([PATHS[index % 3]]);
        expect(own.filesOf(other).length).toBe(names.includes(other) ? 1 : 0);
        expect(own.filesOfFamily(other).length).toBe(names.filter((one) => one.startsWith(other)).length);
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['noise', 'x\ny\nz'],
    ['a short list of files', '5\na\nb\n'],
  ])('holds nothing for %s', (_what, text) => {
    const noise = openSymbolTable(Buffer.from(text));
    expect(noise.filesOf('a')).toEqual([]);
    expect(noise.filesOfFamily('a')).toEqual([]);
  });
});
