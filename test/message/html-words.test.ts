import { describe, expect, it } from 'vitest';
import { htmlToText } from '../../src/message/html-text.ts';
import { readHtmlWords } from '../../src/message/html-words.ts';

const SIZE = 1024 * 1024;
const fill = (piece: string, around = '') => around + piece.repeat(Math.ceil(SIZE / piece.length)).slice(0, SIZE);

describe('readHtmlWords', () => {
  it.each<{ name: string; html: string; text: string }>([
    { name: 'lines of blocks', html: '<p>one</p><div>two<br>three</div>', text: 'one\n\ntwo\nthree' },
    { name: 'rows and cells', html: '<table><tr><td>a</td><td>b</td></tr><tr><td>c</table>', text: 'a  b\n\n c' },
    { name: 'preformatted text', html: 'x  y<pre>a\n  b</pre>c', text: 'x y\na\n  b\nc' },
    {
      name: 'entities',
      html: '&lt;1&#x3e;&amp;amp;&nbsp;&#65;&unknown;&#xd800;',
      text: '<1>&amp;\u00a0A&unknown;\ufffd',
    },
    {
      name: 'nothing of scripts',
      html: 'a<SCRIPT>if (x<y) z</SCRIPT><style>p{}</style>b<!-- <p>c --> d',
      text: 'ab d',
    },
    { name: 'nothing behind what never ends', html: 'a<script>b', text: 'a' },
    { name: 'a sign that is no tag', html: 'a < b <3 c', text: 'a < b <3 c' },
    { name: 'nothing', html: '', text: '' },
  ])('reads $name', ({ html, text }) => {
    expect(readHtmlWords(html)).toBe(text);
  });

  it('is what a log of thousands of lines is read by', () => {
    const lines = Array.from({ length: 40_000 }, (_, at) => `[ 12.${at}] frame_${at}+0x1/0x2`);
    expect(htmlToText(`<html><body>${lines.map((line) => `<div>${line}</div>`).join('\n')}</body></html>`)).toContain(
      `${lines[20_000]}\n`,
    );
  });
});

describe('a megabyte of hostile HTML', () => {
  it.each([
    ['nested blocks', fill('<div>')],
    ['nested lists', fill('<ul><li>x')],
    ['nested tables', fill('<table><tr><td>x')],
    ['small tables', fill('<table><tr><td>x</td></tr></table>')],
    ['wide cells', fill('<tr><td rowspan=9999 colspan=9999>x</td></tr>', '<table>')],
    ['cells without rows', fill('<td>')],
    ['open brackets', fill('<')],
    ['open tags', fill('<a ')],
    ['attributes', fill('b=c ', '<a ')],
    ['an attribute that never ends', fill('x', '<a b="')],
    ['comments', fill('<!--')],
    ['scripts', fill('<script>')],
    ['entities', fill('&#x')],
    ['blanks and line ends', fill(' \n')],
    ['blanks', fill(' ')],
  ])('is read in a second: %s', (_, html) => {
    const before = process.cpuUsage();
    htmlToText(html);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(1);
  });
});
