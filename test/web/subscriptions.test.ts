/** The links of digests, over a real socket: what mail programs and people send. */
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/edges/store/open-sqlite-store.ts';
import { DAYS, type Subscriber } from '../../src/model/subscriber.ts';
import { toHash } from '../../src/pipeline/deliver/tokens.ts';
import type { SharedStore } from '../../src/ports/shared-store.ts';
import { buildApp } from '../../src/web/app.tsx';
import { startServer, type RunningServer } from '../../src/web/start-server.ts';
import { uniteForTest } from '../edges/store/make-ingested.ts';

const NOW = new Date('2026-01-02T12:00:00.000Z');
const [READER, CONFIRM] = ['1'.repeat(32), '2'.repeat(32)];

let store: SharedStore;
let server: RunningServer;
beforeEach(async () => {
  store = await openSqliteStore(':memory:', { unite: uniteForTest });
  const ann: Subscriber = {
    ...{ id: 'ann', address: 'ann@example.net', name: null, filter: '', form: 'text', state: 'active' },
    ...{ rhythm: { at: '07:00', zone: 'UTC', days: DAYS }, reason: null, failures: 0, snapshot: null, snoozed: {} },
    ...{ addedAt: '2026-01-01T00:00:00.000Z', confirmedAt: '2026-01-01T00:00:00.000Z' },
  };
  await store.post.addSubscriber(ann);
  await store.post.addSubscriber({
    ...ann,
    id: 'ben',
    address: 'ben@example.net',
    state: 'pending',
    confirmedAt: null,
  });
  const madeAt = '2026-01-02T07:00:00.000Z';
  await store.post.addToken({ hash: toHash(READER), subscriber: 'ann', purpose: 'reader', madeAt });
  await store.post.addToken({ hash: toHash(CONFIRM), subscriber: 'ben', purpose: 'confirm', madeAt });
  const app = buildApp({
    store,
    post: store.post,
    trees: () => ({ all: [] }),
    clock: { now: () => NOW },
    log: { info: () => undefined, warn: () => undefined },
    random: randomBytes,
    list: 'xen-devel',
    access: { reading: 'private', password: null },
    assets: new Map(),
    origin: 'https://heddle.example.org',
  });
  server = await startServer(app, { host: '127.0.0.1', port: 0 });
});
afterEach(async () => {
  await server.close();
  await store.close();
});

const stateOf = async (id: string) => (await store.post.subscriber(id))?.state;

/** As RFC 8058 says: a POST of this body, without cookies, from anywhere. */
const oneClick = (token: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/unsubscribe/${token}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: 'List-Unsubscribe=One-Click',
  });

describe('the links of a digest', () => {
  it.each([
    ['from nowhere', {}],
    ['from a mail program on the web', { origin: 'https://mail.example.com', 'sec-fetch-site': 'cross-site' }],
  ])('end it by one click, %s, also where reading is private; twice is once', async (_name, headers) => {
    expect((await oneClick(READER, headers)).status).toBe(200);
    expect(await stateOf('ann')).toBe('gone');
    expect((await oneClick(READER, headers)).status).toBe(200);
  });

  it('change nothing when they are only opened', async () => {
    for (const path of [`unsubscribe/${READER}`, `confirm/${CONFIRM}`]) {
      const page = await fetch(`${server.url}/${path}`);

      expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
      expect(await page.text()).toContain('<form method="post">');
    }
    expect([await stateOf('ann'), await stateOf('ben')]).toEqual(['active', 'pending']);
  });

  it('begin it with the button, and let whoever was asked say no', async () => {
    expect((await fetch(`${server.url}/confirm/${CONFIRM}`, { method: 'POST' })).status).toBe(200);
    expect(await stateOf('ben')).toBe('active');
    expect((await oneClick(CONFIRM)).status).toBe(200);
    expect(await stateOf('ben')).toBe('gone');
    await fetch(`${server.url}/confirm/${CONFIRM}`, { method: 'POST' });
    expect(await stateOf('ben')).toBe('gone');
  });

  it.each(['9'.repeat(32), 'x', '%00', `${READER}0`])('tell nothing of a token that is none: %s', async (token) => {
    expect((await oneClick(token)).status).toBe(404);
    expect((await fetch(`${server.url}/confirm/${READER}`, { method: 'POST' })).status).toBe(404);
    expect(await stateOf('ann')).toBe('active');
  });
});
