/** Workers in one process: what hangs or throws is set aside, and everything else is done. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { InlineQueue } from '../../src/edges/queue/inline-queue.ts';
import { openStore } from '../../src/edges/store/open-store.ts';
import { bringMails } from '../../src/pipeline/jobs/bring-mails.ts';
import { uniteCopies } from '../../src/thread/unite-copies.ts';
import { startWorkers } from '../../workers/start.ts';
import { ThreadReader } from '../../workers/thread-reader.ts';
import { generateMails } from './generated-mails.ts';

const folder = mkdtempSync(join(tmpdir(), 'heddle-workers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const clock = { now: () => new Date() };
const log = { info: () => undefined, warn: () => undefined };

describe('workers', () => {
  it('set aside a mail that hangs and one that throws, with the reason, and do all others', async () => {
    const store = await openStore(join(folder, 'poisoned.db'), { unite: uniteCopies });
    const toMail = (text: string, origin: string) => ({ bytes: Buffer.from(text), origin });
    await bringMails(
      [
        ...generateMails(60, 1).map(({ id, text }) => toMail(text, id)),
        toMail('Message-ID: <hang@example.org>\nX-Test: hang\n\nx\n', 'hang'),
        toMail('Message-ID: <throw@example.org>\nX-Test: throw\n\nx\n', 'throw'),
      ],
      store,
    );
    const stop = new AbortController();
    const reader = new ThreadReader({
      script: join(import.meta.dirname, 'poisoned-thread.ts'),
      threads: 2,
      limitMs: 1000,
    });
    const taking = { by: 'test', leaseMs: 60_000, attempts: 2, signal: stop.signal };
    const queue = new InlineQueue({ clock, random: () => 0.5 });
    const pauses = { company: 50, poll: 1000, reconcile: 300 };
    const openSource = (): never => {
      throw new Error('there is no mailbox');
    };
    const trees = { all: [], findCommit: () => null };
    const ports = { store, queue, clock, log, trees, reader, openSource, pauses, ...taking };
    const running = startWorkers(['ingest', 'triage'], ports, 2);
    for (let tries = 0; tries < 600; tries += 1) {
      const aside = await store.arrivals.setAside({ now: clock.now().toISOString(), attempts: 2, limit: 9 });
      if (aside.length === 2 && (await store.arrivals.count()) === 2 && (await store.pendingCount()) === 0) break;
      await sleep(100);
    }
    stop.abort();
    await reader.close();
    await running.end();
    const aside = await store.arrivals.setAside({ now: clock.now().toISOString(), attempts: 2, limit: 9 });
    expect(aside.map(({ origin, reason, attempts }) => [origin, reason, attempts])).toEqual([
      ['hang', 'not read within 1 s', 2],
      ['throw', 'no sense in it', 2],
    ]);
    expect(await store.counts()).toMatchObject({ mails: 60, pending: 0 });
    expect(await store.arrivals.retry(aside[0]?.digest ?? '')).toBe(true);
    await queue.close();
    await store.close();
  });
});
