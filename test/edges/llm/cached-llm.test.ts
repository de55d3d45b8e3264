import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openFolderCache, openMemoryCache, toCachedLlm } from '../../../src/edges/llm/cached-llm.ts';
import type { Llm, LlmAnswer, LlmRequest } from '../../../src/ports/llm.ts';
import { makeRequest } from './make-request.ts';

const folder = mkdtempSync(join(tmpdir(), 'heddle-cache-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Counts what it is asked. */
function makeLlm(answer: LlmAnswer, name = 'small') {
  const asked: LlmRequest[] = [];
  const llm: Llm = { name, ask: (request) => Promise.resolve((asked.push(request), answer)) };
  return { llm, asked };
}

const YES: LlmAnswer = { kind: 'answer', json: { genre: 'report' } };

describe.each([
  { name: 'in memory', open: openMemoryCache },
  { name: 'in a folder', open: () => openFolderCache(mkdtempSync(join(folder, 'cache-'))) },
])('a cache $name', ({ open }) => {
  it('asks the same once', async () => {
    const { llm, asked } = makeLlm(YES);
    const cached = toCachedLlm(llm, open());
    const answers = [await cached.ask(makeRequest()), await cached.ask(makeRequest())];

    expect({ answers, asked: asked.length }).toEqual({ answers: [YES, YES], asked: 1 });
  });

  it.each([
    { name: 'other words', other: { user: 'And this?' } },
    { name: 'another prompt', other: { prompt: 'test 2' } },
    { name: 'another system', other: { system: 'Answer well.' } },
    { name: 'another form', other: { form: { name: 'other', schema: {} } } },
  ])('asks again for $name', async ({ other }) => {
    const { llm, asked } = makeLlm(YES);
    const cached = toCachedLlm(llm, open());
    await cached.ask(makeRequest());
    await cached.ask(makeRequest(other));

    expect(asked.length).toBe(2);
  });

  it('asks again for another model', async () => {
    const cache = open();
    const [one, two] = [makeLlm(YES, 'one'), makeLlm(YES, 'two')];
    await toCachedLlm(one.llm, cache).ask(makeRequest());
    await toCachedLlm(two.llm, cache).ask(makeRequest());

    expect([one.asked.length, two.asked.length]).toEqual([1, 1]);
  });

  it('asks again what failed', async () => {
    const { llm, asked } = makeLlm({ kind: 'failure', why: 'timeout', detail: '' });
    const cached = toCachedLlm(llm, open());
    await cached.ask(makeRequest());
    await cached.ask(makeRequest());

    expect(asked.length).toBe(2);
  });
});

describe('a cache in a folder', () => {
  it('asks again where a file is damaged, and works where it cannot be written', async () => {
    const damaged = join(folder, 'damaged');
    const { llm, asked } = makeLlm(YES);
    await toCachedLlm(llm, openFolderCache(damaged)).ask(makeRequest());
    const [shelf = ''] = readdirSync(damaged);
    const [file = ''] = readdirSync(join(damaged, shelf));
    writeFileSync(join(damaged, shelf, file), '{"genre":');
    const again = await toCachedLlm(llm, openFolderCache(damaged)).ask(makeRequest());
    writeFileSync(join(folder, 'no-folder'), '');
    const nowhere = await toCachedLlm(llm, openFolderCache(join(folder, 'no-folder'))).ask(makeRequest());

    expect({ again, nowhere, asked: asked.length }).toEqual({ again: YES, nowhere: YES, asked: 3 });
  });
});
