import { describe, expect, it } from 'vitest';
import { recognise } from '../../src/mailbox/recognise.ts';
import { mail } from './mails.ts';

const PAGE = `All of the archive
* Xen panics on boot
@ 2017-09-28  8:42 Ada Example
From: Ada Example @ 2017-09-28  8:42 UTC (permalink / raw)
  To: xen-devel

It panics.
`;

const rows: readonly { name: string; text: string; kind: string }[] = [
  { name: 'a mail', text: mail(1), kind: 'mail' },
  { name: 'a mail behind a byte order mark and blank lines', text: `\ufeff\n\n${mail(1)}`, kind: 'mail' },
  { name: 'a mail with CRLF', text: mail(1).replaceAll('\n', '\r\n'), kind: 'mail' },
  { name: 'a mail that quotes a thread page', text: mail(1, PAGE), kind: 'mail' },
  { name: 'an mbox of public-inbox', text: `From mboxrd@z Thu Jan  1 00:00:00 1970\n${mail(1)}`, kind: 'mbox' },
  {
    name: 'an mbox with a zone before the year',
    text: `From a@example.org Thu Sep 28 08:42:00 CEST 2017\n${mail(1)}`,
    kind: 'mbox',
  },
  {
    name: 'a list archive with "at"',
    text: `From ada at example.org  Thu Sep 28 08:42:00 2017\n${mail(1)}`,
    kind: 'mbox',
  },
  {
    name: 'an mbox of a mail client, without a sender',
    text: `From - Thu Sep 28 08:42:00 2017\n${mail(1)}`,
    kind: 'mbox',
  },
  { name: 'a saved thread page', text: PAGE, kind: 'thread-page' },
  { name: 'nothing', text: '', kind: 'none' },
  { name: 'blank lines only', text: ' \n\n\t\n', kind: 'none' },
  {
    name: 'a bare log',
    text: 'BUG: unable to handle page fault\nRIP: 0010:foo+0x1/0x2\nCall Trace:\n foo+0x1/0x2\n',
    kind: 'none',
  },
  { name: 'a letter', text: 'From what I saw at 10:00 in 2017,\nit does not boot.\n', kind: 'none' },
  { name: 'JSON', text: '{ "from": "ada@example.org" }', kind: 'none' },
  { name: 'a program', text: '\x7fELF\x02\x01\x01\0\0\0', kind: 'none' },
  { name: 'an xz archive', text: '\xfd7zXZ\0\0', kind: 'none' },
];

describe('recognise', () => {
  it.each(rows)('takes $name for $kind', ({ text, kind }) => {
    const bytes = Buffer.from(text, text.startsWith('\xfd') ? 'latin1' : 'utf8');

    expect(recognise(bytes).kind).toBe(kind);
  });

  it.each([
    { text: '', why: 'is empty' },
    { text: 'BZh91AY&SY', why: 'is packed with bzip2: unpack it first (bunzip2)' },
    { text: '\0\0\0\0', why: 'is no text, so no mail' },
    {
      text: 'just a note',
      why: 'is text but no mail: no header lines such as From: and Subject: (a pasted log is read by `heddle check`)',
    },
  ])('says that it $why', ({ text, why }) => {
    expect(recognise(Buffer.from(text))).toEqual({ kind: 'none', why });
  });
});
