import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { multipart, read, texts } from './texts.ts';

const log = 'BUG: unable to handle page fault\nCall Trace:\n foo+0x1/0x2\n';

const textRows: readonly { name: string; mail: string | Buffer; parts: [string, string][]; problems?: string[] }[] = [
  { name: 'plain text', mail: '\nHi\n', parts: [['body', 'Hi\n']] },
  { name: 'CRLF and NUL', mail: '\r\nHi\r\nyou\0\r\n', parts: [['body', 'Hi\nyou\n']] },
  {
    name: 'quoted-printable with a break inside a number',
    mail: 'Content-Transfer-Encoding: quoted-printable\n\nrax=3D0x=\nafa =C2=A0=66 =ZZ= \t\nend=\n',
    parts: [['body', 'rax=0xafa \u00a0f =ZZend']],
  },
  {
    name: 'base64',
    mail: `Content-Transfer-Encoding: base64\n\n${Buffer.from('Grüße\n').toString('base64')}\n`,
    parts: [['body', 'Grüße\n']],
  },
  {
    name: 'base64 with a footer that a list appended',
    mail: `Content-Transfer-Encoding: base64\n\n${Buffer.from('Hello\n').toString('base64')}\n\n_______\nXen-devel mailing list\n`,
    parts: [['body', 'Hello\n\n_______\nXen-devel mailing list\n']],
  },
  {
    name: 'base64 in padded pieces',
    mail: 'Content-Transfer-Encoding: base64\n\nQQ==\nQUJD\nQQ==\n',
    parts: [['body', 'AABCA']],
  },
  {
    name: 'base64 with dirt',
    mail: 'Content-Transfer-Encoding: base64\n\nQU!JD\n',
    parts: [['body', 'ABC']],
    problems: ['bad-encoding'],
  },
  {
    name: 'declared latin 1',
    mail: Buffer.from('Content-Type: text/plain; charset=iso-8859-1\n\nGr\xfc\xdfe \x93x\x94\n', 'latin1'),
    parts: [['body', 'Grüße “x”\n']],
  },
  { name: 'undeclared UTF-8', mail: '\nGrüße\n', parts: [['body', 'Grüße\n']] },
  {
    name: 'undeclared 8-bit that is not UTF-8',
    mail: Buffer.from('\nGr\xfc\xdfe\n', 'latin1'),
    parts: [['body', 'Grüße\n']],
  },
  {
    name: 'UTF-8 declared as ASCII',
    mail: 'Content-Type: text/plain; charset=us-ascii\n\nGrüße\n',
    parts: [['body', 'Grüße\n']],
  },
  {
    name: 'latin 1 declared as UTF-8',
    mail: Buffer.from('Content-Type: text/plain; charset=utf-8\n\nGr\xfc\xdfe\n', 'latin1'),
    parts: [['body', 'Grüße\n']],
    problems: ['bad-charset'],
  },
  {
    name: 'one bad byte in UTF-8',
    mail: Buffer.concat([Buffer.from('Content-Type: text/plain; charset=utf-8\n\nGrüße '), Buffer.from([0xff, 0x0a])]),
    parts: [['body', 'Grüße \ufffd\n']],
    problems: ['bad-charset'],
  },
  {
    name: 'an unknown charset',
    mail: 'Content-Type: text/plain; charset=x-klingon\n\nGrüße\n',
    parts: [['body', 'Grüße\n']],
    problems: ['bad-charset'],
  },
  {
    name: 'iso-2022-jp',
    mail: 'Content-Type: text/plain; charset=ISO-2022-JP\n\n\x1b$B$"\x1b(B\n',
    parts: [['body', 'あ\n']],
  },
  {
    name: 'gbk',
    mail: Buffer.concat([Buffer.from('Content-Type: text/plain; charset=gb2312\n\n'), Buffer.from([0xc4, 0xe3, 0x0a])]),
    parts: [['body', '你\n']],
  },
  { name: 'utf-7', mail: 'Content-Type: text/plain; charset=utf-7\n\nGr+APw-n\n', parts: [['body', 'Grün\n']] },
  {
    name: 'a multipart without boundary',
    mail: 'Content-Type: multipart/mixed\n\nHi\n',
    parts: [['body', 'Hi\n']],
    problems: ['bad-mime'],
  },
  {
    name: 'a multipart whose boundary never comes',
    mail: 'Content-Type: multipart/mixed; boundary=x\n\nHi\n',
    parts: [['body', 'Hi\n']],
    problems: ['bad-mime'],
  },
  {
    name: 'a multipart that never closes',
    mail: 'Content-Type: multipart/mixed; boundary=x\n\n--x\n\nHi\n',
    parts: [['body', 'Hi\n']],
  },
  {
    name: 'a longer boundary inside a part',
    mail: multipart('mixed', ['\nHi\n--bb\n-- b']),
    parts: [['body', 'Hi\n--bb\n-- b']],
  },
  {
    name: 'an alternative: the plain text',
    mail: multipart('alternative', ['Content-Type: text/plain\n\nplain', 'Content-Type: text/html\n\n<p>html']),
    parts: [['body', 'plain']],
  },
  {
    name: 'an alternative whose plain text is empty',
    mail: multipart('alternative', ['Content-Type: text/plain\n\n \n', 'Content-Type: text/html\n\n<p>html']),
    parts: [['body', 'html']],
  },
  {
    name: 'an alternative of plain text and related HTML',
    mail: multipart('alternative', [
      'Content-Type: text/plain\n\nplain',
      multipart('related', ['Content-Type: text/html\n\n<p>html'], 'c'),
    ]),
    parts: [['body', 'plain']],
  },
  {
    name: 'HTML alone',
    mail: 'Content-Type: text/html\n\n<p>It&nbsp;crashes:<br>one<br>two</p><pre>a\n  b</pre><blockquote>said</blockquote>',
    parts: [['body', 'It crashes:\none\ntwo\n\na\n  b\n\n> said']],
  },
  {
    name: 'HTML with a paragraph a line',
    mail: `Content-Type: text/html\n\n${['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((line) => `<p class=MsoNormal>${line}</p>`).join('\n')}`,
    parts: [['body', 'a\nb\nc\nd\ne\nf\ng']],
  },
  {
    name: 'a text attachment',
    mail: multipart('mixed', [
      '\nHi',
      `Content-Type: text/plain; name=dmesg.txt\nContent-Disposition: attachment\n\n${log}`,
    ]),
    parts: [
      ['body', 'Hi'],
      ['dmesg.txt', log],
    ],
  },
  {
    name: 'an inline patch',
    mail: multipart('mixed', [
      '\nHi',
      `Content-Type: text/x-patch; name="a b.patch"\nContent-Disposition: inline\n\n+x`,
    ]),
    parts: [
      ['body', 'Hi'],
      ['a b.patch', '+x'],
    ],
  },
  {
    name: 'a log that claims to be binary',
    mail: multipart('mixed', [
      '\nHi',
      `Content-Type: application/octet-stream; name=serial.log\nContent-Transfer-Encoding: base64\n\n${Buffer.from(log).toString('base64')}`,
    ]),
    parts: [
      ['body', 'Hi'],
      ['serial.log', log],
    ],
  },
  {
    name: 'a gzipped log',
    mail: multipart('mixed', [
      '\nHi',
      `Content-Type: application/gzip\nContent-Disposition: attachment; filename=dmesg.gz\nContent-Transfer-Encoding: base64\n\n${gzipSync(log).toString('base64')}`,
    ]),
    parts: [
      ['body', 'Hi'],
      ['dmesg.gz', log],
    ],
  },
  ...[
    { name: 'UTF-16 with a mark', bytes: Buffer.from(`\ufeff${log}`, 'utf16le') },
    { name: 'big-endian UTF-16 with a mark', bytes: Buffer.from(`\ufeff${log}`, 'utf16le').swap16() },
    { name: 'UTF-16 without a mark', bytes: Buffer.from(log, 'utf16le') },
    { name: 'UTF-8 with a mark', bytes: Buffer.from(`\ufeff${log}`) },
    { name: 'UTF-16 that is gzipped', bytes: gzipSync(Buffer.from(`\ufeff${log}`, 'utf16le')) },
  ].map(({ name, bytes }) => ({
    name: `a log in ${name}`,
    mail: `Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=log\nContent-Transfer-Encoding: base64\n\n${bytes.toString('base64')}`,
    parts: [['log', log]] as [string, string][],
  })),
  ...[
    { packing: 'xz', magic: 'fd377a585a000004' },
    { packing: 'zstd', magic: '28b52ffd24' },
    { packing: 'bzip2', magic: '425a6839314159265359' },
    { packing: 'zip', magic: '504b030414' },
  ].map(({ packing, magic }) => ({
    name: `a log packed with ${packing}`,
    mail: `Content-Type: text/plain\nContent-Disposition: attachment; filename=log\nContent-Transfer-Encoding: base64\n\n${Buffer.from(magic, 'hex').toString('base64')}`,
    parts: [],
    problems: ['packed'],
  })),
  {
    name: 'a gzipped log cut short',
    mail: multipart('mixed', [
      '\nHi',
      `Content-Type: application/gzip; name=dmesg.gz\nContent-Transfer-Encoding: base64\n\n${gzipSync(log).subarray(0, -9).toString('base64')}`,
    ]),
    parts: [
      ['body', 'Hi'],
      ['dmesg.gz', log],
    ],
  },
  {
    name: 'a footer part behind the body',
    mail: multipart('mixed', [
      'Content-Type: text/plain; format=flowed\n\nHi ',
      'Content-Type: text/plain\n\n____\nlist',
    ]),
    parts: [['body', 'Hi \n____\nlist']],
  },
  {
    name: 'a log of its own behind a flowed body',
    mail: multipart('mixed', ['Content-Type: text/plain; format=flowed\n\nHi', 'Content-Type: text/plain\n\na \nb']),
    parts: [
      ['body', 'Hi'],
      ['body (2)', 'a \nb'],
    ],
  },
  {
    name: 'two attachments of one name',
    mail: multipart('mixed', [
      '\nHi',
      'Content-Type: text/plain; name=a\n\n1',
      'Content-Type: text/plain; name=a\n\n2',
    ]),
    parts: [
      ['body', 'Hi'],
      ['a', '1'],
      ['a (2)', '2'],
    ],
  },
  {
    name: 'a mail that is one named text',
    mail: 'Content-Type: text/plain; name=x.patch\nContent-Disposition: inline\n\nHi\n',
    parts: [['body', 'Hi\n']],
  },
  {
    name: 'a forwarded mail',
    mail: multipart('mixed', [
      '\nsee below',
      `Content-Type: message/rfc822\n\nFrom: Bob <bob@example.org>\nSubject: =?utf-8?q?=C3=BC?=\nReceived: x\n\n${log}`,
    ]),
    parts: [
      ['body', 'see below'],
      ['forwarded-3', `From: Bob <bob@example.org>\nSubject: ü\n\n${log}`],
    ],
  },
  {
    name: 'a clear-signed mail: armour gone, lines in place',
    mail: '\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nHi\n- ---[ end trace ]---\n- -- \nme\n-----BEGIN PGP SIGNATURE-----\n\niQEz\n-----END PGP SIGNATURE-----\nfooter\n',
    parts: [['body', '\n\n\nHi\n---[ end trace ]---\n-- \nme\n\n\n\n\nfooter\n']],
  },
  {
    name: 'no text at all',
    mail: multipart('mixed', [
      'Content-Type: image/png; name=a.png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=',
    ]),
    parts: [],
  },
  {
    name: 'a file name that climbs',
    mail: multipart('mixed', ['\nHi', 'Content-Type: text/plain; name="../../etc/passwd\x1b[0m"\n\nx']),
    parts: [
      ['body', 'Hi'],
      ['passwd[0m', 'x'],
    ],
  },
  {
    name: 'a file name in pieces (RFC 2231)',
    mail: multipart('mixed', [
      '\nHi',
      "Content-Type: text/x-log\nContent-Disposition: attachment;\n filename*0*=utf-8''dm%C3%A4sg;\n filename*1=.txt\n\nx",
    ]),
    parts: [
      ['body', 'Hi'],
      ['dmäsg.txt', 'x'],
    ],
  },
  { name: 'a mail without any header', mail: '', parts: [['body', '']] },
];

describe('readMessage', () => {
  it.each(textRows)('reads the text of $name', ({ mail, parts, problems = [] }) => {
    const message = read(mail);

    expect(texts(message)).toEqual(parts);
    expect(message.problems.map(({ kind }) => kind)).toEqual(problems);
  });

  it('reads a whole mail', () => {
    const message = read(
      'To: Bob <bob@example.org>\nCc: a@example.org\nCC: b@example.org\nSubject: =?utf-8?b?w7w=?=\n =?utf-8?b?w7w=?= [BUG]\n  hangs\n' +
        'In-Reply-To: Your message of Tuesday <0@example.org>\nReferences: <r@example.org>\n <r@example.org> <0@example.org>\n' +
        'List-Id: Developers <xen-devel.Lists.example.org>\nX-Mailer: git-send-email 2.7\nReceived: from x\n' +
        'Archived-At: <https://lists.example.org/1>\nContent-Type: text/plain; format=flowed; delsp=yes\n\nHi \nyou\n',
    );

    expect(message).toEqual({
      id: '1@example.org',
      from: { name: 'Ada', address: 'ada@example.org' },
      to: [{ name: 'Bob', address: 'bob@example.org' }],
      cc: [
        { name: null, address: 'a@example.org' },
        { name: null, address: 'b@example.org' },
      ],
      date: '2017-09-28T08:42:00.000Z',
      subject: 'üü [BUG] hangs',
      inReplyTo: ['0@example.org'],
      references: ['r@example.org', '0@example.org'],
      lists: ['xen-devel.lists.example.org'],
      headers: {
        'in-reply-to': ['Your message of Tuesday <0@example.org>'],
        'list-id': ['Developers <xen-devel.Lists.example.org>'],
        'x-mailer': ['git-send-email 2.7'],
        'archived-at': ['<https://lists.example.org/1>'],
        'content-type': ['text/plain; format=flowed; delsp=yes'],
      },
      parts: [{ name: 'body', type: 'text/plain', text: 'Hi \nyou\n', flowed: true, delSp: true }],
      otherParts: [],
      url: 'https://lists.example.org/1',
      problems: [],
    });
  });

  it('says null, and why, for a date that cannot be read', () => {
    const message = read('\nHi\n', 'From: a@example.org\nMessage-ID: <1@example.org>\nDate: soon\n');

    expect(message.date).toBeNull();
    expect(message.problems).toEqual([{ kind: 'bad-date', text: 'the date "soon" cannot be read' }]);
  });

  it('makes the same id for the same mail without one, however it came', () => {
    const one = read('\nHi\n', 'Received: by x\nFrom: a@example.org\nDate: 28 Sep 2017 08:42:00 +0000\n');
    const other = read('\nHi\n', 'Received: by y\nFrom: a@example.org\nDate: 28 Sep 2017 08:42:00 +0000\n');
    const different = read('\nHo\n', 'From: a@example.org\nDate: 28 Sep 2017 08:42:00 +0000\n');

    expect(one.id).toMatch(/^[0-9a-f]{32}@heddle\.invalid$/);
    expect([other.id, different.id === one.id]).toEqual([one.id, false]);
  });

  it('decodes ids that a relay encoded', () => {
    const message = read(
      '\n',
      'Message-Id: =?utf-8?q?=3Ca=5Fb?=\n =?utf-8?q?c=40example=2Eorg=3E?=\nReferences: =?utf-8?q?=3C0=40example=2Eorg=3E?=\n',
    );

    expect([message.id, message.references]).toEqual(['a_bc@example.org', ['0@example.org']]);
  });

  it('takes the subject of a signed part only where the outer one hides it', () => {
    const inner = 'Content-Type: text/plain; protected-headers="v1"\nSubject: inside\n\nHi';

    expect(read(`Subject: ...\n${multipart('signed', [inner])}`).subject).toBe('inside');
    expect(read(`Subject: outside\n${multipart('signed', [inner])}`).subject).toBe('outside');
  });

  it('names what is no text', () => {
    const message = read(
      multipart('mixed', [
        '\nHi',
        'Content-Type: image/png; name=screen.png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=',
        'Content-Type: application/pgp-signature; name=signature.asc\n\n-----BEGIN PGP SIGNATURE-----',
        'Content-Type: application/octet-stream\n\na\0b',
      ]),
    );

    expect(message.otherParts.map(({ name, type }) => [name, type])).toEqual([
      ['screen.png', 'image/png'],
      ['signature.asc', 'application/pgp-signature'],
      ['attachment-4', 'application/octet-stream'],
    ]);
  });
});

describe('the sender', () => {
  const rows: readonly { name: string; head: string; from: [string | null, string] }[] = [
    {
      name: 'Reply-To',
      head: 'From: Ada Example via Xen-devel <xen-devel@lists.example.org>\nReply-To: Ada Example <ada@example.org>\n',
      from: ['Ada Example', 'ada@example.org'],
    },
    {
      name: 'X-Original-From',
      head: 'From: "\'Ada Example\' via kasan-dev" <kasan-dev@lists.example.org>\nX-Original-From: Ada Example <ada@example.org>\nReply-To: kasan-dev@lists.example.org\n',
      from: ['Ada Example', 'ada@example.org'],
    },
    {
      name: 'Cc, where a list put it',
      head: 'From: Ada via List <list@example.org>\nReply-To: List <list@example.org>\nCc: Ada <ada@example.org>\n',
      from: ['Ada', 'ada@example.org'],
    },
    {
      name: 'the name alone, where nothing is left',
      head: 'From: Ada via List <list@example.org>\n',
      from: ['Ada', 'list@example.org'],
    },
    {
      name: 'From as it is',
      head: 'From: Ada <ada@example.org>\nReply-To: list@example.org\n',
      from: ['Ada', 'ada@example.org'],
    },
    {
      name: 'Sender, where From is missing',
      head: 'Sender: Ada <ada@example.org>\n',
      from: ['Ada', 'ada@example.org'],
    },
  ];

  it.each(rows)('is taken from $name', ({ head, from }) => {
    const sender = read('\nHi\n', head).from;

    expect([sender?.name, sender?.address]).toEqual(from);
  });
});
