/** Bytes of a part with its transfer encoding undone. */
export interface Transferred {
  readonly bytes: Buffer;
  /** One sentence about damage; `null` where there was none. */
  readonly problem: string | null;
}

const EQUALS = 0x3d;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** Undoes a Content-Transfer-Encoding. Unknown ones are taken as none; damage is passed over and told. */
export function decodeTransfer(bytes: Buffer, encoding: string): Transferred {
  switch (encoding) {
    case 'quoted-printable':
      return { bytes: decodeQuotedPrintable(bytes), problem: null };
    case 'base64':
      return decodeBase64(bytes);
    case 'x-uuencode':
    case 'uuencode':
    case 'x-uue':
      return { bytes, problem: 'the part is uuencoded, which is not undone' };
    default:
      return { bytes, problem: null };
  }
}

/** RFC 2045 6.7; an `=` that starts no valid escape stays. Blanks between a soft break's `=` and the line end go too. */
function decodeQuotedPrintable(bytes: Buffer): Buffer {
  let at = bytes.indexOf(EQUALS);
  if (at < 0) return bytes;
  const out = Buffer.allocUnsafeSlow(bytes.length);
  let length = 0;
  let from = 0;
  while (at >= 0) {
    length += bytes.copy(out, length, from, at);
    const code = hexAt(bytes, at + 1);
    if (code >= 0) {
      out[length++] = code;
      from = at + 3;
    } else {
      const next = afterSoftBreak(bytes, at + 1);
      if (next < 0) out[length++] = EQUALS;
      from = next < 0 ? at + 1 : next;
    }
    at = bytes.indexOf(EQUALS, from);
  }
  length += bytes.copy(out, length, from);
  return out.subarray(0, length);
}

function afterSoftBreak(bytes: Buffer, start: number): number {
  let at = start;
  while (at < start + 100 && (bytes[at] === 0x20 || bytes[at] === 0x09)) at += 1;
  if (at >= bytes.length) return at;
  if (bytes[at] === RETURN) at += 1;
  return bytes[at] === NEWLINE ? at + 1 : -1;
}

function hexAt(bytes: Buffer, at: number): number {
  const high = hexDigit(bytes[at]);
  const low = hexDigit(bytes[at + 1]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function hexDigit(code: number | undefined): number {
  if (code === undefined) return -1;
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** The Q encoding of header words: `_` is a blank. */
export function decodeQ(text: string): Buffer {
  return decodeQuotedPrintable(Buffer.from(text.replaceAll('_', ' '), 'latin1'));
}

/** What a list server appends in plain text behind a base64 body starts at a line that no encoder writes. */
const FOREIGN_LINE = /\n(?=[^\n]{0,998}[^A-Za-z0-9+/=\s])/;
const FOREIGN = /[^A-Za-z0-9+/=\s]/;

/**
 * Decodes base64 in any number of padded pieces. Plain text behind it (a list's footer) is kept as it is; other foreign
 * characters are passed over.
 */
function decodeBase64(bytes: Buffer): Transferred {
  let text = bytes.toString('latin1');
  let footer = '';
  let problem: string | null = null;
  if (FOREIGN.test(text)) {
    const at = FOREIGN_LINE.exec(text)?.index ?? -1;
    if (at > 0 && !/^[A-Za-z0-9+/]{60}/m.test(text.slice(at))) {
      footer = text.slice(at);
      text = text.slice(0, at);
    }
    if (FOREIGN.test(text)) problem = 'the base64 text holds characters that do not belong there';
    text = text.replace(/[^A-Za-z0-9+/=\s]+/g, '');
  }
  const pieces = text
    .trimEnd()
    .replace(/={1,4}$/, '')
    .split('=');
  const decoded =
    pieces.length === 1 ? [Buffer.from(text, 'base64')] : pieces.map((piece) => Buffer.from(piece, 'base64'));
  if (footer !== '') decoded.push(Buffer.from(footer, 'latin1'));
  return { bytes: decoded.length === 1 && decoded[0] ? decoded[0] : Buffer.concat(decoded), problem };
}
