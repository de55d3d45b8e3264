import { isUtf8 } from 'node:buffer';
import { decodeText } from './charset.ts';

/** Header blocks beyond this are cut: the longest real ones (thousands of references) stay below. */
const MAX_HEADER = 1024 * 1024;
/** Fields beyond this number are dropped. */
const MAX_FIELDS = 2_000;

/** The fields of a header block, unfolded but not decoded, by lower-case name. */
export class Header {
  readonly #fields: ReadonlyMap<string, readonly string[]>;

  constructor(fields: ReadonlyMap<string, readonly string[]>) {
    this.#fields = fields;
  }

  /** The first field of that name; the empty string where there is none. */
  first(name: string): string {
    return this.#fields.get(name)?.[0] ?? '';
  }

  /** All fields of that name, in order. */
  all(name: string): readonly string[] {
    return this.#fields.get(name) ?? [];
  }

  names(): IterableIterator<string> {
    return this.#fields.keys();
  }
}

/**
 * Parts an entity (a mail, or a part of one) into header and body at the first blank line.
 *
 * A `From ` line, a byte order mark and blank lines before the header are passed over. Lines that are no fields are
 * left out. Without a blank line all is header, unless no line looks like a field: then all is body.
 */
export function splitEntity(entity: Buffer): { header: Header; body: Buffer } {
  const start = startOfHeader(entity);
  const end = endOfHeader(entity, start);
  const text = headerText(entity.subarray(start, Math.min(end.header, start + MAX_HEADER)));
  const fields = readFields(text);
  if (fields.size === 0 && end.body >= entity.length)
    return { header: new Header(fields), body: entity.subarray(start) };
  return { header: new Header(fields), body: entity.subarray(end.body) };
}

function startOfHeader(entity: Buffer): number {
  let at = entity[0] === 0xef && entity[1] === 0xbb && entity[2] === 0xbf ? 3 : 0;
  while (entity[at] === 0x0a || (entity[at] === 0x0d && entity[at + 1] === 0x0a)) at += 1;
  const first = entity.toString('latin1', at, at + 6);
  if (!first.startsWith('From ') && first !== '>From ') return at;
  const end = entity.indexOf(0x0a, at);
  return end < 0 ? entity.length : end + 1;
}

function endOfHeader(entity: Buffer, start: number): { header: number; body: number } {
  if (entity[start] === 0x0a) return { header: start, body: start + 1 };
  for (let at = entity.indexOf(0x0a, start); at >= 0; at = entity.indexOf(0x0a, at + 1)) {
    if (entity[at + 1] === 0x0a) return { header: at + 1, body: at + 2 };
    if (entity[at + 1] === 0x0d && entity[at + 2] === 0x0a) return { header: at + 1, body: at + 3 };
  }
  return { header: entity.length, body: entity.length };
}

/** Most headers are ASCII or UTF-8 (RFC 6532); where a block is neither, each line is judged by itself. */
function headerText(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const lines = bytes.toString('latin1').split('\n');
  return lines.map((line) => decodeText(Buffer.from(line, 'latin1'), null).text).join('\n');
}

function readFields(text: string): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  let values: string[] | undefined;
  let count = 0;
  for (let at = 0; at < text.length;) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, text.charCodeAt(end - 1) === 13 ? end - 1 : end);
    at = end + 1;
    const first = line.charCodeAt(0);
    if (first === 32 || first === 9) {
      if (values) values.push(`${values.pop() ?? ''} ${line.trim()}`);
      continue;
    }
    values = undefined;
    const colon = line.indexOf(':');
    if (colon <= 0 || colon > 76 || count >= MAX_FIELDS) continue;
    const name = line.slice(0, colon).trimEnd().toLowerCase();
    if (/[^!-9;-~]/.test(name)) continue;
    count += 1;
    values = fields.get(name);
    if (!values) fields.set(name, (values = []));
    values.push(line.slice(colon + 1).trim());
  }
  return fields;
}
