import { describe, expect, it } from 'vitest';
import { writeAddingBody, writeDraft } from '../../src/digest/write-draft.ts';
import type { Suggestion } from '../../src/model/routing.ts';
import type { TriageThread } from '../../src/model/triage.ts';
import { makeThread } from './make-thread.ts';

const rita = { name: 'Rita Reporter', address: 'rita@example.org' };
const list = { name: null, address: 'devel@lists.example.org' };

function suggest(name: string, address: string, addressed = false): Suggestion {
  const said = { role: 'maintainer', project: 'xen', section: 'LOOMS', score: 0.9 } as const;
  return { name, address, ...said, addressed, reasons: ['frame weave is defined in loom.c, which the entry covers'] };
}

function makeDraftable(parts: Partial<TriageThread>): TriageThread {
  const max = { name: 'Max', address: 'max@example.org' };
  const people = { participants: [{ ...rita, messages: 1 }], to: [list], cc: [], asked: [], dropped: [] };
  const routing = [suggest('Ana Ärger', 'ana@example.org'), suggest('Max', 'max@example.org', true)];
  return makeThread({ people, routing, ...parts }, [{}, { from: max, date: '2024-05-16T08:00:00.000Z' }]);
}

describe('writeDraft', () => {
  it('answers the newest mail, keeps everybody, adds who is missing', () => {
    const thread = makeDraftable({});

    expect(writeDraft(thread, writeAddingBody(thread) ?? '')).toBe(`To: Max <max@example.org>,
 Rita Reporter <rita@example.org>
Cc: devel@lists.example.org,
 =?UTF-8?B?QW5hIMOEcmdlcg==?= <ana@example.org>
Subject: Re: Loom stops
In-Reply-To: <m1@example.org>
References: <m0@example.org>
 <m1@example.org>
X-Unsent: 1
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Adding to Cc, as this seems to concern them:

- Ana Ärger: frame weave is defined in loom.c, which the entry covers
`);
  });

  it('writes nothing to add where nobody is missing', () => {
    expect(writeAddingBody(makeDraftable({ routing: [suggest('Max', 'max@example.org', true)] }))).toBeNull();
  });

  it.each([
    ['a subject with a line end', { subject: 'x\r\nBcc: evil@example.org' }],
    ['a name with a line end', { routing: [suggest('x\nBcc: evil@example.org', 'ana@example.org')] }],
    ['an address with a line end', { routing: [suggest('x', 'a@b\nBcc: evil@example.org')] }],
    ['an address that is two', { routing: [suggest('x', 'a@b, evil@example.org')] }],
    [
      'a long name that is folded',
      { routing: [suggest(`${'ä'.repeat(90)}\nBcc: evil@example.org`, 'ana@example.org')] },
    ],
    [
      'an id with a line end',
      { messages: [{ ...makeDraftable({}).messages[0], id: 'a\nBcc: x@example.org' }] as never },
    ],
  ])('no header is smuggled in: %s', (_name, parts) => {
    const thread = makeDraftable(parts);
    const head = writeDraft(thread, writeAddingBody(thread) ?? '').split('\n\n')[0] ?? '';

    expect(head.split('\n').filter((line) => /^bcc:/i.test(line) || !/^(?:[A-Z][\w-]+: | )/.test(line))).toEqual([]);
  });
});
