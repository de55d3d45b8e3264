import { unquote, type Dialect } from './mbox-quoting.ts';
import { isSeparator, MAX_SEPARATOR } from './mbox-separator.ts';

/** A mail as it was cut out of an mbox. */
export interface SplitMail {
  readonly bytes: Buffer;
  /** 1-based, in the mbox. */
  readonly number: number;
  /** Whether it was longer than the limit: `bytes` are its beginning. */
  readonly cut: boolean;
  /** Whether it ended at a line end, as every mail of an mbox does; only the last one may not. */
  readonly ended: boolean;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const SEPARATOR = Buffer.from('\nFrom ');
const CONTENT_LENGTH = /^Content-Length:[ \t]{0,10}(?<bytes>\d{1,12})[ \t\r]{0,10}$/im;
/** Where Content-Length is looked for: nobody writes a header block longer than this with one in it. */
const MAX_HEADER = 64 * 1024;

/** What the splitter needs to see behind a `From ` line: that line, and the beginning of the next. */
const LOOK_AHEAD = MAX_SEPARATOR + 100;

/**
 * Cuts an mbox into mails as its bytes come in. Holds one mail at a time, at most `limit` bytes of it.
 *
 * A mail's dialect is told by looking: `From mboxrd@z` (public-inbox) is mboxrd, a git commit id is format-patch,
 * a Content-Length that ends exactly before the next mail is mboxcl, all others are mboxo.
 */
export class MboxSplitter {
  readonly #limit: number;
  /** What has come in and is not handed out; starts at the `From ` line of the current mail. */
  #buffer = Buffer.alloc(0);
  #length = 0;
  /** Where the search for the next separator goes on. */
  #scan = 0;
  #number = 1;
  /** The current mail was too long: it has been handed out, and the rest of it is dropped. */
  #skipping = false;
  /** Where the body of the current mail says that it ends; `undefined`: not looked yet, `null`: it does not say. */
  #declaredEnd: number | null | undefined;
  #lengthHolds = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes the next bytes, gives the mails that are complete by now. */
  push(chunk: Buffer): SplitMail[] {
    this.#append(chunk);
    const mails = this.#take(false);
    if (this.#length > this.#limit) {
      if (!this.#skipping) mails.push(this.#cutMail(this.#limit, true, true));
      this.#skipping = true;
      this.#drop(this.#scan);
    }
    return mails;
  }

  /** No more bytes: gives the last mail. */
  finish(): SplitMail[] {
    const mails = this.#take(true);
    if (!this.#skipping && this.#length > 0) {
      mails.push(this.#cutMail(this.#length, false, this.#buffer[this.#length - 1] === NEWLINE));
    }
    this.#length = 0;
    return mails;
  }

  /** Grows by doubling, so that a long mail is not copied once for every chunk. */
  #append(chunk: Buffer): void {
    const needed = this.#length + chunk.length;
    if (needed > this.#buffer.length) {
      const capacity = this.#length > chunk.length ? Math.max(needed, this.#length * 2) : needed;
      const grown = Buffer.allocUnsafeSlow(capacity);
      this.#buffer.copy(grown, 0, 0, this.#length);
      this.#buffer = grown;
    }
    chunk.copy(this.#buffer, this.#length);
    this.#length = needed;
  }

  /** Forgets the front. The rest starts in memory of its own, since mails that were handed out still use the old. */
  #drop(count: number): void {
    this.#buffer = this.#buffer.subarray(count, this.#length);
    this.#buffer = Buffer.from(this.#buffer);
    this.#length = this.#buffer.length;
    this.#scan = Math.max(0, this.#scan - count);
  }

  #take(last: boolean): SplitMail[] {
    const mails: SplitMail[] = [];
    const bytes = this.#buffer.subarray(0, this.#length);
    let start = 0;
    for (;;) {
      const at = bytes.indexOf(SEPARATOR, this.#scan);
      if (at < 0) {
        this.#scan = Math.max(this.#scan, this.#length - SEPARATOR.length);
        break;
      }
      this.#scan = at;
      if (!last && this.#length - at < LOOK_AHEAD) break;
      const jump = this.#jump(bytes, start, at, last);
      if (jump === 'wait') break;
      if (jump !== null) {
        this.#scan = jump;
        continue;
      }
      this.#scan = at + 1;
      if (!this.#isSeparatorAt(bytes, at + 1)) continue;
      if (!this.#skipping) mails.push(this.#mail(bytes.subarray(start, at + 1), false, true));
      this.#next();
      start = at + 1;
    }
    if (start > 0) this.#drop(start);
    return mails;
  }

  #next(): void {
    this.#number += 1;
    this.#skipping = false;
    this.#declaredEnd = undefined;
    this.#lengthHolds = false;
  }

  #isSeparatorAt(bytes: Buffer, at: number): boolean {
    const ahead = bytes.toString('latin1', at, at + LOOK_AHEAD);
    const end = ahead.indexOf('\n');
    if (end < 0) return false;
    const before = bytes[at - 2] === RETURN ? bytes[at - 3] : bytes[at - 2];
    return isSeparator(ahead.slice(0, end), ahead.slice(end + 1), at < 2 || before === NEWLINE);
  }

  /**
   * Where the mail's Content-Length reaches beyond `at` and a mail (or the end) really stands behind it: where to go on
   * searching. `null` where `at` has to be judged by itself.
   */
  #jump(bytes: Buffer, start: number, at: number, last: boolean): number | 'wait' | null {
    if (this.#lengthHolds || this.#skipping) return null;
    if (this.#declaredEnd === undefined) this.#declaredEnd = declaredEnd(bytes.subarray(start), this.#limit);
    if (this.#declaredEnd === null) return null;
    const end = start + this.#declaredEnd;
    if (end <= at) {
      this.#lengthHolds = end >= at - 2;
      return null;
    }
    if (!last && this.#length < end + LOOK_AHEAD) return 'wait';
    const next = pastLineEnds(bytes, end);
    this.#lengthHolds = (last && next >= this.#length) || this.#isSeparatorAt(bytes, next);
    if (!this.#lengthHolds) this.#declaredEnd = null;
    return this.#lengthHolds && next - 1 > at ? next - 1 : null;
  }

  #cutMail(length: number, cut: boolean, ended: boolean): SplitMail {
    return this.#mail(this.#buffer.subarray(0, length), cut, ended);
  }

  #mail(stored: Buffer, cut: boolean, ended: boolean): SplitMail {
    const first = stored.indexOf(NEWLINE);
    const line = stored.toString('latin1', 0, Math.min(first < 0 ? stored.length : first, 80));
    const raw = cut ? stored.subarray(first + 1) : withoutBlankEnd(stored.subarray(first + 1));
    return { bytes: unquote(raw, this.#dialect(line, raw)), number: this.#number, cut, ended };
  }

  #dialect(line: string, raw: Buffer): Dialect {
    if (line.startsWith('From mboxrd@')) return 'mboxrd';
    if (/^From [0-9a-f]{40} /.test(line)) return 'unquoted';
    return this.#lengthHolds && raw.includes(SEPARATOR) ? 'unquoted' : 'mboxo';
  }
}

/** A body by Content-Length is followed by a line end or two that count for neither mail. */
function pastLineEnds(bytes: Buffer, at: number): number {
  let next = at;
  while (next < at + 3 && (bytes[next] === NEWLINE || bytes[next] === RETURN)) next += 1;
  return next;
}

/** Offset of the body's end by Content-Length, from the start of the mail; `null` where the mail does not say. */
function declaredEnd(mail: Buffer, limit: number): number | null {
  const line = mail.indexOf(NEWLINE) + 1;
  if (mail.toString('latin1', 0, 12) === 'From mboxrd@') return null;
  const blankLine = mail[line - 2] === RETURN ? '\n\r\n' : '\n\n';
  const blank = mail.subarray(0, MAX_HEADER).indexOf(blankLine, line);
  if (blank < 0) return null;
  const declared = CONTENT_LENGTH.exec(mail.toString('latin1', line, blank))?.groups?.['bytes'];
  const body = blank + blankLine.length;
  return declared === undefined || body + Number(declared) > limit ? null : body + Number(declared);
}

/** Every dialect puts one blank line between mails; it is not the mail's. */
function withoutBlankEnd(mail: Buffer): Buffer {
  if (mail.length < 2 || mail[mail.length - 1] !== NEWLINE) return mail;
  if (mail[mail.length - 2] === NEWLINE) return mail.subarray(0, -1);
  const dos = mail[mail.length - 2] === RETURN && mail[mail.length - 3] === NEWLINE;
  return dos ? mail.subarray(0, -2) : mail;
}
