/**
 * One mail, made clean: what the header says, the text of each part, and what had to be left out.
 * The maker is `message/read-message.ts`; everybody else only reads.
 */

declare const brand: unique symbol;

/** A Message-ID without its angle brackets. Only {@link toMessageId} and {@link findMessageIds} make one. */
export type MessageId = string & { readonly [brand]: 'MessageId' };

/** The longest id that is believed; longer ones are noise that some mailer wrote into the header. */
const MAX_ID = 500;

const BRACKETED_ID = /<\s*(?<id>[^<>\s]{1,500})\s*>/g;

/**
 * Every Message-ID that a header value holds, in order, without angle brackets.
 * Words beside them ("Your message of Tuesday <a@b>") are left out; a bare `a@b` counts only where the
 * value is nothing else.
 */
export function findMessageIds(value: string): MessageId[] {
  const found: MessageId[] = [];
  for (const match of value.matchAll(BRACKETED_ID)) found.push(match.groups?.['id'] as MessageId);
  if (found.length > 0) return found;
  const bare = value.trim();
  return bare.length <= MAX_ID && /^[^\s<>]+@[^\s<>]+$/.test(bare) ? [bare as MessageId] : [];
}

/** The first Message-ID that a header value holds, or `undefined`. */
export function toMessageId(value: string): MessageId | undefined {
  return findMessageIds(value)[0];
}

/** A person or a list. `address` is in lower case; `name` is `null` where the mail gives none. */
export interface Address {
  readonly name: string | null;
  readonly address: string;
}

/** One line of a part as its author sent it. */
export interface Line {
  /** 1-based, in the decoded text of the part. */
  readonly number: number;
  /** Without quote marks, and without the line end. */
  readonly text: string;
  /** How many quote marks stood in front: 0 for the author's own words. */
  readonly depth: number;
}

/** The text of one part: the body, or a text attachment. */
export interface Part {
  /** `body`, or the attachment's file name (made unique within the mail). */
  readonly name: string;
  /** The media type as declared, in lower case: `text/plain`. */
  readonly type: string;
  /** The decoded text, LF line ends, NUL removed; format=flowed is NOT undone. */
  readonly text: string;
  /** Whether the part says format=flowed, and then whether DelSp=yes: for the readers of logs. */
  readonly flowed: boolean;
  readonly delSp: boolean;
  /** Lines that a part beyond all bounds lost in its middle; absent where it is whole. */
  readonly gap?: Gap;
}

/** Lines that are missing in a part's text; one line stands in their place and says so. */
export interface Gap {
  /** How many lines of the part stand before them. */
  readonly after: number;
  /** How many are missing. */
  readonly lines: number;
}

/** Something in a mail that could not be read, or was cut at a bound. */
export interface Problem {
  /** What kind: rows of a closed list, for counting. */
  readonly kind:
    | 'no-message-id'
    | 'bad-date'
    | 'bad-charset'
    | 'bad-encoding'
    | 'too-deep'
    | 'too-many-parts'
    | 'part-cut'
    | 'line-cut'
    | 'bad-gzip'
    | 'packed'
    | 'forged-copy'
    | 'bad-mime'
    | 'too-large';
  /** One sentence for a person. */
  readonly text: string;
}

/** One mail. */
export interface Message {
  /** From the Message-ID header; where there is none, made from the content, ending in `@heddle.invalid`. */
  readonly id: MessageId;
  readonly from: Address | null;
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  /** ISO 8601 in UTC, of the Date header; `null` where it cannot be read. */
  readonly date: string | null;
  /** As decoded, white space folded; may be empty. */
  readonly subject: string;
  readonly inReplyTo: readonly MessageId[];
  /** In the order of the header: oldest first, the parent last. */
  readonly references: readonly MessageId[];
  /** List-Id values, without angle brackets, in lower case. */
  readonly lists: readonly string[];
  /**
   * Other header fields that rules look at, decoded and unfolded, by lower-case name; a field that occurs
   * several times has several values. See `KEPT_HEADERS` in `message/`.
   */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** The body first (where there is text), then text attachments in order. */
  readonly parts: readonly Part[];
  /** Names and types of the parts that are no text (pictures, archives), for people to know of. */
  readonly otherParts: readonly { readonly name: string; readonly type: string; readonly bytes: number }[];
  /** Link to the public archive, where the input names it; else `null`. */
  readonly url: string | null;
  readonly problems: readonly Problem[];
}

/** Quote marks at the start of a line: `> `, `>>`, `> >`, ` > `, `| ` and initials such as `JB>`. */
const QUOTE = /^(?:[ \t]{0,3}[>|][ \t]?)/;
const MAX_DEPTH = 50;

/**
 * Splits a part's text into lines and takes the quote marks off.
 *
 * One blank after each mark belongs to the mark; further blanks belong to the text. `|` counts as a mark only
 * behind or before a `>` or when the line goes on with a blank, since tables and diagrams use it too.
 */
export function toLines(text: string): Line[] {
  const lines: Line[] = [];
  let number = 0;
  for (const raw of text.split('\n')) {
    number += 1;
    lines.push(toLine(raw, number));
  }
  return lines;
}

function toLine(raw: string, number: number): Line {
  let rest = raw;
  let depth = 0;
  while (depth < MAX_DEPTH) {
    const mark = QUOTE.exec(rest);
    if (!mark) break;
    if (mark[0].includes('|') && depth === 0 && !/^\| {0,1}\S/.test(rest)) break;
    rest = rest.slice(mark[0].length);
    depth += 1;
  }
  return { number, text: rest, depth };
}
