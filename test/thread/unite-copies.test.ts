import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/model/message.ts';
import { uniteCopies } from '../../src/thread/unite-copies.ts';
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
