import { describe, expect, it } from 'vitest';
import { toKeyword } from '../../../src/routing/maintainers/keyword.ts';

describe('keywords', () => {
  it.each([
    ['white space does not count', 'be ta', 'xbetax', true],
    ['escaped white space does', 'be\\ ta', 'be ta', true],
    ['a comment ends it', 'beta # or gamma', 'beta', true],
    ['a sharp inside a class stays', '[#]x', '#x', true],
    ['case counts', 'beta', 'Beta', false],
    ['an inline flag folds the rest', '^Subject:.*(?i)mips', 'Subject: MIPS and more', true],
    ['a group with a flag folds itself alone', '\\b(?i:clang)x', 'CLANGx', true],
    ['and nothing behind it', '\\b(?i:clang)x', 'CLANGX', false],
    ['a class folds too', '(?i)[ab]c', 'BC', true],
  ])('%s', (_what, source, text, expected) => {
    expect(toKeyword(source)?.test(text)).toBe(expected);
  });

  it('is null for what is no expression', () => {
    expect(toKeyword('(')).toBeNull();
  });
});
