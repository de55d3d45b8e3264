import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { composeMail } from '../../../src/edges/outbox/compose-mail.ts';
import { openSmtpOutbox } from '../../../src/edges/outbox/smtp-outbox.ts';
import { readSmtpUrl, type SmtpServer } from '../../../src/edges/outbox/smtp-server.ts';
import type { Letter } from '../../../src/ports/outbox.ts';
import type { Revealed, Secrets } from '../../../src/ports/secrets.ts';
import { makeCertificate, startScript, startSmtp, type Lab, type Script } from './smtp-lab.ts';

const certificate = { key: '', cert: '' };
beforeAll(() => Object.assign(certificate, makeCertificate()));

const labs: Lab[] = [];
afterEach(async () => {
  for (const lab of labs.splice(0)) await lab.close();
});

const SECRET: Revealed = { kind: 'credential', credential: { kind: 'password', password: 'secret-word' } };
const toSecrets = (revealed: Revealed): Secrets => ({
  reveal: () => Promise.resolve(revealed),
  forget: () => undefined,
});

interface Case {
  readonly lab: Lab;
  readonly server?: Partial<SmtpServer>;
  readonly revealed?: Revealed;
  readonly letter?: Partial<Letter>;
}

async function post({ lab, server, revealed = SECRET, letter }: Case) {
  labs.push(lab);
  const outbox = openSmtpOutbox(
    {
      host: 'localhost',
      port: lab.port,
      user: 'bot',
      implicitTls: false,
      tls: 'required',
      secret: { kind: 'environment', name: 'X' },
      ca: certificate.cert,
      ...server,
    },
    { secrets: toSecrets(revealed), limits: { connectMs: 1_500, silentMs: 700, wholeMs: 2_500 } },
  );
  const posted = await outbox.post({ ...(await compose()), ...letter });
  expect(JSON.stringify(posted)).not.toContain('\\n');
  return posted;
}

const compose = () =>
  composeMail({
    from: { name: 'The bot', address: 'bot@example.org' },
    to: [{ name: null, address: 'list-request@lists.example.org' }],
    subject: 'subscribe\r\nBcc: all@example.org',
    text: 'A word.\n.\nÄnd more.\n',
    messageId: 'join.1@example.org',
    date: new Date('2024-05-16T12:00:00Z'),
    headers: { 'Auto-Submitted': 'no' },
  });

describe('a composed mail', () => {
  it('is whole, has the id that was given, and no field that a line end smuggled in', async () => {
    const { raw, from, to, messageId } = await compose();
    expect({ from, to, messageId }).toEqual({
      from: 'bot@example.org',
      to: ['list-request@lists.example.org'],
      messageId: 'join.1@example.org',
    });
    const [head = '', body = ''] = raw.toString().split('\r\n\r\n');
    expect(head.split('\r\n').sort()).toEqual([
      'Auto-Submitted: no',
      'Content-Transfer-Encoding: quoted-printable',
      'Content-Type: text/plain; charset=utf-8',
      'Date: Thu, 16 May 2024 12:00:00 +0000',
      'From: The bot <bot@example.org>',
      'MIME-Version: 1.0',
      'Message-ID: <join.1@example.org>',
      'Subject: subscribe Bcc: all@example.org',
      'To: list-request@lists.example.org',
    ]);
    expect(body).toContain('=C3=84nd more.');
  });
});

describe('posting a letter', () => {
  it.each([
    { name: 'over STARTTLS', secure: false },
    { name: 'over TLS', secure: true },
  ])('hands over the very bytes: $name', async ({ secure }) => {
    const lab = await startSmtp({ ...certificate, secure });
    expect(await post({ lab, server: { implicitTls: secure } })).toEqual({
      kind: 'accepted',
      reply: expect.stringContaining('queued as 1') as string,
      refused: [],
    });
    const { raw } = await compose();
    expect(lab.received).toEqual([
      {
        from: 'bot@example.org',
        to: ['list-request@lists.example.org'],
        raw: raw.toString(),
        user: 'bot',
        encrypted: true,
      },
    ]);
  });

  it('logs in with an access token', async () => {
    const lab = await startSmtp({ ...certificate, authMethods: ['XOAUTH2'] });
    const revealed = { kind: 'credential', credential: { kind: 'access-token', token: 'token-word' } } as const;
    expect(await post({ lab, revealed })).toMatchObject({ kind: 'accepted' });
    expect(lab.received).toMatchObject([{ user: 'bot', encrypted: true }]);
  });

  it('goes in the clear only where a person wrote so', async () => {
    const lab = await startSmtp({ authOptional: true, disabledCommands: ['STARTTLS'] });
    expect(await post({ lab, server: { tls: 'none', user: null, secret: null } })).toMatchObject({ kind: 'accepted' });
    expect(lab.received).toMatchObject([{ encrypted: false }]);
  });

  it('names the addressees that were not taken', async () => {
    const lab = await startSmtp({
      ...certificate,
      onRcptTo: ({ address }, _session, done) => {
        done(address.startsWith('no') ? Object.assign(new Error('No such user'), { responseCode: 550 }) : null);
      },
    });
    expect(await post({ lab, letter: { to: ['yes@example.org', 'nobody@example.org'] } })).toEqual({
      kind: 'accepted',
      reply: expect.any(String) as string,
      refused: [{ address: 'nobody@example.org', reason: '550 No such user' }],
    });
  });

  const refusing = (responseCode: number) =>
    startSmtp({
      ...certificate,
      onRcptTo: (_to, _session, done) => {
        done(Object.assign(new Error('Go away'), { responseCode }));
      },
    });
  const refusingData = (responseCode: number) =>
    startSmtp({
      ...certificate,
      onData: (stream, _session, done) => {
        stream.resume().on('end', () => {
          done(Object.assign(new Error('Not this'), { responseCode }));
        });
      },
    });

  it.each<{ name: string; run: () => Promise<Lab>; more?: Omit<Case, 'lab'>; gives: object }>([
    {
      name: '4xx for the addressee',
      run: () => refusing(450),
      gives: { kind: 'deferred', uncertain: false, reason: 'localhost takes no mail now (450 Go away)' },
    },
    {
      name: '5xx for the addressee',
      run: () => refusing(550),
      gives: { kind: 'refused', reason: 'localhost refuses the mail (550 Go away)' },
    },
    { name: '4xx for the mail', run: () => refusingData(452), gives: { kind: 'deferred', uncertain: false } },
    { name: '5xx for the mail', run: () => refusingData(554), gives: { kind: 'refused' } },
    {
      name: 'a wrong password',
      run: () => startSmtp(certificate),
      more: { revealed: { kind: 'credential', credential: { kind: 'password', password: 'wrong-word' } } },
      gives: { kind: 'refused', reason: expect.stringContaining('refuses the user or the password') as string },
    },
    {
      name: 'STARTTLS stripped',
      run: () => startSmtp({ authOptional: true, disabledCommands: ['STARTTLS'] }),
      gives: { kind: 'refused', reason: expect.stringContaining('nothing is sent in the clear') as string },
    },
    {
      name: 'a certificate that nobody trusts',
      run: () => startSmtp(certificate),
      more: { server: { ca: null } },
      gives: { kind: 'refused', reason: 'localhost shows a certificate that cannot be trusted' },
    },
    {
      name: 'a secret that cannot be read',
      run: () => startSmtp(certificate),
      more: { revealed: { kind: 'failure', reason: 'X is not set', retry: 'never' } },
      gives: { kind: 'refused', reason: 'X is not set' },
    },
    {
      name: 'an address that smuggles a command',
      run: () => startSmtp(certificate),
      more: { letter: { to: ['a@example.org>\r\nDATA'] } },
      gives: { kind: 'refused', reason: expect.stringContaining('is no address') as string },
    },
    {
      name: 'nobody to go to',
      run: () => startSmtp(certificate),
      more: { letter: { to: [] } },
      gives: { kind: 'refused' },
    },
  ])('fails as a value: $name', async ({ run, more, gives }) => {
    const lab = await run();
    expect(await post({ lab, ...more })).toMatchObject(gives);
    expect(lab.received).toEqual([]);
  });

  it('knows a host that is not there', async () => {
    const lab = await startSmtp(certificate);
    expect(await post({ lab, server: { host: 'mail.heddle.invalid' } })).toMatchObject({
      kind: 'deferred',
      uncertain: false,
    });
  });

  const plain = { tls: 'none', user: null, secret: null } as const;
  const polite: Readonly<Record<string, string>> = { '': '220 here', EHLO: '250 here', MAIL: '250 ok', RCPT: '250 ok' };
  const until = (word: string, then: string | null): Script => {
    let inText = false;
    return (line) => {
      const said = line.split(' ', 1)[0] ?? '';
      if (inText) return line === '.' ? then : '';
      if (said === word) return then;
      if (said === 'DATA') {
        inText = true;
        return '354 go on';
      }
      return polite[said] ?? '250 ok';
    };
  };

  it.each([
    { name: 'a reset after the text: it may have gone', script: until('.', null), uncertain: true },
    { name: 'silence after the text: it may have gone', script: until('.', ''), uncertain: true },
    { name: 'a reset before the text', script: until('DATA', null), uncertain: false },
    { name: 'silence before the text', script: until('RCPT', ''), uncertain: false },
    { name: 'no greeting', script: until('', ''), uncertain: false },
    { name: 'an answer to the text that is none', script: until('.', 'HTTP/1.1 200 OK'), uncertain: true },
    { name: '421 after the text: it has not gone', script: until('.', '421 too busy'), uncertain: false },
  ])('is put off: $name', async ({ script, uncertain }) => {
    const started = performance.now();
    expect(await post({ lab: await startScript(script), server: plain })).toMatchObject({
      kind: 'deferred',
      uncertain,
    });
    expect(performance.now() - started).toBeLessThan(4_000);
  });

  it('gives up on a server that always says a little more', async () => {
    const lab = await startScript((line) => (line === '' ? '220 here' : line.startsWith('EHLO') ? '250-more' : ''));
    const slow = setInterval(() => undefined, 1000);
    expect(await post({ lab, server: plain })).toMatchObject({ kind: 'deferred', uncertain: false });
    clearInterval(slow);
  });
});

describe('the address of a server', () => {
  it.each([
    { text: 'smtps://bot@mail.example.org', port: 465, implicitTls: true, user: 'bot' },
    { text: 'smtp://bot%40example.org@mail.example.org', port: 587, implicitTls: false, user: 'bot@example.org' },
    { text: 'smtp://mail.example.org:25', port: 25, implicitTls: false, user: null },
  ])('is read: $text', ({ text, ...server }) => {
    expect(readSmtpUrl(text)).toEqual({ kind: 'server', server: { host: 'mail.example.org', ...server } });
  });

  it.each(['smtp://bot:hunter2@mail.example.org', 'mail.example.org', 'http://mail.example.org', 'smtp://', ''])(
    'is refused, and not repeated: %s',
    (text) => {
      const read = readSmtpUrl(text);
      expect(read).toMatchObject({ kind: 'bad' });
      expect(JSON.stringify(read)).not.toContain('hunter2');
    },
  );
});
