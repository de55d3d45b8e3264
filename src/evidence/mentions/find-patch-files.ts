import type { Mention, ReadPart } from '../../model/evidence.ts';

/** Longer names are nobody's files. */
const NAME = String.raw`(?<value>[\w.+@/-]{1,250})`;
/** The lines of a diff that name a file as it is or was; `/dev/null` stands for one that is not there. */
const HEADS: readonly RegExp[] = [
  new RegExp(String.raw`^diff --git a/[^ ]{1,250} b/${NAME}$`),
  new RegExp(String.raw`^\+\+\+ b/${NAME}(?:\t|$)`),
  new RegExp(String.raw`^--- a/${NAME}(?:\t|$)`),
  new RegExp(String.raw`^rename (?:from|to) ${NAME}$`),
];
/** Lines of a part that are looked at. */
const MOST_LINES = 20_000;
const MOST_FILES = 60;

/** The files that a patch in the writer's own text touches, each once, where it is named first; at most 60 a part. */
export function findPatchFiles({ part, lines }: ReadPart): Omit<Mention, 'message'>[] {
  const found = new Map<string, Omit<Mention, 'message'>>();
  for (const { text, depth, number } of lines.slice(0, MOST_LINES)) {
    const first = text.charCodeAt(0);
    // d, +, - or r: everything else is no head of a diff.
    if (depth > 0 || (first !== 100 && first !== 43 && first !== 45 && first !== 114)) continue;
    const value = HEADS.map((head) => head.exec(text.trimEnd())?.groups?.['value']).find((name) => name !== undefined);
    if (value === undefined || found.has(value) || found.size >= MOST_FILES) continue;
    found.set(value, {
      kind: 'file',
      value,
      part: part.name,
      line: number,
      quote: text.slice(0, 300).trim(),
      depth: 0,
    });
  }
  return [...found.values()];
}
