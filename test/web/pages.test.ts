/** The pages by request and answer, with mails that mean harm among those they show. */
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/edges/store/open-sqlite-store.ts';
import { readMessage } from '../../src/message/read-message.ts';
import { judgePending } from '../../src/pipeline/judge-pending.ts';
import { extract } from '../../src/pipeline.ts';
import type { SharedStore } from '../../src/ports/shared-store.ts';
import { buildApp } from '../../src/web/app.tsx';
import { jsonPath } from '../../src/web/openapi.ts';
import { PAGES } from '../../src/web/pages.ts';
import { hashPassword } from '../../src/web/password.ts';
import type { Access } from '../../src/web/ports.ts';
import { uniteForTest } from '../edges/store/make-ingested.ts';

const NOW = new Date('2024-05-15T20:00:00.000Z');
const HOSTILE = [
  '<script>alert(1)</script>',
  '"><svg onload=alert(1)>',
  "'><img src=x onerror=alert(1)>",
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '\u202egnp.exe\u202c',
  '\u001b]0;owned\u0007\u001b[2J',
  '</title><script>alert(1)</script>',
  '</pre></main><form action="https://evil.example.org">',
  `${'A'.repeat(1_000_000)}`,
];

/** A hundred mails: each trick in ten places. */
function* writeHostile(): Iterable<string> {
  for (const [row, trick] of HOSTILE.entries())
    for (let place = 0; place < 10; place += 1) {
      const at = (here: number, usual: string): string => (here === place % 5 ? trick : usual);
      const log = `BUG: unable to handle page fault\nRIP: 0010:${at(3, 'loom')}+0x1/0x2\nCall Trace:\n ${at(3, 'warp')}+0x1/0x2\n`;
      yield [
        `From: "${at(0, 'Mallory').replace(/"/g, '')}" <mallory${row}-${place}@example.org>`,
        'To: list@example.org',
        `Subject: ${at(1, `crash ${row} ${place}`)}`,
        `Message-ID: <${at(2, 'm')
          .replace(/[\s<>@]/g, '')
          .slice(0, 80)}${row}.${place}@example.org>`,
        'Date: Wed, 15 May 2024 09:00:00 +0000',
        'Content-Type: text/plain; charset=utf-8',
        '',
        `It crashes. ${at(4, 'Linux 6.6.8')}\n\n${log}`,
      ].join('\r\n');
    }
}

let store: SharedStore;
let hash: string;
beforeAll(async () => {
  hash = await hashPassword('loom', randomBytes(16));
  store = await openSqliteStore(':memory:', { unite: uniteForTest });
  for (const mail of writeHostile()) {
    const bytes = Buffer.from(mail);
    const message = readMessage({ bytes, origin: 'test' });
    await store.add([
      { message, evidence: extract(message), digest: createHash('sha256').update(bytes).digest('hex') },
    ]);
  }
  await judgePending({ store, trees: { all: [] }, asOf: NOW });
}, 60_000);
afterAll(() => store.close());

function open(access: Partial<Access> = {}) {
  return buildApp({
    store,
    trees: () => ({ all: [] }),
    clock: { now: () => NOW },
    log: { info: () => undefined, warn: () => undefined },
    random: randomBytes,
    list: 'xen-devel',
    access: { reading: 'public', password: hash, ...access },
    assets: new Map(),
    origin: '',
  });
}

type App = ReturnType<typeof open>;

function post(app: App, path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  const body = new URLSearchParams(fields).toString();
  const type = { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost', ...headers };
  return app.request(`http://localhost${path}`, { method: 'POST', body, headers: { host: 'localhost', ...type } });
}

async function logIn(app: App): Promise<string> {
  const answer = await post(app, '/login', { user: 'Olga', password: 'loom', next: '/threads' });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/threads']);
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

const PATHS = [
  ...['/', '/threads', '/threads?q=crash', '/threads?genre=%3Cscript%3Ealert(1)%3C/script%3E', '/sections'],
  ...['/people/mallory0-0%40example.org', '/digests', '/digests/2024-05-15', '/check', '/health', '/login'],
  ...['/?filter=%22%3E%3Cscript%3Ealert(1)', '/login?next=javascript:alert(1)', '/nope/%3Cscript%3E'],
];

/** Nothing of a stranger's has become markup: no script of theirs, no handler, no style, no link but to where links may lead. */
function expectHarmless(html: string): void {
  expect(html.match(/<script(?! src="\/assets\/page\.js)[^>]*>/g)).toBeNull();
  expect(html.match(/<[a-z][^<>]*\son[a-z]+=/gi)?.filter((one) => !/="[^"]*\son[a-z]+=/i.test(one)) ?? []).toEqual([]);
  expect(html.match(/<[a-z][^<>"]*\sstyle=/g)).toBeNull();
  expect(html.match(/(?:href|src|action)="(?!\/|#|https?:)[^"]*"/g)).toBeNull();
  expect(html.match(/[\u0000-\u0008\u001b\u202a-\u202e]/)).toBeNull();
  expect(html.length).toBeLessThan(150_000);
}

describe('pages', () => {
  it.each(PATHS)('%s is harmless, and its policy allows nothing inline', async (path) => {
    const answer = await open().request(path);

    expect(answer.status).toBe(path.startsWith('/nope') ? 404 : 200);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    const html = await answer.text();
    expect(html.startsWith('<!doctype html>')).toBe(true);
    expectHarmless(html);
  });

  it('every hostile thread is shown, harmless', async () => {
    const app = open();
    let seen = 0;
    for await (const { id } of store.threads({})) {
      const answer = await app.request(`/thread/${encodeURIComponent(id)}`);
      expect(answer.status).toBe(200);
      expectHarmless(await answer.text());
      seen += 1;
    }
    expect(seen).toBeGreaterThan(50);
  });

  it.each(['/', '/threads', '/people/mallory0-0%40example.org', '/digests/2024-05-15', '/health'])(
    '%s tells no address to the public',
    async (path) => {
      const html = await (await open().request(path)).text();

      expect(html.match(/>[^<]*mallory\d-\d@example/)).toBeNull();
    },
  );

  it.each([
    ['/threads.json', {}],
    ['/threads', { accept: 'application/json' }],
    ['/today.json', {}],
    ['/digests/2024-05-15.json', {}],
  ])('%s answers with data', async (path, headers) => {
    const answer = await open().request(path, { headers });

    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(typeof (await answer.json())).toBe('object');
  });

  it.each([
    ['/digests/2024-05-15.atom', 'application/atom+xml'],
    ['/today.txt', 'text/plain'],
  ])('%s is of the type %s', async (path, type) => {
    expect((await open().request(path)).headers.get('content-type')).toContain(type);
  });

  it('the OpenAPI document names each page', async () => {
    const document = (await (await open().request('/openapi.json')).json()) as { readonly paths: object };
    const wanted = PAGES.map(({ path }) => jsonPath(path).replace(/:(?<name>\w+)/g, '{$<name>}'));

    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(wanted));
  });

  it('every path of the OpenAPI document is there', async () => {
    const app = open();
    const document = (await (await app.request('/openapi.json')).json()) as { readonly paths: object };
    for (const path of Object.keys(document.paths)) {
      const filled = path.replace('{day}', '2024-05-15').replace(/\{\w+\}/g, 'none@example.org');
      const answer = await app.request(filled, { headers: { accept: 'application/json' } });
      const text = await answer.text();
      expect(text, path).not.toContain('There is no such page');
    }
  });
});

describe('check', () => {
  it('says what it sees, and stores nothing', async () => {
    const before = await store.counts();
    const text =
      'BUG: unable to handle page fault\nCall Trace:\n loom_open+0x1/0x2\n warp_read+0x3/0x9\n<script>alert(1)';
    const html = await (await post(open(), '/check', { text })).text();

    expect(html).toContain('Worth adding');
    expectHarmless(html);
    expect(await store.counts()).toEqual(before);
  });

  it.each([
    ['nothing', ' ', 400],
    ['too much', 'x'.repeat(1_100_001), 413],
  ])('%s is refused', async (_what, text, status) => {
    expect((await post(open(), '/check', { text })).status).toBe(status);
  });

  it('too often is told to wait', async () => {
    const app = open();
    for (let time = 0; time < 20; time += 1) await post(app, '/check', { text: 'hello' });

    const answer = await post(app, '/check', { text: 'hello' });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '300']);
  });
});

describe('access', () => {
  it('private pages ask whoever comes to log in', async () => {
    const app = open({ reading: 'private' });

    const page = await app.request('/threads');
    expect([page.status, page.headers.get('location')]).toEqual([302, '/login?next=%2Fthreads']);
    expect((await app.request('/threads.json')).status).toBe(401);
    expect((await app.request('/login')).status).toBe(200);
    const cookie = await logIn(app);
    expect((await app.request('/threads', { headers: { cookie } })).status).toBe(200);
  });

  it('a wrong password is refused, and guessing ends', async () => {
    const app = open();
    const statuses: number[] = [];
    for (let time = 0; time < 11; time += 1)
      statuses.push((await post(app, '/login', { user: 'Eve', password: 'weft' })).status);

    expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
  });

  it('a correction needs a session, its mark, and a form of ours; it can be taken back', async () => {
    const app = open();
    const cookie = await logIn(app);
    let id = '';
    for await (const thread of store.threads({ limit: 1 })) id = thread.id;
    const path = `/thread/${encodeURIComponent(id)}`;
    const html = await (await app.request(path, { headers: { cookie } })).text();
    const mark = /name="mark" value="(?<mark>[0-9a-f]{64})"/.exec(html)?.groups?.['mark'] ?? '';
    const fields = { field: 'status', value: 'fixed', mark };

    expect((await post(app, `${path}/correct`, fields)).status).toBe(401);
    expect((await post(app, `${path}/correct`, { ...fields, mark: '' }, { cookie })).status).toBe(403);
    expect((await post(app, `${path}/correct`, fields, { cookie, origin: 'https://evil.example.org' })).status).toBe(
      403,
    );
    expect((await post(app, `${path}/correct`, { ...fields, value: 'odd' }, { cookie })).status).toBe(400);
    expect((await store.thread(id))?.status).not.toBe('fixed');
    expect((await post(app, `${path}/correct`, fields, { cookie })).status).toBe(303);
    expect((await store.thread(id))?.status).toBe('fixed');
    const [said] = await store.corrections(id);
    expect(said?.by).toBe('Olga');
    expect((await post(app, '/undo', { id: String(said?.id), mark }, { cookie })).status).toBe(303);
    expect((await store.thread(id))?.status).not.toBe('fixed');
    expect((await post(app, '/logout', { mark }, { cookie })).status).toBe(303);
    const after = await app.request(path, { headers: { cookie } });
    expect(await after.text()).not.toContain('Log out');
  });
});
