import { describe, expect, it } from 'vitest';
import { readAddresses } from '../../src/message/addresses.ts';

const rows: readonly { name: string; field: string; people: [string | null, string][] }[] = [
  { name: 'a bare address', field: 'Ada@Example.ORG', people: [[null, 'ada@example.org']] },
  {
    name: 'a name and an address',
    field: 'Ada Lovelace <ada@example.org>',
    people: [['Ada Lovelace', 'ada@example.org']],
  },
  {
    name: 'a comma in quotes',
    field: '"Lovelace, Ada" <ada@example.org>, bob@example.org',
    people: [
      ['Lovelace, Ada', 'ada@example.org'],
      [null, 'bob@example.org'],
    ],
  },
  {
    name: 'a comma in an encoded word',
    field: '=?utf-8?q?Lovelace=2C_Ad=C3=A4?= <ada@example.org>',
    people: [['Lovelace, Adä', 'ada@example.org']],
  },
  {
    name: 'an encoded word in quotes',
    field: '"=?iso-8859-1?Q?J=FCrgen?= X" <j@example.org>',
    people: [['Jürgen X', 'j@example.org']],
  },
  { name: 'escapes in quotes', field: '"Bob \\"B\\" <x>" <b@example.org>', people: [['Bob "B" <x>', 'b@example.org']] },
  {
    name: 'a name in a comment',
    field: 'ada@example.org (Ada (the first))',
    people: [['Ada the first', 'ada@example.org']],
  },
  { name: 'what list archives print', field: 'ada at example.org (Ada)', people: [['Ada', 'ada@example.org']] },
  {
    name: 'a group',
    field: 'Team: ada@example.org, Bob <bob@example.org>; cy@example.org',
    people: [
      [null, 'ada@example.org'],
      ['Bob', 'bob@example.org'],
      [null, 'cy@example.org'],
    ],
  },
  { name: 'an empty group', field: 'undisclosed-recipients:;', people: [] },
  {
    name: 'names alone',
    field: 'xen-devel, "Ada Lovelace" <>',
    people: [
      ['xen-devel', ''],
      ['Ada Lovelace', ''],
    ],
  },
  { name: 'one address twice', field: 'Ada <ada@example.org>, ADA@example.org', people: [['Ada', 'ada@example.org']] },
  {
    name: 'a name that is the address',
    field: '"ada@example.org" <ada@example.org>',
    people: [[null, 'ada@example.org']],
  },
  {
    name: 'an address without brackets behind a name',
    field: 'Ada Lovelace ada@example.org',
    people: [['Ada Lovelace', 'ada@example.org']],
  },
  {
    name: 'a whole entry encoded by a relay',
    field: '=?utf-8?q?Ad=C3=A4_=3Cada=40example=2Eorg=3E?=@relay.example.org',
    people: [['Adä', 'ada@example.org']],
  },
  { name: 'quotes that never close', field: '"Ada <ada@example.org>', people: [['Ada <ada@example.org>', '']] },
  {
    name: 'semicolons as commas',
    field: 'ada@example.org; bob@example.org',
    people: [
      [null, 'ada@example.org'],
      [null, 'bob@example.org'],
    ],
  },
  { name: 'nothing', field: ' , ,', people: [] },
];

describe('readAddresses', () => {
  it.each(rows)('reads $name', ({ field, people }) => {
    expect(readAddresses([field]).map(({ name, address }) => [name, address])).toEqual(people);
  });

  it('unites several fields of one name', () => {
    expect(readAddresses(['a@example.org', 'b@example.org, a@example.org'])).toEqual([
      { name: null, address: 'a@example.org' },
      { name: null, address: 'b@example.org' },
    ]);
  });

  it.each(['<', '"', '(', '"\\', '<(', ',', '=?', 'a@'])('takes 100,000 times %s in its stride', (piece) => {
    expect(readAddresses([piece.repeat(100_000)]).length).toBeLessThan(1_001);
  });
});
