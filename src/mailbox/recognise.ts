import { isSeparator } from './mbox-separator.ts';
import { PAGE_SENDER } from './thread-page.ts';

/** How much of an input is looked at to tell what it is. */
export const LOOK = 64 * 1024;

/** What a stream of bytes is, as far as mail goes. */
export type Recognised =
  | { readonly kind: 'mbox' | 'mail' | 'thread-page' }
  /** `why` finishes a sentence that begins with the name of the input. */
  | { readonly kind: 'none'; readonly why: string };

/** First bytes of what people pass by mistake, and what to tell them. */
const MAGIC: readonly { readonly bytes: string; readonly what: string }[] = [
  { bytes: '\xfd7zXZ\0', what: 'is packed with xz: unpack it first (xz -d)' },
  { bytes: 'BZh', what: 'is packed with bzip2: unpack it first (bunzip2)' },
  { bytes: '\x28\xb5\x2f\xfd', what: 'is packed with zstd: unpack it first (zstd -d)' },
  { bytes: 'PK\x03\x04', what: 'is a zip archive: unpack it first' },
  { bytes: 'SQLite format 3\0', what: 'is a database, not mail' },
  { bytes: '\x7fELF', what: 'is a program, not mail' },
  { bytes: '%PDF-', what: 'is a PDF, not mail' },
];

/** One of these makes a block of `Name: value` lines a mail header; logs are full of other such lines. */
const MAIL_FIELDS = new Set([
  'from',
  'to',
  'cc',
  'date',
  'subject',
  'message-id',
  'received',
  'return-path',
  'delivered-to',
  'mime-version',
  'in-reply-to',
  'list-id',
  'reply-to',
  'sender',
]);

const FIELD = /^(?<name>[!-9;-~]{1,76})[ \t]{0,10}:/;

/** Tells by looking at the first bytes (see {@link LOOK}) what an input is. Names and endings play no part. */
export function recognise(head: Buffer): Recognised {
  const text = head.toString('latin1', 0, LOOK).replace(/^\xef\xbb\xbf/, '');
  const magic = MAGIC.find((row) => text.startsWith(row.bytes));
  if (magic) return { kind: 'none', why: magic.what };
  const body = text.trimStart();
  if (body === '') return { kind: 'none', why: 'is empty' };
  if (isMbox(body)) return { kind: 'mbox' };
  if (isMail(body)) return { kind: 'mail' };
  if (PAGE_SENDER.test(body)) return { kind: 'thread-page' };
  if (text.slice(0, 4096).includes('\0')) return { kind: 'none', why: 'is no text, so no mail' };
  return {
    kind: 'none',
    why: 'is text but no mail: no header lines such as From: and Subject: (a pasted log is read by `heddle check`)',
  };
}

function isMbox(text: string): boolean {
  const end = text.indexOf('\n');
  return end > 0 && isSeparator(text.slice(0, end), text.slice(end + 1, end + 1000), true);
}

/** Looks at the header block only: the first line must be a field, and one field must be one that only mail has. */
function isMail(text: string): boolean {
  let known = false;
  let at = 0;
  for (let count = 0; count < 200 && at < text.length; count += 1) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end < 0 ? text.length : end);
    at = end < 0 ? text.length : end + 1;
    if (line.trim() === '') break;
    if (count === 0 && /^>?From /.test(line)) continue;
    if (/^[ \t]/.test(line) && count > 0) continue;
    const name = FIELD.exec(line.slice(0, 100))?.groups?.['name'];
    if (name === undefined) return known && count > 2;
    if (MAIL_FIELDS.has(name.toLowerCase())) known = true;
  }
  return known;
}
