import { decodeText } from './charset.ts';
import { decodeWords } from './encoded-words.ts';

/** A Content-Type or Content-Disposition value: `text/plain; charset=utf-8`. */
export interface Typed {
  /** In lower case; empty where the value has none. */
  readonly value: string;
  /** By lower-case name, RFC 2231 continuations joined and decoded. */
  readonly params: ReadonlyMap<string, string>;
}

/** Values longer than this are cut. */
const MAX_VALUE = 10_000;
const PARAMETER =
  /;\s{0,20}(?<name>[^\s=;"]{1,100})\s{0,20}=\s{0,20}(?:"(?<quoted>(?:[^"\\]|\\.){0,2000})"|(?<bare>[^\s;"]{0,2000}))/g;

/** Reads a structured MIME value. Damaged parameters are left out. */
export function readTyped(field: string): Typed {
  const text = field.slice(0, MAX_VALUE);
  const end = text.indexOf(';');
  const value = (end < 0 ? text : text.slice(0, end)).trim().toLowerCase().split(/\s/, 1)[0] ?? '';
  return { value, params: end < 0 ? new Map() : readParams(text.slice(end)) };
}

function readParams(text: string): Map<string, string> {
  const params = new Map<string, string>();
  const pieces = new Map<string, Piece[]>();
  for (const match of text.matchAll(PARAMETER)) {
    const { name = '', quoted, bare = '' } = match.groups ?? {};
    const value = quoted === undefined ? bare : quoted.replace(/\\(?<char>.)/g, '$<char>');
    const [base = '', ...marks] = name.toLowerCase().split('*');
    if (marks.length === 0) {
      if (!params.has(base)) params.set(base, decodeWords(value));
      continue;
    }
    const order = /^\d{1,4}$/.test(marks[0] ?? '') ? Number(marks[0]) : 0;
    const list = pieces.get(base) ?? [];
    list.push({ order, value, encoded: marks.at(-1) === '' });
    pieces.set(base, list);
  }
  for (const [name, list] of pieces) params.set(name, joinPieces(list));
  return params;
}

interface Piece {
  readonly order: number;
  readonly value: string;
  readonly encoded: boolean;
}

/** RFC 2231: `filename*0*=utf-8''a%20; filename*1=b`. */
function joinPieces(pieces: readonly Piece[]): string {
  let charset = 'utf-8';
  const bytes = [...pieces]
    .sort((a, b) => a.order - b.order)
    .map((piece, index) => {
      if (!piece.encoded) return Buffer.from(piece.value);
      const marked =
        index === 0 ? /^(?<charset>[^']{0,40})'[^']{0,40}'(?<rest>.*)$/.exec(piece.value)?.groups : undefined;
      if (marked) charset = marked['charset'] ?? charset;
      return percentBytes(marked?.['rest'] ?? piece.value);
    });
  return decodeText(Buffer.concat(bytes), charset).text;
}

function percentBytes(text: string): Buffer {
  const latin = Buffer.from(text).toString('latin1');
  return Buffer.from(
    latin.replace(/%(?<hex>[0-9a-fA-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  );
}
