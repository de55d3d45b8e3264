import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openSecrets } from '../../../src/edges/secrets/open-secrets.ts';
import type { SecretPlace } from '../../../src/model/mailbox.ts';
import type { Revealed } from '../../../src/ports/secrets.ts';

const folder = mkdtempSync(join(tmpdir(), 'heddle-secrets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SECRET = 'ho rse$b"a\'ttery';
const clock = { now: () => new Date('2024-05-16T12:00:00Z') };
const reveal = (place: SecretPlace, env: Record<string, string> = { PATH: process.env['PATH'] ?? '' }) =>
  openSecrets({ env, clock, commandMs: 700 }).reveal(place);
const password = (text: string): Revealed => ({
  kind: 'credential',
  credential: { kind: 'password', password: text },
});

function write(name: string, text: string, mode = 0o600): SecretPlace & { readonly kind: 'file' } {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return { kind: 'file', path };
}

describe('a secret in a file', () => {
  it.each([
    { name: 'mode 0600', text: `${SECRET}\n`, mode: 0o600 },
    { name: 'mode 0400', text: `${SECRET}\n`, mode: 0o400 },
    { name: 'no line end', text: SECRET, mode: 0o600 },
    { name: 'CRLF and more lines below', text: `${SECRET}\r\nuser: bot\r\n`, mode: 0o600 },
  ])('is its first line: $name', async ({ text, mode }) => {
    expect(await reveal(write('good', text, mode))).toEqual(password(SECRET));
    chmodSync(join(folder, 'good'), 0o600);
  });

  it('is found over a link, where what it leads to is kept well', async () => {
    const target = write('target', `${SECRET}\n`);
    symlinkSync(target.path, join(folder, 'link'));
    expect(await reveal({ kind: 'file', path: join(folder, 'link') })).toEqual(password(SECRET));
    chmodSync(target.path, 0o640);
    expect(await reveal({ kind: 'file', path: join(folder, 'link') })).toMatchObject({ kind: 'failure' });
  });

  it.each([
    {
      name: 'mode 0644',
      place: () => write('a', SECRET, 0o644),
      says: /a may be read by others \(mode 0644\): chmod 600/,
    },
    { name: 'mode 0640', place: () => write('b', SECRET, 0o640), says: /mode 0640/ },
    { name: 'mode 0602', place: () => write('c', SECRET, 0o602), says: /mode 0602/ },
    { name: 'nothing in it', place: () => write('d', '\nsecond\n'), says: /d has an empty first line/ },
    { name: 'too much in it', place: () => write('e', 'x'.repeat(70_000)), says: /too large/ },
    { name: 'no file', place: () => ({ kind: 'file', path: join(folder, 'none') }) as const, says: /is not there/ },
    { name: 'a folder', place: () => ({ kind: 'file', path: folder }) as const, says: /is no file/ },
  ])('is refused: $name', async ({ place, says }) => {
    const revealed = await reveal(place());
    expect(revealed).toEqual({ kind: 'failure', reason: expect.stringMatching(says) as string, retry: 'never' });
    expect(JSON.stringify(revealed)).not.toContain(SECRET);
  });

  it('is refused from a pipe that nobody writes to, without waiting', async () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', ['-m', '600', path]);
    expect(await reveal({ kind: 'file', path })).toMatchObject({ kind: 'failure', retry: 'never' });
  });

  it.runIf(process.getuid?.() === 0)('may be read by root whoever owns it', async () => {
    const place = write('owned', SECRET);
    chownSync(place.path, 12345, 12345);
    expect(await reveal(place)).toEqual(password(SECRET));
  });
});

describe('a secret in the environment', () => {
  it('is the value', async () => {
    expect(await reveal({ kind: 'environment', name: 'BOT' }, { BOT: SECRET })).toEqual(password(SECRET));
  });

  it('is missed by name', async () => {
    expect(await reveal({ kind: 'environment', name: 'BOT' }, {})).toEqual({
      kind: 'failure',
      reason: 'BOT is not set',
      retry: 'never',
    });
  });
});

describe('a secret from a command', () => {
  const run = (command: string) => reveal({ kind: 'command', command });

  it('is the first line that it prints', async () => {
    expect(await run(`printf '%s\\n' 'first word' 'user: bot'; echo noise >&2`)).toEqual(password('first word'));
  });

  it('may use pipes, as the person wrote them', async () => {
    expect(await run("echo 'a:b:c' | cut -d: -f2")).toEqual(password('b'));
  });

  it.each([
    {
      name: 'fails',
      command: `echo ${'se'}cret-word; echo ${'se'}cret-word >&2; exit 3`,
      says: /failed with status 3/,
    },
    { name: 'is not there', command: 'no-such-program-here', says: /failed with status 127/ },
    { name: 'prints nothing', command: 'true', says: /has an empty first line/ },
    { name: 'babbles', command: 'yes', says: /prints too much/ },
    { name: 'is killed', command: 'kill -9 $$', says: /signal SIGKILL/ },
    { name: 'hangs', command: 'sleep 30', says: /did not end within 1 seconds/ },
    { name: 'leaves a child that hangs', command: 'sleep 30 & wait', says: /did not end within/ },
  ])('is refused in one line where it $name', async ({ command, says }) => {
    const revealed = await run(command);
    expect(revealed).toMatchObject({ kind: 'failure', reason: expect.stringMatching(says) as string });
    expect(JSON.stringify(revealed)).not.toContain('secret-word');
  });

  it('that hangs leaves nothing behind', async () => {
    const mark = `${String(process.pid)}.25`;
    await run(`sleep ${mark} & sleep ${mark}`);
    const left = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
    expect(left).not.toContain(`sleep ${mark}`);
  });
});
