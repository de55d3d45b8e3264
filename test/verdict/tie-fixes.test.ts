import { describe, expect, it } from 'vitest';
import { toLinkedId } from '../../src/verdict/status/linked-id.ts';
import { findFixTies, toTiedStatus } from '../../src/verdict/status/tie-fixes.ts';
import { MAINTAINER } from '../evidence/make-mail.ts';
import { makeTrace, makeView, type ViewSketch } from './make-view.ts';

const DIFF = 'diff --git a/x.c b/x.c\n--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a\n+b\n';
const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const report = makeView([
  { id: 'report', subject: '[BUG] it crashes', body: `It crashes. I bisected it to ${COMMIT}.`, traces: [makeTrace()] },
  { id: 'answer', body: 'Hm.' },
]);

function ties(tags: string, given: Partial<ViewSketch> = {}): string[] {
  const patch = makeView([
    {
      id: 'patch',
      subject: '[PATCH] x',
      from: MAINTAINER,
      date: '2024-03-09T10:00:00.000Z',
      body: `Words.\n\n${tags}\n---\n${DIFF}`,
      ...given,
    },
  ]);
  const found = findFixTies([
    { view: report, genre: 'report' },
    { view: patch, genre: 'patch' },
  ]);
  return found.map(({ report: to, patch: from, by }) => `${from} ${by} ${to}`);
}

describe('findFixTies', () => {
  it.each<[string, string, Partial<ViewSketch>, string[]]>([
    [
      'a link to the report',
      'Link: https://lore.kernel.org/xen-devel/report@example.org/',
      {},
      ['patch@example.org link report@example.org'],
    ],
    [
      'a link to an answer',
      'Closes: https://lore.kernel.org/r/answer@example.org',
      {},
      ['patch@example.org link report@example.org'],
    ],
    ['the commit that was found', 'Fixes: 0123456789ab ("x: y")', {}, ['patch@example.org commit report@example.org']],
    [
      'the reporter and the function',
      'Reported-by: Rita Reporter <rita@example.org>',
      { traces: [makeTrace()] },
      ['patch@example.org reporter report@example.org'],
    ],
    ['the reporter alone', 'Reported-by: Rita Reporter <rita@example.org>', {}, []],
    [
      'the reporter long after',
      'Reported-by: Rita Reporter <rita@example.org>',
      { traces: [makeTrace()], date: '2025-03-09T10:00:00.000Z' },
      [],
    ],
    ['another link', 'Link: https://lore.kernel.org/xen-devel/other@example.org/', {}, []],
    ['another commit', 'Fixes: 0123456000ab ("x: y")', {}, []],
    ['a quoted tag', '> Link: https://lore.kernel.org/xen-devel/report@example.org/', {}, []],
    [
      'no patch',
      'Link: https://lore.kernel.org/xen-devel/report@example.org/',
      { body: 'Link: https://lore.kernel.org/xen-devel/report@example.org/' },
      [],
    ],
  ])('%s', (_name, tags, given, expected) => {
    expect(ties(tags, given)).toEqual(expected);
  });

  it('moves what is open, and nothing that is settled', () => {
    expect(
      (
        ['new', 'acknowledged', 'needs-info', 'stale', 'patch-proposed', 'fixed', 'duplicate', 'not-a-bug'] as const
      ).map((status) => toTiedStatus(status)),
    ).toEqual([
      'patch-proposed',
      'patch-proposed',
      'patch-proposed',
      'patch-proposed',
      'patch-proposed',
      'fixed',
      'duplicate',
      'not-a-bug',
    ]);
  });
});

describe('toLinkedId', () => {
  it.each([
    ['https://lore.kernel.org/xen-devel/abc@example.org/', 'abc@example.org'],
    ['https://lore.kernel.org/all/abc%2Bd@example.org/T/#u', 'abc+d@example.org'],
    ['https://lore.kernel.org/r/abc@example.org.', 'abc@example.org'],
    ['<abc@example.org>', null],
    ['abc@example.org', 'abc@example.org'],
    ['https://bugs.example.org/1', null],
    ['https://lore.kernel.org/r/%E0%A4%A@example.org', '%E0%A4%A@example.org'],
  ])('%s', (link, expected) => {
    expect(toLinkedId(link)).toBe(expected);
  });
});
