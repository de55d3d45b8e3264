import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../../src/edges/store/open-sqlite-store.ts';
import { DAYS } from '../../../src/model/subscriber.ts';
import { isOurMail } from '../../../src/pipeline/commands/our-mail.ts';
import { takeIncoming } from '../../../src/pipeline/commands/take-incoming.ts';
import { toHash } from '../../../src/pipeline/deliver/tokens.ts';
import type { SharedStore } from '../../../src/ports/shared-store.ts';
import { judgeAll, makeIngested, uniteForTest } from '../../edges/store/make-ingested.ts';

const BOT = 'bot@bots.example.org';
const NOW = new Date('2026-01-02T12:00:00.000Z');
const [READER, CONFIRM] = ['1'.repeat(32), '2'.repeat(32)];
const LETTER = `heddle.post.${'3'.repeat(32)}@bots.example.org`;

let came = 0;
let store: SharedStore;
beforeEach(async () => {
  store = await openSqliteStore(':memory:', { unite: uniteForTest });
  await store.add([makeIngested({ id: 'crash@x', subject: 'Crash', date: '2026-01-01T10:00:00.000Z' })]);
  await judgeAll(store);
  const ann = {
    name: null,
    filter: '',
    form: 'text',
    rhythm: { at: '07:00', zone: 'UTC', days: DAYS },
    reason: null,
    failures: 0,
    addedAt: '2026-01-01T00:00:00.000Z',
    snapshot: null,
    snoozed: {},
  } as const;
  const yes = { state: 'active', confirmedAt: '2026-01-01T00:00:00.000Z' } as const;
  await store.post.addSubscriber({ ...ann, ...yes, id: 'ann', address: 'ann@example.net' });
  await store.post.addSubscriber({
    ...ann,
    state: 'pending',
    confirmedAt: null,
    id: 'ben',
    address: 'ben@example.net',
  });
  const madeAt = '2026-01-02T07:00:00.000Z';
  await store.post.addToken({ hash: toHash(READER), subscriber: 'ann', purpose: 'reader', madeAt });
  await store.post.addToken({ hash: toHash(CONFIRM), subscriber: 'ben', purpose: 'confirm', madeAt });
});
afterEach(() => store.close());

const mail = (text: string, header: Readonly<Record<string, string>> = {}): Buffer =>
  Buffer.from(
    [
      ...Object.entries({
        From: 'Ann <ann@example.net>',
        To: BOT,
        'Message-ID': '<reply.1@example.net>',
        ...header,
      }).map(([name, value]) => `${name}: ${value}`),
      '',
      ...text.split('\n'),
    ].join('\r\n'),
  );

/** What became of a mail: the operator's line, the answer's text, and how many letters were written down. */
async function take(raw: Buffer, authserv: string | null = null) {
  const id = createHash('sha256').update(raw).digest('hex');
  const cameAt = new Date(NOW.getTime() + (came += 50)).toISOString();
  await store.post.addIncoming([{ id, mailbox: 'inbox', raw, cameAt }]);
  await takeIncoming({
    store,
    settings: {
      from: { name: null, address: BOT },
      list: 'xen-devel',
      origin: null,
      hasSubaddresses: true,
      mustApprove: false,
    },
    now: NOW,
    authserv,
    components: () => ['X86'],
    findThread: (text) => store.thread(text.replace(/[<>]/g, '')),
  });
  const letters = await store.post.deliveries({ kind: 'answer', limit: 10 });
  return { letters: letters.length, text: letters[0]?.content?.text ?? '' };
}
const stateOf = async (id: string) => (await store.post.subscriber(id))?.state;

const QUOTED = `\n\n> 1. Crash\n> heddle-token ${READER}\n`;

describe('a mail to the bot', () => {
  it('with the quoted token is obeyed once and answered once, however often it is looked at', async () => {
    const raw = mail(`fixed <crash@x>\nstatus it\nfixd it${QUOTED}`);
    const { text } = await take(raw);
    const again = await take(raw);

    expect(text).toContain('> fixed <crash@x>\ndone: ');
    expect(text).toContain('> fixd it\nnot done: there is no fixd; is fixed REF meant?');
    expect(again.letters).toBe(1);
    expect((await store.corrections()).map(({ field, value, by }) => [field, value, by])).toEqual([
      ['status', 'fixed', 'ann@example.net'],
    ]);
  });

  it('undoes its own words alone, also when it is done a second time after a crash', async () => {
    await store.correct({
      message: 'crash@x',
      field: 'genre',
      value: 'question',
      by: 'operator',
      at: '2026-01-01T00:00:00.000Z',
    });
    const { text } = await take(mail(`fixed <crash@x>\nundo\nundo${QUOTED}`));

    expect(text).toContain('> undo\ndone: 2, status = fixed, is taken back');
    expect(text).toContain('not done: there is no word of yours in force');
    expect((await store.corrections()).map(({ undone }) => undone?.by ?? null)).toEqual([null, 'ann@example.net']);
  });

  it('changes what somebody wishes', async () => {
    await take(
      mail(`filter component:x86\ntime 6:30 Europe/Prague\ndays mon-fri\nform html\nsnooze <crash@x> 2w${QUOTED}`),
    );

    expect(await store.post.subscriber('ann')).toMatchObject({
      filter: 'component:x86',
      form: 'html',
      rhythm: { at: '06:30', zone: 'Europe/Prague', days: ['mon', 'tue', 'wed', 'thu', 'fri'] },
      snoozed: { 'crash@x': '2026-01-16' },
    });
  });

  it.each([
    ['without a token', mail('fixed <crash@x>'), null],
    ['with a token that is none', mail(`fixed <crash@x>\n> heddle-token ${'9'.repeat(32)}`), null],
    ['from somebody else, with the token', mail(`fixed <crash@x>${QUOTED}`, { From: 'eve@example.com' }), null],
    ['by a program', mail(`fixed <crash@x>${QUOTED}`, { 'Auto-Submitted': 'auto-replied' }), null],
    ['in bulk', mail(`fixed <crash@x>${QUOTED}`, { Precedence: 'bulk' }), null],
    ['through a list', mail(`fixed <crash@x>${QUOTED}`, { 'List-Id': '<devel.lists.example.org>' }), null],
    ['from the bot itself', mail(`fixed <crash@x>${QUOTED}`, { From: BOT }), null],
    [
      'that the server does not believe',
      mail(`fixed <crash@x>${QUOTED}`, { 'Authentication-Results': 'mx; dmarc=fail' }),
      'mx',
    ],
    ['that the server says nothing of', mail(`fixed <crash@x>${QUOTED}`), 'mx'],
    [
      'that another server believes',
      mail(`fixed <crash@x>${QUOTED}`, { 'Authentication-Results': 'evil; dmarc=pass' }),
      'mx',
    ],
  ])('%s is neither obeyed nor answered', async (_name, raw, authserv) => {
    expect(await take(raw, authserv)).toEqual({ letters: 0, text: '' });
    expect(await store.corrections()).toEqual([]);
  });

  it('that the server believes is obeyed; so is one with the token in its address', async () => {
    await take(mail(`fixed <crash@x>${QUOTED}`, { 'Authentication-Results': 'mx; spf=fail; dmarc=pass' }), 'mx');
    await take(mail('not-a-bug <crash@x>', { To: `bot+${READER}@bots.example.org`, 'Message-ID': '<2@x>' }));

    expect((await store.corrections()).map(({ value }) => value)).toEqual(['fixed', 'not-a-bug']);
  });

  it.each([
    ['says yes', `confirm ${CONFIRM}\n`, 'active'],
    ['says yes above our text', `Yes please\n\n> confirm ${CONFIRM}\n`, 'active'],
    ['says no', `no thanks\n\n> confirm ${CONFIRM}\n`, 'gone'],
    ['only quotes us', `Who are you?\n\n> confirm ${CONFIRM}\n`, 'pending'],
    ['has a wrong token', `confirm ${'8'.repeat(32)}\n`, 'pending'],
    ['has the token of another kind', `confirm ${READER}\n`, 'pending'],
  ])('as an answer to our question: %s', async (_name, text, state) => {
    await take(mail(text, { From: 'ben@example.net' }));

    expect(await stateOf('ben')).toBe(state);
  });

  it('as the unsubscribe of a mail program ends it, without an answer', async () => {
    expect(await take(mail('', { Subject: `unsubscribe ${READER}` }))).toEqual({ letters: 0, text: '' });
    expect(await stateOf('ann')).toBe('gone');
  });

  it('is obeyed twenty times a day at most', async () => {
    for (let number = 0; number < 25; number += 1)
      await take(mail(`help${QUOTED}`, { 'Message-ID': `<${String(number)}@example.net>` }));

    expect(await store.post.countIncoming('ann', '2026-01-02T00:00:00.000Z')).toBe(25);
    expect((await store.post.deliveries({ kind: 'answer', limit: 100 })).length).toBe(20);
  });
});

describe('which mail is the bot’s own', () => {
  it.each([
    ['an answer with our token', mail(QUOTED), true],
    ['a marked command', mail('#heddle help'), true],
    ['an answer to our letter', mail('hm', { 'In-Reply-To': `<${LETTER}>` }), true],
    ['a copy through a list', mail('#heddle help', { 'List-Id': '<devel.lists.example.org>' }), false],
    ["a list's question", mail(`confirm ${'5'.repeat(40)}`, { From: 'devel-request@lists.example.org' }), false],
    ['a report to a list', mail('it crashes', { To: 'devel@lists.example.org' }), false],
    ['a plain mail', mail('it crashes'), false],
  ])('%s', (_name, bytes, is) => {
    expect(isOurMail({ bytes, origin: 'test' }, BOT)).toBe(is);
  });
});
