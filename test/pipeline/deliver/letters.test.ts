/** Letters as bytes: what machines read of them, signed, and with nothing of a stranger's making. */
import { generateKeyPairSync } from 'node:crypto';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { composeMail } from '../../../src/edges/outbox/compose-mail.ts';
import { DAYS, type Subscriber } from '../../../src/model/subscriber.ts';
import { toMailFields, TOKEN_PLACE } from '../../../src/pipeline/deliver/letters.ts';
import type { PostSettings } from '../../../src/pipeline/deliver/post-settings.ts';

const TOKEN = '0123456789abcdef0123456789abcdef';

const SETTINGS: PostSettings = {
  from: { name: 'heddle (xen-devel)', address: 'bot@bots.example.org' },
  list: 'xen-devel',
  origin: 'https://heddle.example.org',
  hasSubaddresses: true,
  mustApprove: false,
};

const ANN: Subscriber = {
  id: 'a'.repeat(32),
  address: 'ann@example.net',
  name: 'Ann',
  filter: '',
  form: 'both',
  rhythm: { at: '07:00', zone: 'UTC', days: DAYS },
  state: 'active',
  reason: null,
  failures: 0,
  addedAt: '2026-01-01T00:00:00.000Z',
  confirmedAt: '2026-01-01T00:00:00.000Z',
  snapshot: null,
  snoozed: {},
};

interface Change {
  readonly subject?: string;
  readonly name?: string;
  readonly list?: string;
  readonly origin?: string | null;
}

const toFields = ({ subject = 'xen-devel, 2026-01-02', name = 'Ann', list = 'xen-devel', origin }: Change = {}) =>
  toMailFields(
    {
      content: {
        subject,
        text: `A word.\nheddle-token ${TOKEN_PLACE}\n`,
        html: `<p>A word. ${TOKEN_PLACE}</p>`,
        snapshot: null,
        references: ['heddle.root.1@bots.example.org'],
      },
      subscriber: { ...ANN, name },
      kind: 'digest',
      messageId: 'heddle.post.1@bots.example.org',
      token: TOKEN,
      date: new Date('2026-01-02T07:00:00Z'),
    },
    { ...SETTINGS, list, origin: origin === undefined ? SETTINGS.origin : origin },
  );

/** The lines of the header, unfolded. */
const headerOf = (raw: Buffer): string[] =>
  (raw.toString('latin1').split('\r\n\r\n', 1)[0] ?? '').replace(/\r\n[ \t]+/g, ' ').split('\r\n');

const HOSTILE = [
  'x\r\nBcc: all@example.org',
  'x\nBcc: all@example.org',
  'x\rBcc: all@example.org',
  'x\r\n\r\n<script>alert(1)</script>',
  'x\u2028Bcc: all@example.org',
  'x\u0085Bcc: all@example.org',
  'x\u0000Bcc: all@example.org',
  'x\u000bBcc: all@example.org',
  'x\u000c\r\n Bcc: all@example.org',
  '=?utf-8?q?x=0D=0ABcc:_all@example.org?=',
  '=?utf-8?b?eA0KQmNjOiBhbGxAZXhhbXBsZS5vcmc=?=',
  '"x" <all@example.org>, "y',
  'x>, <all@example.org',
  'x, all@example.org',
  'x; all@example.org:',
  '\\"\\\r\nBcc: all@example.org',
  `${'ä'.repeat(500)}\r\nBcc: all@example.org`,
  `${'x'.repeat(5000)}\r\nBcc: all@example.org`,
  '\u202eBcc: all@example.org',
  '\ud800\r\nBcc: all@example.org',
  '%0d%0aBcc: all@example.org',
];

describe('a letter', () => {
  it('says what it is, how to leave it in both ways, and where it belongs', async () => {
    const { raw } = await composeMail(toFields());
    const header = headerOf(raw);
    const all = (name: string) => header.filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));

    expect(all('List-Unsubscribe')).toEqual([
      `List-Unsubscribe: <mailto:bot@bots.example.org?subject=unsubscribe%20${TOKEN}>, <https://heddle.example.org/unsubscribe/${TOKEN}>`,
    ]);
    expect(all('List-Unsubscribe-Post')).toEqual(['List-Unsubscribe-Post: List-Unsubscribe=One-Click']);
    expect(all('List-Id')).toEqual(['List-ID: xen-devel digests <xen-devel.digest.bots.example.org>']);
    expect([...all('Auto-Submitted'), ...all('Precedence'), ...all('Message-ID'), ...all('References')]).toEqual([
      'Auto-Submitted: auto-generated',
      'Precedence: bulk',
      'Message-ID: <heddle.post.1@bots.example.org>',
      'References: <heddle.root.1@bots.example.org>',
    ]);
    expect(all('Reply-To')).toEqual([`Reply-To: bot+${TOKEN}@bots.example.org`]);
    const read = await simpleParser(raw);
    expect(read.text).toContain(`heddle-token ${TOKEN}`);
    expect(read.html).toBe(`<p>A word. ${TOKEN}</p>`);
  });

  it('without a web server offers the mail alone, and no one-click', async () => {
    const header = headerOf((await composeMail(toFields({ origin: null }))).raw).join('\n');

    expect(header).toContain(`List-Unsubscribe: <mailto:bot@bots.example.org?subject=unsubscribe%20${TOKEN}>\n`);
    expect(header).not.toContain('One-Click');
  });

  it('is signed so that another library believes it, and a changed one not', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = {
      domain: 'bots.example.org',
      selector: 's1',
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    };
    const { raw } = await composeMail(toFields({ subject: 'Grüße\r\nBcc: all@example.org' }), key);
    const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`;
    const resolver = (name: string) =>
      name === 's1._domainkey.bots.example.org'
        ? Promise.resolve([[record]])
        : Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }));
    const verify = async (bytes: Buffer) => {
      const { results } = await dkimVerify(bytes, { resolver });
      return results.map(({ status, signingDomain }) => [status.result, signingDomain]);
    };

    expect(await verify(raw)).toEqual([['pass', 'bots.example.org']]);
    const signed = / h=(?<fields>[^;]+);/.exec(headerOf(raw).join('\n'))?.groups?.['fields']?.toLowerCase() ?? '';
    expect(signed).toContain('list-unsubscribe-post');
    expect(await verify(Buffer.from(raw.toString('latin1').replace('A word', 'B word'), 'latin1'))).toEqual([
      ['neutral', 'bots.example.org'],
    ]);
    expect(
      await verify(Buffer.from(raw.toString('latin1').replace('/unsubscribe/0', '/unsubscribe/1'), 'latin1')),
    ).toEqual([['fail', 'bots.example.org']]);
  });

  it.each(HOSTILE)('lets no stranger add a field or a reader: %j', async (hostile) => {
    const plain = headerOf((await composeMail(toFields())).raw).map((line) => line.split(':', 1)[0]);
    for (const change of [{ subject: hostile }, { name: hostile }, { list: hostile }]) {
      const { raw, to } = await composeMail(toFields(change));
      const header = headerOf(raw);
      const read = await simpleParser(raw);
      const readers = [read.to ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address));

      expect(header.map((line) => line.split(':', 1)[0])).toEqual(plain);
      expect({ to, readers, bcc: read.bcc }).toEqual({
        to: ['ann@example.net'],
        readers: ['ann@example.net'],
        bcc: undefined,
      });
      expect(read.text?.startsWith('A word.')).toBe(true);
    }
  });
});
