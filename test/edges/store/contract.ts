import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UniteCopies } from '../../../src/edges/store/copies.ts';
import type { Mailbox, Standing } from '../../../src/model/mailbox.ts';
import type { Ingested, Store, ThreadFilter } from '../../../src/ports.ts';
import { RULES, dump, judge, judgeAll, makeIngested, uniteForTest } from './make-ingested.ts';
import type { MailSketch } from './make-ingested.ts';

/** Mails in which threads are joined late, parents are missing, and one mail came through two lists. */
const SKETCHES: readonly MailSketch[] = [
  {
    id: 'root@x',
    subject: 'Guest hangs',
    date: '2024-03-01T10:00:00.000Z',
    text: 'It hangs in xen_mc_flush.\n',
    functions: ['xen_mc_flush'],
  },
  { id: 'reply@x', references: ['root@x'], inReplyTo: ['root@x'], date: '2024-03-02T10:00:00.000Z' },
  { id: 'leaf@x', references: ['root@x', 'reply@x'], date: '2024-03-04T10:00:00.000Z' },
  { id: 'orphan-1@x', references: ['missing@x'], date: '2024-03-03T10:00:00.000Z' },
  { id: 'orphan-2@x', inReplyTo: ['missing@x'], date: null },
  { id: 'left@x', references: ['a-left-root@x'] },
  { id: 'right@x', references: ['z-right-root@x'] },
  { id: 'bridge@x', references: ['z-right-root@x', 'a-left-root@x'], date: '2024-03-05T10:00:00.000Z' },
  { id: 'crossed@x', cc: ['one@example.org'], lists: ['devel.lists.example.org'], references: ['root@x'] },
  {
    id: 'crossed@x',
    cc: ['two@example.org'],
    lists: ['kernel.lists.example.org'],
    text: 'The text of crossed@x.\n-- \nfooter\n',
  },
  { id: 'crossed@x', cc: ['three@example.org'], references: ['before@x'] },
  { id: 'alone@x', nearMisses: 3, problems: 2 },
];
const MAILS = SKETCHES.map(makeIngested);

const GROUPS = [
  { id: 'a-left-root@x', messages: ['left@x', 'right@x', 'bridge@x'] },
  { id: 'before@x', messages: ['crossed@x', 'root@x', 'reply@x', 'leaf@x'] },
  { id: 'missing@x', messages: ['orphan-2@x', 'orphan-1@x'] },
  { id: 'alone@x', messages: ['alone@x'] },
];

async function idsOf(store: Store, filter: ThreadFilter): Promise<string[]> {
  const ids = [];
  for await (const thread of store.threads(filter)) ids.push(thread.id);
  return ids;
}

async function groupsOf(store: Store): Promise<unknown[]> {
  const groups = [];
  for await (const group of store.grouping()) groups.push(group);
  return groups;
}

/**
 * What every store must do, whichever database is behind it.
 *
 * @param openWith opens a store that is new and empty.
 */
export function testStore(name: string, openWith: (unite: UniteCopies) => Promise<Store>): void {
  const open = () => openWith(uniteForTest);

  /** A store with these mails, judged. */
  async function filled(mails: readonly Ingested[] = MAILS): Promise<Store> {
    const store = await open();
    await store.add(mails);
    await judgeAll(store);
    return store;
  }

  describe(`${name}: adding`, () => {
    it('counts new and known mails, and nothing changes the second time', async () => {
      const store = await open();
      expect(await store.add(MAILS)).toEqual({ added: 10, known: 2 });
      await judgeAll(store);
      const before = await dump(store);
      expect(await store.add(MAILS)).toEqual({ added: 0, known: 12 });
      expect(await store.pendingCount()).toBe(0);
      expect(await dump(store)).toEqual(before);
      await store.close();
    });

    it('knows the digest of every copy', async () => {
      const store = await filled();
      const digests = MAILS.map(({ digest }) => digest);
      expect(await store.knownDigests([...digests, 'f'.repeat(64)])).toEqual(new Set(digests));
      expect(await store.knownDigests([])).toEqual(new Set());
      await store.close();
    });

    it('groups by references, missing parents and late joins', async () => {
      const store = await filled();
      expect((await groupsOf(store)).sort()).toEqual(expect.arrayContaining(GROUPS));
      expect((await groupsOf(store)).length).toBe(GROUPS.length);
      await store.close();
    });

    it('gives the same result in any order, in any batches, judged at any time', async () => {
      const whole = await filled();
      const expected = await dump(whole, ['crossed', 'footer', 'xen_mc_flush']);
      await whole.close();
      const order = fc.shuffledSubarray(MAILS, { minLength: MAILS.length });
      const cuts = fc.array(fc.record({ size: fc.integer({ min: 1, max: 5 }), judged: fc.boolean() }), {
        minLength: 12,
        maxLength: 12,
      });
      await fc.assert(
        fc.asyncProperty(order, cuts, async (mails, pieces) => {
          const store = await open();
          let from = 0;
          for (const { size, judged } of pieces) {
            await store.add(mails.slice(from, from + size));
            if (judged) await judgeAll(store);
            from += size;
          }
          await judgeAll(store);
          expect(await dump(store, ['crossed', 'footer', 'xen_mc_flush'])).toEqual(expected);
          await store.close();
        }),
        { numRuns: 60 },
      );
    });

    it('unites copies: everybody addressed, one mail, found by the words of the kept text', async () => {
      const store = await filled();
      const mails = await store.mails('crossed@x');
      const crossed = mails.find(({ message }) => message.id === 'crossed@x');
      expect(crossed?.message.cc.map(({ address }) => address)).toEqual([
        'one@example.org',
        'three@example.org',
        'two@example.org',
      ]);
      expect((await store.search('footer', 10)).map(({ message }) => message)).toEqual(['crossed@x']);
      await store.close();
    });

    it('unites copies to the same mail in any order, even where the uniting itself depends on it', async () => {
      const copies = ['one', 'two', 'three', 'four'].map((subject) => makeIngested({ id: 'a@x', subject }));
      const expected = [...copies]
        .sort((a, b) => (a.digest < b.digest ? -1 : 1))
        .map(({ message }) => message.subject)
        .join('+');
      const unite: UniteCopies = (a, b) => ({ ...a, subject: `${a.subject}+${b.subject}` });
      await fc.assert(
        fc.asyncProperty(
          fc.shuffledSubarray(copies, { minLength: 4 }),
          fc.integer({ min: 1, max: 4 }),
          async (mails, size) => {
            const store = await openWith(unite);
            for (let from = 0; from < 4; from += size) await store.add(mails.slice(from, from + size));
            expect((await store.mails('a@x')).map(({ message }) => message.subject)).toEqual([expected]);
            expect(await store.counts()).toMatchObject({ mails: 1, threads: 1, pending: 1 });
            await store.close();
          },
        ),
        { numRuns: 20 },
      );
    });

    it('keeps a bounded number of copies of one mail, and knows them all', async () => {
      const store = await openWith((a, b) => ({ ...a, lists: [...a.lists, ...b.lists] }));
      const copies = Array.from({ length: 60 }, (_, at) => makeIngested({ id: 'a@x', lists: [`${at}.example.org`] }));
      for (let from = 0; from < 60; from += 7) await store.add(copies.slice(from, from + 7));
      expect((await store.mails('a@x'))[0]?.message.lists).toHaveLength(16);
      expect(await store.add(copies)).toEqual({ added: 0, known: 60 });
      await store.close();
    });

    it('rolls a batch back as a whole', async () => {
      const store = await open();
      const broken = {
        ...makeIngested({ id: 'broken@x' }),
        evidence: {
          version: '1',
          toJSON: () => {
            throw new Error('cannot be written');
          },
        },
      };
      await expect(store.add([makeIngested({ id: 'sound@x' }), broken as unknown as Ingested])).rejects.toThrow(
        'cannot be written',
      );
      expect(await store.counts()).toMatchObject({ mails: 0, threads: 0, pending: 0 });
      expect(await store.add([makeIngested({ id: 'sound@x' })])).toEqual({ added: 1, known: 0 });
      await store.close();
    });

    it.each<{ name: string; id: string }>([
      { name: 'quotes', id: `it's"a'trap@x` },
      { name: 'a percent sign', id: '100%_sure@x' },
      { name: 'NUL', id: 'a\0b@x' },
      { name: 'half a surrogate pair', id: 'a\ud800b@x' },
      { name: 'letters beyond ASCII', id: 'ünï-漢字@x' },
      { name: 'much text', id: `${'m'.repeat(480)}@x` },
    ])('keeps an id with $name', async ({ id }) => {
      const store = await filled([makeIngested({ id, text: `NUL \0 and half a pair \udc00 in the text` })]);
      expect(await store.thread(id)).toMatchObject({ id, messages: [{ id }] });
      expect(await store.mails(id)).toEqual([
        {
          message: makeIngested({ id, text: `NUL \0 and half a pair \udc00 in the text` }).message,
          evidence: makeIngested({ id }).evidence,
        },
      ]);
      expect((await store.search('pair', 5)).map(({ message }) => message)).toEqual([id]);
      await store.close();
    });

    it('holds a chain of 5,000 replies together, whichever way it comes', async () => {
      const store = await open();
      const chain = Array.from({ length: 5000 }, (_, at) =>
        makeIngested({ id: `${at}@chain`, inReplyTo: at === 0 ? [] : [`${at - 1}@chain`], date: null }),
      );
      const even = chain.filter((_, at) => at % 2 === 0);
      const odd = chain.filter((_, at) => at % 2 === 1);
      for (const mails of [even, odd]) {
        for (let from = 0; from < mails.length; from += 500) await store.add(mails.slice(from, from + 500));
      }
      const waiting = await store.pending(10);
      expect(waiting.map(({ key, heads }) => ({ key, mails: heads.length }))).toEqual([
        { key: '0@chain', mails: 5000 },
      ]);
      await store.close();
    });
  });

  describe(`${name}: judging`, () => {
    it('hands out a thread with its heads and evidence, and no longer once it is judged', async () => {
      const store = await open();
      const [first, second] = [makeIngested({ id: 'b@x' }), makeIngested({ id: 'a@x', references: ['b@x'] })];
      await store.add([first, second]);
      const [waiting] = await store.pending(10);
      const { parts, otherParts, problems, ...head } = second.message;
      expect([parts.length, otherParts, problems]).toEqual([1, [], []]);
      expect(waiting?.key).toBe('a@x');
      expect(waiting?.heads[0]).toEqual(head);
      expect(waiting?.evidence).toEqual(
        new Map([first, second].map(({ message, evidence }) => [message.id, evidence])),
      );
      await store.saveVerdicts(
        [{ key: 'a@x', version: waiting?.version ?? 0, thread: judge(waiting?.heads ?? []) }],
        RULES,
      );
      expect(await store.pendingCount()).toBe(0);
      expect(await store.pending(10)).toEqual([]);
      await store.close();
    });

    it('keeps a thread waiting to which a mail came meanwhile', async () => {
      const store = await open();
      await store.add([makeIngested({ id: 'a@x' })]);
      const [waiting] = await store.pending(10);
      await store.add([makeIngested({ id: 'b@x', references: ['a@x'] })]);
      await store.saveVerdicts(
        [{ key: 'a@x', version: waiting?.version ?? 0, thread: judge(waiting?.heads ?? []) }],
        RULES,
      );
      expect(await store.thread('b@x')).toMatchObject({ summary: '1 mails' });
      expect(await store.pendingCount()).toBe(1);
      await judgeAll(store);
      expect(await store.thread('b@x')).toMatchObject({ summary: '2 mails' });
      await store.close();
    });

    it('drops a verdict on what has become part of another thread, and shows the older verdict until it is judged anew', async () => {
      const store = await filled([makeIngested({ id: 'a@x' }), makeIngested({ id: 'b@x' })]);
      await store.add([
        makeIngested({ id: 'a2@x', references: ['a@x'] }),
        makeIngested({ id: 'b2@x', references: ['b@x'] }),
      ]);
      const waiting = await store.pending(10);
      await store.add([makeIngested({ id: 'c@x', references: ['a@x', 'b@x'] })]);
      await store.saveVerdicts(
        waiting.map(({ key, version, heads }) => ({ key, version, thread: judge(heads) })),
        RULES,
      );
      expect(await store.pendingCount()).toBe(1);
      expect(await idsOf(store, {})).toHaveLength(1);
      expect(await store.thread('b2@x')).not.toBeNull();
      await judgeAll(store);
      expect(await groupsOf(store)).toEqual([{ id: 'a2@x', messages: ['a2@x', 'a@x', 'b2@x', 'b@x', 'c@x'] }]);
      expect(await store.counts()).toMatchObject({ mails: 5, threads: 1, pending: 0 });
      await store.close();
    });

    it('ignores a verdict on a thread that it does not know', async () => {
      const store = await filled();
      const before = await dump(store);
      await store.saveVerdicts([{ key: 'nobody@x', version: 1, thread: judge([]) }], RULES);
      expect(await dump(store)).toEqual(before);
      await store.close();
    });

    it('hands out no more than was asked for', async () => {
      const store = await open();
      await store.add(Array.from({ length: 30 }, (_, at) => makeIngested({ id: `${at}@x` })));
      expect(await store.pending(7)).toHaveLength(7);
      expect(await store.pendingCount()).toBe(30);
      await store.close();
    });
  });

  describe(`${name}: finding a thread`, () => {
    it.each<{ name: string; id: string; thread: string | null }>([
      { name: 'by its own id', id: 'before@x', thread: 'before@x' },
      { name: 'by a mail in it', id: 'leaf@x', thread: 'before@x' },
      { name: 'by the id of a missing mail', id: 'z-right-root@x', thread: 'a-left-root@x' },
      { name: 'in angle brackets', id: ' <leaf@x> ', thread: 'before@x' },
      { name: 'by a beginning of one id', id: 'lea', thread: 'before@x' },
      { name: 'by a beginning of several ids of one thread', id: 'orphan-', thread: 'missing@x' },
      { name: 'not by a beginning that two threads share', id: 'l', thread: null },
      { name: 'not by an end', id: 'eaf@x', thread: null },
      { name: 'not by a pattern', id: 'lea%', thread: null },
      { name: 'not by nothing', id: '', thread: null },
      { name: 'not by an unknown id', id: 'nobody@x', thread: null },
    ])('$name', async ({ id, thread }) => {
      const store = await filled();
      expect((await store.thread(id))?.id ?? null).toBe(thread);
      const mails = await store.mails(id);
      expect(mails.map(({ message }) => String(message.id))).toEqual(
        GROUPS.find((group) => group.id === thread)?.messages ?? [],
      );
      await store.close();
    });

    it.each<{ name: string; filter: ThreadFilter; ids: string[] }>([
      {
        name: 'everything, newest activity first',
        filter: {},
        ids: ['a-left-root@x', 'before@x', 'missing@x', 'alone@x'],
      },
      { name: 'a limit', filter: { limit: 2 }, ids: ['a-left-root@x', 'before@x'] },
      { name: 'none', filter: { limit: 0 }, ids: [] },
      {
        name: 'a window, half open',
        filter: { window: { from: '2024-03-03T10:00:00.000Z', to: '2024-03-04T10:00:00.000Z' } },
        ids: ['missing@x'],
      },
      {
        name: 'a window in the middle of a thread',
        filter: { window: { from: '2024-03-02T00:00:00.000Z', to: '2024-03-03T00:00:00.000Z' } },
        ids: ['before@x'],
      },
      { name: 'a genre that is there', filter: { genre: 'report', limit: 1 }, ids: ['a-left-root@x'] },
      { name: 'a genre that is not', filter: { genre: 'patch' }, ids: [] },
      { name: 'a status that is not', filter: { status: 'fixed' }, ids: [] },
    ])('lists $name', async ({ filter, ids }) => {
      const store = await filled();
      expect(await idsOf(store, filter)).toEqual(ids);
      await store.close();
    });

    it('lists more threads than fit on a page, and answers questions meanwhile', async () => {
      const store = await filled(
        Array.from({ length: 250 }, (_, at) =>
          makeIngested({ id: `${at}@x`, date: at % 3 === 0 ? null : `2024-03-01T10:00:0${at % 10}.000Z` }),
        ),
      );
      const seen = new Set<string>();
      for await (const { id } of store.threads({})) {
        expect((await store.thread(id))?.id).toBe(id);
        seen.add(id);
      }
      expect(seen.size).toBe(250);
      expect(await idsOf(store, { limit: 130 })).toHaveLength(130);
      await store.close();
    });
  });

  describe(`${name}: searching`, () => {
    const mails: readonly MailSketch[] = [
      {
        id: '1@x',
        subject: 'Crash in blkfront',
        text: 'The guest dies in xen_mc_flush+0xfd with Xen 4.4.88.\n',
        date: '2024-01-01T00:00:00.000Z',
      },
      {
        id: '2@x',
        subject: 'Re: Crash in blkfront',
        references: ['1@x'],
        text: 'A hypercall fails; mc flush is innocent.\n',
        date: '2024-01-02T00:00:00.000Z',
      },
      {
        id: '3@x',
        subject: 'Naïve question',
        from: { name: 'Bo Sample', address: 'bo@example.com' },
        text: 'Is xen 4.88 the one? Ångström says no.\n',
        date: null,
      },
    ];

    it.each<{ name: string; words: string; ids: string[] }>([
      { name: 'a word, newest first', words: 'crash', ids: ['2@x', '1@x'] },
      { name: 'whatever the case', words: 'GUEST', ids: ['1@x'] },
      { name: 'all words', words: 'guest xen', ids: ['1@x'] },
      { name: 'not some words', words: 'guest hypercall', ids: [] },
      { name: 'a phrase', words: '"dies in"', ids: ['1@x'] },
      { name: 'not the words of a phrase apart', words: '"in dies"', ids: [] },
      { name: 'a phrase without an end', words: '"dies in', ids: ['1@x'] },
      { name: 'a symbol', words: 'xen_mc_flush', ids: ['1@x'] },
      { name: 'a symbol with its offset', words: 'xen_mc_flush+0xfd', ids: ['1@x'] },
      { name: 'a version', words: '4.4.88', ids: ['1@x'] },
      { name: 'a beginning', words: 'hyper*', ids: ['2@x'] },
      { name: 'not a beginning without its star', words: 'hyper', ids: [] },
      { name: 'a subject', words: 'subject:blkfront', ids: ['2@x', '1@x'] },
      { name: 'not the subject of a body', words: 'subject:hypercall', ids: [] },
      { name: 'a sender by name', words: 'from:"Bo Sample"', ids: ['3@x'] },
      { name: 'a sender by address', words: 'from:bo@example.com', ids: ['3@x'] },
      { name: 'letters without their accents', words: 'angstrom naive', ids: ['3@x'] },
      { name: 'words of the query language as words', words: 'guest AND NOT dies', ids: [] },
      { name: 'a name that is no field', words: 'with:xen', ids: ['1@x'] },
      { name: 'beside signs alone', words: 'guest ++ -', ids: ['1@x'] },
      { name: 'nothing for signs alone', words: '* ^ ( ) { } : " \' \\ -- ;', ids: [] },
      { name: 'nothing for nothing', words: '  ', ids: [] },
    ])('finds $name', async ({ words, ids }) => {
      const store = await filled(mails.map(makeIngested));
      expect((await store.search(words, 10)).map(({ message }) => message)).toEqual(ids);
      await store.close();
    });

    it('shows the words around the hit', async () => {
      const store = await filled(mails.map(makeIngested));
      expect(await store.search('xen_mc_flush 4.4.88', 10)).toEqual([
        {
          thread: '1@x',
          message: '1@x',
          subject: 'Crash in blkfront',
          from: 'Ann Example',
          date: '2024-01-01T00:00:00.000Z',
          snippet: 'The guest dies in «xen_mc_flush»+0xfd with Xen «4.4.88».',
        },
      ]);
      await store.close();
    });

    it('finds what is not judged yet, and keeps to the limit', async () => {
      const store = await open();
      await store.add(mails.map(makeIngested));
      expect((await store.search('crash', 1)).map(({ thread, message }) => ({ thread, message }))).toEqual([
        { thread: '2@x', message: '2@x' },
      ]);
      expect(await store.search('crash', 0)).toEqual([]);
      await store.close();
    });

    it('is never a syntax error', async () => {
      const store = await filled(mails.map(makeIngested));
      const signs = fc.constantFrom(
        '"',
        "'",
        '*',
        ':',
        '(',
        ')',
        '-',
        '+',
        '^',
        'AND',
        'NOT',
        'NEAR',
        'xen',
        'subject',
        '\0',
        '\\',
        ',',
        ' ',
        '{',
        '\ud800',
      );
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(
            fc.string({ unit: 'binary' }),
            fc.array(signs).map((parts) => parts.join('')),
          ),
          async (words) => {
            expect(Array.isArray(await store.search(words, 5))).toBe(true);
          },
        ),
      );
      await store.close();
    });
  });

  describe(`${name}: corrections`, () => {
    const given = {
      message: 'reply@x',
      field: 'genre',
      value: 'question',
      by: 'Ann',
      at: '2024-04-01T00:00:00.000Z',
    } as const;
    const later = { by: 'Bo', at: '2024-04-02T00:00:00.000Z' };

    it('keeps a correction, makes its thread wait, and hands it out with it', async () => {
      const store = await filled();
      const written = await store.correct(given);
      expect(written).toEqual({ ...given, id: written.id, undone: null });
      const waiting = await store.pending(10);
      expect(waiting.map(({ key, corrections }) => ({ key, corrections }))).toEqual([
        { key: 'before@x', corrections: [written] },
      ]);
      await judgeAll(store);
      expect(await store.pendingCount()).toBe(0);
      expect(await store.corrections()).toEqual([written]);
      await store.close();
    });

    it('takes one back, once, and keeps it as history', async () => {
      const store = await filled();
      const first = await store.correct(given);
      const second = await store.correct({ ...given, field: 'status', value: 'fixed' });
      await judgeAll(store);
      expect(await store.undoCorrection(first.id, later)).toEqual({ ...first, undone: later });
      expect(await store.undoCorrection(first.id, later)).toBeNull();
      expect(await store.undoCorrection(second.id + 100, later)).toBeNull();
      expect((await store.pending(10)).map(({ corrections }) => corrections)).toEqual([[second]]);
      expect(await store.corrections()).toEqual([{ ...first, undone: later }, second]);
      await store.close();
    });

    it('finds those of one thread by any of its mails, by a missing one too', async () => {
      const store = await filled();
      const ours = await store.correct({ ...given, message: 'before@x' });
      await store.correct({ ...given, message: 'alone@x' });
      for (const id of ['leaf@x', 'before@x', 'lea']) expect(await store.corrections(id)).toEqual([ours]);
      expect(await store.corrections('left@x')).toEqual([]);
      expect(await store.corrections('nobody@x')).toEqual([]);
      await store.close();
    });

    it('goes with its mail into another thread, and waits for a mail that is not there yet', async () => {
      const store = await filled([makeIngested({ id: 'a@x' }), makeIngested({ id: 'b@x' })]);
      const [one, two] = [
        await store.correct({ ...given, message: 'b@x' }),
        await store.correct({ ...given, message: 'later@x' }),
      ];
      await store.add([makeIngested({ id: 'c@x', references: ['a@x', 'b@x'] })]);
      await store.add([makeIngested({ id: 'later@x', references: ['c@x'] })]);
      expect((await store.pending(10)).map(({ corrections }) => corrections)).toEqual([[one, two]]);
      await store.close();
    });

    it('keeps a thread waiting that is corrected while it is judged', async () => {
      const store = await open();
      await store.add([makeIngested({ id: 'a@x' })]);
      const waiting = await store.pending(10);
      const correction = await store.correct({ ...given, message: 'a@x' });
      const verdicts = waiting.map(({ key, version, heads }) => ({ key, version, thread: judge(heads) }));
      await store.saveVerdicts(verdicts, RULES);
      expect((await store.pending(10)).map(({ corrections }) => corrections)).toEqual([[correction]]);
      await store.close();
    });
  });

  describe(`${name}: traces`, () => {
    const crashes: readonly MailSketch[] = [
      { id: 'same@x', functions: ['alpha', 'beta', '?guess', 'gamma'], date: '2024-01-01T00:00:00.000Z' },
      { id: 'near@x', functions: ['delta.isra.0', 'beta.cold', 'gamma'] },
      { id: 'far@x', functions: ['gamma', 'omega'] },
      { id: 'none@x', functions: ['omega', '?alpha'] },
      { id: 'text@x' },
    ];
    const asked = {
      fingerprint: makeIngested({ id: 'y@x', functions: ['alpha', 'beta', '?guess', 'gamma'] }).evidence.traces[0]
        ?.fingerprint,
      functions: ['alpha', 'beta', 'gamma', 'delta'],
    };
    const like = async (store: Store, limit: number) =>
      store.tracesLike({ fingerprint: asked.fingerprint ?? '', functions: asked.functions }, limit);

    it('finds the same crash first, then those that share the most sure functions', async () => {
      const store = await filled(crashes.map(makeIngested));
      const found = await like(store, 10);
      expect(found.map(({ thread, functions }) => ({ thread, functions }))).toEqual([
        { thread: 'same@x', functions: ['alpha', 'beta', 'gamma'] },
        { thread: 'near@x', functions: ['delta', 'beta', 'gamma'] },
        { thread: 'far@x', functions: ['gamma', 'omega'] },
      ]);
      expect(found[0]).toEqual({
        thread: 'same@x',
        subject: 'About same@x',
        date: '2024-01-01T00:00:00.000Z',
        project: 'linux',
        kind: 'oops',
        title: 'oops in alpha',
        culprit: 'alpha',
        fingerprint: asked.fingerprint,
        functions: ['alpha', 'beta', 'gamma'],
      });
      expect((await like(store, 2)).map(({ thread }) => thread)).toEqual(['same@x', 'near@x']);
      expect(await store.tracesLike({ fingerprint: 'f'.repeat(16), functions: [] }, 10)).toEqual([]);
      await store.close();
    });

    it('forgets what a verdict no longer holds, and follows a thread into another', async () => {
      const store = await filled(crashes.map(makeIngested));
      await store.add([makeIngested({ id: 'joins@x', references: ['same@x', 'near@x', 'text@x'] })]);
      expect(await like(store, 10)).toHaveLength(2);
      await judgeAll(store);
      const found = await like(store, 10);
      expect(found.map(({ thread, title }) => ({ thread, title }))).toEqual([
        { thread: 'joins@x', title: 'oops in alpha' },
        { thread: 'joins@x', title: 'oops in delta.isra.0' },
        { thread: 'far@x', title: 'oops in gamma' },
      ]);
      await store.close();
    });
  });

  describe(`${name}: made anew`, () => {
    it('hands out mails of another extractor, takes their new evidence, and lets their threads wait', async () => {
      const store = await filled();
      expect(await store.stale('1', 100)).toEqual([]);
      const stale = await store.stale('2', 100);
      expect(stale.map(({ id }) => String(id)).sort()).toEqual([...new Set(SKETCHES.map(({ id }) => id))].sort());
      expect(await store.stale('2', 3)).toHaveLength(3);
      const alone = stale.find(({ id }) => id === 'alone@x');
      expect(alone).toEqual(makeIngested({ id: 'alone@x', problems: 2 }).message);
      const renew = stale.map(({ id }) => ({ ...makeIngested({ id, nearMisses: 1 }).evidence, version: '2' }));
      await store.saveEvidence([...renew, makeIngested({ id: 'nobody@x' }).evidence]);
      expect(await store.stale('2', 100)).toEqual([]);
      expect(await store.counts()).toMatchObject({ mails: 10, pending: 4, nearMisses: 10 });
      await store.add([makeIngested({ id: 'crossed@x', cc: ['four@example.org'] })]);
      await judgeAll(store);
      expect((await store.mails('alone@x')).map(({ evidence }) => evidence.version)).toEqual(['2']);
      await store.close();
    });

    it('lets the threads wait that other rules judged', async () => {
      const store = await filled();
      expect(await store.judgeAgain(RULES)).toBe(0);
      expect(await store.judgeAgain('2')).toBe(4);
      expect(await store.judgeAgain('2')).toBe(0);
      expect(await store.pendingCount()).toBe(4);
      const before = await store.thread('alone@x');
      const waiting = await store.pending(10);
      await store.saveVerdicts(
        waiting.map(({ key, version, heads, evidence }) => ({ key, version, thread: judge(heads, evidence) })),
        '2',
      );
      expect(await store.thread('alone@x')).toEqual(before);
      expect([await store.judgeAgain('2'), await store.pendingCount()]).toEqual([0, 0]);
      await store.close();
    });

    it('lists mails with near misses, newest first', async () => {
      const store = await filled([
        makeIngested({ id: 'old@x', nearMisses: 5, date: '2020-01-01T00:00:00.000Z' }),
        makeIngested({ id: 'new@x', nearMisses: 2, date: '2024-01-01T00:00:00.000Z' }),
        makeIngested({ id: 'sound@x' }),
        makeIngested({ id: 'undated@x', nearMisses: 7, date: null }),
      ]);
      const all = [
        { message: 'new@x', subject: 'About new@x', date: '2024-01-01T00:00:00.000Z', lines: 2 },
        { message: 'old@x', subject: 'About old@x', date: '2020-01-01T00:00:00.000Z', lines: 5 },
        { message: 'undated@x', subject: 'About undated@x', date: null, lines: 7 },
      ];
      expect(await store.nearMisses(10)).toEqual(all);
      expect(await store.nearMisses(1)).toEqual(all.slice(0, 1));
      await store.close();
    });
  });

  describe(`${name}: counts and cursors`, () => {
    it('counts mails, threads, what waits, and what could not be read', async () => {
      const store = await open();
      const empty = { mails: 0, threads: 0, pending: 0, nearMisses: 0, problems: 0 };
      expect(await store.counts()).toMatchObject(empty);
      await store.add(MAILS);
      expect(await store.counts()).toMatchObject({ mails: 10, threads: 4, pending: 4, nearMisses: 3, problems: 2 });
      await store.close();
    });

    it('remembers where each source stands', async () => {
      const store = await open();
      await store.saveCursor('git:a', '1');
      await store.saveCursor('git:b', '9');
      await store.saveCursor('git:a', '2');
      expect(await store.cursors()).toEqual(
        new Map([
          ['git:a', '2'],
          ['git:b', '9'],
        ]),
      );
      await store.close();
    });
  });

  describe(`${name}: threads by what they are about`, () => {
    it('finds them by tag, by list and behind a place, and counts them', async () => {
      const store = await filled();
      const kinds = ['symptom', 'section', 'side', 'version', 'person', 'suggested', 'missing', 'unanswered'] as const;
      for (const kind of kinds) {
        const counts = await store.tagCounts(kind, 50);
        for (const { value, threads } of counts) {
          const found = await idsOf(store, { tags: [{ kind, value }] });
          expect({ kind, value, threads: found.length }).toEqual({ kind, value, threads });
          expect(await store.countThreads({ tags: [{ kind, value }] }, 1)).toBe(1);
        }
        expect(await idsOf(store, { tags: [{ kind, value: 'nobody has this' }] })).toEqual([]);
      }
      expect(await store.tagCounts('person', 1)).toHaveLength(1);
      expect(await store.countThreads({}, 100)).toBe(GROUPS.length);
      expect(await store.countThreads({}, 2)).toBe(2);
      expect(await idsOf(store, { list: 'kernel.lists.example.org' })).toEqual(
        (await idsOf(store, {})).filter((id) => id === 'before@x'),
      );
      await store.close();
    });

    it('goes on behind the last one of a page', async () => {
      const store = await filled();
      const whole = await idsOf(store, {});
      const pages: string[] = [];
      let after: ThreadFilter['after'];
      for (let at = 0; at < whole.length; at += 1) {
        for await (const thread of store.threads({ limit: 1, ...(after === undefined ? {} : { after }) })) {
          pages.push(thread.id);
          after = { lastActivity: thread.lastActivityAt ?? '', id: thread.id };
        }
      }
      expect(pages).toEqual(whole);
      await store.close();
    });

    it('a thread that became part of another leaves no tag behind', async () => {
      const store = await filled(MAILS.filter(({ message }) => message.id !== 'bridge@x'));
      await store.add(MAILS);
      await judgeAll(store);
      const total = await store.countThreads({}, 100);
      const tagged = await store.countThreads({ tags: [{ kind: 'person', value: 'ann@example.org' }] }, 100);
      expect(tagged).toBe(total);
      await store.close();
    });
  });

  describe(`${name}: mailboxes`, () => {
    const MAILBOX: Mailbox = {
      name: 'bot',
      url: 'imaps://bot@mail.example.org/INBOX',
      kind: 'imap',
      secret: { kind: 'file', path: 'secret' },
      tls: 'required',
      ca: null,
      backFill: 'newest-first',
      addedAt: '2026-01-02T03:04:05.000Z',
    };
    const STANDING: Standing = {
      mailbox: 'bot',
      state: 'failing',
      reason: 'refused the password',
      since: '2026-01-02T03:04:05.000Z',
      at: '2026-01-02T03:05:05.000Z',
    };

    it('are kept by name, the newest word wins, and are forgotten with their cursors and standing', async () => {
      const store = await open();
      await store.saveMailbox({ ...MAILBOX, name: 'archive', kind: 'http', secret: null });
      await store.saveMailbox(MAILBOX);
      await store.saveMailbox({ ...MAILBOX, ca: 'ca.pem' });
      expect(await store.mailboxes()).toEqual([
        { ...MAILBOX, name: 'archive', kind: 'http', secret: null },
        { ...MAILBOX, ca: 'ca.pem' },
      ]);
      await store.saveStanding({ ...STANDING, state: 'connected', reason: null });
      await store.saveStanding(STANDING);
      expect(await store.standings()).toEqual([STANDING]);
      for (const source of ['bot\nINBOX', 'bot 2\nINBOX', 'archive']) await store.saveCursor(source, '1');
      expect(await store.removeMailbox('bot')).toBe(true);
      expect(await store.removeMailbox('bot')).toBe(false);
      expect((await store.mailboxes()).map((one) => one.name)).toEqual(['archive']);
      expect(await store.standings()).toEqual([]);
      expect([...(await store.cursors()).keys()].sort()).toEqual(['archive', 'bot 2\nINBOX']);
      await store.close();
    });

    it('lists are told by the newest mail that is not of tomorrow', async () => {
      const store = await open();
      const of = (id: string, date: string | null, lists: readonly string[]) => makeIngested({ id, date, lists });
      await store.add([
        of('one@x', '2024-03-01T00:00:00.000Z', ['a.example.org']),
        of('two@x', '2024-03-02T00:00:00.000Z', ['a.example.org', 'b.example.org']),
        of('forged@x', '2099-01-01T00:00:00.000Z', ['b.example.org']),
        of('undated@x', null, ['c.example.org']),
      ]);
      expect(await store.lists('2024-12-31T00:00:00.000Z')).toEqual([
        { list: 'a.example.org', newest: '2024-03-02T00:00:00.000Z', mails: 2 },
        { list: 'b.example.org', newest: '2024-03-02T00:00:00.000Z', mails: 1 },
        { list: 'c.example.org', newest: '', mails: 1 },
      ]);
      await store.close();
    });
  });
}
