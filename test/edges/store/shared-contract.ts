import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PendingThread } from '../../../src/ports.ts';
import type { Claim, SharedStore } from '../../../src/ports/shared-store.ts';
import { RULES, dump, judge, judgeAll, makeIngested } from './make-ingested.ts';

const CLAIM: Claim = {
  by: 'one',
  limit: 10,
  now: '2026-01-01T00:00:00.000Z',
  until: '2026-01-01T00:05:00.000Z',
  attempts: 3,
};
const LATER: Claim = { ...CLAIM, now: CLAIM.until, until: '2026-01-01T00:10:00.000Z' };

const keysOf = (threads: readonly PendingThread[]) => threads.map(({ key }) => key);

async function save(store: SharedStore, threads: readonly PendingThread[]): Promise<void> {
  await store.saveVerdicts(
    threads.map(({ key, version, heads, evidence }) => ({ key, version, thread: judge(heads, evidence) })),
    RULES,
  );
}

/** Mails of so many threads that come mixed; every seventh comes a second time, through another list. */
function makeMails(count: number, threads: number) {
  return Array.from({ length: count }, (_, at) => at).flatMap((at) => {
    const before = at < threads ? [] : [`${at % threads}@x`, `${at - threads}@x`];
    // Now and then a mail ties two threads together.
    const bridge = at > threads && at % 97 === 0 ? [`${(at + 1) % threads}@x`] : [];
    const sketch = { id: `${at}@x`, references: [...before, ...bridge], date: null };
    const copies = at % 7 === 0 ? [{ ...sketch, cc: ['copy@example.org'], lists: ['other.example.org'] }] : [];
    return [sketch, ...copies].map(makeIngested);
  });
}

/**
 * What a store must do that several workers use at once.
 *
 * @param openSame opens one new and empty database so many times.
 */
export function testSharedStore(name: string, openSame: (times: number) => Promise<readonly SharedStore[]>): void {
  async function open(): Promise<readonly [SharedStore, SharedStore]> {
    const [one, two] = await openSame(2);
    if (one === undefined || two === undefined) throw new Error('two are wanted');
    return [one, two];
  }
  const close = (stores: readonly SharedStore[]) => Promise.all(stores.map((store) => store.close()));

  describe(`${name}: claims`, () => {
    it('hands a thread to one worker alone, until it is judged', async () => {
      const [one, two] = await open();
      await one.add(['a@x', 'b@x', 'c@x'].map((id) => makeIngested({ id })));
      const first = await one.claimPending({ ...CLAIM, limit: 2 });
      const second = await two.claimPending({ ...CLAIM, by: 'two' });
      expect([keysOf(first), keysOf(second)]).toEqual([['a@x', 'b@x'], ['c@x']]);
      expect(await two.free(CLAIM)).toEqual([]);
      expect(await two.pendingCount()).toBe(3);
      await save(one, first);
      await save(two, second);
      expect([await one.pendingCount(), await one.claimPending(LATER)]).toEqual([0, []]);
      await close([one, two]);
    });

    it('hands out as much as pending does', async () => {
      const [one, two] = await open();
      await one.add([makeIngested({ id: 'a@x' }), makeIngested({ id: 'b@x', references: ['a@x'] })]);
      await one.correct({ message: 'a@x', field: 'genre', value: 'question', by: 'Ann', at: CLAIM.now });
      const pending = await one.pending(5);
      expect(await two.claimPending(CLAIM)).toEqual(pending);
      await close([one, two]);
    });

    it('takes only the threads that are named', async () => {
      const [one, two] = await open();
      await one.add(['a@x', 'b@x', 'c@x'].map((id) => makeIngested({ id })));
      expect(keysOf(await one.claimPending({ ...CLAIM, keys: ['b@x', 'nobody@x'] }))).toEqual(['b@x']);
      expect(await one.claimPending({ ...CLAIM, keys: [] })).toEqual([]);
      expect(await two.free(CLAIM)).toEqual(['a@x', 'c@x']);
      await close([one, two]);
    });

    it('keeps a thread to which a mail came meanwhile from others, and frees it with the verdict', async () => {
      const [one, two] = await open();
      await one.add([makeIngested({ id: 'a@x' })]);
      const taken = await one.claimPending(CLAIM);
      await two.add([makeIngested({ id: 'b@x', references: ['a@x'] })]);
      expect(await two.claimPending({ ...CLAIM, by: 'two' })).toEqual([]);
      await save(one, taken);
      const again = await two.claimPending({ ...CLAIM, by: 'two' });
      expect(again.map(({ heads }) => heads.length)).toEqual([2]);
      await save(two, again);
      await save(one, taken);
      expect(await one.thread('a@x')).toMatchObject({ summary: '2 mails' });
      await close([one, two]);
    });

    it('frees at once what has become another thread', async () => {
      const [one, two] = await open();
      await one.add([makeIngested({ id: 'm@x' }), makeIngested({ id: 'n@x' })]);
      const taken = await one.claimPending(CLAIM);
      await two.add([makeIngested({ id: 'z@x', references: ['m@x', 'n@x'] })]);
      const joined = await two.claimPending({ ...CLAIM, by: 'two' });
      expect(joined.map(({ heads }) => heads.length)).toEqual([3]);
      await save(two, joined);
      await save(one, taken);
      await two.add([makeIngested({ id: 'y@x', references: ['a-new-root@x', 'm@x'] })]);
      expect(keysOf(await one.claimPending(CLAIM))).toEqual(['a-new-root@x']);
      expect((await one.thread('m@x'))?.summary).toBe('3 mails');
      await close([one, two]);
    });

    it('gives the threads of a dead worker to the next one, each alone, and sets them aside after so many', async () => {
      const [one, two] = await open();
      await one.add(['a@x', 'b@x', 'c@x'].map((id) => makeIngested({ id })));
      const times = ['00:00', '00:05', '00:10', '00:15', '00:20', '00:25', '00:30'];
      const taken: string[][] = [];
      for (const [at, time] of times.slice(0, -1).entries()) {
        const [now, until] = [time, times[at + 1]].map((text) => `2026-01-01T${text ?? ''}:00.000Z`);
        if (at === 1) await one.add([makeIngested({ id: 'd@x' })]);
        taken.push(keysOf(await two.claimPending({ ...CLAIM, by: `two ${at}`, now: now ?? '', until: until ?? '' })));
      }
      expect(taken).toEqual([['a@x', 'b@x', 'c@x'], ['a@x'], ['a@x'], ['b@x'], ['b@x'], ['c@x']]);
      const end = { ...CLAIM, now: '2026-01-01T09:00:00.000Z' };
      expect(await one.setAside(end)).toEqual([
        { key: 'a@x', attempts: 3, reason: null, by: 'two 2' },
        { key: 'b@x', attempts: 3, reason: null, by: 'two 4' },
      ]);
      expect(await one.free(end)).toEqual(['c@x', 'd@x']);
      await close([one, two]);
    });

    it('keeps the reason, and hands out again what is retried or has got a new mail', async () => {
      const [one, two] = await open();
      await one.add(['a@x', 'b@x'].map((id) => makeIngested({ id })));
      for (let attempt = 0; attempt < 3; attempt += 1) {
        for (const key of ['a@x', 'b@x']) {
          await one.claimPending({ ...CLAIM, keys: [key] });
          await one.failClaim({ key, by: 'one', reason: 'it\nthrows \0 always' });
        }
      }
      const aside = { attempts: 3, reason: 'it throws \uFFFD always', by: 'one' };
      expect(await two.setAside(CLAIM)).toEqual([
        { key: 'a@x', ...aside },
        { key: 'b@x', ...aside },
      ]);
      expect(await two.claimPending(CLAIM)).toEqual([]);
      expect([await two.retrySetAside('a@x'), await two.retrySetAside('a@x')]).toEqual([true, false]);
      await two.add([makeIngested({ id: 'c@x', references: ['b@x'] })]);
      expect(await two.setAside(CLAIM)).toEqual([]);
      expect(keysOf(await two.claimPending(CLAIM))).toEqual(['a@x', 'b@x']);
      await close([one, two]);
    });

    it('frees what a worker that stops in peace has, and counts it as nothing', async () => {
      const [one, two] = await open();
      await one.add(['a@x', 'b@x', 'c@x'].map((id) => makeIngested({ id })));
      await one.claimPending({ ...CLAIM, limit: 2 });
      await two.claimPending({ ...CLAIM, by: 'two' });
      await one.releaseClaims('one');
      expect(await two.free(CLAIM)).toEqual(['a@x', 'b@x']);
      expect(keysOf(await two.claimPending({ ...CLAIM, attempts: 1 }))).toEqual(['a@x', 'b@x']);
      await close([one, two]);
    });

    it('never hands one thread to two of four that ask at once', async () => {
      const stores = await openSame(4);
      await stores[0]?.add(makeMails(300, 300));
      const taken = await Promise.all(
        stores.map(async (store, at) => {
          const keys: string[] = [];
          for (;;) {
            const threads = await store.claimPending({ ...CLAIM, by: `worker ${at}` });
            if (threads.length === 0 && (await store.free(CLAIM)).length === 0) return keys;
            keys.push(...keysOf(threads));
            if (keys.length % 3 === 0) await save(store, threads);
          }
        }),
      );
      expect(taken.flat()).toHaveLength(300);
      expect(new Set(taken.flat()).size).toBe(300);
      await close(stores);
    });
  });

  describe(`${name}: many writers`, { timeout: 240_000 }, () => {
    it('that add the same 1,000 mails in different orders at once leave what one leaves', async () => {
      const mails = makeMails(1000, 83);
      const [alone] = await openSame(1);
      if (alone === undefined) throw new Error('one is wanted');
      await alone.add(mails);
      await judgeAll(alone);
      const expected = await dump(alone, ['text']);
      const order = fc.shuffledSubarray(mails, { minLength: mails.length });
      const size = fc.integer({ min: 20, max: 400 });
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(order, size), { minLength: 2, maxLength: 3 }), async (plans) => {
          const stores = await openSame(plans.length + 1);
          const [judging, ...adding] = stores;
          let isDone = false;
          const results = Promise.all(
            adding.map(async (store, at) => {
              const [own, step] = plans[at] ?? [[], 1];
              let added = 0;
              for (let from = 0; from < own.length; from += step)
                added += (await store.add(own.slice(from, from + step))).added;
              return added;
            }),
          ).finally(() => (isDone = true));
          while (judging !== undefined && !isDone) await save(judging, await judging.claimPending(CLAIM));
          expect((await results).reduce((sum, added) => sum + added, 0)).toBe(1000);
          if (judging !== undefined) {
            await judging.releaseClaims(CLAIM.by);
            await judgeAll(judging);
            expect(await dump(judging, ['text'])).toEqual(expected);
          }
          await close(stores);
        }),
        { numRuns: 3 },
      );
      await alone.close();
    });
  });
}
