import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeThreadCard } from '../../src/digest/thread-card.ts';
import { golden } from '../bless.ts';
import { hostile, regression, thread, trace } from './sample-threads.ts';

const CARDS = [
  { name: 'a regression with everything', file: 'regression.txt', one: regression },
  { name: 'a thread that says nothing', file: 'bare.txt', one: thread({ id: 'bare@example.org', subject: '' }) },
  {
    name: 'a missing root and a damaged trace',
    file: 'damaged.txt',
    one: thread({
      id: 'ghost@example.org',
      messages: regression.messages.slice(1).map((one) => ({ ...one, parent: 'ghost@example.org' })),
      traces: [trace({ message: 'a@ines', damage: 'cut-short', culprit: null, frames: [], tainted: 'G        W' })],
    }),
  },
] as const;

describe('the card of a thread', () => {
  it.each(CARDS)('is as blessed for $name', ({ file, one }) => {
    const actual = writeThreadCard(one);

    expect(actual).toBe(golden(join(import.meta.dirname, 'cases', file), actual));
  });

  it('lets no control character through', () => {
    expect(writeThreadCard(hostile)).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]/);
  });

  it.each([
    { name: 'nothing without a model', testimony: undefined, line: undefined },
    {
      name: 'a model that did not answer',
      testimony: { model: 'small', prompt: 'classify 1', kind: 'failed', why: 'timeout: no answer' } as const,
      line: 'Model:      small has no say: timeout: no answer',
    },
    {
      name: 'a model that thinks otherwise',
      testimony: {
        ...({ model: 'small', prompt: 'classify 1', kind: 'heard', genre: 'spam', decides: false } as const),
        ...{ component: null, summary: 'Words.', named: [] },
        quote: { message: 'a@example.org', part: 'body', line: 1, text: 'buy looms now' },
      },
      line: 'Model:      small takes it for: spam, by “buy looms now”',
    },
  ])('says $name', ({ testimony, line }) => {
    const one = thread({ id: 'a@example.org', ...(testimony === undefined ? {} : { testimony }) });

    expect(
      writeThreadCard(one)
        .split('\n')
        .find((text) => text.startsWith('Model:')),
    ).toBe(line);
  });

  it('never breaks a log line', () => {
    const headline = `BUG: ${'y'.repeat(300)}`;

    expect(writeThreadCard({ ...regression, traces: [trace({ message: 'x', headline })] })).toContain(headline);
  });
});
