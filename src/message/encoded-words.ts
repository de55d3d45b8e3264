import { decodeText } from './charset.ts';
import { decodeQ } from './transfer.ts';

/** RFC 2047, with the liberties that mailers take: blanks inside, longer than 75 characters. */
const WORD = /=\?(?<charset>[^?\s]{1,40})\?(?<coding>[bBqQ])\?(?<text>[^?\n]{0,2000})\?=/g;

/**
 * Decodes the encoded words of a header value. Neighbours of one charset are joined before they are decoded, since some
 * mailers cut a character in two. A value without any comes back as it is.
 */
export function decodeWords(value: string): string {
  if (!value.includes('=?')) return value;
  let out = '';
  let from = 0;
  let run: { charset: string; bytes: Buffer[] } | null = null;
  const flush = (): void => {
    if (run) out += decodeText(Buffer.concat(run.bytes), run.charset).text;
    run = null;
  };
  for (const match of value.matchAll(WORD)) {
    const between = value.slice(from, match.index);
    const { charset = '', coding = '', text = '' } = match.groups ?? {};
    const bytes = coding.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : decodeQ(text);
    const label = charset.replace(/\*.*$/, '').toLowerCase();
    if (run !== null && run.charset === label && between.trim() === '') {
      run.bytes.push(bytes);
    } else {
      const adjacent = run !== null && between.trim() === '';
      flush();
      out += adjacent ? '' : between;
      run = { charset: label, bytes: [bytes] };
    }
    from = match.index + match[0].length;
  }
  flush();
  return out + value.slice(from);
}
