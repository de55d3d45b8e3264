import { describe, expect, it } from 'vitest';
import type { TriageFix, TriageThread } from '../../src/model/triage.ts';
import type { Status } from '../../src/model/verdict.ts';
import { tieAsOf } from '../../src/pipeline/tie-as-of.ts';
import { makeThread } from '../digest/make-thread.ts';

const fix: TriageFix = {
  ...({ thread: 'patch@example.org', status: 'fixed', by: 'link', message: 'patch@example.org' } as const),
  ...{ date: '2024-05-16T08:00:00.000Z', line: 3, quote: 'Link: https://example.org/m0' },
};
/** The thread of the patch, as the store has it: applied on the 18th. */
const patch = makeThread({ genre: 'patch', status: 'fixed', lastActivityAt: '2024-05-18T08:00:00.000Z' });
const store = {
  thread: (id: string): Promise<TriageThread | null> => Promise.resolve(id === fix.thread ? patch : null),
};

describe('a report and the patches of other threads', () => {
  it.each<[string, string, readonly TriageFix[], Partial<TriageThread>, boolean, Status]>([
    ['before the patch', '2024-05-16T00:00:00.000Z', [fix], {}, false, 'new'],
    ['when it was posted', '2024-05-17T00:00:00.000Z', [fix], {}, false, 'patch-proposed'],
    ['when it was taken', '2024-05-19T00:00:00.000Z', [fix], {}, false, 'fixed'],
    [
      'by the name of the reporter alone',
      '2024-05-19T00:00:00.000Z',
      [{ ...fix, by: 'reporter' }],
      {},
      false,
      'patch-proposed',
    ],
    ['whose thread is not at hand', '2024-05-19T00:00:00.000Z', [{ ...fix, thread: 'x' }], {}, false, 'patch-proposed'],
    ['without a date', '2024-05-19T00:00:00.000Z', [{ ...fix, date: null }], {}, false, 'new'],
    ['where a person gave the status', '2024-05-19T00:00:00.000Z', [fix], {}, true, 'new'],
    ['that is no report', '2024-05-19T00:00:00.000Z', [fix], { genre: 'question' }, false, 'new'],
  ])('%s', async (_name, asOf, fixes, parts, isSaid, status) => {
    const tied = await tieAsOf(makeThread(parts), { fixes, isSaid }, { asOf, store });

    expect(tied.status).toBe(status);
  });
});
