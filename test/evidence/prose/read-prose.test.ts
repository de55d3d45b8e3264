import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { toLines } from '../../../src/model/message.ts';
import { toLineNumber, toProse } from '../../../src/evidence/prose/read-prose.ts';

const read = (text: string): [number, string][] =>
  toProse(toLines(text)).sentences.map(({ depth, text: words }) => [depth, words]);

describe('toProse', () => {
  it.each<[string, string, [number, string][]]>([
    ['a sentence wrapped over lines', 'this fixes\nthe issue for\nme.', [[0, 'this fixes the issue for me.']]],
    [
      'two sentences on a line',
      'It broke. It works now.',
      [
        [0, 'It broke.'],
        [0, 'It works now.'],
      ],
    ],
    ['no cut behind an abbreviation', 'See e.g. Xen 4.18 vs. 4.19 here.', [[0, 'See e.g. Xen 4.18 vs. 4.19 here.']]],
    [
      'quotations with their depth',
      '> is it fixed?\nYes.',
      [
        [1, 'is it fixed?'],
        [0, 'Yes.'],
      ],
    ],
    [
      'no attribution line',
      'On Monday, Max Maintainer wrote:\n> try it\nDone.',
      [
        [1, 'try it'],
        [0, 'Done.'],
      ],
    ],
    ['no signature', 'Thanks.\n-- \nThis fixes it.', [[0, 'Thanks.']]],
    ['a mark with nothing above is no signature', '-- \nThis fixes it.', [[0, 'This fixes it.']]],
    [
      'no list footer',
      'Thanks.\n_______________________________________________\nXen-devel mailing list',
      [[0, 'Thanks.']],
    ],
    [
      'no log',
      'It says:\n(XEN) Panic on CPU 0:\n[   12.345678] BUG: kernel NULL pointer dereference\nWhy?',
      [
        [0, 'It says:'],
        [0, 'Why?'],
      ],
    ],
    [
      'no diff, but the words below it',
      'Try:\ndiff --git a/x.c b/x.c\n--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-this crashes\n+this works\nThanks.',
      [
        [0, 'Try:'],
        [0, 'Thanks.'],
      ],
    ],
    ['no tags', 'Good.\nTested-by: Rita Reporter <rita@example.org>', [[0, 'Good.']]],
    [
      'bullets apart',
      '* one\n* two',
      [
        [0, '* one'],
        [0, '* two'],
      ],
    ],
    [
      'a mail quoted without marks',
      'My words.\n\nFrom: Rita Reporter\nSent: Monday\nTo: list\nSubject: bug\n\nIt crashed.',
      [
        [0, 'My words.'],
        [1, 'From: Rita Reporter Sent: Monday To: list Subject: bug'],
        [1, 'It crashed.'],
      ],
    ],
    [
      'an answer below a fenced quotation',
      'Hm.\n---\nFrom: Rita Reporter\nSent: Monday\nTo: list\nSubject: bug\n\nIt crashed.\n---\nNo idea.',
      [
        [0, 'Hm.'],
        [1, 'From: Rita Reporter Sent: Monday To: list Subject: bug'],
        [1, 'It crashed.'],
        [0, 'No idea.'],
      ],
    ],
  ])('%s', (_name, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('says where the words of a wrapped sentence stand', () => {
    const [sentence] = toProse(toLines('\nthis fixes\nthe issue')).sentences;
    expect(sentence && [toLineNumber(sentence, 0), toLineNumber(sentence, 11)]).toEqual([2, 3]);
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) =>
        toProse(toLines(text)).sentences.every(({ starts }) => starts.length > 0),
      ),
    );
  });

  it('is not slowed down by long or odd lines', () => {
    const before = performance.now();
    for (const text of [
      '. '.repeat(50_000),
      'a'.repeat(200_000),
      '> '.repeat(5000),
      '- '.repeat(20_000),
      'From: x\n'.repeat(10_000),
    ])
      toProse(toLines(text));
    expect(performance.now() - before).toBeLessThan(2000);
  });
});
