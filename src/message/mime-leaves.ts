import { readTyped, type Typed } from './content-type.ts';
import { splitEntity, type Header } from './header-block.ts';

/** Deeper nesting is no mail that a person made; it is left out and told. */
const MAX_DEPTH = 30;
/** More parts than this are left out and told. */
const MAX_LEAVES = 200;

/** A part that holds no other parts. Its body still carries its transfer encoding. */
export interface Leaf {
  readonly header: Header;
  readonly type: Typed;
  readonly disposition: Typed;
  readonly body: Buffer;
  /** The outermost multipart/alternative that it is in, by number: text and HTML of one say the same. */
  readonly alternative: number | null;
  /** Of a part of a forwarded mail: the header of that mail and its number. */
  readonly forwarded: { readonly header: Header; readonly number: number } | null;
}

/** All leaves of a mail in the order of reading, and what was left out at the bounds. */
export interface Leaves {
  readonly leaves: readonly Leaf[];
  readonly tooDeep: boolean;
  readonly tooMany: boolean;
  /** A multipart without usable boundary: its body was taken as text. */
  readonly noBoundary: boolean;
  /** Subjects inside a signed part (protected headers): what an encrypting mailer hides from the outside. */
  readonly protectedSubject: string | null;
}

/** A node of the tree that is still to be opened. */
interface Pending {
  readonly header: Header;
  readonly body: Buffer;
  readonly depth: number;
  readonly defaultType: string;
  readonly alternative: number | null;
  readonly forwarded: Leaf['forwarded'];
}

/**
 * Opens a MIME tree with a worklist, since its depth is a stranger's choice. Forwarded mails (message/rfc822) are opened
 * like other parts.
 */
export function findLeaves(root: Header, body: Buffer): Leaves {
  const walk = new Walk();
  walk.todo.push({ header: root, body, depth: 0, defaultType: 'text/plain', alternative: null, forwarded: null });
  for (let node = walk.todo.pop(); node; node = walk.todo.pop()) {
    if (walk.leaves.length >= MAX_LEAVES) {
      walk.tooMany = true;
      break;
    }
    walk.open(node);
  }
  return walk;
}

/** The walk through one tree: what is still to open, and what was found. */
class Walk implements Leaves {
  readonly todo: Pending[] = [];
  readonly leaves: Leaf[] = [];
  tooDeep = false;
  tooMany = false;
  noBoundary = false;
  protectedSubject: string | null = null;
  #numbers = 0;

  open(node: Pending): void {
    this.#numbers += 1;
    const type = typeOf(node);
    if (type.params.has('protected-headers') && node.depth > 0) {
      this.protectedSubject ??= node.header.first('subject') || null;
    }
    const isMultipart = type.value.startsWith('multipart/');
    const isForward = (type.value === 'message/rfc822' || type.value === 'message/global') && isPlain(node.header);
    if (!isMultipart && !isForward) this.leaves.push(toLeaf(node, type));
    else if (node.depth >= MAX_DEPTH) this.tooDeep = true;
    else if (isForward) this.#openForward(node);
    else this.#openMultipart(node, type);
  }

  #openForward(node: Pending): void {
    const inner = splitEntity(node.body);
    const forwarded = { header: inner.header, number: this.#numbers };
    this.todo.push({ ...node, ...inner, depth: node.depth + 1, defaultType: 'text/plain', forwarded });
  }

  #openMultipart(node: Pending, type: Typed): void {
    const children = splitMultipart(node.body, type.params.get('boundary') ?? '');
    if (children === null || children.length === 0) {
      this.noBoundary = true;
      this.leaves.push(toLeaf(node, { value: 'text/plain', params: new Map() }));
      return;
    }
    const alternative = node.alternative ?? (type.value === 'multipart/alternative' ? this.#numbers : null);
    const defaultType = type.value === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
    this.tooMany ||= children.length > MAX_LEAVES;
    for (const child of children.slice(0, MAX_LEAVES).reverse()) {
      this.todo.push({ ...node, ...splitEntity(child), depth: node.depth + 1, defaultType, alternative });
    }
  }
}

function typeOf(node: Pending): Typed {
  const type = readTyped(node.header.first('content-type'));
  return type.value.includes('/') ? type : { value: node.defaultType, params: type.params };
}

/** A forwarded mail must not be encoded as a whole (RFC 2046 5.2.1); one that is stays an attachment. */
function isPlain(header: Header): boolean {
  return !/^(?:base64|quoted-printable)$/i.test(header.first('content-transfer-encoding').trim());
}

function toLeaf(node: Pending, type: Typed): Leaf {
  return {
    header: node.header,
    type,
    disposition: readTyped(node.header.first('content-disposition')),
    body: node.body,
    alternative: node.alternative,
    forwarded: node.forwarded,
  };
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/**
 * The bodies between the boundary lines; the preamble and the epilogue are dropped, as MIME says. A last part without its
 * closing line (a cut mail) counts. `null` without a boundary.
 */
function splitMultipart(body: Buffer, boundary: string): Buffer[] | null {
  if (boundary === '' || boundary.length > 300) return null;
  const mark = Buffer.from(`--${boundary}`, 'utf8');
  const parts: Buffer[] = [];
  let start = -1;
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + mark.length)) {
    if (at > 0 && body[at - 1] !== NEWLINE) continue;
    const line = endOfBoundary(body, at + mark.length);
    if (line === null) continue;
    if (start >= 0) parts.push(body.subarray(start, Math.max(start, beforeLineEnd(body, at))));
    start = line.next;
    if (line.closes || parts.length > MAX_LEAVES) return parts;
  }
  if (start >= 0) parts.push(body.subarray(start));
  return parts;
}

/** What follows a boundary: `--` where it closes, blanks, the line end. `null` where it is some longer boundary. */
function endOfBoundary(body: Buffer, at: number): { closes: boolean; next: number } | null {
  const closes = body[at] === 0x2d && body[at + 1] === 0x2d;
  let next = closes ? at + 2 : at;
  while (body[next] === 0x20 || body[next] === 0x09 || body[next] === RETURN) next += 1;
  if (next >= body.length) return { closes, next: body.length };
  return body[next] === NEWLINE ? { closes, next: next + 1 } : closes ? { closes, next } : null;
}

/** The line end before a boundary belongs to the boundary. */
function beforeLineEnd(body: Buffer, at: number): number {
  return body[at - 2] === RETURN ? at - 2 : at - 1;
}
