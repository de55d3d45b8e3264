import type { Mention, ReadPart } from '../../model/evidence.ts';

/** `arch/x86/mm/shadow/multi.c:123:45: error: …`, `drivers/xen/grant-table.c: In function …` */
const MESSAGE =
  /^\s{0,8}(?:\.\.?\/){0,5}(?<file>[\w.+-]{1,60}(?:\/[\w.+-]{1,60}){0,12}\.[chS])(?::\d{1,6}){0,2}: {1,4}(?:(?:fatal )?error|warning|note|In (?:member )?function|undefined reference|multiple definition)\b/;
const MOST_LINES = 20_000;
const LONGEST = 400;
const MOST = 10;

/** The files that a compiler complains of in a part's own lines, not in quoted ones: each once, at most ten. */
export function findCompilerFiles({ part, lines }: ReadPart): Omit<Mention, 'message'>[] {
  const found = new Map<string, Omit<Mention, 'message'>>();
  for (const { number, text, depth } of lines.slice(0, MOST_LINES)) {
    if (depth > 0 || found.size >= MOST) continue;
    const value = MESSAGE.exec(text.slice(0, LONGEST))?.groups?.['file'];
    if (value === undefined || found.has(value)) continue;
    found.set(value, {
      kind: 'file',
      value,
      part: part.name,
      line: number,
      quote: text.slice(0, 140).trim(),
      depth: 0,
    });
  }
  return [...found.values()];
}
