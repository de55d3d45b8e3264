import { closeSync, fstatSync, openSync, readSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { TREE_KINDS, TREE_PARTS, type TreeAbout, type TreePart } from '../../model/tree.ts';

/** A tree as it lies on disk; its parts are read when they are asked for. */
export interface KeptTree {
  readonly about: TreeAbout;
  /** Of the file, in bytes. */
  readonly size: number;
  /** Throws an Error of one line where the file has gone, or is shorter than it says. */
  readonly part: (name: TreePart) => Buffer;
}

const Size = z.int().min(0);
const Head = z.object({
  heddleTree: z.literal(1),
  about: z.object({
    name: z.string(),
    project: z.string(),
    dialect: z.string(),
    label: z.string(),
    date: z.string(),
    kind: z.enum(TREE_KINDS),
    origin: z.string(),
    commit: z.string().nullable(),
    pinned: z.string().nullable(),
    said: z.object({ date: z.string().nullable(), label: z.string().nullable() }),
    files: Size,
    functions: Size,
  }),
  parts: z.object({ entries: Size, maintainers: Size, mailmap: Size, ignore: Size, symbols: Size }),
});

const LONGEST_HEAD = 64 * 1024;

/** Writes a tree: one line of JSON, then the parts one behind the other, as they are: nothing has to be unpacked to look something up. */
export function writeTreeFile(path: string, about: TreeAbout, parts: Readonly<Record<TreePart, Buffer>>): void {
  const sizes = Object.fromEntries(TREE_PARTS.map((name) => [name, parts[name].length]));
  const head = Buffer.from(`${JSON.stringify({ heddleTree: 1, about, parts: sizes })}\n`);
  writeFileSync(path, Buffer.concat([head, ...TREE_PARTS.map((name) => parts[name])]), { flush: true });
}

/** Opens a tree that `writeTreeFile` wrote. Throws an Error of one line where it is none, or not whole. */
export function openTreeFile(path: string): KeptTree {
  const start = readAt(path, 0, LONGEST_HEAD);
  const end = start.bytes.indexOf(10);
  const head = end < 0 ? null : Head.safeParse(parseJson(start.bytes.toString('utf8', 0, end)));
  if (head?.success !== true) throw new Error(`${path}: this is no tree that heddle keeps`);
  const { about, parts } = head.data;
  const sum = TREE_PARTS.reduce((total, name) => total + parts[name], end + 1);
  if (sum !== start.size) throw new Error(`${path}: the tree is damaged: remove it, and add it again`);
  return {
    about,
    size: start.size,
    part: (name) => {
      const before = TREE_PARTS.slice(0, TREE_PARTS.indexOf(name));
      const at = before.reduce((total, one) => total + parts[one], end + 1);
      const { bytes } = readAt(path, at, parts[name]);
      if (bytes.length !== parts[name]) throw new Error(`${path}: the tree was changed while it was read`);
      return bytes;
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function readAt(path: string, at: number, length: number): { readonly bytes: Buffer; readonly size: number } {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.allocUnsafe(length);
    let got = 0;
    for (let more = -1; more !== 0 && got < length; got += more)
      more = readSync(file, bytes, got, length - got, at + got);
    return { bytes: bytes.subarray(0, got), size: fstatSync(file).size };
  } finally {
    closeSync(file);
  }
}
