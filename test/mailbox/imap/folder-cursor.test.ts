import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  nextStretch,
  readCursor,
  retryHard,
  startCursor,
  withHard,
  withNews,
  without,
  writeCursor,
  type FolderCursor,
} from '../../../src/mailbox/imap/folder-cursor.ts';

const AT_START: FolderCursor = { uidValidity: '7', next: 11, news: [], old: [[1, 10]], hard: [] };

describe('where reading starts', () => {
  it.each([
    { name: 'with all that is there', uidNext: 11, backFill: true, old: [[1, 10]] },
    { name: 'without a back-fill', uidNext: 11, backFill: false, old: [] },
    { name: 'in an empty folder', uidNext: 1, backFill: true, old: [] },
  ])('$name', ({ uidNext, backFill, old }) => {
    expect(startCursor('7', uidNext, backFill)).toEqual({ uidValidity: '7', next: uidNext, news: [], old, hard: [] });
  });
});

describe('news', () => {
  it('are what has a UID from the next one on', () => {
    expect(withNews(AT_START, 12)).toEqual({ ...AT_START, next: 13, news: [[11, 12]] });
  });

  it('are none where the server names its last mail again', () => {
    expect(withNews(AT_START, 10)).toEqual(AT_START);
  });

  it('come before what is old, in their order', () => {
    const cursor = withNews(AT_START, 12);
    expect(nextStretch(cursor, 5, true)).toEqual({ from: 'news', range: [11, 12], downward: false });
  });
});

describe('the next stretch', () => {
  it.each([
    { name: 'from below', newestFirst: false, old: [[1, 10]], range: [1, 4] },
    { name: 'from above', newestFirst: true, old: [[1, 10]], range: [7, 10] },
    {
      name: 'no longer than the range',
      newestFirst: false,
      old: [
        [3, 4],
        [8, 9],
      ],
      range: [3, 4],
    },
    {
      name: 'the highest range first',
      newestFirst: true,
      old: [
        [3, 4],
        [8, 9],
      ],
      range: [8, 9],
    },
  ] as const)('$name', ({ newestFirst, old, range }) => {
    expect(nextStretch({ ...AT_START, old }, 4, newestFirst)?.range).toEqual(range);
  });

  it('is none where all is read', () => {
    expect(nextStretch({ ...AT_START, old: [] }, 4, true)).toBeNull();
  });
});

describe('what has been read', () => {
  it.each([
    { name: 'the whole', read: [1, 10], left: [] },
    { name: 'the beginning', read: [1, 4], left: [[5, 10]] },
    { name: 'the end', read: [9, 10], left: [[1, 8]] },
    {
      name: 'the middle',
      read: [4, 6],
      left: [
        [1, 3],
        [7, 10],
      ],
    },
    { name: 'beside it', read: [11, 12], left: [[1, 10]] },
  ] as const)('$name', ({ read, left }) => {
    expect(without(AT_START, 'old', read).old).toEqual(left);
  });

  it('in windows from either end, with news in between, is every UID once', () => {
    const plan = fc.record({
      uids: fc.integer({ min: 0, max: 60 }),
      width: fc.integer({ min: 1, max: 20 }),
      newestFirst: fc.boolean(),
      news: fc.array(fc.nat(5), { maxLength: 10 }),
    });
    fc.assert(
      fc.property(plan, ({ uids, width, newestFirst, news }) => {
        let cursor = startCursor('1', uids + 1, true);
        const read: number[] = [];
        const coming = [...news];
        for (;;) {
          const more = coming.shift();
          // What is written and read back is as good as what was held.
          cursor =
            readCursor(writeCursor(more === undefined ? cursor : withNews(cursor, cursor.next + more - 1))) ?? cursor;
          const stretch = nextStretch(cursor, width, newestFirst);
          if (stretch === null && coming.length === 0) break;
          if (stretch === null) continue;
          for (let uid = stretch.range[0]; uid <= stretch.range[1]; uid += 1) read.push(uid);
          cursor = without(cursor, stretch.from, stretch.range);
        }
        const all = Array.from({ length: cursor.next - 1 }, (_, at) => at + 1);
        expect(read.toSorted((a, b) => a - b)).toEqual(all);
      }),
    );
  });
});

describe('a mail that is hard to read', () => {
  it('is put aside once, and has its turn again in the next run', () => {
    const cursor = withHard(withHard({ ...AT_START, old: [] }, 4), 4);
    expect(cursor.hard).toEqual([4]);
    expect(retryHard(cursor)).toEqual({ ...AT_START, old: [[4, 4]], hard: [] });
  });
});

describe('a text that is no cursor', () => {
  it.each([
    { name: 'nothing', text: undefined },
    { name: 'no JSON', text: '{' },
    { name: 'null', text: 'null' },
    { name: 'a commit id', text: '"4f2a"' },
    { name: 'UIDs of another kind', text: JSON.stringify({ ...AT_START, next: -1 }) },
    { name: 'a range the wrong way round', text: JSON.stringify({ ...AT_START, old: [[3, 1]] }) },
    { name: 'a range of three', text: JSON.stringify({ ...AT_START, news: [[1, 2, 3]] }) },
    { name: 'hard ones that are none', text: JSON.stringify({ ...AT_START, hard: ['1'] }) },
  ])('$name', ({ text }) => {
    expect(readCursor(text)).toBeNull();
  });
});
