import { afterEach, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../src/edges/store/open-sqlite-store.ts';
import type { TriageThread } from '../../src/model/triage.ts';
import { importMail } from '../../src/pipeline/import-mail.ts';
import { triageMail } from '../../src/pipeline/triage-mail.ts';
import type { MailSource, Store } from '../../src/ports.ts';
import { loadBundledTrees } from '../../src/routing/trees/load-bundled-trees.ts';
import { uniteCopies } from '../../src/thread/unite-copies.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const DIFF =
  'diff --git a/drivers/xen/balloon.c b/drivers/xen/balloon.c\n--- a/drivers/xen/balloon.c\n+++ b/drivers/xen/balloon.c\n@@ -1,2 +1,2 @@\n-int a;\n+int b;\n';

interface Sketch {
  readonly id: string;
  readonly from?: string;
  readonly subject: string;
  readonly answers?: string;
  readonly day: number;
  readonly body: string;
}

const toMail = ({ id, from = 'Rita Reporter <rita@example.org>', subject, answers, day, body }: Sketch): Buffer =>
  Buffer.from(
    [
      `From: ${from}`,
      'To: xen-devel@lists.xenproject.org',
      `Subject: ${subject}`,
      `Message-ID: <${id}@example.org>`,
      ...(answers === undefined ? [] : [`In-Reply-To: <${answers}@example.org>`]),
      `Date: ${String(day)} Mar 2024 10:00:00 +0000`,
      '',
      body,
    ].join('\n'),
  );

const REPORT: Sketch = {
  id: 'report',
  subject: '[BUG] dom0 crashes when ballooning',
  day: 4,
  body: `Hello,\n\nmy dom0 crashes with Linux 6.8 when I balloon it down, 6.7 worked.\nI bisected it to ${COMMIT}.\n`,
};
const MAX = 'Max Maintainer <max@example.org>';
const LINKING: Sketch = {
  id: 'patch',
  from: MAX,
  subject: '[PATCH] xen/balloon: take the lock',
  day: 6,
  body: `The lock is needed.\n\nLink: https://lore.kernel.org/xen-devel/report@example.org/\nSigned-off-by: ${MAX}\n---\n${DIFF}`,
};
const FIXING: Sketch = {
  ...LINKING,
  id: 'other',
  day: 7,
  body: `The lock is needed.\n\nFixes: 0123456789ab ("xen/balloon: x")\nSigned-off-by: ${MAX}\n---\n${DIFF}`,
};
const TAKEN: Sketch = {
  id: 'taken',
  from: 'Jo Committer <jo@example.org>',
  subject: 'Re: [PATCH] xen/balloon: take the lock',
  answers: 'patch',
  day: 9,
  body: 'Applied to for-linus-6.9, thanks.\n',
};
const UNTIED: Sketch = { ...LINKING, id: 'untied', day: 8, body: `Words.\n\nSigned-off-by: ${MAX}\n---\n${DIFF}` };

const toSource = (mails: readonly Sketch[]): MailSource => ({
  async *read() {
    await Promise.resolve();
    for (const mail of mails) yield { kind: 'mail', mail: { bytes: toMail(mail), origin: mail.id } } as const;
  },
});

const knowledge = { trees: loadBundledTrees(), asOf: new Date('2024-04-01T00:00:00.000Z') };
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function open(): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), 'heddle-ties-'));
  folders.push(folder);
  return openSqliteStore(join(folder, 'mail.db'), { unite: uniteCopies });
}

/** Imports each group in a run of its own, and returns what is stored, by id. */
async function store(...runs: readonly (readonly Sketch[])[]): Promise<TriageThread[]> {
  const opened = await open();
  for (const mails of runs) await importMail([toSource(mails)], { store: opened, ...knowledge });
  const threads: TriageThread[] = [];
  for await (const thread of opened.threads({})) threads.push(thread);
  expect(await opened.pendingCount()).toBe(0);
  await opened.close();
  return threads.sort((a, b) => (a.id < b.id ? -1 : 1));
}

const tell = (threads: readonly TriageThread[]): string | undefined => {
  const report = threads.find(({ id }) => id === 'report@example.org');
  return (
    report && `${report.status} ${(report.fixes ?? []).map(({ by, thread }) => `${by} ${thread}`).join(', ')}`.trim()
  );
};

describe('patches for reports in other threads', () => {
  it.each<[string, readonly Sketch[], string]>([
    ['none', [REPORT], 'new'],
    ['a patch without a tag', [REPORT, UNTIED], 'new'],
    ['a link', [REPORT, LINKING], 'patch-proposed link patch@example.org'],
    ['the commit', [REPORT, FIXING], 'patch-proposed commit other@example.org'],
    ['both', [REPORT, LINKING, FIXING], 'patch-proposed link patch@example.org, commit other@example.org'],
    ['a patch that was taken', [REPORT, LINKING, TAKEN], 'fixed link patch@example.org'],
  ])('%s: the same in any order, in one run or in many, and in memory', async (_name, mails, expected) => {
    const { document } = await triageMail([toSource(mails)], knowledge);
    const whole = await store(mails);
    expect(tell(whole)).toBe(expected);
    expect(await store([...mails].reverse())).toEqual(whole);
    expect(await store(...mails.map((mail) => [mail]))).toEqual(whole);
    expect(await store(...[...mails].reverse().map((mail) => [mail]))).toEqual(whole);
    expect([...document.threads].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(whole);
  });

  it('a person who has said how far the report is, is right', async () => {
    const opened = await open();
    await importMail([toSource([REPORT])], { store: opened, ...knowledge });
    await opened.correct({
      message: 'report@example.org',
      field: 'status',
      value: 'needs-info',
      by: 'me',
      at: '2024-03-05T00:00:00.000Z',
    });
    await importMail([toSource([LINKING])], { store: opened, ...knowledge });
    const report = await opened.thread('report@example.org');
    expect(report?.status).toBe('needs-info');
    expect(report?.fixes?.map(({ thread }) => thread)).toEqual(['patch@example.org']);
    await opened.close();
  });

  it('two reports with patches for each other come to rest', async () => {
    const one = {
      ...REPORT,
      id: 'one',
      body: `${REPORT.body}\nThis helps with the other:\nLink: https://lore.kernel.org/r/two@example.org\n${DIFF}`,
    };
    const two = {
      ...REPORT,
      id: 'two',
      from: MAX,
      body: `${REPORT.body}\nThis helps with the other:\nLink: https://lore.kernel.org/r/one@example.org\n${DIFF}`,
    };
    expect(await store([one], [two])).toEqual(await store([two, one]));
  });
});
