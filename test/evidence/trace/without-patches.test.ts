import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../../src/model/log.ts';
import { withoutPatches } from '../../../src/evidence/trace/without-patches.ts';

const toLine = (text: string, at: number, depth = 0): LogLine => ({
  text,
  first: at + 1,
  last: at + 1,
  depth,
  console: null,
  domain: null,
  caller: null,
  seconds: null,
  repairs: [],
});

const keep = (texts: readonly string[]): string[] =>
  withoutPatches(texts.map((text, at) => toLine(text.replace(/^> /, ''), at, text.startsWith('> ') ? 1 : 0))).map(
    ({ text }) => text,
  );

describe('withoutPatches', () => {
  it.each<[string, string[], string[]]>([
    ['no patch at all', ['(XEN) a', '-b', '+c'], ['(XEN) a', '-b', '+c']],
    ['the lines of a hunk', ['x', '@@ -1,2 +1,2 @@ f', ' a', '-b', '+c', 'log'], ['x', 'log']],
    ['counts left out are one', ['@@ -1 +1 @@', '-b', '+c', 'log'], ['log']],
    ['a hunk that only adds', ['@@ -0,0 +1,2 @@', '+a', '+b', 'log'], ['log']],
    ['an empty line of context', ['@@ -1,2 +1,2 @@', '', ' a', 'log'], ['log']],
    ['what a mailer broke off', ['@@ -1,2 +1,2 @@', ' a long line', 'goes on', ' b', 'log'], ['log']],
    ['a hunk that is cut off by the next file', ['@@ -1,9 +1,9 @@', ' a', 'diff --git a/x b/x', 'log'], ['log']],
    ['comments between quoted lines', ['> @@ -1,2 +1,2 @@', '>  a', 'why?', '>  b', '> log'], ['why?', 'log']],
    ['words that look like a header', ['@@ is not a hunk', 'log'], ['@@ is not a hunk', 'log']],
  ])('%s', (_, texts, kept) => {
    expect(keep(texts)).toEqual(kept);
  });
});
