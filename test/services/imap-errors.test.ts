/** What can be wrong with a mailbox, each told in one clear line by the real command, with nothing lost and no secret told. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mailbox } from '../../src/model/mailbox.ts';
import { DOVECOT_PASSWORD, startDovecot, type Dovecot } from './dovecot.ts';
import { FaultProxy } from './fault-proxy.ts';
import { ImapMailbox } from './imap-mailbox.ts';
import { followMailbox, Watching, withStore } from './watching.ts';

const WRONG = 'wrong-horse-0815';
let server: Dovecot;
let proxy: FaultProxy;
const folder = mkdtempSync(join(tmpdir(), 'heddle-imap-errors-'));
beforeAll(async () => {
  server = await startDovecot();
  proxy = await FaultProxy.open(server.port);
  proxy.stripStartTls();
  const hand = await ImapMailbox.open(server);
  for (let at = 0; at < 300; at += 1) await hand.append('INBOX', toMail(at));
  await hand.close();
});
afterAll(async () => {
  await proxy.close();
  await server.remove();
  rmSync(folder, { recursive: true, force: true });
});

function toMail(at: number): Buffer {
  const filler = `${'All of this is filler. '.repeat(40)}\r\n`.repeat(12);
  return Buffer.from(
    `Message-ID: <m${at}@example.org>\r\nFrom: Ann <ann@example.org>\r\nDate: Wed, 15 May 2024 10:00:00 +0000\r\n` +
      `Subject: mail ${at}\r\n\r\nIt is mail ${at}.\r\n${filler}`,
  );
}

let stores = 0;
async function watchOnce(change: Partial<Mailbox>, env: Readonly<Record<string, string>> = {}, place = folder) {
  stores += 1;
  const file = join(place, `${stores}.db`);
  const usual = await followMailbox(file, server, { port: server.port, folder: 'INBOX' });
  await withStore(file, (store) => store.saveMailbox({ ...usual, ...change }));
  const watching = new Watching(file, { args: ['--once'], env: { HEDDLE_MAIL_TIMEOUT: '15', ...env } });
  const exitCode = await watching.ended;
  return { file, exitCode, lines: watching.errors.trimEnd().split('\n'), told: watching.told.length };
}

interface Row {
  readonly name: string;
  readonly change: () => Partial<Mailbox>;
  readonly env?: () => Record<string, string>;
  readonly line: RegExp;
}

const ROWS: readonly Row[] = [
  {
    name: 'a wrong password',
    change: () => ({}),
    env: () => ({ TEST_SECRET: WRONG }),
    line: /^heddle: list: 127\.0\.0\.1 refuses the password of bot; check it where it is kept$/,
  },
  {
    name: 'no secret',
    change: () => ({}),
    env: () => ({ TEST_SECRET: '' }),
    line: /^heddle: list: .*TEST_SECRET/,
  },
  {
    name: 'a self-signed certificate',
    change: () => ({ ca: null }),
    line: /^heddle: list: 127\.0\.0\.1 shows a certificate that is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\); .*--ca$/,
  },
  {
    name: 'STARTTLS taken away on the way',
    change: () => ({ url: `imap://bot@127.0.0.1:${proxy.port}/INBOX` }),
    line: /^heddle: list: 127\.0\.0\.1 offers no encryption \(STARTTLS\), so nothing was said to it; /,
  },
  {
    name: 'TLS where there is none',
    change: () => ({ url: `imaps://bot@127.0.0.1:${server.port}/INBOX` }),
    line: /^heddle: list: 127\.0\.0\.1 does not speak TLS on port \d+; /,
  },
  {
    name: 'an unknown host',
    change: () => ({ url: 'imaps://bot@mail.invalid/INBOX' }),
    line: /^heddle: list: mail\.invalid (?:is no host that is known; |cannot be reached \(EAI_AGAIN\); )/,
  },
  {
    name: 'a port where nobody listens',
    change: () => ({ url: 'imaps://bot@127.0.0.1:1/INBOX' }),
    line: /^heddle: list: 127\.0\.0\.1 takes no connection on port 1; /,
  },
  {
    name: 'no such folder',
    change: () => ({ url: `imap://bot@127.0.0.1:${server.port}/Lists%2Fgone` }),
    line: /^heddle: list: 127\.0\.0\.1 has no folder "Lists\/gone"; name one that it has$/,
  },
  {
    name: 'an address that is none',
    change: () => ({ url: 'ftp://example.org/' }),
    line: /^heddle: list: ftp:\/\/example\.org\/ is no address of a mailbox$/,
  },
  {
    name: 'a certificate to trust that is not there',
    change: () => ({ ca: join(folder, 'none.pem') }),
    line: /^heddle: list: .*none\.pem: the certificate to trust cannot be read; /,
  },
];

describe('heddle watch --once says in one line', () => {
  it.each(ROWS)('$name', async ({ change, env, line }) => {
    const { exitCode, lines, file } = await watchOnce(change(), env?.());
    expect(lines).toEqual([expect.stringMatching(line)]);
    expect(exitCode).toBe(1);
    expect(lines.join()).not.toMatch(new RegExp(`${DOVECOT_PASSWORD}|${WRONG}`));
    const standings = await withStore(file, (store) => store.standings());
    expect(standings.map(({ state, reason }) => ({ state, told: lines[0]?.endsWith(reason ?? '') }))).toEqual([
      { state: 'failing', told: true },
    ]);
  });

  it('a full disk; with room made, nothing is missing', async (context) => {
    const small = join(folder, 'small');
    mkdirSync(small);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'none', small], { stdio: 'pipe' });
    } catch {
      return context.skip('a small disk cannot be mounted here');
    }
    try {
      const { exitCode, lines, file } = await watchOnce({}, {}, small);
      expect(lines).toEqual([expect.stringMatching(/^heddle: .*\.db: the disk is full; make room and start again, /)]);
      expect(exitCode).toBe(1);
      execFileSync('mount', ['-o', 'remount,size=64m', small]);
      const again = new Watching(file, { args: ['--once'], env: { HEDDLE_MAIL_TIMEOUT: '15' } });
      expect({ exitCode: await again.ended, errors: again.errors }).toEqual({ exitCode: 0, errors: '' });
      const counts = await withStore(file, (store) => store.counts());
      expect({ mails: counts.mails, pending: counts.pending }).toEqual({ mails: 300, pending: 0 });
    } finally {
      // The store's driver may hold its file a while longer.
      execFileSync('umount', ['-l', small]);
    }
  });
});

it('a second watch on the same store is refused, and goes on when the first was killed', async () => {
  stores += 1;
  const file = join(folder, `${stores}.db`);
  await followMailbox(file, server, { port: server.port, folder: 'INBOX' });
  const first = new Watching(file);
  await first.untilTold(300);
  const second = new Watching(file);
  expect(await second.ended).toBe(1);
  expect(second.errors).toMatch(
    /^heddle: another heddle watch works on .*\.db: stop it first, or name another store\n$/,
  );
  await first.kill();
  const third = new Watching(file, { args: ['--once'] });
  expect({ exitCode: await third.ended, errors: third.errors }).toEqual({ exitCode: 0, errors: '' });
});

it('a mailbox that worked before is asked again when its password works again', async () => {
  stores += 1;
  const file = join(folder, `${stores}.db`);
  await followMailbox(file, server, { port: server.port, folder: 'INBOX' });
  const watching = new Watching(file);
  await watching.untilTold(300);
  await server.stop();
  await expect.poll(() => watching.errors, { timeout: 20_000 }).toMatch(/takes no connection/);
  await server.start();
  await expect.poll(() => watching.errors, { timeout: 30_000 }).toMatch(/list: is read again\n$/);
  const { ms, exitCode } = await watching.stop();
  expect({ exitCode, inTime: ms < 5000 }).toEqual({ exitCode: 0, inTime: true });
});
