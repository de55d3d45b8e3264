import { expect, it } from 'vitest';
import type { RawMail } from '../../src/ports.ts';
import type { TriageThread } from '../../src/model/triage.ts';
import { withEarlierPeople } from '../../src/pipeline/earlier-people.ts';
import { triageMail } from '../../src/pipeline/triage-mail.ts';

const CRASH = [
  'BUG: unable to handle kernel NULL pointer dereference at 0000000000000010',
  'CPU: 1 PID: 42 Comm: xenwatch Not tainted 6.1.0 #1',
  'RIP: 0010:blkback_changed+0x10/0x100',
  'Call Trace:',
  ' xenbus_thread+0x20/0x200',
  ' kthread+0x100/0x200',
];

interface Made {
  readonly id: string;
  readonly from: string;
  readonly day: string;
  readonly answers?: string;
  readonly body: readonly string[];
}

function mail({ id, from, day, answers, body }: Made): RawMail {
  const reply = answers === undefined ? [] : [`In-Reply-To: <${answers}@example.org>`];
  const head = [
    `From: ${from}`,
    'To: xen-devel@lists.xenproject.org',
    'Subject: a crash',
    `Message-ID: <${id}@example.org>`,
  ];
  return { bytes: Buffer.from([...head, `Date: ${day}`, ...reply, '', ...body, ''].join('\n')), origin: id };
}

async function judge(mails: readonly RawMail[]): Promise<TriageThread> {
  const source = {
    // eslint-disable-next-line @typescript-eslint/require-await -- a source is asked for its mails one by one
    async *read() {
      for (const one of mails) yield { kind: 'mail', mail: one } as const;
    },
  };
  const { document } = await triageMail([source], { trees: { all: [] }, asOf: new Date('2026-11-01') });
  const [thread] = document.threads;
  if (thread === undefined) throw new Error('no thread');
  return thread;
}

const RITA = 'Rita Reporter <rita@example.org>';
const HANS = 'Hans Helper <hans@example.org>';
const before = [
  mail({ id: 'old', from: 'Olaf Other <olaf@example.org>', day: 'Mon, 5 Oct 2026 10:00:00 +0000', body: CRASH }),
  mail({ id: 'answer', from: HANS, day: 'Tue, 6 Oct 2026 10:00:00 +0000', answers: 'old', body: ['I look at it.'] }),
];
const report = mail({ id: 'new', from: RITA, day: 'Mon, 2 Nov 2026 10:00:00 +0000', body: CRASH });

function storeOf(earlier: TriageThread) {
  const [trace] = earlier.traces;
  if (trace === undefined) throw new Error('no trace');
  const functions = trace.frames.map((frame) => frame.function);
  const { id, subject, startedAt: date } = earlier;
  const { project, kind, title, culprit, fingerprint } = trace;
  const row = { thread: id, subject, date, project, kind, title, culprit, fingerprint, functions };
  return {
    thread: (wanted: string) => Promise.resolve(wanted === id ? earlier : null),
    tracesLike: (asked: { readonly fingerprint: string }) =>
      Promise.resolve(asked.fingerprint === fingerprint ? [row] : []),
  };
}

it('who answered the same crash before is named, with the thread', async () => {
  const { routing } = await withEarlierPeople(await judge([report]), storeOf(await judge(before)));
  expect(routing.map(({ address, role, addressed }) => [address, role, addressed])).toEqual([
    ['hans@example.org', 'responder', false],
  ]);
  expect(routing[0]?.reasons[0]).toMatch(/^answered in "a crash" \(old@example\.org\): the same crash, /);
});

it('who answered and is suggested already has one reason more', async () => {
  const answer = mail({ id: 'b', from: HANS, day: 'Tue, 3 Nov 2026 10:00:00 +0000', answers: 'new', body: ['Yes.'] });
  const thread = await judge([report, answer]);
  const own = { address: 'hans@example.org', name: 'Hans Helper', role: 'maintainer', project: 'linux' } as const;
  const suggested = { ...thread, routing: [{ ...own, section: 'A', score: 0.4, addressed: true, reasons: ['first'] }] };
  const { routing } = await withEarlierPeople(suggested, storeOf(await judge(before)));
  expect(routing.map(({ reasons }) => reasons.length)).toEqual([2]);
});

it.each([
  ['another crash', (one: TriageThread) => ({ ...one, traces: [] })],
  ['a thread that is later', (one: TriageThread) => ({ ...one, startedAt: '2026-01-01T00:00:00.000Z' })],
])('nobody for %s', async (_what, change) => {
  const thread = change(await judge([report]));
  expect((await withEarlierPeople(thread, storeOf(await judge(before)))).routing).toEqual(thread.routing);
});
