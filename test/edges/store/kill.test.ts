import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { findDifferences } from '../../../scripts/compare-stores.ts';
import { killImport, toRandom } from '../../../scripts/kill-import.ts';
import { openSqliteStore } from '../../../src/edges/store/open-sqlite-store.ts';
import { uniteCopies } from '../../../src/thread/unite-copies.ts';

const folder = mkdtempSync(join(tmpdir(), 'heddle-kill-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MAILS = 900;
const DRIVER = join(import.meta.dirname, 'import-driver.ts');

function newFolder(): string {
  return mkdtempSync(join(folder, 'run-'));
}

async function run([program = '', ...args]: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args);
  return stdout.trim();
}

/** Mails of 300 threads that come mixed; every seventh comes a second time, through another list. */
function makeMbox(): string {
  const mails: string[] = [];
  for (let at = 0; at < MAILS; at += 1) {
    const mail = makeMail(at, 'devel');
    mails.push(mail);
    if (at % 7 === 0) mails.push(makeMail(at, 'kernel'));
  }
  return mails.join('');
}

function makeMail(at: number, list: string): string {
  const thread = at % 300;
  const minute = String(Math.floor(at / 60) % 60).padStart(2, '0');
  const lines = [
    `From ann@example.org Fri Mar  1 10:00:00 2024`,
    `Message-ID: <${at}@mail.example.org>`,
    ...(at < 300 ? [] : [`References: <${thread}@mail.example.org> <${at - 300}@mail.example.org>`]),
    `Date: Fri, 1 Mar 2024 ${String(8 + Math.floor(at / 300)).padStart(2, '0')}:${minute}:${String(at % 60).padStart(2, '0')} +0000`,
    'From: Ann Example <ann@example.org>',
    `To: ${list}@lists.example.org`,
    `List-Id: <${list}.lists.example.org>`,
    `Subject: ${at < 300 ? '' : 'Re: '}Guest ${thread} hangs on boot`,
    '',
    `The guest ${thread} hangs with Xen 4.17.${at % 5}; it worked with 4.16.`,
    '(XEN) Panic on CPU 0:',
    `(XEN) Assertion 'count > 0' failed at sched.c:${at}`,
    '',
    '',
  ];
  return lines.join('\n');
}

const mbox = join(folder, 'mails.mbox');
writeFileSync(mbox, makeMbox());
const command = (store: string) => [process.execPath, '--import', 'tsx', DRIVER, mbox, store];

describe('an import', { timeout: 240_000 }, () => {
  it('that is killed five times on the way leaves the same store as one that is not', async () => {
    const plan = { command, folder: newFolder(), kills: 5, random: toRandom(7) };
    const result = await killImport(plan);
    const mails = result.after.map((extent) => extent.mails);
    expect(result).toEqual({ after: result.after, missed: result.missed, differences: [], again: '0 new' });
    expect([...mails].sort((a, b) => a - b)).toEqual(mails);
  });

  it('by two processes at once leaves the same store as one by one process', async () => {
    const at = newFolder();
    const [alone, shared] = [join(at, 'alone.db'), join(at, 'shared.db')];
    const [, one, other] = await Promise.all([alone, shared, shared].map((store) => run(command(store))));
    expect(Number.parseInt(one ?? '') + Number.parseInt(other ?? '')).toBe(MAILS);
    const stores = await Promise.all([alone, shared].map((file) => openSqliteStore(file, { unite: uniteCopies })));
    const [a, b] = stores;
    const differences: string[] = [];
    if (a !== undefined && b !== undefined)
      for await (const difference of findDifferences(a, b)) differences.push(difference);
    expect(differences).toEqual([]);
    await Promise.all(stores.map((store) => store.close()));
  });
});
