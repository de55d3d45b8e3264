import { describe, expect, it } from 'vitest';
import { gatherEnvironment } from '../../../src/verdict/gather/gather-environment.ts';
import { gatherPeople } from '../../../src/verdict/gather/gather-people.ts';
import { gatherTraces } from '../../../src/verdict/gather/gather-traces.ts';
import type { Address } from '../../../src/model/message.ts';
import { MAINTAINER, REPORTER, toId } from '../../evidence/make-mail.ts';
import { makeTrace } from '../make-view.ts';
import { makeThread, type MailPlan } from './make-thread.ts';

const OTTO: Address = { name: 'Otto Ohm', address: 'otto@example.org' };
const LIST: Address = { name: null, address: 'devel@lists.example.org' };

describe('gatherEnvironment', () => {
  const facts = (plans: readonly MailPlan[]): string[] =>
    gatherEnvironment(makeThread(plans)).map(
      ({ key, value, role, message, depth }) =>
        `${key} ${value} ${role ?? '-'} ${message.split('@')[0] ?? ''} ${depth}`,
    );

  it.each<[string, MailPlan[], string[]]>([
    [
      'a fact said twice is one',
      [
        { id: 'a', facts: [{}] },
        { id: 'b', parent: 'a', facts: [{}] },
      ],
      ['xen-version 4.17 - a 0'],
    ],
    [
      'the fuller value of one mail wins',
      [{ id: 'a', facts: [{ value: '4.17' }, { value: '4.17-unstable' }] }],
      ['xen-version 4.17-unstable - a 0'],
    ],
    [
      '4.1 is no part of 4.17',
      [{ id: 'a', facts: [{ value: '4.1' }, { value: '4.17' }] }],
      ['xen-version 4.1 - a 0', 'xen-version 4.17 - a 0'],
    ],
    [
      'a role is learned from another mail',
      [
        { id: 'a', facts: [{}] },
        { id: 'b', parent: 'a', facts: [{ role: 'host' }] },
      ],
      ['xen-version 4.17 host a 0'],
    ],
    [
      'contradictions are kept',
      [
        { id: 'a', facts: [{ value: '4.17' }] },
        { id: 'b', parent: 'a', facts: [{ value: '4.18' }] },
      ],
      ['xen-version 4.17 - a 0', 'xen-version 4.18 - b 0'],
    ],
    [
      'dom0 and guest are two',
      [
        {
          id: 'a',
          facts: [
            { key: 'kernel-version', value: '6.1', role: 'dom0' },
            { key: 'kernel-version', value: '6.1', role: 'domU' },
          ],
        },
      ],
      ['kernel-version 6.1 dom0 a 0', 'kernel-version 6.1 domU a 0'],
    ],
    ['a quotation of a mail at hand is a repeat', [{ id: 'a' }, { id: 'b', parent: 'a', facts: [{ depth: 1 }] }], []],
    [
      'a quotation of a missing mail stays',
      [{ id: 'b', parent: 'gone', facts: [{ depth: 1 }] }],
      ['xen-version 4.17 - b 1'],
    ],
    [
      'a deeper quotation of a missing mail stays',
      [
        { id: 'a', parent: 'gone' },
        { id: 'b', parent: 'a', facts: [{ depth: 2 }] },
      ],
      ['xen-version 4.17 - b 2'],
    ],
    ['marks of a first mail quote nobody', [{ id: 'a', facts: [{ depth: 1 }] }], ['xen-version 4.17 - a 1']],
    [
      'own words win over earlier quotations',
      [
        { id: 'b', parent: 'gone', facts: [{ depth: 1 }] },
        { id: 'c', parent: 'b', facts: [{}] },
      ],
      ['xen-version 4.17 - c 0'],
    ],
  ])('%s', (_name, plans, expected) => {
    expect(facts(plans)).toEqual(expected);
  });
});

describe('gatherTraces', () => {
  it('keeps the least quoted copy of each happening; the same crash twice in one log is two', () => {
    const frame = { function: 'f', offset: 1, size: 2, address: null, module: null, reliable: true, location: null };
    const view = makeThread([
      {
        id: 'a',
        parent: 'gone',
        traces: [
          makeTrace({ depth: 1, fingerprint: 'x', frames: [frame] }),
          makeTrace({ depth: 1, fingerprint: 'quoted-only', title: 'another crash', headline: 'another crash' }),
        ],
      },
      {
        id: 'b',
        parent: 'a',
        traces: [makeTrace({ fingerprint: 'x' }), makeTrace({ fingerprint: 'x', frames: [frame] })],
      },
      { id: 'c', parent: 'b', traces: [makeTrace({ fingerprint: 'x', frames: [frame] })] },
    ]);
    expect(
      gatherTraces(view).map(({ fingerprint, message, depth, frames }) => [fingerprint, message, depth, frames.length]),
    ).toEqual([
      ['quoted-only', toId('a'), 1, 0],
      ['x', toId('b'), 0, 0],
      ['x', toId('b'), 0, 1],
    ]);
  });
});

describe('gatherTraces, of quotations cut short', () => {
  const toFrame = (name: string) => ({
    function: name,
    offset: 1,
    size: 2,
    address: null,
    module: null,
    reliable: true,
    location: null,
  });
  const whole = ['a_fault', 'b_caller', 'c_thread'].map(toFrame);

  it.each([
    ['its headline alone', { fingerprint: 'y', title: 'crash in nothing', frames: [] }, 1],
    ['a run of its frames', { fingerprint: 'y', title: 'crash in b', frames: whole.slice(1) }, 1],
    ['other frames are another crash', { fingerprint: 'y', title: 'crash in d', frames: [toFrame('d_fault')] }, 2],
    ['another headline is another crash', { fingerprint: 'y', title: 'z', headline: 'other words', frames: [] }, 2],
  ])('%s', (_name, cut, expected) => {
    const view = makeThread([
      {
        id: 'a',
        traces: [makeTrace({ fingerprint: 'x', title: 'crash in a', headline: 'it crashed', frames: whole })],
      },
      { id: 'b', parent: 'a', traces: [makeTrace({ depth: 1, headline: 'it crashed', ...cut })] },
    ]);

    expect(gatherTraces(view)).toHaveLength(expected);
  });
});

describe('gatherPeople', () => {
  const nobody = (): null => null;

  it('counts writers by address, and by name where there is none', () => {
    const view = makeThread([
      { id: 'a', from: REPORTER, to: [LIST], cc: [MAINTAINER] },
      { id: 'b', parent: 'a', from: { name: 'Max M.', address: 'max@example.org' }, to: [REPORTER], cc: [LIST] },
      { id: 'c', parent: 'b', from: MAINTAINER, to: [REPORTER] },
      { id: 'd', parent: 'c', from: { name: 'rita  reporter', address: '' } },
    ]);
    expect(gatherPeople(view, nobody)).toEqual({
      participants: [
        { ...REPORTER, messages: 2 },
        { name: 'Max M.', address: 'max@example.org', messages: 2 },
      ],
      to: [LIST, REPORTER],
      cc: [MAINTAINER, LIST],
      asked: [],
      dropped: [{ address: 'devel@lists.example.org', message: toId('c') }],
    });
  });

  const askedOf = (plans: readonly MailPlan[], directory: (name: string) => Address | null = nobody): unknown[] =>
    gatherPeople(makeThread(plans), directory).asked.map(({ name, address, by, reached }) => [
      name,
      address,
      by,
      reached,
    ]);

  it.each<[string, MailPlan[], (name: string) => Address | null, unknown[]]>([
    [
      'reached in the same header',
      [{ id: 'a', from: MAINTAINER, cc: [OTTO], asked: [{}] }],
      nobody,
      [['Otto', 'otto@example.org', 'max@example.org', true]],
    ],
    [
      'reached by a later mail',
      [
        { id: 'a', from: MAINTAINER, asked: [{}] },
        { id: 'b', parent: 'a', cc: [OTTO] },
      ],
      nobody,
      [['Otto', 'otto@example.org', 'max@example.org', true]],
    ],
    [
      'not reached, known from a table',
      [{ id: 'a', from: MAINTAINER, asked: [{}] }],
      () => OTTO,
      [['Otto', 'otto@example.org', 'max@example.org', false]],
    ],
    [
      'not reached, unknown',
      [{ id: 'a', from: MAINTAINER, asked: [{}] }],
      nobody,
      [['Otto', null, 'max@example.org', false]],
    ],
    [
      'asked twice is once',
      [
        { id: 'a', from: MAINTAINER, asked: [{}] },
        { id: 'b', parent: 'a', from: MAINTAINER, asked: [{}] },
      ],
      nobody,
      [['Otto', null, 'max@example.org', false]],
    ],
    ['quoted is not asked', [{ id: 'a', from: MAINTAINER, asked: [{ depth: 1 }] }], nobody, []],
    [
      'by a name alone',
      [
        {
          id: 'a',
          from: { name: 'Max Maintainer', address: '' },
          to: [{ name: 'Otto Ohm', address: '' }],
          asked: [{}],
        },
      ],
      nobody,
      [['Otto', null, 'Max Maintainer', true]],
    ],
    [
      'an umlaut in two spellings',
      [
        {
          id: 'a',
          from: MAINTAINER,
          cc: [{ name: 'Juergen Gruen', address: 'jg@example.org' }],
          asked: [{ name: 'Jürgen' }],
        },
      ],
      nobody,
      [['Jürgen', 'jg@example.org', 'max@example.org', true]],
    ],
    [
      'the writer is not meant',
      [{ id: 'a', from: OTTO, asked: [{}] }],
      nobody,
      [['Otto', null, 'otto@example.org', false]],
    ],
    [
      'part of a name is no name',
      [{ id: 'a', from: MAINTAINER, cc: [{ name: 'Ottokar Ohm', address: 'ok@example.org' }], asked: [{}] }],
      nobody,
      [['Otto', null, 'max@example.org', false]],
    ],
  ])('%s', (_name, plans, directory, expected) => {
    expect(askedOf(plans, directory)).toEqual(expected);
  });

  it.each<[string, MailPlan[], string[]]>([
    [
      'lost by an answer',
      [
        { id: 'a', to: [LIST], cc: [OTTO] },
        { id: 'b', parent: 'a', from: MAINTAINER, to: [REPORTER], cc: [LIST] },
      ],
      ['otto@example.org'],
    ],
    [
      'back later',
      [
        { id: 'a', to: [LIST], cc: [OTTO] },
        { id: 'b', parent: 'a', from: MAINTAINER, to: [REPORTER, LIST] },
        { id: 'c', parent: 'b', from: REPORTER, to: [MAINTAINER, LIST, OTTO] },
      ],
      [],
    ],
    [
      'under another address of his',
      [
        { id: 'a', to: [LIST], cc: [OTTO] },
        {
          id: 'b',
          parent: 'a',
          from: MAINTAINER,
          to: [REPORTER, LIST],
          cc: [{ name: 'Otto Ohm', address: 'oo@example.com' }],
        },
      ],
      [],
    ],
    [
      'no recipients at all say nothing',
      [
        { id: 'a', to: [LIST] },
        { id: 'b', parent: 'a', from: MAINTAINER },
      ],
      [],
    ],
  ])('dropped: %s', (_name, plans, expected) => {
    expect(gatherPeople(makeThread(plans), nobody).dropped.map(({ address }) => address)).toEqual(expected);
  });
});
