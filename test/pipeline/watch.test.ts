/** Watching with sources that a test leads: what is added, judged, told and kept when they burst, fail, hang or end. */
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/edges/store/open-sqlite-store.ts';
import type { Standing } from '../../src/model/mailbox.ts';
import type { TriageThread } from '../../src/model/triage.ts';
import { watchMail, type WatchPorts } from '../../src/pipeline/watch.ts';
import type { FollowedSource, ReadFailure, Reading, Store } from '../../src/ports.ts';
import { uniteCopies } from '../../src/thread/unite-copies.ts';

type Step = Reading | number | 'hang' | Error;

const CAUGHT_UP: Reading = { kind: 'caught-up' };
const toFailing = (reason: string): Reading => ({ kind: 'standing', standing: { state: 'failing', reason } });
const toCursor = (cursor: string): Reading => ({ kind: 'cursor', source: 'list\nINBOX', cursor });
/** A mail of the thread that mail 0 begins. */
const toMail = (at: number): Reading => ({
  kind: 'mail',
  mail: {
    origin: `list: mail ${at}`,
    bytes: Buffer.from(
      `Message-ID: <m${at}@example.org>\nFrom: Ann <ann@example.org>\nDate: Wed, 15 May 2024 10:00:00 +0000\n` +
        `Subject: crash\n${at === 0 ? '' : 'In-Reply-To: <m0@example.org>\n'}\nIt crashes, says mail ${at}.\n`,
    ),
  },
});

/** Gives its steps one after the other; a number is a wait in milliseconds; then it waits to be ended. */
function toSource(name: string, steps: readonly Step[], end: 'waits' | 'ends' = 'waits'): FollowedSource {
  async function* follow({ signal }: { readonly signal: AbortSignal }): AsyncGenerator<Reading> {
    for (const step of steps) {
      if (signal.aborted) return;
      if (step instanceof Error) throw step;
      if (step === 'hang') await new Promise(() => undefined);
      else if (typeof step === 'number') await setTimeout(step);
      else yield step;
    }
    if (end === 'waits') await setTimeout(60_000, undefined, { signal }).catch(() => undefined);
  }
  return { name, follow, read: () => follow({ signal: new AbortController().signal }) };
}

async function watch(
  sources: readonly FollowedSource[],
  {
    once = true,
    ms = 10_000,
    store,
    ...more
  }: { once?: boolean; ms?: number; store?: Store } & Partial<WatchPorts> = {},
) {
  const kept = store ?? (await openSqliteStore(':memory:', { unite: uniteCopies }));
  const told: TriageThread[] = [];
  const failures: ReadFailure[] = [];
  const standings: Standing[] = [];
  const began = Date.now();
  const result = await watchMail(sources, {
    store: kept,
    trees: { all: [] },
    clock: { now: () => new Date() },
    signal: AbortSignal.timeout(ms),
    once,
    onThread: (thread) => Promise.resolve(void told.push(thread)),
    onFailure: (failure) => Promise.resolve(void failures.push(failure)),
    onStanding: (standing) => Promise.resolve(void standings.push(standing)),
    ...more,
  });
  return { store: kept, result, told, failures, standings, took: Date.now() - began };
}

describe('watching', () => {
  it('adds, judges and tells what several sources give, one copy of each mail', async () => {
    const one = toSource('one', [toMail(0), toMail(1), toCursor('a'), CAUGHT_UP]);
    const other = toSource('other', [toMail(1), toMail(2), CAUGHT_UP]);
    const { store, result, told } = await watch([one, other]);
    expect(result).toMatchObject({ added: 3, known: 1, failures: 0, given: [] });
    expect((await store.counts()).pending).toBe(0);
    expect(told.at(-1)?.messages.map(({ id }) => id)).toEqual(['m0@example.org', 'm1@example.org', 'm2@example.org']);
    expect((await store.cursors()).get('list\nINBOX')).toBe('a');
  });

  it('judges a burst in one thread not once a mail', async () => {
    const burst = Array.from({ length: 40 }, (_, at) => [toMail(at), toCursor(String(at)), CAUGHT_UP, 10]).flat();
    const { told } = await watch([toSource('list', burst)], { once: false, ms: 3_000 });
    expect(told.at(-1)?.messages).toHaveLength(40);
    // A machine that is busy takes longer for the burst, and judges it more often: never once a mail.
    expect(told.length).toBeLessThan(20);
  });

  it('tells a mail that comes alone soon', async () => {
    const times: number[] = [];
    const began = Date.now();
    await watch([toSource('list', [CAUGHT_UP, toMail(0), toCursor('1'), CAUGHT_UP])], {
      once: false,
      ms: 2_000,
      onThread: () => Promise.resolve(void times.push(Date.now() - began)),
    });
    expect(times).toHaveLength(1);
    expect(times[0]).toBeLessThan(1_000);
  });

  it('adds mails that no cursor and no pause follows after a moment', async () => {
    const { result } = await watch([toSource('list', [toMail(0), 'hang'])], { once: false, ms: 2_000 });
    expect(result.added).toBe(1);
  });

  it('ends in time though a source does not', async () => {
    const { took } = await watch([toSource('list', [toMail(0), 'hang'])], { once: false, ms: 500 });
    expect(took).toBeLessThan(4_500);
  });

  it('ends with what the store says, and keeps no cursor of mails that are not in', async () => {
    const store = await openSqliteStore(':memory:', { unite: uniteCopies });
    const full: Store = new Proxy(store, {
      get: (target, key) => {
        const found: unknown = Reflect.get(target, key);
        if (key === 'add') return () => Promise.reject(new Error('the disk is full'));
        return typeof found === 'function' ? (found as (...args: unknown[]) => unknown).bind(target) : found;
      },
    });
    const source = toSource('list', [toMail(0), toCursor('after 0'), CAUGHT_UP]);
    await expect(watch([source], { store: full })).rejects.toThrow('the disk is full');
    expect((await store.cursors()).has('list\nINBOX')).toBe(false);
    const again = await watch([source], { store });
    expect(again.result.added).toBe(1);
  });

  it('gives a source up that ends by itself, and goes on with the others', async () => {
    const gone = toSource('gone', [toFailing('the password is refused')], 'ends');
    const { result, standings } = await watch([gone, toSource('list', [300, toMail(0), CAUGHT_UP])]);
    expect(result).toMatchObject({ added: 1, given: [{ name: 'gone', reason: 'the password is refused' }] });
    expect(standings).toEqual([expect.objectContaining({ mailbox: 'gone', state: 'failing' })]);
  });

  it('gives a source up after three vain attempts where it reads but once', async () => {
    const steps = [1, 2, 3, 4].map(() => toFailing('closed the line'));
    const { result, standings } = await watch([toSource('list', steps)]);
    expect(result.given).toEqual([{ name: 'list', reason: 'closed the line' }]);
    expect(standings).toHaveLength(1);
  });

  it('counts and tells what a source could not read, and goes on', async () => {
    const failure = { origin: 'list: mail 7', reason: 'has 80 MB' };
    const { result, failures } = await watch([toSource('list', [{ kind: 'failure', failure }, toMail(0), CAUGHT_UP])]);
    expect(failures).toEqual([failure]);
    expect(result).toMatchObject({ added: 1, failures: 1 });
  });

  it('tells again what a killed watch was telling', async () => {
    const { store, told } = await watch([toSource('list', [toMail(0), CAUGHT_UP])]);
    const [thread] = told;
    await store.saveCursor('\nwatch: telling', JSON.stringify([thread?.id, 'gone@example.org']));
    const again = await watch([toSource('list', [CAUGHT_UP])], { store });
    expect(again.told).toEqual([thread]);
    const once = await watch([toSource('list', [CAUGHT_UP])], { store });
    expect(once.told).toEqual([]);
  });

  it('knows since when a mailbox is as it is', async () => {
    const { store } = await watch([toSource('list', [toFailing('a'), 20, toFailing('b'), CAUGHT_UP])]);
    const [standing] = await store.standings();
    expect(standing).toMatchObject({ mailbox: 'list', state: 'failing', reason: 'b' });
    expect(Date.parse(standing?.at ?? '')).toBeGreaterThan(Date.parse(standing?.since ?? ''));
  });
});
