import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/model/message.ts';
import { uniteCopies, uniteHeads } from '../../src/thread/unite-copies.ts';
import { head } from './heads.ts';

const person = (name: string) => ({ name, address: `${name.toLowerCase()}@example.org` });

function copy(change: Partial<Message>): Message {
  return {
    ...head({ id: 'a', day: 1 }),
    parts: [{ name: 'body', type: 'text/plain', text: 'Hi\n', flowed: false, delSp: false }],
    otherParts: [],
    problems: [],
    ...change,
  };
}

const body = (text: string): Message['parts'] => [
  { name: 'body', type: 'text/plain', text, flowed: false, delSp: false },
];

const rows: readonly { name: string; a: Partial<Message>; b: Partial<Message>; united: Partial<Message> }[] = [
  {
    name: 'the same copy twice',
    a: { cc: [person('Bob')] },
    b: { cc: [person('Bob')] },
    united: { cc: [person('Bob')] },
  },
  {
    name: 'everybody addressed in either',
    a: { to: [person('Ada')], cc: [person('Bob')], lists: ['b.example.org'] },
    b: { to: [person('Ada')], cc: [person('Cy'), person('Bob')], lists: ['a.example.org'] },
    united: { to: [person('Ada')], cc: [person('Bob'), person('Cy')], lists: ['a.example.org', 'b.example.org'] },
  },
  {
    name: 'the text without a footer',
    a: { parts: body('Hi\n___\nlist\n') },
    b: { parts: body('Hi\n') },
    united: { parts: body('Hi\n') },
  },
  {
    name: 'the attachments that one list took away',
    a: { parts: [...body('Hi\n'), { name: 'log', type: 'text/plain', text: 'x', flowed: false, delSp: false }] },
    b: {},
    united: { parts: [...body('Hi\n'), { name: 'log', type: 'text/plain', text: 'x', flowed: false, delSp: false }] },
  },
  {
    name: 'the person, not the list that put itself in',
    a: { from: { name: 'Ada', address: 'xen-devel@lists.example.org' }, lists: ['xen-devel.lists.example.org'] },
    b: { from: person('Ada') },
    united: { from: person('Ada'), lists: ['xen-devel.lists.example.org'] },
  },
  {
    name: 'the copy whose date can be read',
    a: { date: null, problems: [{ kind: 'bad-date', text: 'x' }] },
    b: {},
    united: {},
  },
  {
    name: 'the link',
    a: { url: 'https://lists.example.org/1' },
    b: {},
    united: { url: 'https://lists.example.org/1' },
  },
  {
    name: 'headers of both',
    a: { headers: { 'list-id': ['<a>'] } },
    b: { headers: { 'x-mailer': ['m'] } },
    united: { headers: { 'list-id': ['<a>'], 'x-mailer': ['m'] } },
  },
];

describe('uniteCopies', () => {
  it.each(rows)('keeps $name, whichever copy comes first', ({ a, b, united }) => {
    expect(uniteCopies(copy(a), copy(b))).toEqual(copy(united));
    expect(uniteCopies(copy(b), copy(a))).toEqual(copy(united));
  });
});

const forged = (from: string) => ({
  kind: 'forged-copy' as const,
  text: `another mail has the same Message-ID, from ${from}@example.org; it was left out`,
});

describe('a mail of another sender with a known Message-ID', () => {
  const real = copy({ from: person('Ada'), cc: [person('Bob')], date: '2024-01-01T00:00:00.000Z' });

  it.each<{ name: string; other: Partial<Message> }>([
    { name: 'with another text', other: { parts: body('Buy looms!\n') } },
    { name: 'with more parts', other: { parts: [...body('Hi\n'), ...body('and more\n')] } },
    { name: 'with other people', other: { to: [person('Eve')], cc: [person('Dan')] } },
    { name: 'with other lists, headers and a link', other: { lists: ['x.example.org'], url: 'https://x.example.org' } },
    { name: 'without a date', other: { date: null } },
    { name: 'of the same moment', other: { date: real.date } },
  ])('$name changes nothing, and is told', ({ other }) => {
    const second = copy({ from: person('Mallory'), date: '2024-01-02T00:00:00.000Z', ...other });
    const kept = { ...real, problems: [forged('mallory')] };
    expect(uniteCopies(real, second)).toEqual(kept);
    expect(uniteCopies(second, real)).toEqual(kept);
    expect(uniteHeads(second, real)).toEqual(real);
  });

  it('still makes the threads one that it names', () => {
    const second = copy({ ...head({ id: 'a', day: 9, refs: ['z'] }), from: person('Mallory') });
    expect(uniteCopies(second, { ...real, from: person('Ada') }).references).toEqual(['z']);
  });

  it('is left out of three and more in any order', () => {
    const copies = [
      real,
      { ...real, cc: [person('Cy')], lists: ['two.example.org'], parts: body('Hi\n-- \nfooter\n') },
      copy({ from: person('Mallory'), cc: [person('Eve')], date: '2024-01-02T00:00:00.000Z' }),
      copy({ from: person('Trudy'), parts: body(''), date: null }),
    ];
    const summary = ({ from, cc, parts, problems, lists, date }: Message) => ({
      from,
      cc: cc.map(({ address }) => address).sort(),
      parts,
      problems,
      lists,
      date,
    });
    fc.assert(
      fc.property(fc.shuffledSubarray(copies, { minLength: 4 }), (mails) => {
        expect(summary(mails.reduce(uniteCopies))).toEqual({
          from: person('Ada'),
          cc: ['bob@example.org', 'cy@example.org'],
          parts: body('Hi\n'),
          problems: [forged('mallory'), forged('trudy')],
          lists: ['two.example.org'],
          date: real.date,
        });
      }),
    );
  });
});
