import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DOVECOT_PASSWORD, startDovecot, type Dovecot } from './dovecot.ts';
import { ImapMailbox } from './imap-mailbox.ts';
import { answer, startTokenServer } from '../edges/secrets/token-server.ts';
import { startScript } from '../edges/outbox/smtp-lab.ts';
import { openTerminal } from './terminal.ts';

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts');
const TSX = join(import.meta.dirname, '../../node_modules/tsx/dist/cli.mjs');

let dovecot: Dovecot;
let folder: string;
/** Where somebody may look at the screens afterwards. */
const SCREENS = process.env['HEDDLE_TEST_SCREENS'];

beforeAll(async () => {
  dovecot = await startDovecot();
  const mailbox = await ImapMailbox.open(dovecot);
  await mailbox.create('xen-devel');
  for (let number = 0; number < 9; number += 1) {
    const list = number < 6 ? 'xen-devel' : 'xen-users';
    const head = `From: Ann <ann@example.org>\r\nMessage-ID: <m${String(number)}@example.org>\r\nSubject: crash ${String(number)}\r\n`;
    const mail = `${head}Date: Thu, 16 May 2024 12:00:00 +0000\r\nList-Id: Talk <${list}.lists.example.org>\r\n\r\nHello\r\n`;
    await mailbox.append('xen-devel', Buffer.from(mail));
  }
  await mailbox.close();
});
afterAll(() => dovecot.remove());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heddle-subscribe-'));
  writeFileSync(join(folder, 'good'), `${DOVECOT_PASSWORD}\n`, { mode: 0o600 });
  return () => rmSync(folder, { recursive: true, force: true });
});

interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

function heddle(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [TSX, MAIN, ...args],
      { cwd: folder, env: { PATH: process.env['PATH'] ?? '', ...env } },
      (_error, out, err) => {
        done({ exitCode: child.exitCode ?? -1, out, err });
      },
    );
    child.stdin?.end();
  });
}

/** Everything that a run printed and left behind. */
function leftBehind({ out, err }: Ran): string {
  const files = readdirSync(folder).filter((name) => name.startsWith('heddle.db'));
  const texts = files
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => readFileSync(join(folder, name), 'latin1'));
  return [out, err, ...texts].join('\n');
}

const url = (way = '', { user = 'bot', tls = true } = {}) =>
  `${tls ? 'imaps' : 'imap'}://${user}@localhost:${String(tls ? dovecot.tlsPort : dovecot.port)}/${way}`;
const trust = () => ['--ca', dovecot.certificate];

describe('heddle subscribe, by arguments', () => {
  it('shows what is there, writes it down without the secret, lists it, and forgets it again', async () => {
    const ran = await heddle(['subscribe', url('xen-devel'), ...trust(), '--password-file', 'good']);
    expect({ exitCode: ran.exitCode, err: ran.err }).toEqual({ exitCode: 0, err: '' });
    expect(ran.out).toMatch(/^connected {2}localhost as bot, encrypted\nfolder {5}xen-devel, 9 mails\n/);
    expect(ran.out).toContain('xen-devel.lists.example.org (6), xen-users.lists.example.org (3)');
    expect(ran.out).toMatch(/new mail {3}is told at once \(IDLE\)\n[\s\S]*\nNext: heddle watch\n$/);
    expect(leftBehind(ran)).not.toContain(DOVECOT_PASSWORD);
    const listed = JSON.parse((await heddle(['mailboxes', '--json'])).out) as { mailboxes: object[] };
    expect(listed.mailboxes).toMatchObject([
      { name: 'xen-devel', url: url('xen-devel'), secret: { kind: 'file' }, tls: 'required', standing: null },
    ]);
    expect(await heddle(['unsubscribe', 'xen-devel'])).toMatchObject({ exitCode: 0 });
    expect(JSON.parse((await heddle(['mailboxes', '--json'])).out)).toEqual({ mailboxes: [] });
  });

  it('takes STARTTLS, a command, the environment and plain text that somebody asked for', async () => {
    const command = ['--password-command', 'cat good'];
    expect(await heddle(['subscribe', url('', { tls: false }), ...trust(), ...command])).toMatchObject({ exitCode: 0 });
    const plain = await heddle(['subscribe', url('', { tls: false }), '--insecure', '--name', 'plain', ...command]);
    expect(plain.out).toContain('NOT ENCRYPTED');
    const ran = await heddle(['subscribe', url('xen-devel'), ...trust()], { HEDDLE_PASSWORD: DOVECOT_PASSWORD });
    expect(ran).toMatchObject({ exitCode: 0 });
    expect(leftBehind(ran)).not.toContain(DOVECOT_PASSWORD);
    expect((await heddle(['mailboxes'])).out).not.toContain('cat good');
  });

  it('lets OAuth2 in, with a token traded for the refresh token', async () => {
    const server = await startTokenServer();
    server.behave(answer(200, { access_token: dovecot.token(3600), expires_in: 3600 }));
    const account = { token_endpoint: server.url, client_id: 'x', refresh_token: 'refresh-word' };
    writeFileSync(join(folder, 'account.json'), JSON.stringify(account), { mode: 0o600 });
    const ran = await heddle(['subscribe', url('xen-devel'), ...trust(), '--oauth', 'account.json']);
    expect(ran).toMatchObject({ exitCode: 0, err: '' });
    expect(leftBehind(ran)).not.toMatch(/refresh-word|eyJ/);
    server.behave(answer(200, { access_token: dovecot.token(-30), expires_in: 3600 }));
    const expired = await heddle(['subscribe', url('xen-devel'), ...trust(), '--oauth', 'account.json']);
    expect(expired).toMatchObject({
      exitCode: 1,
      err: expect.stringMatching(/access token of bot.*expired/) as string,
    });
    expect(leftBehind(expired)).not.toMatch(/refresh-word|eyJ/);
    await server.close();
  });

  it.each<{ name: string; args: () => readonly string[]; exitCode: number; says: RegExp }>([
    {
      name: 'a wrong password',
      args: () => [url(), ...trust(), '--password-command', 'echo wrong-word'],
      exitCode: 1,
      says: /refuses the password of bot/,
    },
    {
      name: 'a self-signed certificate',
      args: () => [url(), '--password-file', 'good'],
      exitCode: 1,
      says: /certificate that is not trusted.*--ca/,
    },
    {
      name: 'an unknown host',
      args: () => ['imaps://bot@mail.heddle.invalid/', '--password-file', 'good'],
      exitCode: 1,
      says: /mail\.heddle\.invalid is no host/,
    },
    {
      name: 'no such folder, with those that there are',
      args: () => [url('xen'), ...trust(), '--password-file', 'good'],
      exitCode: 1,
      says: /no folder "xen".*: INBOX, xen-devel$/m,
    },
    {
      name: 'a password in the URL',
      args: () => [url('', { user: `bot:${DOVECOT_PASSWORD}` })],
      exitCode: 2,
      says: /does not belong into the URL/,
    },
    {
      name: 'a # in the folder',
      args: () => [url('xen-devel#old'), ...trust(), '--password-file', 'good'],
      exitCode: 2,
      says: /written %3F or %23/,
    },
    {
      name: 'a command that fails',
      args: () => [url(), ...trust(), '--password-command', `cat good; exit 4`],
      exitCode: 1,
      says: /command failed with status 4/,
    },
    { name: 'no secret', args: () => [url()], exitCode: 2, says: /where is the password/ },
    { name: 'no URL and no terminal', args: () => [], exitCode: 2, says: /wants a URL/ },
  ])('says in one line: $name', async ({ args, exitCode, says }) => {
    const ran = await heddle(['subscribe', ...args()]);
    expect(ran).toMatchObject({ exitCode, out: '', err: expect.stringMatching(says) as string });
    expect(ran.err.trimEnd()).not.toContain('\n');
    expect(leftBehind(ran)).not.toMatch(new RegExp(`${DOVECOT_PASSWORD}|wrong-word`));
    expect(existsSync(join(folder, 'heddle.db'))).toBe(false);
  });

  it('says in one line: STARTTLS that somebody has taken away, and tells that one nothing', async () => {
    const heard: string[] = [];
    const server = await startScript((line) => {
      heard.push(line);
      const tag = line.split(' ', 1)[0] ?? '';
      if (line === '') return '* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] here';
      return line.includes('CAPABILITY') ? `* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n${tag} OK` : `${tag} BAD`;
    });
    const where = `imap://bot@localhost:${String(server.port)}/`;
    const ran = await heddle(['subscribe', where, '--password-file', 'good']);
    await server.close();
    expect(ran).toMatchObject({ exitCode: 1, err: expect.stringMatching(/STARTTLS/) as string });
    expect(heard.join('\n')).not.toMatch(/LOGIN|AUTHENTICATE/);
  });

  it('says in one line: a password file that others may read', async () => {
    chmodSync(join(folder, 'good'), 0o644);
    const ran = await heddle(['subscribe', url(), ...trust(), '--password-file', 'good']);
    expect(ran).toMatchObject({ exitCode: 1, err: expect.stringMatching(/mode 0644.*chmod 600/) as string });
  });
});

describe('heddle subscribe, on a terminal', () => {
  it('asks, tries again where the password is wrong, shows what it found, and keeps the password where it was told to', async () => {
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin/heddle'), `#!/bin/sh\nexec '${process.execPath}' '${TSX}' '${MAIN}' "$@"\n`, {
      mode: 0o755,
    });
    const terminal = openTerminal({ columns: 90, rows: 60, folder });
    try {
      terminal.type(`PATH=$PWD/bin:$PATH; clear; heddle subscribe --ca ${dovecot.certificate}`);
      terminal.press('Enter');
      await terminal.until(/Mail address/);
      terminal.type('bot@heddle.invalid');
      terminal.press('Enter');
      await terminal.until(/◆ {2}IMAP server/);
      terminal.type(`localhost:${String(dovecot.tlsPort)}`);
      terminal.press('Enter');
      await terminal.until(/◆ {2}User name/);
      terminal.press('C-u');
      terminal.type('bot');
      terminal.press('Enter');
      for (const password of ['not-this-one', DOVECOT_PASSWORD]) {
        await terminal.until(/◆ {2}Where is the password/);
        terminal.press('Enter');
        await terminal.until(/◆ {2}Password/);
        terminal.type(password);
        terminal.press('Enter');
      }
      await terminal.until(/◆ {2}Folder/);
      terminal.press('Down', 'Enter');
      await terminal.until(/◆ {2}Keep the password/);
      terminal.press('Enter');
      await terminal.until(/◆ {2}Follow it as xen-devel/);
      terminal.press('Enter');
      const screen = await terminal.until(/heddle watch/);
      if (SCREENS !== undefined) writeFileSync(SCREENS, `${screen}\n`);
      expect(screen).toContain('refuses the password of bot');
      expect(screen).toContain('xen-devel, 9 mails');
      expect(screen).not.toMatch(new RegExp(`${DOVECOT_PASSWORD}|not-this-one`));
      const [secret = ''] = readdirSync(join(folder, 'heddle.db.secrets'));
      const path = join(folder, 'heddle.db.secrets', secret);
      expect(readFileSync(path, 'utf8')).toBe(`${DOVECOT_PASSWORD}\n`);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(statSync(join(folder, 'heddle.db.secrets')).mode & 0o777).toBe(0o700);
      expect(leftBehind({ out: screen, err: '', exitCode: 0 })).not.toContain(DOVECOT_PASSWORD);
    } finally {
      terminal.close();
    }
    expect(await heddle(['unsubscribe', 'xen-devel'])).toMatchObject({
      out: 'xen-devel is followed no more; its mails stay, its password is deleted\n',
    });
    expect(readdirSync(join(folder, 'heddle.db.secrets'))).toEqual([]);
  });

  it('ends at Ctrl-C with nothing written down', async () => {
    const terminal = openTerminal({ columns: 90, rows: 30, folder });
    try {
      terminal.type(`clear; '${process.execPath}' '${TSX}' '${MAIN}' subscribe; echo "status $?"`);
      terminal.press('Enter');
      await terminal.until(/Mail address/);
      terminal.press('C-c');
      expect(await terminal.until(/status \d/)).toMatch(/nothing was written down\nstatus 1/);
      expect(readdirSync(folder)).toEqual(['good']);
    } finally {
      terminal.close();
    }
  });
});
