import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/** Text of bytes, and whether the declared charset had to be given up. */
export interface Decoded {
  readonly text: string;
  /** One sentence, or `null` where the declared charset fitted. */
  readonly problem: string | null;
}

/** Charsets in which bytes below 0x80 do not stand for ASCII. */
const NOT_ASCII_BASED = /^(?:iso-2022-|utf-?7|utf-?16|utf-?32|ucs-?2|hz-gb|unicode-1-1-utf-7)/;

/** Declarations that say nothing: mailers write these when they do not know. */
const UNKNOWN = new Set([
  '',
  'unknown',
  'unknown-8bit',
  'x-unknown',
  'us-ascii',
  'ascii',
  'ansi_x3.4-1968',
  '8bit',
  'binary',
]);

/** What mailers call a charset, and which one they mean: the browsers' rule for the Latin family. */
const MEANT: Readonly<Record<string, string>> = {
  'iso-8859-1': 'windows-1252',
  'iso8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'iso-8859-9': 'windows-1254',
  gb2312: 'gb18030',
  'ks_c_5601-1987': 'euc-kr',
  ks_c_5601: 'euc-kr',
  'x-gbk': 'gb18030',
  'x-sjis': 'shift_jis',
  utf8: 'utf-8',
  'utf-8-mac': 'utf-8',
  'unicode-1-1-utf-7': 'utf-7',
};

/** iconv-lite leaves this one out; the runtime has it. */
const OF_RUNTIME = /^iso-2022-jp/;

/**
 * Decodes bytes by their declared charset; where that is missing, unknown or wrong, as UTF-8, then as windows-1252.
 * Never throws.
 */
export function decodeText(bytes: Buffer, declared: string | null): Decoded {
  const label = (declared ?? '').trim().toLowerCase().slice(0, 40);
  const wide = findUtf16(bytes);
  if (wide !== null) return { text: withoutMark(iconv.decode(bytes, wide)), problem: null };
  if (!NOT_ASCII_BASED.test(label) && isAscii(bytes)) return { text: bytes.toString('latin1'), problem: null };
  const meant = MEANT[label] ?? label;
  if (meant === 'utf-8') return decodeUtf8(bytes, 'the text is declared as UTF-8, but parts of it are not');
  if (UNKNOWN.has(meant)) return decodeUtf8(bytes, null);
  if (OF_RUNTIME.test(meant)) return { text: new TextDecoder('iso-2022-jp').decode(bytes), problem: null };
  if (iconv.encodingExists(meant)) return { text: iconv.decode(bytes, meant), problem: null };
  return { ...decodeUtf8(bytes, null), problem: `unknown charset "${label}"` };
}

/** Whether every byte below 0x80 is the ASCII character: such text may be cut at line ends before it is decoded. */
export function isAsciiBased(bytes: Buffer, declared: string | null): boolean {
  return !NOT_ASCII_BASED.test((declared ?? '').trim().toLowerCase()) && findUtf16(bytes) === null;
}

/** Bytes that are looked at to tell UTF-16 without a mark. */
const WIDE_SAMPLE = 512;

/**
 * Whether bytes are UTF-16, whatever they are declared as: Windows writes logs like that. Told by the byte order mark, or,
 * without one, by every second byte being NUL, which no other text has.
 */
export function findUtf16(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] !== 0 && bytes[1] !== 0) return null;
  const sample = bytes.subarray(0, WIDE_SAMPLE);
  const nuls = { even: 0, odd: 0 };
  sample.forEach((byte, at) => (nuls[at % 2 === 0 ? 'even' : 'odd'] += byte === 0 ? 1 : 0));
  const most = sample.length * 0.45;
  if (sample.length < 8) return null;
  if (nuls.odd >= most && nuls.even === 0) return 'utf-16le';
  return nuls.even >= most && nuls.odd === 0 ? 'utf-16be' : null;
}

function decodeUtf8(bytes: Buffer, complaint: string | null): Decoded {
  if (isUtf8(bytes)) return { text: withoutMark(bytes.toString('utf8')), problem: null };
  const text = bytes.toString('utf8');
  const wrong = text.split('\ufffd').length - 1;
  const right = (text.match(/[\u0080-\ufffc]/g) ?? []).length;
  if (right > wrong)
    return { text: withoutMark(text), problem: complaint ?? 'parts of the text are in no known charset' };
  return { text: iconv.decode(bytes, 'windows-1252'), problem: complaint };
}

function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
