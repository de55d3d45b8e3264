import { describe, expect, it } from 'vitest';
import { writeAddingBody, writeDraft } from '../../src/digest/write-draft.ts';
import type { Suggestion } from '../../src/model/routing.ts';
import type { TriageThread } from '../../src/model/triage.ts';

const rita = { name: 'Rita Reporter', address: 'rita@example.org' };
const list = { name: null, address: 'devel@lists.example.org' };

function suggest(name: string, address: string, addressed = false): Suggestion {
  const said = { role: 'maintainer', project: 'xen', section: 'LOOMS', score: 0.9 } as const;
  return { name, address, ...said, addressed, reasons: ['frame weave is defined in loom.c, which the entry covers'] };
}

function makeThread(parts: Partial<TriageThread>): TriageThread {
  const root = {
    id: 'a@example.org',
    parent: null,
    from: rita,
    date: '2024-05-15T08:00:00.000Z',
    subject: 's',
    url: null,
  };
  return {
    id: root.id,
    subject: 'Loom stops',
    startedAt: root.date,
    lastActivityAt: root.date,
    messages: [
      root,
      {
        ...root,
        id: 'b@example.org',
        parent: root.id,
        from: { name: 'Max', address: 'max@example.org' },
        date: '2024-05-16T08:00:00.000Z',
      },
    ],
    genre: 'report',
    symptoms: [],
    regression: null,
    status: 'new',
    fixedBy: null,
    duplicateOf: null,
    summary: '',
    classifiedBy: 'rules',
    traces: [],
    environment: [],
    people: { participants: [{ ...rita, messages: 1 }], to: [list], cc: [], asked: [], dropped: [] },
    routing: [suggest('Ana Ärger', 'ana@example.org'), suggest('Max', 'max@example.org', true)],
    severity: 0,
    missing: [],
    ...parts,
  };
}

describe('writeDraft', () => {
  it('answers the newest mail, keeps everybody, adds who is missing', () => {
    const thread = makeThread({});

    expect(writeDraft(thread, writeAddingBody(thread) ?? '')).toBe(`To: Max <max@example.org>,
 Rita Reporter <rita@example.org>
Cc: devel@lists.example.org,
 =?UTF-8?B?QW5hIMOEcmdlcg==?= <ana@example.org>
Subject: Re: Loom stops
In-Reply-To: <b@example.org>
References: <a@example.org>
 <b@example.org>
X-Unsent: 1
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Adding to Cc, as this seems to concern them:

- Ana Ärger: frame weave is defined in loom.c, which the entry covers
`);
  });

  it('writes nothing to add where nobody is missing', () => {
    expect(writeAddingBody(makeThread({ routing: [suggest('Max', 'max@example.org', true)] }))).toBeNull();
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
    ['an id with a line end', { messages: [{ ...makeThread({}).messages[0], id: 'a\nBcc: x@example.org' }] as never }],
  ])('no header is smuggled in: %s', (_name, parts) => {
    const thread = makeThread(parts);
    const head = writeDraft(thread, writeAddingBody(thread) ?? '').split('\n\n')[0] ?? '';

    expect(head.split('\n').filter((line) => /^bcc:/i.test(line) || !/^(?:[A-Z][\w-]+: | )/.test(line))).toEqual([]);
  });
});
