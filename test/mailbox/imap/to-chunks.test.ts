import { describe, expect, it } from 'vitest';
import { toChunks } from '../../../src/mailbox/imap/to-chunks.ts';

const MAILS = [
  { uid: 1, size: 10 },
  { uid: 2, size: 10 },
  { uid: 5, size: 90 },
  { uid: 6, size: 10 },
  { uid: 7, size: 500 },
  { uid: 9, size: 10 },
];

describe('groups that are fetched at once', () => {
  it.each([
    { name: 'by bytes, a long one alone', change: {}, uids: [[1, 2], [5, 6], [7], [9]] },
    { name: 'by number', change: { most: 1 }, uids: [[1], [2], [5], [6], [7], [9]] },
    { name: 'from above, each ascending', change: { downward: true }, uids: [[9], [7], [5, 6], [1, 2]] },
    { name: 'a suspect alone', change: { isAlone: (uid: number) => uid === 2 }, uids: [[1], [2], [5, 6], [7], [9]] },
  ])('$name', ({ change, uids }) => {
    const chunks = toChunks(MAILS, { downward: false, most: 10, bytes: 100, isAlone: () => false, ...change });
    expect(chunks.map((chunk) => chunk.map(({ uid }) => uid))).toEqual(uids);
  });

  it('of nothing are none', () => {
    expect(toChunks([], { downward: true, most: 10, bytes: 100, isAlone: () => true })).toEqual([]);
  });
});
