import { describe, expect, it } from 'vitest';
import { readDate } from '../../src/message/date.ts';

const rows: readonly { name: string; field: string; date: string | null }[] = [
  { name: 'the usual form', field: 'Thu, 28 Sep 2017 10:42:00 +0200', date: '2017-09-28T08:42:00.000Z' },
  { name: 'a comment behind', field: 'Thu, 28 Sep 2017 10:42:00 +0200 (CEST)', date: '2017-09-28T08:42:00.000Z' },
  { name: 'no day name, no seconds', field: '28 Sep 2017 08:42 GMT', date: '2017-09-28T08:42:00.000Z' },
  { name: 'a zone by name', field: 'Thu, 28 Sep 2017 08:42:00 EST', date: '2017-09-28T13:42:00.000Z' },
  { name: 'a two-digit year', field: 'Thu, 28 Sep 17 08:42:00 -0000', date: '2017-09-28T08:42:00.000Z' },
  { name: 'a year of the last century', field: '28 Sep 99 08:42:00 -0000', date: '1999-09-28T08:42:00.000Z' },
  { name: 'folded white space', field: 'Thu,  2 May\t2019 18:48:46 +0530', date: '2019-05-02T13:18:46.000Z' },
  { name: 'ctime', field: 'Thu Sep 28 08:42:00 2017 +0100', date: '2017-09-28T07:42:00.000Z' },
  { name: 'ISO 8601', field: '2017-09-28T08:42:00Z', date: '2017-09-28T08:42:00.000Z' },
  { name: 'a month in full', field: 'Thu, 28 September 2017 08:42:00 +0000', date: '2017-09-28T08:42:00.000Z' },
  { name: 'a leap second', field: 'Sat, 31 Dec 2016 23:59:60 +0000', date: '2017-01-01T00:00:00.000Z' },
  { name: 'a zone beyond a day as UTC', field: 'Thu, 28 Sep 2017 08:42:00 +9900', date: '2017-09-28T08:42:00.000Z' },
  { name: 'the 31st of February', field: 'Fri, 31 Feb 2017 08:42:00 +0000', date: null },
  { name: 'an hour too many', field: 'Thu, 28 Sep 2017 25:42:00 +0000', date: null },
  { name: 'no date', field: 'yesterday', date: null },
  { name: 'nothing', field: '', date: null },
  { name: 'a foreign month', field: 'Do, 28 Okt 2017 08:42:00 +0000', date: null },
];

describe('readDate', () => {
  it.each(rows)('reads $name', ({ field, date }) => {
    expect(readDate(field)).toBe(date);
  });
});
