import type { CauseRow } from './cause-rows.ts';

/** A line that announces a failure, read. */
export interface Cause {
  readonly row: CauseRow;
  readonly what: string;
  readonly file: string | null;
  readonly cpu: number | null;
  readonly domain: number | null;
}

/** The first row that a line fits, read; `null` where none does. Never throws. */
export function readCause(text: string, rows: readonly CauseRow[]): Cause | null {
  for (const candidate of rows) {
    const match = candidate.pattern.exec(text);
    if (match) return toCause(candidate, match.groups ?? {});
  }
  return null;
}

function toCause(found: CauseRow, groups: Readonly<Record<string, string | undefined>>): Cause {
  const what = found.what
    .replace('{raw}', () => groups['raw'] ?? '')
    .replace('{text}', () => toStableText(groups['text'] ?? ''))
    .trim()
    .replace(/[:\s]{1,4}$/, '');
  return {
    row: found,
    what,
    file: toSourceFile(groups['file']),
    cpu: toCount(groups['cpu']),
    domain: toCount(groups['domain']),
  };
}

function toCount(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits);
}

/** A path without what Xen puts in front of one that it has cut: `...sthrough/arm/iommu.c` keeps whole parts only. */
function toSourceFile(path: string | undefined): string | null {
  if (path === undefined) return null;
  if (!path.startsWith('...')) return path.replace(/^\.\//, '');
  const slash = path.indexOf('/');
  return slash < 0 ? path.slice(3) : path.slice(slash + 1);
}

/** Free text without what differs from one machine to the next: numbers, addresses, domains, white space. */
export function toStableText(text: string): string {
  return text
    .slice(0, 300)
    .replace(/\((?:entry )?\d{1,6}\)/g, '')
    .replace(/\b[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]\b/gi, 'DEV')
    .replace(/^d\d{1,5}(?:v\d{1,5})?: ?/, '')
    .replace(/\bd\d{1,5}(?:v\d{1,5})?\b/g, 'dN')
    .replace(/(?<![\w-])(?:0x[0-9a-f]{1,16}|(?=[a-f]{0,15}\d)[0-9a-f]{5,16}|\d{1,20})\b/gi, 'N')
    .replace(/\s+/g, ' ')
    .trim();
}
