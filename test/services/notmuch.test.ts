/** notmuch threads by References and In-Reply-To as well: on the same mails both must find the same threads. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openMail } from '../../src/mailbox/open-mail.ts';
import { collectMail } from '../../src/pipeline/triage-mail.ts';
import { generateMails } from './generated-mails.ts';

const folder = mkdtempSync(join(tmpdir(), 'heddle-notmuch-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const mail = join(folder, 'mail');
const config = join(folder, 'config');
const env = { ...process.env, HOME: folder, NOTMUCH_CONFIG: config };
const notmuch = (...args: string[]) => execFileSync('notmuch', args, { env, encoding: 'utf8' });

describe('threads', () => {
  it.each([1, 2, 3])('are those of notmuch (mails of seed %i)', async (seed) => {
    const maildir = join(mail, `seed${seed}`);
    for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(maildir, name), { recursive: true });
    for (const { id, text } of generateMails(150, seed)) writeFileSync(join(maildir, 'cur', `${id}:2,S`), text);
    writeFileSync(config, `[database]\npath=${mail}\n[user]\nname=heddle\nprimary_email=heddle@example.org\n`);
    notmuch('new', '--quiet');

    const theirs = notmuch('search', '--output=threads', `folder:seed${seed}`)
      .split('\n')
      .filter((thread) => thread !== '')
      .map((thread) => notmuch('search', '--output=messages', thread).trim().split('\n'))
      .map((ids) =>
        ids
          .map((id) => id.replace(/^id:/, ''))
          .toSorted()
          .join(' '),
      );
    const { threads } = await collectMail([openMail(maildir)]);
    const ours = threads.map(({ messages }) =>
      messages
        .map(({ message }) => message.id)
        .toSorted()
        .join(' '),
    );

    expect(ours.toSorted()).toEqual(theirs.toSorted());
    expect(ours.length).toBeGreaterThan(10);
  });
});
