import { expect, it } from 'vitest';
import { Suspects } from '../../../src/mailbox/imap/suspects.ts';

it('mails under way at a failure are suspects, and cleared when they are read', () => {
  const suspects = new Suspects();
  suspects.ask([1, 2]);
  suspects.failed();
  expect([1, 2, 3].map((uid) => suspects.isSuspect(uid))).toEqual([true, true, false]);
  suspects.ask([1]);
  suspects.answered();
  expect([1, 2].map((uid) => suspects.isSuspect(uid))).toEqual([false, true]);
});

it('only a mail that fails alone five times is given up', () => {
  const suspects = new Suspects();
  for (let times = 0; times < 50; times += 1) {
    suspects.ask([1, 2]);
    suspects.failed();
  }
  expect(suspects.isGivenUp(1)).toBe(false);
  const given = Array.from({ length: 5 }, () => {
    suspects.ask([1]);
    suspects.failed();
    return suspects.isGivenUp(1);
  });
  expect(given).toEqual([false, false, false, false, true]);
  expect(suspects.isGivenUp(2)).toBe(false);
});

it('a failure with nothing under way suspects nobody', () => {
  const suspects = new Suspects();
  suspects.ask([1]);
  suspects.answered();
  suspects.failed();
  expect(suspects.isSuspect(1)).toBe(false);
});
