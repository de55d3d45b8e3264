import { describe, expect, it } from 'vitest';
import { composeDigest } from '../../src/digest/compose-digest.ts';
import { toSnapshot } from '../../src/digest/snapshot.ts';
import type { DigestSource, Snapshot } from '../../src/model/digest.ts';
import type { TriageThread } from '../../src/model/triage.ts';
import { makeThread } from './make-thread.ts';

const MAX = { name: 'Max', address: 'max@example.org' };
const from = (day: number) => `2024-05-${String(day).padStart(2, '0')}T00:00:00.000Z`;
const mailOf = (day: number, who = {}) => ({ date: `2024-05-${String(day).padStart(2, '0')}T08:00:00.000Z`, ...who });

/** The digest source of a day in May 2024, of these threads; what is dated that day has arrived. */
function day(number: number, threads: readonly TriageThread[]): DigestSource {
  const window = { from: from(number), to: from(number + 1) };
  const arrived = threads.flatMap(({ messages }) =>
    messages.filter(({ date }) => (date ?? '') >= window.from && (date ?? '') < window.to).map(({ id }) => id),
  );
  const counts = { mails: arrived.length, threads: 1, failures: 0, nearMisses: 0 };
  return { list: 'xen-devel', window, threads, arrived: new Set(arrived), counts };
}

const begun = makeThread({}, [mailOf(15)]);
const answered = makeThread({ status: 'acknowledged' }, [mailOf(15), mailOf(16, { from: MAX })]);
const fixed = makeThread({ status: 'fixed' }, [mailOf(15), mailOf(16, { from: MAX })]);

/** What a reader has been told when they got the digests of these days. */
function tell(...days: readonly DigestSource[]): Snapshot | null {
  return days.reduce<Snapshot | null>((previous, one) => toSnapshot(composeDigest(one, { previous })), null);
}

function look(source: DigestSource, previous: Snapshot | null) {
  const { sections, isEmpty } = composeDigest(source, { previous });
  const shown = sections.flatMap(({ name, entries }) =>
    entries.map(
      ({ mark, brief, news }) => `${name} ${mark ?? '-'}${brief ? ' brief' : ''}${news === '' ? '' : `: ${news}`}`,
    ),
  );
  return { shown, isEmpty };
}

describe('new and changed', () => {
  it.each<[string, DigestSource, Snapshot | null, ReturnType<typeof look>]>([
    ['a report of the day, to everybody', day(15, [begun]), null, { shown: ['new new'], isEmpty: false }],
    ['the same to one who got digests', day(15, [begun]), tell(day(14, [])), { shown: ['new new'], isEmpty: false }],
    [
      'a report that was told and stands still',
      day(16, [begun]),
      tell(day(15, [begun])),
      { shown: ['waiting - brief'], isEmpty: true },
    ],
    [
      'a report that was answered',
      day(16, [answered]),
      tell(day(15, [begun])),
      { shown: ['moved changed: new → acknowledged; 1 mail by Max'], isEmpty: false },
    ],
    [
      'the same for one who missed a day',
      day(17, [answered]),
      tell(day(15, [begun])),
      { shown: ['moved changed: new → acknowledged; 1 mail by Max'], isEmpty: false },
    ],
    [
      'and for everybody, who are told against the day before',
      day(17, [answered]),
      null,
      { shown: ['waiting -'], isEmpty: true },
    ],
    ['a fix that was told', day(17, [fixed]), tell(day(15, [begun]), day(16, [fixed])), { shown: [], isEmpty: true }],
    [
      'a fix that was told and that days without a digest followed',
      day(19, [fixed]),
      tell(day(15, [begun]), day(16, [fixed]), day(17, [fixed]), day(18, [fixed])),
      { shown: [], isEmpty: true },
    ],
    [
      'silence that has become too long',
      day(20, [begun]),
      tell(day(15, [begun]), day(16, [begun])),
      { shown: ['needs changed'], isEmpty: false },
    ],
    [
      'silence that was told as such',
      day(21, [begun]),
      tell(day(15, [begun]), day(20, [begun])),
      { shown: ['needs - brief'], isEmpty: true },
    ],
    [
      'an old report that was never told',
      day(20, [answered]),
      tell(day(14, [])),
      { shown: ['new new'], isEmpty: false },
    ],
  ])('%s', (_name, source, previous, expected) => {
    expect(look(source, previous)).toEqual(expected);
  });

  it('tells tomorrow what did not fit today', () => {
    const many = Array.from({ length: 23 }, (_, at) => makeThread({ id: `t${at}` }, [{ ...mailOf(15), id: `t${at}` }]));
    const first = composeDigest(day(15, many), { previous: tell(day(14, [])) });
    const second = composeDigest(day(16, many), { previous: toSnapshot(first) });

    expect(first.sections.map(({ entries, more }) => [entries.length, more])).toEqual([[20, 3]]);
    expect(second.sections.map(({ name, entries }) => [name, entries.length])).toEqual([
      ['new', 3],
      ['waiting', 15],
    ]);
  });

  it('is not led astray by ids that mean something to a program', () => {
    const odd = ['__proto__', 'constructor', 'toString'].map((id) => makeThread({ id }, [{ ...mailOf(15), id }]));
    const told = toSnapshot(composeDigest(day(15, odd), { previous: tell(day(14, [])) }));

    expect(Object.keys(told.threads).toSorted()).toEqual(['__proto__', 'constructor', 'toString']);
    expect(look(day(15, odd), tell(day(14, []))).shown).toEqual(['new new', 'new new', 'new new']);
    expect(look(day(16, odd), JSON.parse(JSON.stringify(told)) as Snapshot).isEmpty).toBe(true);
  });
});

describe('what is for one reader', () => {
  const suggested = {
    ...({ name: 'Max', address: 'Max@example.org', role: 'maintainer', project: 'xen', section: 'LOOMS' } as const),
    ...{ score: 0.9, addressed: true, reasons: ['frame weave is his'] },
  };
  const routed = { ...begun, routing: [suggested] };
  const asked = {
    ...begun,
    people: {
      ...begun.people,
      asked: [
        {
          name: 'Max',
          address: MAX.address,
          by: 'ann@example.org',
          message: 'm0@example.org',
          quote: 'Max?',
          reached: true,
        },
      ],
    },
  };
  const askedBack = makeThread({ status: 'needs-info' }, [mailOf(14), mailOf(15, { from: MAX })]);

  it.each<[string, TriageThread, string, string | null]>([
    ['routing suggests them', routed, 'max@example.org', 'for you: frame weave is his'],
    ['somebody asked for them', asked, 'MAX@example.org', 'ann@example.org asked for you: “Max?”'],
    ['they were asked back', askedBack, 'rita@example.org', 'you were asked for more'],
    ['they spoke last', askedBack, 'max@example.org', null],
    ['it is somebody else’s', routed, 'ann@example.org', null],
    ['it is closed', { ...routed, status: 'fixed' }, 'max@example.org', null],
  ])('%s', (_name, thread, reader, yours) => {
    const { sections } = composeDigest(day(15, [thread]), { reader: [reader] });
    const entries = sections.flatMap((section) => section.entries);

    expect(entries.map((entry) => entry.yours)).toEqual([yours]);
    expect(sections[0]?.name === 'yours').toBe(yours !== null);
  });
});
