import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { findAsked } from '../../../src/evidence/people/find-asked.ts';
import { makeMail, makeParts, type MailSketch } from '../make-mail.ts';

function asked(body: string, sketch: MailSketch = {}): string[] {
  const message = makeMail({ subject: 'Re: It crashes', parent: '0', ...sketch, body });
  return findAsked(message, makeParts(message)).map(({ name }) => name);
}

describe('who is brought in', () => {
  it.each<[string, string, string[]]>([
    ['who may know', 'Maybe Ida knows more, she did the port.', ['Ida']],
    ['in a sentence that begins so', 'Also adding Otto who touched this last year.', ['Otto']],
    ['who stands there', 'Ida is in Cc.', ['Ida']],
    ['put there', 'I put Otto on Cc.', ['Otto']],
    ['one, with a reason', 'Cc-ing Otto, who knows this code better than I do.', ['Otto']],
    ['in another spelling', "I'm CC'ing Otto.", ['Otto']],
    ['done already', 'CCed Otto / Ida in case they want to comment.', ['Otto', 'Ida']],
    ['two with a stroke', 'CC-ing Otto/Ida - please see below.', ['Otto', 'Ida']],
    ['two with "and"', 'Adding Otto and Ida since it involves Linux.', ['Otto', 'Ida']],
    ['a sentence of its own', 'Adding Otto.', ['Otto']],
    ['a full name', 'Adding Ida Ivarsdotter.', ['Ida Ivarsdotter']],
    [
      'two full names for something',
      'Adding Ida Ivarsdotter and Otto Ohm for the old boards.',
      ['Ida Ivarsdotter', 'Otto Ohm'],
    ],
    ['to Cc, in words', 'Adding Ida Ivarsdotter to CC who has seen it before.', ['Ida Ivarsdotter']],
    ['to another field', '(Adding Otto to the "To" list.)', ['Otto']],
    ['brackets', '[Adding Otto]', ['Otto']],
    ['brackets and a reason', '[adding Otto since he wrote that commit]', ['Otto']],
    ['brackets with cc', '[+cc Otto, Ida]', ['Otto', 'Ida']],
    ['brackets with cc and a reason', '[+cc Otto, since you reviewed it]', ['Otto']],
    ['a plus in brackets', '(+ Otto)', ['Otto']],
    ['the same without a blank, and more', '(+Otto and moving to the developers list)', ['Otto']],
    ['a plus at the start of a line', '+ Otto, Ida', ['Otto', 'Ida']],
    ['a plus with a reason', '+ Otto so that he can stop it.', ['Otto']],
    ['spoken to', "Ida: I'm adding you in case you could give it a try.", ['Ida']],
    ['asked to help', 'Otto and Ida, can you help with bisecting it?', ['Otto', 'Ida']],
    ['forgotten before', 'I forgot to add Otto to the Cc list.', ['Otto']],
    ['an umlaut, wrapped', 'The counter stays at zero. Cc-ing\nJürgen for an idea ...', ['Jürgen']],
    ['an address', "I'm cc'ing otto@example.org as well.", ['otto@example.org']],
    ['twice in one mail', 'Adding Otto.\n\nCc-ing Otto again.', ['Otto']],
  ])('%s', (_name, body, expected) => {
    expect(asked(body)).toEqual(expected);
  });

  it.each<[string, string]>([
    ['a program that may', 'Maybe Xen knows more about it.'],
    ['everybody', 'All, any idea?'],
    ['a greeting', 'Hello Otto, any idea?'],
    ['a wish', 'Please Cc Otto on the next version.'],
    ['a rule', "Please don't forget to Cc the maintainers of what you change."],
    ['advice about a group', 'Better CC those who look after x86, else nobody reads this.'],
    ['a group', 'CC+: driver and scheduler folks'],
    ['a maintainer without a name', 'Cc-ing the scheduler maintainer for an opinion.'],
    ['a list', "I'm CC'ing the xen-devel list as well."],
    ['a list by its address', 'CC-ing xen-devel@'],
    ['lists in words', 'It looks like ACPI, so I am adding the relevant lists too.'],
    ['stable', 'Forgot to Cc stable for the Fixes tag.'],
    ['somebody dropped', 'Dropping xen-users.'],
    ['who was not there', 'Nobody had CCed me, so I come late.'],
    ['who removes himself', 'Otto has a setting to remove himself from CC, I think.'],
    ['who was there', 'Odd: Otto was on Cc when I sent it.'],
    ['code', 'Adding Kconfig for this makes sense. Adding a check for NULL is enough.'],
    ['tags', "I added Otto's Reviewed-by."],
    ['quoted words', '> Cc-ing Otto, who knows.\n\nThanks.'],
    ['a trailer', 'Cc: Otto Ohm <otto@example.org>'],
    ['a diff', 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+ Otto\n'],
  ])('not %s', (_name, body) => {
    expect(asked(body)).toEqual([]);
  });

  it('gives whole provenance', () => {
    const message = makeMail({ subject: 'Re: a', parent: '0', body: 'Hm.\n\nCc-ing Otto, who\nknows.' });
    expect(findAsked(message, makeParts(message))).toEqual([
      {
        name: 'Otto',
        address: null,
        message: message.id,
        part: 'body',
        line: 3,
        quote: 'Cc-ing Otto, who knows.',
        depth: 0,
      },
    ]);
  });

  it('never throws', () => {
    const word = fc.constantFrom(
      'Cc',
      '-ing ',
      'Adding ',
      'Otto',
      ' and ',
      '(+ ',
      '[',
      ']',
      '\n',
      '> ',
      ', ',
      'I ',
      "I'm ",
      '<a@b.c>',
      '+',
      '.',
    );
    fc.assert(fc.property(fc.array(word, { maxLength: 50 }), (words) => Array.isArray(asked(words.join('')))));
  });
});

/** Rows of `domain.md` 4.6 A whose words bring in people by name, and who that is; all other rows bring in nobody. */
const NAMED: Readonly<Record<number, readonly string[]>> = {
  1: ['Juergen', 'Boris'],
  2: ['Juergen'],
  3: ['Juergen', 'Boris'],
  4: ['Stefano'],
  5: ['Stefano'],
  6: ['Stefano'],
  7: ['Stefano'],
  8: ['Juergen'],
  11: ['Juergen', 'Boris'],
  12: ['Boris', 'Juergen'],
  18: ['Andrii Chepurnyi'],
  22: ['Juergen'],
  23: ['Juergen'],
  24: ['Sreekanth', 'Suganath'],
  32: ['Roger'],
  33: ['Roger'],
  34: ['Roger'],
  43: ['Boris', 'Juergen'],
  44: ['Juergen', 'Boris'],
  45: ['Joe Jin'],
  46: ['Thomas'],
  47: ['Marek'],
  48: ['Tom'],
  49: ['Marc'],
  51: ['Jason'],
  52: ['Marc'],
  53: ['Aaro Koskinen', 'Peter Vasil'],
  55: ['Linus'],
  57: ['Roger'],
};

const GUIDE = '../shared/domain.md';

describe.skipIf(!existsSync(GUIDE))('the words of real corrections (../shared/domain.md 4.6)', () => {
  it('finds whom they bring in, in nine rows of ten at least, and nobody elsewhere', () => {
    const rows = existsSync(GUIDE) ? readRows(readFileSync(GUIDE, 'utf8')) : [];
    const wrong = rows.filter(
      ({ number, words }) =>
        !same(
          words.flatMap((one) => asked(one)),
          NAMED[number] ?? [],
        ),
    );
    const named = rows.filter(({ number }) => number in NAMED);
    const held = named.filter((row) => !wrong.includes(row));
    console.log(
      `rows that name a person: ${held.length} of ${named.length} hold; all rows: ${rows.length - wrong.length} of ${rows.length}`,
    );
    expect(named.length).toBe(Object.keys(NAMED).length);
    expect(held.length / named.length).toBeGreaterThanOrEqual(0.9);
    expect(wrong.filter(({ number }) => !(number in NAMED))).toEqual([]);
  });
});

function same(found: readonly string[], wanted: readonly string[]): boolean {
  return [...new Set(found)].sort().join() === [...wanted].sort().join();
}

/** Number and quoted words of every row of table A: `| 12† | date | who | "words" | … |`. */
function readRows(guide: string): { number: number; words: string[] }[] {
  const table = guide.slice(guide.indexOf('### 4.6'), guide.indexOf('### 4.7'));
  return table.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const number = Number(/^(?<number>\d+)†?$/.exec(cells[1] ?? '')?.groups?.['number'] ?? NaN);
    const cell = cells[4] ?? '';
    const words = [...cell.matchAll(/(?:^|[\s:])["'](?<words>.+?)["'](?=$|[\s;:(])/g)].map(
      (match) => match.groups?.['words'] ?? '',
    );
    return Number.isNaN(number) ? [] : [{ number, words }];
  });
}

describe('who is spoken to by name', () => {
  const inFirst = (body: string, subject = 'A box that hangs') => {
    const message = makeMail({ subject, body });
    return findAsked(message, makeParts(message)).map(({ name }) => name);
  };

  it.each<[string, string, string[]]>([
    ['with what he said', 'Otto, you mentioned that you have one of these?', ['Otto']],
    ['for an idea', 'Otto/Ida, any idea?', ['Otto', 'Ida']],
    ['for help', 'Ida, could you look at the trace?', ['Ida']],
  ])('%s', (_name, body, expected) => {
    expect(inFirst(body)).toEqual(expected);
  });

  it('is not brought in where people answer each other', () => {
    expect(inFirst('Otto, you mentioned that you have one of these?', 'Re: A box that hangs')).toEqual([]);
  });

  it('is not brought in by a patch', () => {
    expect(inFirst('Otto, could you take this?', '[PATCH] xl: say so')).toEqual([]);
  });
});
