import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Thread } from '../../src/model/thread.ts';
import { buildThread, buildThreads } from '../../src/thread/build-threads.ts';
import { head, type Sketch } from './heads.ts';

/** A thread as indented ids, under its own id where that is a ghost's: `[root, ' reply']`. */
function draw(thread: Thread): string[] {
  const tree = thread.messages.map(({ message, parent, depth }) => {
    const ghost = parent !== null && thread.ghosts.includes(parent) ? ` (to ${parent})` : '';
    return `${' '.repeat(depth)}${message.id}${ghost}`;
  });
  return thread.messages[0]?.message.id === thread.id ? tree : [`thread ${thread.id}`, ...tree];
}

const rows: readonly { name: string; mails: Sketch[]; threads: string[][] }[] = [
  { name: 'nothing', mails: [], threads: [] },
  {
    name: 'two mails of one subject',
    mails: [
      { id: 'a', day: 1 },
      { id: 'b', day: 2 },
    ],
    threads: [['a'], ['b']],
  },
  {
    name: 'a reply by In-Reply-To',
    mails: [
      { id: 'b', to: ['a'], day: 2 },
      { id: 'a', day: 1 },
    ],
    threads: [['a', ' b']],
  },
  {
    name: 'a reply by References',
    mails: [
      { id: 'b', refs: ['a'], day: 2 },
      { id: 'a', day: 1 },
    ],
    threads: [['a', ' b']],
  },
  {
    name: 'siblings by date, then by id, the undated last',
    mails: [
      { id: 'a' },
      { id: 'n', to: ['a'] },
      { id: 'z', to: ['a'], day: 2 },
      { id: 'y', to: ['a'], day: 3 },
      { id: 'x', to: ['a'], day: 3 },
    ],
    threads: [['a', ' z', ' x', ' y', ' n']],
  },
  {
    name: 'children before the next sibling',
    mails: [
      { id: 'a', day: 1 },
      { id: 'b', to: ['a'], day: 2 },
      { id: 'c', to: ['a'], day: 3 },
      { id: 'd', to: ['b'], day: 4 },
    ],
    threads: [['a', ' b', '  d', ' c']],
  },
  {
    name: 'a missing root',
    mails: [
      { id: 'b', to: ['a'], day: 2 },
      { id: 'c', to: ['a'], day: 3 },
    ],
    threads: [['thread a', ' b (to a)', ' c (to a)']],
  },
  {
    name: 'a missing parent between',
    mails: [
      { id: 'a', day: 1 },
      { id: 'c', refs: ['a', 'b'], day: 3 },
    ],
    threads: [['a', '  c (to b)']],
  },
  {
    name: 'a chain of missing ones',
    mails: [{ id: 'd', refs: ['a', 'b', 'c'], day: 3 }],
    threads: [['thread a', '   d (to c)']],
  },
  {
    name: 'two replies that only an unseen id links',
    mails: [
      { id: 'b', refs: ['x', 'p'], day: 1 },
      { id: 'c', refs: ['x', 'q'], day: 2 },
    ],
    threads: [['thread x', '  b (to p)', '  c (to q)']],
  },
  {
    name: 'In-Reply-To and the last reference agree',
    mails: [
      { id: 'a', day: 1 },
      { id: 'b', to: ['a'], day: 2 },
      { id: 'c', to: ['b'], refs: ['a', 'b'], day: 3 },
    ],
    threads: [['a', ' b', '  c']],
  },
  {
    name: 'they differ: what was answered',
    mails: [
      { id: 'a', day: 1 },
      { id: 'b', to: ['a'], day: 2 },
      { id: 'c', to: ['a'], refs: ['a', 'b'], day: 3 },
    ],
    threads: [['a', ' b', ' c']],
  },
  {
    name: 'they differ: the one that is at hand',
    mails: [
      { id: 'a', day: 1 },
      { id: 'c', to: ['lost'], refs: ['a'], day: 3 },
    ],
    threads: [['a', ' c']],
  },
  {
    name: 'a self-reference',
    mails: [
      { id: 'a', to: ['a'], refs: ['a'], day: 1 },
      { id: 'b', to: ['a', 'b'], day: 2 },
    ],
    threads: [['a', ' b']],
  },
  {
    name: 'a loop of two: the older is the root',
    mails: [
      { id: 'b', to: ['a'], day: 1 },
      { id: 'a', to: ['b'], day: 2 },
    ],
    threads: [['b', ' a']],
  },
  {
    name: 'a loop of three, undated: the first by id',
    mails: [
      { id: 'c', to: ['a'] },
      { id: 'a', to: ['b'] },
      { id: 'b', to: ['c'] },
    ],
    threads: [['a', ' c', '  b']],
  },
  {
    name: 'a loop among ghosts',
    mails: [
      { id: 'm', refs: ['x', 'y'], day: 1 },
      { id: 'n', refs: ['y', 'x'], day: 2 },
    ],
    threads: [['thread x', '  m (to y)', ' n (to x)']],
  },
  {
    name: 'a mail that answers two threads',
    mails: [
      { id: 'b', day: 2 },
      { id: 'a', day: 1 },
      { id: 'c', to: ['b', 'a'], day: 3 },
    ],
    threads: [['a', 'b', ' c']],
  },
  {
    name: 'threads by their oldest mail',
    mails: [
      { id: 'late', day: 9 },
      { id: 'early', day: 3 },
      { id: 'ghostly', to: ['gone'], day: 2 },
    ],
    threads: [['thread gone', ' ghostly (to gone)'], ['early'], ['late']],
  },
];

describe('buildThreads', () => {
  it.each(rows)('builds $name', ({ mails, threads }) => {
    expect(buildThreads(mails.map(head)).map(draw)).toEqual(threads);
  });

  it.each(rows)('builds $name, backwards', ({ mails, threads }) => {
    expect(buildThreads(mails.map(head).reverse()).map(draw)).toEqual(threads);
  });

  const names = fc.constantFrom(...'abcdefghij');
  const sketches = fc.uniqueArray(
    fc.record({
      id: names,
      to: fc.array(names, { maxLength: 2 }),
      refs: fc.array(names, { maxLength: 4 }),
      day: fc.integer({ min: 1, max: 5 }),
    }),
    { selector: ({ id }) => id, maxLength: 8 },
  );

  it('gives the same threads in any order of arrival, every mail once, parents first', () => {
    fc.assert(
      fc.property(
        sketches.chain((mails) =>
          fc.tuple(fc.constant(mails), fc.shuffledSubarray(mails, { minLength: mails.length })),
        ),
        ([mails, shuffled]) => {
          const threads = buildThreads(mails.map(head));
          const order = threads.flatMap(({ messages }) => messages.map(({ message }) => message.id));

          expect(buildThreads(shuffled.map(head))).toEqual(threads);
          expect(order.toSorted()).toEqual(mails.map(({ id }) => id).toSorted());
          for (const { messages } of threads) {
            messages.forEach(({ parent }, at) => {
              const place = messages.findIndex(({ message }) => message.id === parent);
              expect(place).toBeLessThan(at);
            });
          }
        },
      ),
    );
  });

  it('keeps every pair of a mail and what it refers to together, and nothing else', () => {
    fc.assert(
      fc.property(sketches, (mails) => {
        const groups = new Map(mails.map(({ id, to, refs }) => [id, new Set([id, ...to, ...refs] as string[])]));
        const linked = (a: string, b: string): boolean => {
          const reached = new Set([a]);
          for (let size = 0; size !== reached.size;) {
            size = reached.size;
            for (const group of groups.values())
              if ([...group].some((id) => reached.has(id))) group.forEach((id) => reached.add(id));
          }
          return reached.has(b);
        };
        const threads = buildThreads(mails.map(head));
        const threadOf = new Map(
          threads.flatMap(({ messages }, at) => messages.map(({ message }) => [message.id as string, at])),
        );

        for (const { id: a } of mails)
          for (const { id: b } of mails) expect(threadOf.get(a) === threadOf.get(b)).toBe(linked(a, b));
      }),
      { numRuns: 50 },
    );
  });

  it('unites copies of one mail', () => {
    const copy = { ...head({ id: 'a', day: 1 }), cc: [{ name: null, address: 'bob@example.org' }] };
    const other = { ...head({ id: 'a', to: ['r'], day: 1 }), cc: [{ name: null, address: 'cy@example.org' }] };

    const [thread, ...more] = buildThreads([copy, head({ id: 'r', day: 1 }), other]);

    expect(more).toEqual([]);
    expect(
      thread?.messages.map(({ message }) => [message.id, message.cc.map(({ address }) => address).sort()]),
    ).toEqual([
      ['r', []],
      ['a', ['bob@example.org', 'cy@example.org']],
    ]);
  });

  it('follows a chain of 5,000 replies, with whole reference lists or none', () => {
    const chain = Array.from({ length: 5_000 }, (_, at) =>
      head({ id: `m${at}`, day: 1, ...(at === 0 ? {} : { to: [`m${at - 1}`] }) }),
    );

    const thread = buildThread(chain.toReversed());

    expect([thread.id, thread.messages.length, thread.messages.at(-1)?.depth]).toEqual(['m0', 5_000, 4_999]);
  });

  it('follows a loop of 5,000 mails and a chain of 5,000 ghosts', () => {
    const loop = Array.from({ length: 5_000 }, (_, at) => head({ id: `m${at}`, to: [`m${(at + 1) % 5_000}`], day: 1 }));
    const ghosts = head({ id: 'last', refs: Array.from({ length: 5_000 }, (_, at) => `g${at}`), day: 1 });

    expect(buildThread(loop).messages.at(-1)?.depth).toBe(4_999);
    expect(buildThread([ghosts])).toMatchObject({ id: 'g0', messages: [{ depth: 5_000, parent: 'g4999' }] });
  });
});
