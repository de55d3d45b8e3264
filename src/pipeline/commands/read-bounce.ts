import { toSafeLine } from '../../lib/safe-text.ts';

/** A report that a letter did not arrive (RFC 3464). */
export interface Bounce {
  /** Message-ID of the letter. */
  readonly messageId: string;
  /** `false`: it is late, and still on its way. */
  readonly isFinal: boolean;
  /** One line: what the far server said. */
  readonly reason: string;
}

const MOST = 128 * 1024;
const REPORT = /^content-type:\s{0,9}multipart\/report\b/im;
const FAILED = /^(?:mailer-daemon|postmaster)\b/i;

/**
 * Reads a delivery report by its lines, wherever its parts are: it has to be one (multipart/report), and to name a letter of ours by
 * the Message-ID that nobody can guess. Never throws.
 */
export function readBounce(bytes: Buffer): Bounce | null {
  const text = bytes.subarray(0, MOST).toString('latin1').replace(/\r\n/g, '\n');
  const sender = /^from:[^\n<]{0,200}<?(?<address>[^\s<>@]{1,64})@/im.exec(text)?.groups?.['address'] ?? '';
  if (!REPORT.test(text) && !FAILED.test(sender)) return null;
  // Its own id names no letter: that stands in the header of what came back.
  const messageId = /heddle\.(?:post|root)\.[0-9a-f]{32}@[a-z0-9.-]{1,189}/i.exec(text)?.[0];
  if (messageId === undefined) return null;
  const action = read(text, 'action').toLowerCase();
  const status = read(text, 'status');
  if (action === '' && status === '') return null;
  const said = read(text, 'diagnostic-code').replace(/^smtp\s{0,3};\s{0,3}/i, '');
  const reason = toSafeLine(said === '' ? `status ${status}` : said, 200);
  return { messageId: messageId.toLowerCase(), isFinal: action === 'failed' || status.startsWith('5'), reason };
}

function read(text: string, field: string): string {
  const match = new RegExp(`^${field}:[ \\t]{0,9}(?<value>[^\\n]{0,400})`, 'im').exec(text);
  return match?.groups?.['value']?.trim() ?? '';
}
