import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeCertificate, startSmtp, type Lab } from '../edges/outbox/smtp-lab.ts';
import { runHeddle } from './run-heddle.ts';

const TOKEN = '0123456789abcdef0123456789abcdef01234567';
const LIST = 'xen-talk@lists.example.org';
const folder = mkdtempSync(join(tmpdir(), 'heddle-join-'));
const certificate = join(folder, 'cert.pem');
const labs: Lab[] = [];
let store = '';
let number = 0;
let keys: ReturnType<typeof makeCertificate>;

beforeAll(() => {
  keys = makeCertificate();
  writeFileSync(certificate, keys.cert);
  writeFileSync(join(folder, 'password'), 'secret-word\n', { mode: 0o600 });
});
beforeEach(() => {
  number += 1;
  store = join(folder, `${String(number)}.db`);
});
afterEach(async () => {
  for (const lab of labs.splice(0)) await lab.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function start(options: Parameters<typeof startSmtp>[0] = {}) {
  const lab = await startSmtp({ ...keys, ...options });
  labs.push(lab);
  const env = {
    HEDDLE_STORE: store,
    HEDDLE_SMTP_URL: `smtp://bot@localhost:${String(lab.port)}`,
    HEDDLE_SMTP_FROM: 'bot@example.org',
    HEDDLE_SMTP_PASSWORD_FILE: join(folder, 'password'),
    HEDDLE_SMTP_CA: certificate,
  };
  return { lab, env };
}

/** The list's question, as a file. */
function writeQuestion(from = 'xen-talk-request@lists.example.org'): string {
  const path = join(folder, `${String(number)}.eml`);
  const head = `From: ${from}\nTo: bot@example.org\nDate: Thu, 16 May 2024 12:03:00 +0000\nSubject: confirm ${TOKEN}\nMessage-ID: <c${String(number)}@lists.example.org>\n`;
  writeFileSync(path, `${head}\nA subscription of bot@example.org was asked for.\n\n    confirm ${TOKEN}\n`);
  return path;
}

describe('heddle join', () => {
  it('sends a request that was agreed to, and the answer to the question that came back', async () => {
    const { lab, env } = await start();
    const asked = await runHeddle(['join', LIST, '--yes'], { env });
    expect(asked).toMatchObject({ exitCode: 0, err: '' });
    expect(asked.out).toMatch(/To: xen-talk-request@lists\.example\.org\n[\s\S]*Subject: subscribe\n[\s\S]*Sent\./);
    expect(lab.received).toMatchObject([{ from: 'bot@example.org', to: ['xen-talk-request@lists.example.org'] }]);
    await runHeddle(['import', writeQuestion()], { env });
    const confirmed = await runHeddle(['join', LIST, '--confirm', '--yes'], { env });
    expect(confirmed).toMatchObject({ exitCode: 0, err: '' });
    expect(confirmed.out).toMatch(
      /The list asks:\n[\s\S]*A subscription of bot@example\.org[\s\S]*Subject: confirm 0123/,
    );
    expect(lab.received.map(({ to }) => to)).toEqual([
      ['xen-talk-request@lists.example.org'],
      ['xen-talk-request@lists.example.org'],
    ]);
    expect(lab.received[1]?.raw).toContain(`Subject: confirm ${TOKEN}\r\n`);
    expect(await runHeddle(['join', LIST, '--confirm', '--yes'], { env })).toMatchObject({ exitCode: 1 });
    expect(`${asked.out}${confirmed.out}`).not.toContain('secret-word');
  });

  it('takes a question that lies in a file', async () => {
    const { lab, env } = await start();
    await runHeddle(['join', LIST, '--yes'], { env });
    expect(await runHeddle(['join', LIST, '--confirm', writeQuestion(), '--yes'], { env })).toMatchObject({
      exitCode: 0,
    });
    expect(lab.received).toHaveLength(2);
  });

  it.each([
    { name: 'that only shows', args: ['--dry-run'], exitCode: 0, says: /^$/ },
    { name: 'that nobody agreed to', args: [], exitCode: 2, says: /not sent: say --yes/ },
    {
      name: 'for something that is no address',
      args: ['--as', 'bot', '--yes'],
      exitCode: 2,
      says: /bot is no address/,
    },
    { name: 'without a request of ours', args: ['--confirm', '--yes'], exitCode: 1, says: /nobody asked to join/ },
  ])('sends nothing $name', async ({ args, exitCode, says }) => {
    const { lab, env } = await start();
    expect(await runHeddle(['join', LIST, ...args], { env })).toMatchObject({
      exitCode,
      err: expect.stringMatching(says) as string,
    });
    expect(lab.received).toEqual([]);
  });

  it('does not answer a question that is forged, and says why', async () => {
    const { lab, env } = await start();
    await runHeddle(['join', LIST, '--yes'], { env });
    await runHeddle(['import', writeQuestion('xen-talk-request@evil.example')], { env });
    const refused = await runHeddle(['join', LIST, '--confirm', '--yes'], { env });
    expect(refused).toMatchObject({ exitCode: 1, err: expect.stringMatching(/does not come from the list/) as string });
    expect(lab.received).toHaveLength(1);
  });

  it('says that there is no question yet', async () => {
    const { env } = await start();
    await runHeddle(['join', LIST, '--yes'], { env });
    expect((await runHeddle(['join', LIST, '--confirm', '--yes'], { env })).err).toMatch(/no confirmation of xen-talk/);
  });

  it('keeps no request that the server refused', async () => {
    const { env } = await start({
      onRcptTo: (_to, _session, done) => {
        done(Object.assign(new Error('no'), { responseCode: 550 }));
      },
    });
    const ran = await runHeddle(['join', LIST, '--yes'], { env });
    expect(ran).toMatchObject({ exitCode: 1, err: 'heddle: not sent: localhost refuses the mail (550 no)\n' });
    expect((await runHeddle(['join', LIST, '--confirm', '--yes'], { env })).err).toMatch(/nobody asked/);
  });

  it.each([
    { name: 'no server', env: {}, says: /set HEDDLE_SMTP_URL/ },
    {
      name: 'a password in the address',
      env: { HEDDLE_SMTP_URL: 'smtp://bot:hunter2@mail.example.org' },
      says: /does not belong into the address/,
    },
  ])('says what is missing: $name', async ({ env, says }) => {
    const ran = await runHeddle(['join', LIST, '--as', 'bot@example.org', '--yes'], {
      env: { HEDDLE_STORE: store, ...env },
    });
    expect(ran).toMatchObject({ exitCode: 2, err: expect.stringMatching(says) as string });
    expect(`${ran.out}${ran.err}`).not.toContain('hunter2');
    const doctor = await runHeddle(['doctor'], { env: { HEDDLE_STORE: store, ...env } });
    expect(`${doctor.out}${doctor.err}`).not.toContain('hunter2');
  });
});
