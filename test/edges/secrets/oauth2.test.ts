import { chmodSync, lstatSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openSecrets } from '../../../src/edges/secrets/open-secrets.ts';
import { answer, startTokenServer, type TokenServer } from './token-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'heddle-oauth-'));
const path = join(folder, 'account.json');
const place = { kind: 'oauth2', path } as const;
const REFRESH = 'refresh-1-not-to-be-seen';
const CLIENT = 'client-secret-not-to-be-seen';
let server: TokenServer;
let now = 0;

beforeAll(async () => {
  server = await startTokenServer();
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

function writeAccount(fields: Readonly<Record<string, unknown>>): void {
  rmSync(path, { force: true });
  writeFileSync(path, JSON.stringify(fields), { mode: 0o600 });
}

const account = () => ({
  token_endpoint: server.url,
  client_id: 'heddle',
  client_secret: CLIENT,
  refresh_token: REFRESH,
  comment: 'stays',
});

beforeEach(() => {
  now = Date.parse('2024-05-16T12:00:00Z');
  writeAccount(account());
});

const open = (warn?: (line: string) => void) =>
  openSecrets({ env: {}, clock: { now: () => new Date(now) }, requestMs: 500, ...(warn ? { warn } : {}) });
const token = (text: string) => ({ kind: 'credential', credential: { kind: 'access-token', token: text } });

describe('an OAuth2 account', () => {
  it('trades its refresh token, and once only while the access token lasts', async () => {
    server.behave(answer(200, { access_token: 'access-1', expires_in: 3600, token_type: 'Bearer' }));
    const secrets = open();
    expect(await Promise.all([secrets.reveal(place), secrets.reveal(place)])).toEqual([
      token('access-1'),
      token('access-1'),
    ]);
    expect(await secrets.reveal(place)).toEqual(token('access-1'));
    expect(server.asked.map((one) => Object.fromEntries(one))).toEqual([
      { grant_type: 'refresh_token', refresh_token: REFRESH, client_id: 'heddle', client_secret: CLIENT },
    ]);
  });

  it('trades anew shortly before the token expires, and after the mail server refused it', async () => {
    server.behave(answer(200, { access_token: 'access-1', expires_in: 3600 }));
    const secrets = open();
    await secrets.reveal(place);
    now += 3_541_000;
    await secrets.reveal(place);
    expect(server.asked).toHaveLength(2);
    secrets.forget(place);
    await secrets.reveal(place);
    expect(server.asked).toHaveLength(3);
  });

  it('writes a refresh token that was replaced back, over a link, with mode 0600 and all else as it was', async () => {
    const link = join(folder, 'link.json');
    symlinkSync(path, link);
    server.behave(answer(200, { access_token: 'access-2', expires_in: 3600, refresh_token: 'refresh-2' }));
    expect(await open().reveal({ kind: 'oauth2', path: link })).toEqual(token('access-2'));
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ ...account(), refresh_token: 'refresh-2' });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    rmSync(link);
  });

  it.runIf(process.getuid?.() !== 0)('goes on, and says so, where that cannot be written', async () => {
    server.behave(answer(200, { access_token: 'access-2', expires_in: 3600, refresh_token: 'refresh-2' }));
    chmodSync(folder, 0o500);
    const lines: string[] = [];
    expect(await open((line) => lines.push(line)).reveal(place)).toEqual(token('access-2'));
    chmodSync(folder, 0o700);
    expect(lines).toEqual([expect.stringContaining('cannot be written')]);
  });

  it.each([
    {
      name: 'a token that was withdrawn',
      behaviour: answer(400, { error: 'invalid_grant', error_description: REFRESH }),
      says: /says invalid_grant: the refresh token has expired or was withdrawn: sign in anew/,
      retry: 'never',
    },
    {
      name: 'a wrong client',
      behaviour: answer(401, { error: 'invalid_client' }),
      says: /client_secret is wrong/,
      retry: 'never',
    },
    {
      name: 'a server that is down',
      behaviour: answer(503, 'busy'),
      says: /gives no access token \(503\)/,
      retry: 'later',
    },
    { name: 'too many requests', behaviour: answer(429, {}), says: /\(429\)/, retry: 'later' },
    { name: 'an error nobody knows', behaviour: answer(400, { error: REFRESH }), says: /\(400\)/, retry: 'never' },
    { name: 'a page instead of JSON', behaviour: answer(200, '<html>'), says: /no token/, retry: 'later' },
    {
      name: 'a token with a line end in it',
      behaviour: answer(200, { access_token: 'a\r\nA1 LOGOUT' }),
      says: /no token/,
      retry: 'later',
    },
    {
      name: 'an answer without end',
      behaviour: answer(200, ' '.repeat(100_000)),
      says: /cannot be reached/,
      retry: 'later',
    },
    {
      name: 'a redirection to somebody else',
      behaviour: (response: Parameters<ReturnType<typeof answer>>[0]) => {
        response.writeHead(307, { location: 'https://example.org/token' }).end();
      },
      says: /cannot be reached/,
      retry: 'later',
    },
    { name: 'silence', behaviour: () => undefined, says: /did not answer in time/, retry: 'later' },
  ])('is told in one line, without its secrets: $name', async ({ behaviour, says, retry }) => {
    server.behave(behaviour);
    const revealed = await open().reveal(place);
    expect(revealed).toEqual({ kind: 'failure', reason: expect.stringMatching(says) as string, retry });
    expect(JSON.stringify(revealed)).not.toMatch(/not-to-be-seen|\\n/);
  });

  it.each([
    { name: 'no JSON', text: 'refresh', says: /wrong or missing: the whole; it is a JSON object with/ },
    { name: 'no refresh token', text: '{"provider":"google","client_id":"x"}', says: /missing: refresh_token;/ },
    { name: 'nowhere to go', text: '{"client_id":"x","refresh_token":"r"}', says: /missing: token_endpoint;/ },
    {
      name: 'an endpoint in the clear',
      text: '{"client_id":"x","refresh_token":"r","token_endpoint":"http://example.org/t"}',
      says: /missing: token_endpoint;/,
    },
    {
      name: 'an endpoint that only looks local',
      text: '{"client_id":"x","refresh_token":"r","token_endpoint":"http://localhost.example.org/t"}',
      says: /missing: token_endpoint;/,
    },
  ])('is refused where its file has $name', async ({ text, says }) => {
    rmSync(path);
    writeFileSync(path, text, { mode: 0o600 });
    const revealed = await open().reveal(place);
    expect(revealed).toEqual({ kind: 'failure', reason: expect.stringMatching(says) as string, retry: 'never' });
  });

  it('is refused where others may read its file', async () => {
    chmodSync(path, 0o644);
    expect(await open().reveal(place)).toMatchObject({ kind: 'failure', retry: 'never' });
  });
});
