import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeSafeJson } from '../../src/lib/safe-json.ts';
import { toSafeLine, toSafeText } from '../../src/lib/safe-text.ts';

const LOUD = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u;

const ROWS = [
  { name: 'plain text', text: 'RIP: e030:func+0x1/0x2', safe: 'RIP: e030:func+0x1/0x2' },
  { name: 'tabs and line feeds', text: 'a\tb\nc', safe: 'a\tb\nc' },
  { name: 'other line ends', text: 'a\r\nb\rc\u2028d', safe: 'a\nb\nc\nd' },
  { name: 'a colour', text: '\u001b[1;31mred\u001b[0m', safe: 'red' },
  { name: 'a window title', text: '\u001b]0;owned\u0007after', safe: 'after' },
  { name: 'a title without an end', text: '\u001b]0;owned\nafter', safe: '\nafter' },
  { name: 'a clipboard write', text: '\u001b]52;c;cm0=\u001b\\after', safe: 'after' },
  { name: 'an escape alone', text: 'a\u001b', safe: 'a' },
  { name: 'C1 controls', text: 'a\u009b2Jb', safe: 'a2Jb' },
  { name: 'turned direction', text: 'a\u202egnp.exe', safe: 'agnp.exe' },
  { name: 'half a pair', text: 'a\ud83d', safe: 'a\ufffd' },
  { name: 'letters of all kinds', text: 'Gruß, Łukasz, 陈, 🧵', safe: 'Gruß, Łukasz, 陈, 🧵' },
];

describe('toSafeText', () => {
  it.each(ROWS)('makes $name safe', ({ text, safe }) => {
    expect(toSafeText(text)).toBe(safe);
  });

  it('lets nothing through that a terminal obeys, and is done after one time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const safe = toSafeText(text);
        return !LOUD.test(safe) && toSafeText(safe) === safe;
      }),
    );
  });

  it('takes time in proportion to the length', () => {
    const started = performance.now();

    toSafeText('\u001b['.repeat(500_000));
    toSafeText('\u001b]'.repeat(500_000));

    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('toSafeLine', () => {
  it('is one line with its blanks kept, cut with a mark', () => {
    expect(toSafeLine('a  b\nc\td  ')).toBe('a  b c d');
    expect(toSafeLine('abcdef', 4)).toBe('abc…');
    expect(toSafeLine('ab🧵cd', 4)).toBe('ab…');
  });
});

describe('writeSafeJson', () => {
  it('loses nothing and says nothing to a terminal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (text) => {
        const json = writeSafeJson({ text });

        expect(JSON.parse(json)).toEqual({ text });
        expect(json).not.toMatch(LOUD);
      }),
    );
    expect(writeSafeJson('\u009b\u202e')).toBe('"\\u009b\\u202e"');
  });
});
