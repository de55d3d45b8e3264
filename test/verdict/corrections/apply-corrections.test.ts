import { describe, expect, it } from 'vitest';
import type { Suggestion } from '../../../src/model/routing.ts';
import type { TriageThread } from '../../../src/model/triage.ts';
import type { Correction } from '../../../src/ports.ts';
import { applyCorrections, findCorrectedGenre } from '../../../src/verdict/corrections/apply-corrections.ts';
import { thread } from '../../digest/sample-threads.ts';

const AT = '2024-03-05T10:00:00.000Z';

function correction(field: Correction['field'], value: string, given: Partial<Correction> = {}): Correction {
  return { id: 1, message: 'a@example.org', field, value, by: 'Ann', at: AT, undone: null, ...given };
}

function suggestion(address: string, given: Partial<Suggestion> = {}): Suggestion {
  return {
    address,
    name: 'Somebody',
    role: 'maintainer',
    project: 'xen',
    section: 'LOOMS',
    score: 0.8,
    addressed: false,
    reasons: ['a reason'],
    ...given,
  };
}

const JAN = suggestion('jan@example.org');
const TOVE = suggestion('tove@example.org', { section: 'SHUTTLES', score: 0.5 });
const BEFORE = thread({
  id: 'a@example.org',
  genre: 'question',
  routing: [JAN, TOVE],
  status: 'fixed',
  fixedBy: '0123456789ab',
});
const BY = { classifiedBy: 'rules, corrected by Ann' };

const ROWS: readonly { name: string; corrections: readonly Correction[]; changes: Partial<TriageThread> }[] = [
  { name: 'nothing without corrections', corrections: [], changes: {} },
  {
    name: 'nothing for one that was taken back',
    corrections: [correction('genre', 'report', { undone: { by: 'Bob', at: AT } })],
    changes: {},
  },
  { name: 'the genre', corrections: [correction('genre', 'report')], changes: { genre: 'report', ...BY } },
  {
    name: 'the genre said last',
    corrections: [correction('genre', 'report'), correction('genre', 'patch', { id: 2, by: 'Bob' })],
    changes: { genre: 'patch', classifiedBy: 'rules, corrected by Ann and Bob' },
  },
  {
    name: 'no genre that this version does not know',
    corrections: [correction('genre', 'poem')],
    changes: BY,
  },
  {
    name: 'the status, and with it the fix that was none',
    corrections: [correction('status', 'acknowledged')],
    changes: { status: 'acknowledged', fixedBy: null, ...BY },
  },
  {
    name: 'the status alone where the fix may hold',
    corrections: [correction('status', 'fixed')],
    changes: { status: 'fixed', fixedBy: '0123456789ab', ...BY },
  },
  {
    name: 'what the thread repeats',
    corrections: [correction('duplicate-of', 'b@example.org')],
    changes: { status: 'duplicate', duplicateOf: 'b@example.org', fixedBy: null, ...BY },
  },
  {
    name: 'no thread that would repeat itself',
    corrections: [correction('duplicate-of', 'a@example.org')],
    changes: BY,
  },
  {
    name: 'the status said after a duplicate',
    corrections: [correction('duplicate-of', 'b@example.org'), correction('status', 'new', { id: 2 })],
    changes: { status: 'new', duplicateOf: null, fixedBy: null, ...BY },
  },
  {
    name: 'the order of people by a component',
    corrections: [correction('component', 'SHUTTLES')],
    changes: { component: 'SHUTTLES', routing: [TOVE, JAN], ...BY },
  },
  {
    name: 'the people of a component that routing had not found',
    corrections: [correction('component', 'REEDS')],
    changes: {
      component: 'REEDS',
      routing: [
        suggestion('pia@example.org', {
          section: 'REEDS',
          reasons: ['the thread is about this entry: set by Ann on 2024-03-05'],
        }),
        JAN,
        TOVE,
      ],
      ...BY,
    },
  },
  {
    name: 'a route to somebody new, in front of the others',
    corrections: [correction('route', 'mia@example.org')],
    changes: {
      routing: [
        suggestion('mia@example.org', {
          name: '',
          role: 'responder',
          section: null,
          score: 1,
          reasons: ['set by Ann on 2024-03-05'],
        }),
        JAN,
        TOVE,
      ],
      ...BY,
    },
  },
  {
    name: 'a route to somebody who writes in the thread',
    corrections: [correction('route', 'robin@example.org')],
    changes: {
      routing: [
        suggestion('robin@example.org', {
          name: 'Robin Hale',
          role: 'responder',
          section: null,
          score: 1,
          addressed: true,
          reasons: ['set by Ann on 2024-03-05'],
        }),
        JAN,
        TOVE,
      ],
      ...BY,
    },
  },
  {
    name: 'a route to somebody whom routing knows, in front also of a component said later',
    corrections: [correction('route', 'tove@example.org'), correction('component', 'LOOMS', { id: 2 })],
    changes: {
      component: 'LOOMS',
      routing: [{ ...TOVE, score: 1, reasons: ['set by Ann on 2024-03-05', 'a reason'] }, JAN],
      ...BY,
    },
  },
];

const findPeople = (title: string): readonly Suggestion[] =>
  title === 'REEDS' ? [suggestion('pia@example.org', { section: 'REEDS', reasons: [] })] : [];

describe('applyCorrections', () => {
  it.each(ROWS)('changes $name', ({ corrections, changes }) => {
    const after = applyCorrections(BEFORE, corrections, findPeople);

    expect(after).toEqual({ ...BEFORE, ...changes });
    expect(applyCorrections(after, corrections, findPeople)).toEqual(after);
  });

  it('keeps the name of a model', () => {
    const heard = { ...BEFORE, classifiedBy: 'small-model' };

    expect(applyCorrections(heard, [correction('genre', 'report')]).classifiedBy).toBe('small-model, corrected by Ann');
  });
});

describe('findCorrectedGenre', () => {
  it.each([
    { name: 'none', corrections: [correction('status', 'new')], genre: null },
    { name: 'the last', corrections: [correction('genre', 'report'), correction('genre', 'patch')], genre: 'patch' },
    {
      name: 'the one before one that was taken back',
      corrections: [correction('genre', 'report'), correction('genre', 'patch', { undone: { by: 'B', at: AT } })],
      genre: 'report',
    },
    { name: 'none that is unknown', corrections: [correction('genre', 'poem')], genre: null },
  ])('gives $name', ({ corrections, genre }) => {
    expect(findCorrectedGenre(corrections)).toBe(genre);
  });
});
