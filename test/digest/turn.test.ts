import { describe, expect, it } from 'vitest';
import { toShownTitle } from '../../src/digest/trace-lines.ts';
import { writeThreadCard } from '../../src/digest/thread-card.ts';
import { toTurn } from '../../src/digest/turn.ts';
import type { Status, Genre } from '../../src/model/verdict.ts';
import { makeThread } from './make-thread.ts';

const rita = { name: 'Rita', address: 'rita@example.org' };
const max = { name: 'Max', address: 'max@example.org' };
const bare = (name: string) => ({ name, address: '' });

describe('whose turn it is', () => {
  it.each<[string, readonly { name: string; address: string }[], Status, Genre, string]>([
    ['nobody wrote but the reporter', [rita, rita], 'new', 'report', 'a maintainer (nobody has answered)'],
    ['somebody answered', [rita, max], 'acknowledged', 'report', 'a maintainer'],
    [
      'names tell people apart where a page hides addresses',
      [bare('Rita'), bare('Max')],
      'acknowledged',
      'report',
      'a maintainer',
    ],
    ['the reporter was asked', [rita, max], 'needs-info', 'report', 'the reporter'],
    [
      'the reporter, known by name, has replied',
      [bare('Rita'), bare('Max'), bare('Rita')],
      'needs-info',
      'report',
      'a maintainer',
    ],
    ['a patch is there', [rita, max], 'patch-proposed', 'report', 'somebody to review or test the patch'],
    ['it is fixed', [rita, max], 'fixed', 'report', 'nobody'],
    ['robots ask nobody', [rita], 'new', 'ci', 'nobody'],
    ['advisories ask nobody', [rita], 'new', 'security', 'nobody'],
  ])('%s', (_name, authors, status, genre, expected) => {
    const messages = authors.map((from, at) => ({ from, date: `2024-05-1${at}T08:00:00.000Z` }));

    expect(toTurn(makeThread({ status, genre }, messages)).text).toBe(expected);
  });
});

it.each([
  ['WARNING in corrupted', 'WARNING'],
  ['WARNING in weave', 'WARNING in weave'],
  ['corrupted list in weave', 'corrupted list in weave'],
])('a title for a person: %s', (title, shown) => {
  expect(toShownTitle(title)).toBe(shown);
});

it.each([
  ['a root', null, 'Reporter:   Rita Reporter <rita@example.org>'],
  ['an answer whose root is missing', 'gone@example.org', 'First here: Rita Reporter <rita@example.org>'],
])('the card names who wrote first: %s', (_name, parent, line) => {
  expect(writeThreadCard(makeThread({}, [{ parent }]))).toContain(line);
});
