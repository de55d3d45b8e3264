import { describe, expect, it } from 'vitest';
import type { Suggestion } from '../../src/model/routing.ts';
import { findLastMaintainer } from '../../src/pipeline/last-maintainer.ts';
import { makeView } from '../verdict/make-view.ts';

const MARY = { name: 'Mary', address: 'mary@example.org' };
const REV = { name: 'Rev', address: 'Rev@example.org' };
const SOMEBODY = { name: 'Some Body', address: 'some@example.org' };
const keeper = (person: typeof MARY, given: Partial<Suggestion>): Suggestion => ({
  ...person,
  role: 'maintainer',
  project: 'xen',
  section: 'VPCI',
  score: 0.9,
  addressed: true,
  reasons: [],
  ...given,
});
const ROUTING = [
  keeper(MARY, { section: 'VPCI' }),
  keeper(MARY, { section: 'X86 ARCHITECTURE' }),
  keeper({ ...REV, address: 'rev@example.org' }, { role: 'reviewer' }),
  keeper(SOMEBODY, { role: 'author', section: null }),
];

const last = (...writers: readonly (typeof MARY)[]) => {
  const mails = writers.map((from, at) => ({
    id: `m${String(at)}`,
    from,
    body: 'Hm.',
    date: `2024-03-0${String(at + 5)}T10:00:00.000Z`,
  }));
  const view = makeView([{ id: 'root', subject: '[BUG] x', body: 'It crashes.' }, ...mails]);
  const found = findLastMaintainer(view.thread, ROUTING);
  return found && `${found.address} ${found.role} of ${found.section} in ${found.message}`;
};

describe('findLastMaintainer', () => {
  it.each<[string, readonly (typeof MARY)[], string | null]>([
    ['nobody', [], null],
    ['somebody else', [SOMEBODY], null],
    ['one, by the first of the sections', [MARY, SOMEBODY], 'mary@example.org maintainer of VPCI in m0@example.org'],
    ['the later of two', [MARY, REV], 'rev@example.org reviewer of VPCI in m1@example.org'],
    ['the last mail of one', [MARY, SOMEBODY, MARY], 'mary@example.org maintainer of VPCI in m2@example.org'],
  ])('%s', (_name, writers, expected) => {
    expect(last(...writers)).toBe(expected);
  });
});
