import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMessage } from '../../src/message/read-message.ts';
import { multipart, read } from './texts.ts';

const kinds = (message: ReturnType<typeof read>): string[] => message.problems.map(({ kind }) => kind);

describe('readMessage on hostile mail', () => {
  it('stops at thirty levels of a MIME tree of a thousand', () => {
    const open = Array.from(
      { length: 1_000 },
      (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\n\n--b${at}\n`,
    );

    const message = read(`${open.join('')}\ndeep\n`);

    expect([kinds(message), message.parts]).toEqual([['too-deep'], []]);
  });

  it('keeps the text beside a tree that is too deep', () => {
    const nested = Array.from({ length: 1_000 }, () => 'Content-Type: message/rfc822\n\n').join('');

    const message = read(multipart('mixed', ['\nHi', nested]));

    expect([kinds(message), message.parts.map(({ text }) => text)]).toEqual([['too-deep'], ['Hi']]);
  });

  it('reads the first two hundred of ten thousand parts', () => {
    const message = read(
      multipart(
        'mixed',
        Array.from({ length: 10_000 }, (_, at) => `Content-Type: text/plain; name=${at}\n\nx`),
      ),
    );

    expect([kinds(message), message.parts.length]).toEqual([['too-many-parts'], 200]);
  });

  it('cuts a body of 60 MB, a line of 10 MB and 100,000 lines', () => {
    const body = read(`\n${'0123456789'.repeat(7)}\n`.repeat(850_000));
    const line = read(`\n${'x'.repeat(10_000_000)}\nend\n`);
    const lines = read(`\n${'x\n'.repeat(100_000)}`);

    expect([kinds(body), (body.parts[0]?.text.length ?? 0) <= 2 * 1024 * 1024]).toEqual([['part-cut'], true]);
    expect([kinds(line), line.parts[0]?.text.replace(/x+/, (run) => String(run.length))]).toEqual([
      ['line-cut'],
      '16384\nend\n',
    ]);
    expect([kinds(lines), lines.parts[0]?.text.split('\n').length]).toEqual([['part-cut'], 59_997]);
  });

  it('cuts a long line among others and keeps their numbers', () => {
    const message = read(`\na\n${'x'.repeat(30_000)}\nb\n`);

    expect([message.problems, message.parts[0]?.text.split('\n').map(({ length }) => length)]).toEqual([
      [{ kind: 'line-cut', text: 'body: line 2 was cut after 16384 characters' }],
      [1, 16_384, 1, 0],
    ]);
  });

  it('keeps the beginning and the end of a text that is too long, and says what is between them', () => {
    const numbers = Array.from({ length: 500_000 }, (_, at) => `line ${at + 1}`);
    const { parts, problems } = read(`\n${numbers.join('\n')}\n`);

    const [part] = parts;
    const lines = part?.text.split('\n') ?? [];
    const gap = { after: 29_998, lines: 500_000 - 29_998 - 29_997 };
    expect(part?.gap).toEqual(gap);
    expect([lines[0], lines[gap.after], lines[gap.after + 1], lines.at(-2)]).toEqual([
      'line 1',
      '[lines 29999 to 470003 were left out here]',
      'line 470004',
      'line 500000',
    ]);
    expect(problems).toEqual([{ kind: 'part-cut', text: 'body is too long: its lines 29999 to 470003 were left out' }]);
  });

  it.each([
    { name: 'quoted-printable', encode: (text: string) => text.replaceAll('=', '=3D') },
    { name: 'base64', encode: (text: string) => Buffer.from(text).toString('base64') },
    { name: '8bit', encode: (text: string) => text },
  ])('reads what stands behind a line of 10 MB in $name', ({ name, encode }) => {
    const text = `hi\n${'a'.repeat(10_000_000)}\nthe end = here\n`;
    const message = read(`Content-Type: text/plain\nContent-Transfer-Encoding: ${name}\n\n${encode(text)}`);

    expect(message.parts[0]?.text.split('\n').map((line) => line.slice(0, 20))).toEqual([
      'hi',
      'a'.repeat(20),
      'the end = here',
      '',
    ]);
  });

  it('unpacks no more of a gzip bomb than it keeps', () => {
    const bomb = gzipSync(Buffer.alloc(100_000_000, 'x\n')).toString('base64');

    const message = read(
      multipart('mixed', [
        '\nHi',
        `Content-Type: application/gzip; name=log.gz\nContent-Transfer-Encoding: base64\n\n${bomb}`,
      ]),
    );

    expect(kinds(message)).toEqual(['bad-gzip', 'part-cut']);
    expect(message.parts[1]?.text.length).toBeLessThanOrEqual(2 * 1024 * 1024);
  });

  it('reads HTML nested a hundred thousand deep', () => {
    const message = read(`Content-Type: text/html\n\nHi${'<div>'.repeat(100_000)}deep`);

    expect(message.parts[0]?.text.startsWith('Hi')).toBe(true);
  });

  it('keeps the ends of a reference list that is too long', () => {
    const ids = Array.from({ length: 20_000 }, (_, at) => `<${at}@example.org>`);

    const { references } = read(`References: ${ids.join('\n ')}\n\n`);

    expect([references.length, references[0], references.at(-1)]).toEqual([
      5_000,
      '0@example.org',
      '19999@example.org',
    ]);
  });

  it.each([
    ['a header of one line of 10 MB', `X: ${'y'.repeat(10_000_000)}\n\nHi`],
    ['a million header lines', `${'X: y\n'.repeat(1_000_000)}\nHi`],
    ['a subject of open encoded words', `Subject: ${'=?utf-8?q?'.repeat(100_000)}\n\nHi`],
    ['a content type of semicolons', `Content-Type: text/plain${'; a="'.repeat(100_000)}\n\nHi`],
    ['ids that never close', `References: ${'<'.repeat(500_000)}\n\nHi`],
    ['boundaries only', `Content-Type: multipart/mixed; boundary=b\n\n${'--b\n'.repeat(500_000)}`],
  ])('is through with %s in a moment', (_name, mail) => {
    const before = performance.now();

    read(mail);

    expect(performance.now() - before).toBeLessThan(3_000);
  });

  it('never throws on any bytes', () => {
    const piece = fc.constantFrom(
      'Content-Type: multipart/mixed; boundary=b\n',
      'Content-Type: message/rfc822\n',
      'Content-Type: text/html\n',
      'Content-Transfer-Encoding: base64\n',
      'Content-Transfer-Encoding: quoted-printable\n',
      '\n',
      '--b\n',
      '--b--\n',
      'From: =?x?b?==?= <',
      '=?utf-8?q?=C3?=',
      'Date: 1 Jan 1 1:1',
      '-----BEGIN PGP SIGNED MESSAGE-----\n',
      'QQ==',
      '=3',
      '<p>&#x;',
      'format=flowed',
      '\0',
      '\xff\xfe',
      '\r',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 20 })), { maxLength: 60 }), (pieces) => {
        const message = readMessage({ bytes: Buffer.from(pieces.join(''), 'latin1'), origin: 'test' });

        expect(message.id.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});
