import { isAscii, isUtf8 } from 'node:buffer';
import { constants, gunzipSync } from 'node:zlib';
import type { Problem } from '../model/message.ts';
import { MAX_PART_TEXT } from './bounds.ts';
import { findUtf16 } from './charset.ts';

/** Text-looking types that nobody reads: signatures, keys, calendars, business cards. */
const UNREAD = new Set([
  'application/pgp-signature',
  'application/pgp-keys',
  'application/pgp-encrypted',
  'application/pkcs7-signature',
  'application/x-pkcs7-signature',
  'application/pkcs7-mime',
  'application/x-pkcs7-mime',
  'application/ics',
  'application/applefile',
  'application/ms-tnef',
  'application/pdf',
  'text/calendar',
  'text/vcard',
  'text/x-vcard',
  'text/directory',
  'text/x-amp-html',
  'text/rfc822-headers',
]);

const NEVER_TEXT = /^(?:image|audio|video|font|model)\//;

/** Unpacked, a log may be this long before it is cut: more than the text that is kept, so that the cut is told. */
const MAX_UNPACKED = 2 * MAX_PART_TEXT;

/** What the bytes of an attachment are. */
export type Attachment =
  | { readonly kind: 'text'; readonly bytes: Buffer }
  /** Something else: a picture, an archive, a signature. */
  | { readonly kind: 'other' };

/** Packings that are told by their first bytes and not undone. Sources: each format's own specification. */
const PACKINGS: readonly { readonly name: string; readonly magic: RegExp }[] = [
  { name: 'xz', magic: /^fd377a585a00/ },
  { name: 'zstd', magic: /^28b52ffd/ },
  { name: 'bzip2', magic: /^425a683[1-9]3141/ },
  { name: 'lz4', magic: /^04224d18/ },
  { name: 'zip', magic: /^504b0304/ },
  { name: '7z', magic: /^377abcaf271c/ },
];

/** What an attachment is called, what it says to be, and its bytes. */
interface Given {
  readonly label: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/**
 * Looks into an attachment: text is told by its bytes where its type does not say so; gzip is unpacked within bounds. Other
 * packings are a problem that is told: the log in them is not read.
 */
export function readAttachment({ label, type, bytes }: Given, problems: Problem[]): Attachment {
  if (UNREAD.has(type) || NEVER_TEXT.test(type)) return { kind: 'other' };
  const packing = findPacking(bytes);
  if (packing !== undefined) {
    const text = `${label} is packed with ${packing}, which is not unpacked; ask for plain text or gzip`;
    problems.push({ kind: 'packed', text });
    return { kind: 'other' };
  }
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    const unpacked = gunzipWithin(bytes);
    if (unpacked.problem !== null) problems.push({ kind: 'bad-gzip', text: unpacked.problem });
    return isText(unpacked.bytes) ? { kind: 'text', bytes: unpacked.bytes } : { kind: 'other' };
  }
  return type.startsWith('text/') || isText(bytes) ? { kind: 'text', bytes } : { kind: 'other' };
}

function findPacking(bytes: Buffer): string | undefined {
  const head = bytes.toString('hex', 0, 6);
  return PACKINGS.find(({ magic }) => magic.test(head))?.name;
}

/** Whether a type alone says that its bytes need not be looked at. */
export function isUnread(type: string): boolean {
  return UNREAD.has(type) || NEVER_TEXT.test(type);
}

/** Whether bytes are a text that people may have written or logged, in any coding. */
export function isText(bytes: Buffer): boolean {
  return findUtf16(bytes) !== null || looksLikeText(bytes);
}

/** No NUL, hardly any control characters, and either UTF-8 or only a few bytes beyond ASCII. */
function looksLikeText(bytes: Buffer): boolean {
  const head = bytes.subarray(0, 8192);
  if (head.length === 0 || head.toString('latin1', 0, 5) === '%PDF-') return false;
  let control = 0;
  let high = 0;
  for (const code of head) {
    if (code === 0) return false;
    if (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d && code !== 0x0c && code !== 0x1b) control += 1;
    if (code >= 0x80) high += 1;
  }
  if (control * 50 > head.length) return false;
  // A character may be cut in two at the end of what was looked at.
  return (
    isAscii(head) || high * 10 < head.length || [0, 1, 2, 3].some((cut) => isUtf8(head.subarray(0, head.length - cut)))
  );
}

/**
 * Unpacks at most {@link MAX_UNPACKED} bytes: what is larger (or made to burst) is unpacked from ever shorter beginnings of
 * the packed bytes until it fits. A damaged end loses only what is behind the damage.
 */
function gunzipWithin(packed: Buffer): { bytes: Buffer; problem: string | null } {
  let input = packed;
  for (let attempt = 0; attempt < 24; attempt += 1) {
    try {
      const bytes = gunzipSync(input, { maxOutputLength: MAX_UNPACKED, finishFlush: constants.Z_SYNC_FLUSH });
      if (attempt === 0) return { bytes, problem: null };
      return { bytes, problem: 'a gzipped attachment is damaged or too large; only its beginning was read' };
    } catch {
      input = input.subarray(0, input.length >> 1);
    }
  }
  return { bytes: Buffer.alloc(0), problem: 'a gzipped attachment cannot be unpacked' };
}
