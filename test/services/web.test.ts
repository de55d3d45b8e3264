/** The pages in a browser: Debian's Chromium, with a store of our own mails. */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/edges/store/open-sqlite-store.ts';
import { readMessage } from '../../src/message/read-message.ts';
import { judgePending } from '../../src/pipeline/judge-pending.ts';
import { extract } from '../../src/pipeline.ts';
import type { SharedStore } from '../../src/ports/shared-store.ts';
import { buildApp } from '../../src/web/app.tsx';
import { loadAssets } from '../../src/web/load-assets.ts';
import { hashPassword } from '../../src/web/password.ts';
import { startServer, type RunningServer } from '../../src/web/start-server.ts';
import { uniteForTest } from '../edges/store/make-ingested.ts';

const NOW = new Date('2024-05-15T20:00:00.000Z');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LOG =
  'BUG: unable to handle page fault for address: ffff888012345000\nRIP: 0010:loom_open+0x1/0x2\nCall Trace:\n loom_open+0x1/0x2\n warp_read+0x3/0x9\n';

let store: SharedStore;
let server: RunningServer;
let browser: Browser;
beforeAll(async () => {
  store = await openSqliteStore(':memory:', { unite: uniteForTest });
  for (let place = 0; place < 60; place += 1) {
    const bytes = Buffer.from(
      `From: Rita <rita${place}@example.org>\nTo: list@example.org\nSubject: loom number${place} crashes\nMessage-ID: <m${place}@example.org>\n` +
        `Date: Wed, 15 May 2024 09:00:00 +0000\n\nLinux 6.6.8 crashes on my machine.\n\n${LOG}`,
    );
    const message = readMessage({ bytes, origin: 'test' });
    const digest = createHash('sha256').update(bytes).digest('hex');
    await store.add([{ message, evidence: extract(message), digest }]);
  }
  await judgePending({ store, trees: { all: [] }, asOf: NOW });
  const app = buildApp({
    store,
    trees: () => ({ all: [] }),
    clock: { now: () => NOW },
    log: { info: () => undefined, warn: () => undefined },
    random: randomBytes,
    list: 'loom-devel',
    access: { reading: 'public', password: await hashPassword('loom', randomBytes(16)) },
    assets: loadAssets(join(import.meta.dirname, '../../src/web/assets')),
    origin: '',
  });
  server = await startServer(app, { host: '127.0.0.1', port: 0 });
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser.close();
  await server.close();
  await store.close();
});

/** A page, and everything that it complained about or asked of other hosts. */
async function visit(options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url)) complaints.push(request.url());
  });
  return { page, complaints };
}

const PATHS = [
  '/',
  '/threads',
  '/threads?q=loom',
  '/thread/m1%40example.org',
  '/sections',
  '/digests',
  '/digests/2024-05-15',
  '/check',
  '/health',
  '/login',
];

describe('pages in a browser', () => {
  it.each(PATHS.flatMap((path) => (['light', 'dark'] as const).map((scheme) => [path, scheme] as const)))(
    '%s (%s): no complaint, no foreign request, no serious finding of axe, nothing wider than a phone',
    async (path, colorScheme) => {
      const { page, complaints } = await visit({ colorScheme, viewport: { width: 390, height: 844 }, bypassCSP: true });
      await page.goto(server.url + path);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      await page.evaluate(AXE);
      const found = await page.evaluate<string[]>(
        "axe.run().then(({ violations }) => violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`))",
      );
      expect([found, complaints]).toEqual([[], []]);
      await page.context().close();
    },
  );

  it('keyboard alone: search, move, open, up', async () => {
    const { page, complaints } = await visit();
    await page.goto(`${server.url}/`);
    await page.keyboard.press('/');
    await page.keyboard.type('number7');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=number7/);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/thread\//);
    expect(await page.textContent('h1')).toBe('loom number7 crashes');
    await page.keyboard.press('u');
    await page.waitForURL(/\/threads$/);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('without JavaScript: check a log, log in, correct, take back, log out', async () => {
    const { page, complaints } = await visit({ javaScriptEnabled: false });
    await page.goto(`${server.url}/check`);
    await page.fill('#text', LOG);
    await page.click('main button.main');
    expect(await page.textContent('main')).toContain('loom_open');
    await page.goto(`${server.url}/login?next=/thread/m1%2540example.org`);
    await page.fill('[name=user]', 'Olga');
    await page.fill('[name=password]', 'loom');
    await page.click('main button.main');
    await page.selectOption('[name=field]', 'status');
    await page.fill('[name=value]', 'fixed');
    await page.click('text=Set it');
    expect(await page.textContent('#corrected')).toContain('status: fixed');
    await page.click('text=Take back');
    expect(await page.textContent('#corrected')).toContain('taken back by Olga');
    await page.click('text=Log out');
    expect(await page.textContent('footer')).toContain('Log in');
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
