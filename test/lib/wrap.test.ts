import { describe, expect, it } from 'vitest';
import { escapeMarkup, toLink } from '../../src/lib/markup.ts';
import { wrap } from '../../src/lib/wrap.ts';

const WRAPS = [
  { name: 'nothing', text: '  \n ', lines: [] },
  { name: 'a short text', text: 'one two', lines: ['- one two'] },
  { name: 'a long text', text: 'one two three four', lines: ['- one two', '  three', '  four'] },
  {
    name: 'a word wider than the line',
    text: 'a https://example.org/long b',
    lines: ['- a', '  https://example.org/long', '  b'],
  },
  { name: 'folded white space', text: 'one\n\n  two', lines: ['- one two'] },
];

const LINKS = [
  { link: 'https://example.org/a?b=c', safe: 'https://example.org/a?b=c' },
  { link: 'HTTP://example.org', safe: 'http://example.org/' },
  { link: 'https://example.org/"><script>', safe: 'https://example.org/%22%3E%3Cscript%3E' },
  { link: 'javascript:alert(1)', safe: null },
  { link: ' https://example.org', safe: null },
  { link: 'data:text/html,x', safe: null },
  { link: 'https://', safe: null },
  { link: null, safe: null },
];

describe('wrap', () => {
  it.each(WRAPS)('lays out $name', ({ text, lines }) => {
    expect(wrap(text, 10, '- ')).toEqual(lines);
  });
});

describe('markup', () => {
  it.each(LINKS)('takes $link as $safe', ({ link, safe }) => {
    expect(toLink(link)).toBe(safe);
  });

  it('escapes all five characters and drops controls', () => {
    expect(escapeMarkup(`<a href="x" title='y'>&\u0000`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;');
  });
});
