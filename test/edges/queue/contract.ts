import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { toJobKind } from '../../../src/edges/queue/job-kind.ts';
import { FinalFailure } from '../../../src/ports/queue.ts';
import type { JobKind, Queue } from '../../../src/ports/queue.ts';

interface Ring {
  readonly thread: string;
}

const Data = z.strictObject({ thread: z.string() });

function toKind(options: Partial<JobKind<Ring>> = {}): JobKind<Ring> {
  return toJobKind('judge', Data, { attempts: 3, backOffMs: 20, ...options });
}

const KIND = toKind();
const EMPTY = { waiting: 0, delayed: 0, running: 0, setAside: 0 };

const job = (thread: string, delayMs?: number) => ({
  id: thread,
  data: { thread },
  ...(delayMs === undefined ? {} : { delayMs }),
});

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (await isSo()) return;
    await sleep(20);
  }
  throw new Error('it never came to be');
}

const untilIdle = (queue: Queue, kind: JobKind<Ring> = KIND) =>
  until(async () => {
    const { waiting, delayed, running } = await queue.counts(kind);
    return waiting + delayed + running === 0;
  });

/** What every queue must do. `open` gives a queue that is new and empty. */
export function testQueue(name: string, open: () => Promise<Queue>): void {
  describe(`${name}: jobs`, () => {
    it('are done once each, with their data, whatever their ids hold', async () => {
      const queue = await open();
      const ids = ['a@x', 'a:b:c@x', 'ünï-漢字@x', `${'long'.repeat(200)}@x`, '"\\ \0 \ud800', 'repeat:1'];
      const done: unknown[] = [];
      await queue.add(
        KIND,
        ids.map((id, at) => ({ id, data: { thread: String(at) } })),
      );
      expect(await queue.counts(KIND)).toEqual({ ...EMPTY, waiting: ids.length });
      queue.work(KIND, (data, run) => Promise.resolve(void done.push([data.thread, run.attempt])), 3);
      await untilIdle(queue);
      expect(done.sort()).toEqual(ids.map((_, at) => [String(at), 1]));
      expect(await queue.counts(KIND)).toEqual(EMPTY);
      await queue.close();
    });

    it('are not doubled while they wait', async () => {
      const queue = await open();
      const done: string[] = [];
      for (let times = 0; times < 5; times += 1) await queue.add(KIND, [job('a@x'), job('b@x', 50)]);
      expect(await queue.counts(KIND)).toEqual({ ...EMPTY, waiting: 1, delayed: 1 });
      queue.work(KIND, ({ thread }) => Promise.resolve(void done.push(thread)), 1);
      await untilIdle(queue);
      expect(done).toEqual(['a@x', 'b@x']);
      await queue.close();
    });

    it('are done once more, with the latest data, when they are rung for while they run', async () => {
      const queue = await open();
      const done: string[] = [];
      const handler = async ({ thread }: Ring) => {
        done.push(thread);
        await sleep(300);
      };
      queue.work(KIND, handler, 2);
      await queue.add(KIND, [job('a@x')]);
      await until(() => done.length === 1);
      for (const thread of ['second', 'third', 'last']) await queue.add(KIND, [{ id: 'a@x', data: { thread } }]);
      await until(() => done.length === 2);
      await untilIdle(queue);
      expect(done).toEqual(['a@x', 'last']);
      await queue.close();
    });

    it('wait for their time', async () => {
      const queue = await open();
      const started = performance.now();
      let took = 0;
      await queue.add(KIND, [job('a@x', 300)]);
      queue.work(KIND, () => Promise.resolve(void (took = performance.now() - started)), 1);
      await until(() => took > 0);
      expect(took).toBeGreaterThan(290);
      await queue.close();
    });

    it('of one thing that keeps ringing are done now and then, and once after the end', async () => {
      const queue = await open();
      const runs: number[] = [];
      let rung = 0;
      queue.work(KIND, () => Promise.resolve(void runs.push(rung)), 4);
      for (rung = 1; rung <= 100; rung += 1) {
        await queue.add(KIND, [job('busy@x', 150)]);
        await sleep(8);
      }
      rung = 100;
      await untilIdle(queue);
      expect(runs.length).toBeGreaterThan(1);
      expect(runs.length).toBeLessThan(12);
      expect(runs.at(-1)).toBe(100);
      await queue.close();
    });

    it('run so many at once, and no more', async () => {
      const queue = await open();
      let [running, most] = [0, 0];
      const handler = async () => {
        running += 1;
        most = Math.max(most, running);
        await sleep(40);
        running -= 1;
      };
      await queue.add(
        KIND,
        Array.from({ length: 9 }, (_, at) => job(`${at}@x`)),
      );
      queue.work(KIND, handler, 3);
      await untilIdle(queue);
      expect(most).toBe(3);
      await queue.close();
    });

    it('are not begun faster than their rate', async () => {
      const queue = await open();
      const kind = toKind({ rate: { jobs: 2, perMs: 300 } });
      const begun: number[] = [];
      await queue.add(
        kind,
        Array.from({ length: 6 }, (_, at) => job(`${at}@x`)),
      );
      queue.work(kind, () => Promise.resolve(void begun.push(performance.now())), 6);
      await until(() => begun.length === 6);
      expect((begun.at(-1) ?? 0) - (begun[0] ?? 0)).toBeGreaterThan(500);
      await queue.close();
    });
  });

  describe(`${name}: failures`, () => {
    it('are tried again, then set aside with their reason, and hold up nobody', async () => {
      const queue = await open();
      const done: string[] = [];
      const attempts: number[] = [];
      await queue.add(KIND, [job('bad@x'), ...Array.from({ length: 5 }, (_, at) => job(`${at}@x`))]);
      queue.work(
        KIND,
        ({ thread }, { attempt }) => {
          if (thread !== 'bad@x') return Promise.resolve(void done.push(thread));
          attempts.push(attempt);
          return Promise.reject(new Error('the log\ncannot be read'));
        },
        1,
      );
      await untilIdle(queue);
      expect(done).toEqual(['0@x', '1@x', '2@x', '3@x', '4@x']);
      expect(attempts).toEqual([1, 2, 3]);
      const [aside, ...others] = await queue.setAside(KIND, 10);
      expect(aside).toEqual({ id: 'bad@x', reason: 'the log cannot be read', attempts: 3, at: aside?.at });
      expect([others, await queue.counts(KIND)]).toEqual([[], { ...EMPTY, setAside: 1 }]);
      expect(await queue.setAside(KIND, 0)).toEqual([]);
      await queue.close();
    });

    it('that are final are not tried again', async () => {
      const queue = await open();
      let attempts = 0;
      await queue.add(KIND, [job('a@x')]);
      queue.work(
        KIND,
        () => {
          attempts += 1;
          return Promise.reject(new FinalFailure('never'));
        },
        1,
      );
      await until(async () => (await queue.counts(KIND)).setAside === 1);
      expect(attempts).toBe(1);
      await queue.close();
    });

    it('of data that is none of the kind never reach the handler', async () => {
      const queue = await open();
      let calls = 0;
      const loose: JobKind<object> = { ...KIND, read: (data) => data as object };
      await queue.add(loose, [{ id: 'a@x', data: { subject: 'no id at all' } }]);
      queue.work(KIND, () => Promise.resolve(void (calls += 1)), 1);
      await until(async () => (await queue.counts(KIND)).setAside === 1);
      expect((await queue.setAside(KIND, 1))[0]?.reason).toMatch(/^no data of a judge job: thread /);
      expect(calls).toBe(0);
      await queue.close();
    });

    it('begin anew when they are retried, or rung for again', async () => {
      const queue = await open();
      let isBroken = true;
      const done: string[] = [];
      queue.work(
        KIND,
        ({ thread }) => (isBroken ? Promise.reject(new Error('no')) : Promise.resolve(void done.push(thread))),
        2,
      );
      await queue.add(KIND, [job('a@x'), job('b@x')]);
      await until(async () => (await queue.counts(KIND)).setAside === 2);
      isBroken = false;
      expect([await queue.retry(KIND, 'a@x'), await queue.retry(KIND, 'nobody@x')]).toEqual([true, false]);
      await queue.add(KIND, [job('b@x')]);
      await untilIdle(queue);
      expect([done.sort(), await queue.counts(KIND)]).toEqual([['a@x', 'b@x'], EMPTY]);
      await queue.close();
    });
  });

  describe(`${name}: schedules`, () => {
    it('ring again and again, one for each id, until they are taken off', async () => {
      const queue = await open();
      const done: string[] = [];
      await queue.schedule(KIND, { id: 'daily:a', data: { thread: 'old' } }, { kind: 'every', ms: 60_000 });
      await queue.schedule(KIND, { id: 'daily:a', data: { thread: 'new' } }, { kind: 'every', ms: 100 });
      const berlin = { kind: 'daily', at: '08:00', timeZone: 'Europe/Berlin', days: ['mon', 'fri'] } as const;
      await queue.schedule(KIND, { id: 'b', data: { thread: 'b' } }, berlin);
      expect(await queue.scheduled(KIND)).toEqual(['b', 'daily:a']);
      queue.work(KIND, ({ thread }) => Promise.resolve(void done.push(thread)), 1);
      await until(() => done.filter((thread) => thread === 'new').length >= 3);
      await queue.unschedule(KIND, 'daily:a');
      await queue.unschedule(KIND, 'nobody');
      expect(await queue.scheduled(KIND)).toEqual(['b']);
      await sleep(150);
      const count = done.length;
      await sleep(300);
      expect(done.length).toBe(count);
      expect(done).not.toContain('b');
      await queue.close();
    });
  });

  describe(`${name}: the end`, () => {
    it('of a worker waits for the jobs that run, and begins no more', async () => {
      const queue = await open();
      let [begun, ended] = [0, 0];
      const handler = async () => {
        begun += 1;
        await sleep(200);
        ended += 1;
      };
      await queue.add(
        KIND,
        Array.from({ length: 6 }, (_, at) => job(`${at}@x`)),
      );
      const worker = queue.work(KIND, handler, 2);
      await until(() => begun === 2);
      await worker.close();
      expect([begun, ended]).toEqual([2, 2]);
      expect((await queue.counts(KIND)).waiting).toBe(4);
      queue.work(KIND, handler, 4);
      await untilIdle(queue);
      expect(ended).toBe(6);
      await queue.close();
    });

    it('of the queue ends its workers in the same way', async () => {
      const queue = await open();
      let [begun, ended] = [0, 0];
      const handler = async () => {
        begun += 1;
        await sleep(100);
        ended += 1;
      };
      await queue.add(KIND, [job('a@x'), job('b@x'), job('c@x', 5000)]);
      queue.work(KIND, handler, 2);
      await until(() => begun === 2);
      await queue.close();
      expect(ended).toBe(2);
    });
  });
}
