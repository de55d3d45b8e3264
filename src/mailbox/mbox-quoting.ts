/** How an mbox protects lines of a body that begin with `From `. */
export type Dialect =
  /** One more `>` before every line that is `>`s and `From `: one comes off again. */
  | 'mboxrd'
  /** `>` before `From ` alone; a line that already had one is left, so only a single one comes off. */
  | 'mboxo'
  /** Nothing is protected: Content-Length says where a mail ends, or nobody cared (git format-patch). */
  | 'unquoted';

const NEWLINE = 0x0a;
const QUOTE = 0x3e;
const FROM = Buffer.from('From ');

/** Takes off what the dialect put before `From ` lines. Returns the same buffer where there is nothing to do. */
export function unquote(mail: Buffer, dialect: Dialect): Buffer {
  if (dialect === 'unquoted' || !mail.includes('>From ')) return mail;
  const kept: Buffer[] = [];
  let from = 0;
  for (let at = mail.indexOf('>From '); at >= 0; at = mail.indexOf('>From ', at + 1)) {
    const start = startOfQuotes(mail, at);
    if (start === null || (dialect === 'mboxo' && (start !== at || isInsideQuote(mail, at)))) continue;
    kept.push(mail.subarray(from, start));
    from = start + 1;
  }
  if (from === 0 && kept.length === 0) return mail;
  kept.push(mail.subarray(from));
  return Buffer.concat(kept);
}

/** Start of the line, where only `>` stand before `at`; else `null`. Looks back a bounded way. */
function startOfQuotes(mail: Buffer, at: number): number | null {
  let start = at;
  while (start > 0 && mail[start - 1] === QUOTE && at - start < 100) start -= 1;
  return start === 0 || mail[start - 1] === NEWLINE ? start : null;
}

/** An mboxo cannot tell a protected line from a quoted one: between other quoted lines it is a quoted one. */
function isInsideQuote(mail: Buffer, at: number): boolean {
  const next = mail.indexOf(NEWLINE, at);
  if (next >= 0 && mail[next + 1] === QUOTE && !isProtected(mail, next + 1)) return true;
  const before = at < 2 ? -1 : mail.lastIndexOf(NEWLINE, at - 2);
  return before >= 0 && mail[before + 1] === QUOTE && !isProtected(mail, before + 1);
}

function isProtected(mail: Buffer, at: number): boolean {
  return mail.subarray(at + 1, at + 1 + FROM.length).equals(FROM);
}
