/** The queue over a real Redis: what holds for the inline one holds here, and what only servers and dead workers can do to it. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { BullmqQueue } from '../../src/edges/queue/bullmq-queue.ts';
import { toJobKind } from '../../src/edges/queue/job-kind.ts';
import { z } from 'zod';
import { testQueue } from '../edges/queue/contract.ts';
import { startRedis } from './redis.ts';

const server = await startRedis();
afterAll(() => server.close());

const log = { info: () => undefined, warn: () => undefined };
let queues = 0;
function open(prefix = `test${(queues += 1)}`): BullmqQueue {
  return new BullmqQueue({ url: server.url, prefix, lockMs: 1000, log });
}

testQueue('bullmq', () => Promise.resolve(open()));

const KIND = toJobKind('judge', z.strictObject({ thread: z.string() }), { attempts: 3, backOffMs: 20 });
const job = (thread: string) => ({ id: thread, data: { thread } });

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1000; tries += 1) {
    if (await isSo()) return;
    await sleep(20);
  }
  throw new Error('it never came to be');
}

describe('a worker', () => {
  it('that is killed each time it takes a job loses the job to the next one, and then the job is set aside', async () => {
    const queue = open('killed');
    await queue.add(KIND, [job('deadly@x')]);
    const driver = join(import.meta.dirname, 'deadly-worker.ts');
    for (let lives = 0; lives < 3; lives += 1) {
      const child = spawn(process.execPath, ['--import', 'tsx', driver, server.url, 'killed'], { stdio: 'ignore' });
      await new Promise((done) => child.on('close', done));
      expect(child.signalCode).toBe('SIGKILL');
    }
    const done: string[] = [];
    queue.work(KIND, ({ thread }) => Promise.resolve(void done.push(thread)), 1);
    await queue.add(KIND, [job('sound@x')]);
    await until(() => done.includes('sound@x'));
    await until(async () => (await queue.counts(KIND)).setAside === 1);
    expect(await queue.setAside(KIND, 5)).toMatchObject([
      { id: 'deadly@x', reason: expect.stringMatching(/stalled/) as string },
    ]);
    expect(done).not.toContain('deadly@x');
    await queue.close();
  });
});

describe('a Redis', () => {
  it('that forgets everything is rung again, and the same workers go on', async () => {
    const queue = open();
    const done: string[] = [];
    queue.work(KIND, ({ thread }) => Promise.resolve(void done.push(thread)), 2);
    await queue.add(KIND, [job('1@x')]);
    await until(() => done.length === 1);
    await queue.add(KIND, [{ ...job('lost@x'), delayMs: 3_600_000 }]);
    await queue.schedule(KIND, job('daily'), { kind: 'daily', at: '08:00', timeZone: 'UTC' });
    await server.flush();
    expect([await queue.scheduled(KIND), (await queue.counts(KIND)).delayed]).toEqual([[], 0]);
    await queue.add(KIND, [job('lost@x')]);
    await until(() => done.includes('lost@x'));
    await queue.close();
  });

  it('that is killed and comes back empty is used again by everybody who had it', async () => {
    const queue = open();
    const done: string[] = [];
    queue.work(KIND, ({ thread }) => Promise.resolve(void done.push(thread)), 2);
    await queue.add(KIND, [job('1@x')]);
    await until(() => done.length === 1);
    for (const how of ['kill', 'gently'] as const) {
      await server.stop(how);
      await sleep(300);
      await server.start();
      await until(async () =>
        queue.add(KIND, [job(`after ${how}`)]).then(
          () => true,
          () => false,
        ),
      );
      await until(() => done.includes(`after ${how}`));
    }
    await queue.close();
  });

  it('that is not there is said in one line without the password, soon', async () => {
    const queue = new BullmqQueue({ url: 'redis://:hunter2@127.0.0.1:1/0', prefix: 'x', log });
    const error = await queue.add(KIND, [job('a@x')]).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ name: 'QueueError' });
    const text = error instanceof Error ? error.message : '';
    expect(text).toMatch(/^redis:\/\/127\.0\.0\.1:1\/0: the queue cannot be reached/);
    expect(text).not.toMatch(/hunter2|\n/);
    await queue.close();
  });
});
