import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MboxSplitter, type SplitMail } from '../../src/mailbox/mbox-splitter.ts';
import { mail } from './mails.ts';

const RD = 'From mboxrd@z Thu Jan  1 00:00:00 1970\n';
const O = 'From ada@example.org Thu Sep 28 08:42:00 2017\n';
const GIT = 'From 5c36ae35c36ae35c36ae35c36ae35c36ae35c36a Mon Sep 17 00:00:00 2001\n';

function split(text: string, chunk = text.length || 1, limit = 1_000_000): SplitMail[] {
  const splitter = new MboxSplitter(limit);
  const bytes = Buffer.from(text);
  const mails: SplitMail[] = [];
  for (let at = 0; at < bytes.length; at += chunk) mails.push(...splitter.push(bytes.subarray(at, at + chunk)));
  return [...mails, ...splitter.finish()];
}

const textOf = (mails: readonly SplitMail[]): string[] => mails.map(({ bytes }) => bytes.toString());

/** A header with Content-Length of exactly `body`. */
const counted = (number: number, body: string): string =>
  mail(number, '').replace(/\n\n$/, `\nContent-Length: ${Buffer.byteLength(body)}\n\n${body}`);

const quoted = '>From here\n>>From there\n';
const prose = 'From here on it hangs at 10:00 in 2017.\n';

const rows: readonly { name: string; mbox: string; mails: string[] }[] = [
  { name: 'two mails', mbox: `${RD}${mail(1)}\n${RD}${mail(2)}\n`, mails: [mail(1), mail(2)] },
  {
    name: 'a blank end of the body',
    mbox: `${RD}${mail(1, 'a\n\n')}\n${RD}${mail(2)}\n`,
    mails: [mail(1, 'a\n\n'), mail(2)],
  },
  { name: 'no blank line between the mails', mbox: `${O}${mail(1)}${O}${mail(2)}`, mails: [mail(1), mail(2)] },
  {
    name: 'CRLF',
    mbox: `${O}${mail(1)}\n${O}${mail(2)}\n`.replaceAll('\n', '\r\n'),
    mails: [mail(1), mail(2)].map((text) => text.replaceAll('\n', '\r\n')),
  },
  { name: 'mboxrd quoting', mbox: `${RD}${mail(1, quoted)}\n`, mails: [mail(1, 'From here\n>From there\n')] },
  {
    name: 'mboxo quoting',
    mbox: `${O}${mail(1, `a\n${quoted.slice(0, 11)}b\n`)}\n`,
    mails: [mail(1, 'a\nFrom here\nb\n')],
  },
  {
    name: 'a quoted line in an mboxo',
    mbox: `${O}${mail(1, '> a\n>From here\n> b\n')}\n`,
    mails: [mail(1, '> a\n>From here\n> b\n')],
  },
  { name: 'format-patch, which quotes nothing', mbox: `${GIT}${mail(1, quoted)}\n`, mails: [mail(1, quoted)] },
  {
    name: 'prose that begins with From',
    mbox: `${O}${mail(1, `\n${prose}Yes.\n`)}\n${O}${mail(2)}\n`,
    mails: [mail(1, `\n${prose}Yes.\n`), mail(2)],
  },
  {
    name: 'mboxcl2: a whole mbox inside a body by Content-Length',
    mbox: `${O}${counted(1, `\n${O}${mail(9)}\n`)}\n${O}${mail(2)}\n`,
    mails: [counted(1, `\n${O}${mail(9)}\n`), mail(2)],
  },
  {
    name: 'mboxcl',
    mbox: `${O}${counted(1, '>From here\n')}\n${O}${mail(2)}\n`,
    mails: [counted(1, '>From here\n').replace('>From', 'From'), mail(2)],
  },
  {
    name: 'a Content-Length that is a lie',
    mbox: `${O}${counted(1, 'short\n').replace('Content-Length: 6', 'Content-Length: 300')}\n${O}${mail(2)}\n${O}${mail(3)}\n`,
    mails: [counted(1, 'short\n').replace('Content-Length: 6', 'Content-Length: 300'), mail(2), mail(3)],
  },
];

describe('MboxSplitter', () => {
  it.each(rows)('splits $name', ({ mbox, mails }) => {
    expect(textOf(split(mbox))).toEqual(mails);
  });

  it.each(rows)('splits $name, byte by byte', ({ mbox, mails }) => {
    expect(textOf(split(mbox, 1))).toEqual(mails);
  });

  it('gives the same mails however the bytes come', () => {
    const mbox = rows.map((row) => row.mbox).join('\n');
    const whole = split(mbox);

    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000 }), (chunk) => {
        expect(split(mbox, chunk)).toEqual(whole);
      }),
    );
  });

  it('cuts a mail at the limit and goes on with the next', () => {
    const mbox = `${O}${mail(1, `${'x'.repeat(70)}\n`.repeat(400))}\n${O}${mail(2)}\n`;

    const mails = split(mbox, 500, 10_000);

    expect(mails.map(({ number, cut }) => [number, cut])).toEqual([
      [1, true],
      [2, false],
    ]);
    expect(mails[0]?.bytes.length).toBeLessThanOrEqual(10_000);
    expect(mails[1]?.bytes.toString()).toBe(mail(2));
  });

  it('says that the last mail ends in the middle of a line', () => {
    expect(split(`${O}${mail(1)}\n${O}${mail(2).slice(0, -4)}`).map(({ ended }) => ended)).toEqual([true, false]);
  });

  it('gives back any mails that were written as mboxrd', () => {
    const line = fc.constantFrom(
      'text',
      '',
      'From ada@example.org Thu Sep 28 08:42:00 2017',
      '>From x',
      'Subject: y',
      '> q',
      '>>From z',
      'From me',
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(line, { maxLength: 8 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 200 }),
        (bodies, chunk) => {
          const mails = bodies.map((lines, index) => mail(index, lines.map((text) => `${text}\n`).join('')));
          const mbox = mails
            .map((text) => `${RD}${text.replace(/^(?=>*From )/gm, (_m, at: number) => (at === 0 ? '' : '>'))}\n`)
            .join('');

          expect(textOf(split(mbox, chunk))).toEqual(mails);
        },
      ),
    );
  });
});
