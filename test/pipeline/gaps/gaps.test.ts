import { describe, expect, it } from 'vitest';
import { findMissingMails, findMissingNumbers } from '../../../src/pipeline/gaps/missing-mails.ts';
import { findSilentLists } from '../../../src/pipeline/gaps/silent-lists.ts';
import { findStandingGaps } from '../../../src/pipeline/gaps/standing-gaps.ts';
import type { Standing } from '../../../src/model/mailbox.ts';
import type { ListHour, RecentMail } from '../../../src/model/mailbox.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = '2024-05-16T00:00:00.000Z';
const now = Date.parse(NOW);

/** A mail at each of these hours before now. */
const at = (list: string, hoursAgo: readonly number[]): ListHour[] =>
  hoursAgo.map((hours) => ({ list, hour: new Date(now - hours * HOUR).toISOString().slice(0, 13), mails: 1 }));
/** A mail every so many hours, from so long ago until so long ago. */
const every = (step: number, from: number, to: number): number[] =>
  Array.from({ length: Math.floor((from - to) / step) + 1 }, (_, place) => from - place * step);

describe('a list that falls silent', () => {
  it.each([
    { name: 'one an hour, quiet for a day and a bit', hours: every(1, 1000, 27), says: /no mail for 26 hours/ },
    { name: 'one a day, quiet for three', hours: every(24, 1500, 73), says: /for 3 days .* longer than 24 hours/ },
    { name: 'one a week, quiet for three weeks', hours: every(168, 2100, 505), says: /for 24 days .* than 7 days/ },
    {
      name: 'one holiday does not count as usual',
      hours: [...every(6, 2000, 900), ...every(6, 600, 40)],
      says: /for 41 /,
    },
  ])('is told: $name', ({ hours, says }) => {
    expect(findSilentLists(at('xen.example.org', hours), NOW)).toEqual([
      { kind: 'silent-list', subject: 'xen.example.org', text: expect.stringMatching(says) as string },
    ]);
  });

  it.each([
    { name: 'one an hour, quiet over night', hours: every(1, 1000, 12) },
    { name: 'one a week, quiet for a day', hours: every(168, 2100, 25) },
    { name: 'one a week, quiet for nine days', hours: every(168, 2100, 216) },
    {
      name: 'weekdays alone, at the end of a weekend',
      hours: every(1, 2000, 49).filter((h) => ![0, 6].includes(new Date(now - h * HOUR).getUTCDay())),
    },
    {
      name: 'fitful: bursts with pauses of any length',
      hours: [
        2000, 1990, 1980, 1400, 1390, 1370, 1340, 1310, 1280, 1250, 900, 880, 850, 820, 790, 700, 670, 640,
      ].filter((h) => h > 600),
    },
    { name: 'too few days to know', hours: [900, 899, 898, 870, 869, 868] },
    { name: 'ended long ago', hours: every(24, 5000, 2200) },
    { name: 'mail from the future', hours: [...every(1, 1000, 2), -50, -9000] },
    { name: 'nothing', hours: [] },
  ])('is not told: $name', ({ hours }) => {
    expect(findSilentLists(at('xen.example.org', hours), NOW)).toEqual([]);
  });

  it('is told in whole words', () => {
    expect(findSilentLists(at('xen.example.org', every(1, 1000, 73)), NOW)[0]?.text).toBe(
      'xen.example.org is silent: no mail for 3 days (since 2024-05-12 23:00 UTC), and it is seldom quiet for longer than 1 hour.',
    );
  });
});

/** Ids that differ in letters, as those of different senders do. */
const toLetters = (number: number) => [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
const mail = (number: number, daysAgo: number, more: Partial<RecentMail> = {}): RecentMail => ({
  id: `m${String(number)}@example.org`,
  date: new Date(now - daysAgo * DAY).toISOString(),
  subject: 'crash',
  parent: `p${toLetters(number)}@example.org`,
  hasParent: true,
  ...more,
});
/** Answers, some of them to mails that are not there. */
const answers = (count: number, missing: number, daysAgo: number): RecentMail[] =>
  Array.from({ length: count }, (_, place) => mail(place + daysAgo * 1000, daysAgo, { hasParent: place >= missing }));

describe('mails that were answered and never came', () => {
  it('are told where there are far more of them than before', () => {
    expect(findMissingMails([...answers(80, 3, 20), ...answers(40, 12, 2)], NOW)).toEqual([
      {
        kind: 'missing-mails',
        subject: 'references',
        text: 'Mails may have been lost: 12 of the 40 mails that were answered in the last 7 days never came (usually 4 of 100), among them <pcaaa@example.org>, <pcaab@example.org>, <pcaac@example.org>.',
      },
    ]);
  });

  it.each([
    { name: 'as many as ever', mails: [...answers(80, 9, 20), ...answers(40, 6, 2)] },
    { name: 'a handful', mails: [...answers(80, 0, 20), ...answers(8, 4, 2)] },
    {
      name: 'a series that went elsewhere',
      mails: [
        ...answers(80, 1, 20),
        ...Array.from({ length: 12 }, (_, place) =>
          mail(place, 1, { parent: `2024051.${String(place)}-1-ann@example.org`, hasParent: false }),
        ),
      ],
    },
    { name: 'mail that only begins', mails: answers(40, 20, 2) },
    {
      name: 'one mail that many answer',
      mails: [
        ...answers(80, 1, 20),
        ...Array.from({ length: 40 }, (_, place) => mail(place, 1, { parent: 'p@example.org', hasParent: false })),
        ...answers(30, 0, 2),
      ],
    },
    { name: 'nothing', mails: [] },
  ])('are not told: $name', ({ mails }) => {
    expect(findMissingMails(mails, NOW)).toEqual([]);
  });
});

describe('a list that numbers its mails', () => {
  const numbered = (
    numbers: readonly number[],
    write = (number: number) => `[users:${String(number).padStart(5, '0')}] hello`,
  ) => numbers.map((number) => mail(number, 1, { subject: write(number) }));
  const run = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, place) => from + place);

  it('has its missing numbers told', () => {
    expect(findMissingNumbers(numbered(run(100, 120).filter((one) => one !== 107 && one !== 111)), NOW)).toEqual([
      { kind: 'missing-numbers', subject: 'users', text: 'users numbers its mails, and 107, 111 never came.' },
    ]);
  });

  it.each([
    { name: 'all there', mails: numbered(run(100, 120)) },
    { name: 'too few', mails: numbered([100, 101, 104]) },
    {
      name: 'numbers of bugs',
      mails: numbered(
        [217001, 217050, 217090, 218000, 218100, 218200, 218300, 218400, 218500],
        (one) => `[Bug ${String(one)}] x`,
      ),
    },
    {
      name: 'one bug, many mails',
      mails: numbered(
        Array.from({ length: 20 }, () => 217001),
        (one) => `[Bug ${String(one)}] x`,
      ),
    },
    { name: 'patches', mails: numbered(run(10, 20), (one) => `[PATCH ${String(one)}/30] x`) },
  ])('is not told: $name', ({ mails }) => {
    expect(findMissingNumbers(mails, NOW)).toEqual([]);
  });
});

describe('a mailbox', () => {
  const box = { name: 'bot', addedAt: '2024-05-01T00:00:00.000Z' };
  const standing = (more: Partial<Standing>): Standing => ({
    mailbox: 'bot',
    state: 'caught-up',
    reason: null,
    since: '2024-05-15T10:00:00.000Z',
    at: '2024-05-15T23:50:00.000Z',
    ...more,
  });

  it.each([
    {
      name: 'that cannot be read',
      standings: [standing({ state: 'failing', reason: 'mail.example.org refuses the password of bot; check it.' })],
      text: 'The mailbox bot cannot be read since 2024-05-15 10:00 UTC: mail.example.org refuses the password of bot; check it.',
    },
    {
      name: 'that could not be read, and is not tried any more',
      standings: [standing({ state: 'failing', at: '2024-05-15T12:00:00.000Z' })],
      text: 'The mailbox bot cannot be read since 2024-05-15 10:00 UTC; heddle watch has not read it after 2024-05-15 12:00 UTC.',
    },
    {
      name: 'that nobody reads',
      standings: [standing({ at: '2024-05-15T12:00:00.000Z' })],
      text: 'The mailbox bot: heddle watch has not read it after 2024-05-15 12:00 UTC.',
    },
    {
      name: 'that is nearly full',
      standings: [standing({ reason: '97 of 100 MB are used' })],
      text: 'The mailbox bot: 97 of 100 MB are used.',
    },
    {
      name: 'that was never read',
      standings: [],
      text: 'The mailbox bot has never been read since it was added (2024-05-01 00:00 UTC): heddle watch reads it.',
    },
  ])('$name is told', ({ standings, text }) => {
    expect(findStandingGaps([box], standings, NOW)).toMatchObject([{ subject: 'bot', text }]);
  });

  it.each([
    { name: 'that is read', boxes: [box], standings: [standing({})] },
    { name: 'that was added later', boxes: [{ ...box, addedAt: '2024-06-01T00:00:00.000Z' }], standings: [] },
    {
      name: 'that fails since later',
      boxes: [box],
      standings: [standing({ state: 'failing', since: '2024-05-17T00:00:00.000Z', at: '2024-05-18T00:00:00.000Z' })],
    },
    { name: 'that is followed no more', boxes: [], standings: [standing({ state: 'failing' })] },
  ])('$name is not told', ({ boxes, standings }) => {
    expect(findStandingGaps(boxes, standings, NOW)).toEqual([]);
  });
});
