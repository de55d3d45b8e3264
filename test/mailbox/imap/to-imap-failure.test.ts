import { describe, expect, it } from 'vitest';
import { toImapFailure } from '../../../src/mailbox/imap/to-imap-failure.ts';

const ADDRESS = { host: 'mail.example.org', port: 993, implicitTls: true, user: 'bot', folder: 'Lists' };
const SECRET = 'correct-horse';
const toFailure = (error: unknown, login: 'password' | 'access-token' | 'anonymous' = 'password', wasOffered = true) =>
  toImapFailure(error, { address: ADDRESS, login, wasOffered, hide: (text) => text.replaceAll(SECRET, '…') });

describe('what is wrong with a mailbox', () => {
  it.each([
    { name: 'a refused login', error: { authenticationFailed: true }, kind: 'wrong-password', passes: false },
    {
      name: 'a login that is refused for now',
      error: { authenticationFailed: true, serverResponseCode: 'UNAVAILABLE' },
      kind: 'server',
      passes: true,
    },
    { name: 'no folder', error: { mailboxMissing: true, responseStatus: 'NO' }, kind: 'no-folder', passes: false },
    { name: 'an unknown host', error: { code: 'ENOTFOUND' }, kind: 'unknown-host', passes: false },
    { name: 'a name server that is away', error: { code: 'EAI_AGAIN' }, kind: 'unreachable', passes: true },
    {
      name: 'a certificate of its own',
      error: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
      kind: 'certificate',
      passes: false,
    },
    {
      name: 'the same after STARTTLS',
      error: { code: 'CERT_HAS_EXPIRED', tlsFailed: true },
      kind: 'certificate',
      passes: false,
    },
    {
      name: 'a line that was cut while it was encrypted',
      error: { code: 'ECONNRESET', tlsFailed: true },
      kind: 'lost',
      passes: true,
    },
    { name: 'the same, without a code', error: { tlsFailed: true }, kind: 'lost', passes: true },
    { name: 'a silent server', error: { code: 'ETIMEOUT' }, kind: 'timeout', passes: true },
    {
      name: 'a mail that is longer than it was said to be',
      error: { code: 'LiteralTooLarge' },
      kind: 'too-large',
      passes: true,
    },
    { name: 'something else', error: new Error('odd'), kind: 'server', passes: true },
    { name: 'no error at all', error: null, kind: 'server', passes: true },
  ])('$name', ({ error, kind, passes }) => {
    const failure = toFailure(error);
    expect({ kind: failure.kind, passes: failure.passes }).toEqual({ kind, passes });
    expect(failure.message).toMatch(/^mail\.example\.org [^\n]+$/);
  });

  it('is an expired token where one was given', () => {
    expect(toFailure({ authenticationFailed: true }, 'access-token').kind).toBe('expired-token');
  });

  it('is missing encryption where none was offered', () => {
    expect(toFailure({ tlsFailed: true }, 'password', false).kind).toBe('no-tls');
  });

  it('is told without the secret, on one line, without what a terminal obeys', () => {
    const { message } = toFailure({ responseText: `LOGIN bot ${SECRET}\r\n\u001b[31mred` });
    expect(message).toBe('mail.example.org cannot go on: LOGIN bot … red');
  });
});
