import { describe, expect, it } from 'vitest';
import { DAYS, type Delivery, type Subscriber } from '../../../src/model/subscriber.ts';
import type { PostBook } from '../../../src/ports/post-book.ts';
import type { SharedStore } from '../../../src/ports/shared-store.ts';

const ANN: Subscriber = {
  id: 'a'.repeat(32),
  address: 'ann@example.org',
  name: 'Ann\0 <b>',
  filter: 'component:x86',
  form: 'both',
  rhythm: { at: '07:00', zone: 'Europe/Prague', days: DAYS },
  state: 'active',
  reason: null,
  failures: 0,
  addedAt: '2026-01-01T00:00:00.000Z',
  confirmedAt: '2026-01-01T01:00:00.000Z',
  snapshot: null,
  snoozed: {},
};

const letter = (day: number, more: Partial<Delivery> = {}): Delivery => ({
  id: `letter-${String(day)}`,
  subscriber: ANN.id,
  kind: 'digest',
  window: { from: `2026-01-0${String(day)}T06:00:00.000Z`, to: `2026-01-0${String(day + 1)}T06:00:00.000Z` },
  state: 'queued',
  subject: 'a digest',
  messageId: `letter-${String(day)}@example.org`,
  dueAt: '2026-01-02T06:00:00.000Z',
  attempts: 0,
  uncertain: 0,
  reason: null,
  madeAt: `2026-01-0${String(day + 1)}T06:00:00.000Z`,
  endedAt: null,
  content: {
    subject: 'a digest',
    text: 'text',
    html: null,
    snapshot: { to: `2026-01-0${String(day + 1)}T06:00:00.000Z`, threads: {} },
    references: [],
  },
  ...more,
});

const NOW = '2026-01-09T00:00:00.000Z';
const UNTIL = '2026-01-09T00:10:00.000Z';
const LATER = '2026-01-09T00:20:00.000Z';
const CLAIM = { by: 'one', now: NOW, until: UNTIL, limit: 10 };

/** What every post book must do, whichever database is behind it. */
export function testPostBook(name: string, openNew: () => Promise<SharedStore>): void {
  async function withBook(work: (post: PostBook) => Promise<void>): Promise<void> {
    const store = await openNew();
    try {
      await store.post.addSubscriber(ANN);
      await work(store.post);
    } finally {
      await store.close();
    }
  }
  const stateOf = async (post: PostBook, id: string) => {
    const { state, uncertain } = (await post.delivery(id)) ?? {};
    return `${state ?? 'none'} ${String(uncertain)}`;
  };

  describe(`${name}: letters`, () => {
    it('keeps subscribers, each address once, and changes them where they are as thought', () =>
      withBook(async (post) => {
        expect(await post.subscriber('ANN@example.org')).toEqual({ ...ANN, name: 'Ann\uFFFD <b>' });
        expect(await post.addSubscriber({ ...ANN, id: 'b' })).toBe(false);
        expect(await post.changeSubscriber(ANN.id, { state: 'active' }, ['pending'])).toBe(false);
        expect(await post.changeSubscriber(ANN.id, { state: 'gone', reason: 'left' }, ['active'])).toBe(true);
        expect((await post.subscribers()).map(({ state, reason }) => [state, reason])).toEqual([['gone', 'left']]);
      }));

    it('writes a letter down once, and hands it to one sender alone', () =>
      withBook(async (post) => {
        expect(await post.addDelivery(letter(1))).toBe(true);
        expect(await post.addDelivery(letter(1))).toBe(false);
        expect((await post.claimDeliveries(CLAIM)).map(({ id, attempts }) => [id, attempts])).toEqual([
          ['letter-1', 1],
        ]);
        expect(await post.claimDeliveries({ ...CLAIM, by: 'two' })).toEqual([]);
        expect(await post.handOver('letter-1', 'two', null)).toBe(false);
        expect(await post.handOver('letter-1', 'one', null)).toBe(true);
        await post.endDelivery('letter-1', 'two', { kind: 'sent', at: NOW });
        expect(await stateOf(post, 'letter-1')).toBe('sending 0');
        await post.endDelivery('letter-1', 'one', { kind: 'sent', at: NOW });
        expect(await post.delivery('letter-1')).toMatchObject({ state: 'sent', content: null, endedAt: NOW });
        expect((await post.subscriber(ANN.id))?.snapshot).toEqual(letter(1).content?.snapshot);
        expect(await post.toldUntil(ANN.id)).toBe(letter(1).window.to);
      }));

    it('sends again what a dead sender had not handed over, and doubts nothing', () =>
      withBook(async (post) => {
        await post.addDelivery(letter(1));
        for (const now of [NOW, UNTIL, LATER]) {
          const [taken] = await post.claimDeliveries({ ...CLAIM, now, until: now });
          expect(taken).toMatchObject({ id: 'letter-1', uncertain: 0 });
        }
      }));

    it('sends once more what may have gone out, and never a third time', () =>
      withBook(async (post) => {
        await post.addDelivery(letter(1));
        await post.claimDeliveries(CLAIM);
        await post.handOver('letter-1', 'one', null);
        await post.freeDeliveries();
        const [again] = await post.claimDeliveries({ ...CLAIM, by: 'two' });
        expect(again).toMatchObject({ id: 'letter-1', uncertain: 1, messageId: 'letter-1@example.org' });
        await post.handOver('letter-1', 'two', null);
        await post.freeDeliveries();
        expect(await post.claimDeliveries({ ...CLAIM, by: 'three' })).toEqual([]);
        expect(await stateOf(post, 'letter-1')).toBe('failed 2');
        expect(await post.toldUntil(ANN.id)).toBe(null);
      }));

    it('counts a line that broke as a doubt, a refusal now as none', () =>
      withBook(async (post) => {
        await post.addDelivery(letter(1));
        for (const [uncertain, state] of [
          [false, 'queued 0'],
          [true, 'queued 1'],
          [false, 'queued 1'],
          [true, 'failed 2'],
        ] as const) {
          await post.claimDeliveries(CLAIM);
          await post.endDelivery('letter-1', 'one', { kind: 'later', dueAt: NOW, reason: 'x', uncertain });
          expect(await stateOf(post, 'letter-1')).toBe(state);
        }
      }));

    it('puts a newer digest in place of one that waits, and none beside one that is being sent', () =>
      withBook(async (post) => {
        await post.addDelivery(letter(1, { state: 'held' }));
        await post.addDelivery(letter(2));
        expect([await stateOf(post, 'letter-1'), await stateOf(post, 'letter-2')]).toEqual([
          'superseded 0',
          'queued 0',
        ]);
        await post.claimDeliveries(CLAIM);
        expect(await post.addDelivery(letter(3))).toBe(false);
      }));

    it('sets an address aside after three that came back, each counted once, and forgets it never', () =>
      withBook(async (post) => {
        for (const day of [1, 2, 3]) {
          await post.addDelivery(letter(day));
          await post.claimDeliveries(CLAIM);
          await post.endDelivery(`letter-${String(day)}`, 'one', {
            kind: 'failed',
            at: NOW,
            reason: 'x',
            counts: day < 3,
          });
        }
        expect((await post.subscriber(ANN.id))?.state).toBe('active');
        expect((await post.bounce('letter-2@example.org', '550 no such user'))?.state).toBe('suspended');
        expect(await post.bounce('letter-2@example.org', 'again')).toBe(null);
        expect(await post.bounce('unknown@example.org', 'x')).toBe(null);
        expect((await post.subscriber(ANN.id))?.failures).toBe(3);
      }));

    it('keeps the kill switch, tokens by their hash, and mails to the bot until they were looked at', () =>
      withBook(async (post) => {
        expect(await post.stopped()).toBe(null);
        await post.setStopped('why');
        expect(await post.stopped()).toBe('why');
        await post.setStopped(null);
        expect(await post.stopped()).toBe(null);
        const token = { hash: 'h', subscriber: ANN.id, purpose: 'reader', madeAt: NOW } as const;
        await post.addToken(token);
        expect([await post.token('h'), await post.token('g')]).toEqual([token, null]);
        const mail = { id: 'm', mailbox: 'inbox', raw: Buffer.from('From: x\r\n\r\n\xff', 'latin1'), cameAt: NOW };
        await post.addIncoming([mail]);
        await post.addIncoming([mail]);
        expect(await post.incoming(5)).toEqual([mail]);
        await post.endIncoming('m', { text: 'done', subscriber: ANN.id, at: NOW }, letter(1, { kind: 'answer' }));
        await post.addIncoming([mail]);
        expect(await post.incoming(5)).toEqual([]);
        expect(await post.countIncoming(ANN.id, NOW)).toBe(1);
        expect(await stateOf(post, 'letter-1')).toBe('queued 0');
      }));
  });
}
