import type { Dialect } from './dialect.ts';
import { toKeyword, toPatchKeyword } from './keyword.ts';
import { toPattern, type Pattern } from './pattern.ts';

/** One `M: value` line. */
export interface Property {
  readonly letter: string;
  /** Without white space in front; trailing white space stays. */
  readonly value: string;
}

/** One F, X or N line in the order of the file. */
export type PathRule =
  | { readonly letter: 'F' | 'X'; readonly pattern: Pattern }
  | { readonly letter: 'N'; readonly source: string; readonly regex: RegExp | null };

export interface Keyword {
  readonly source: string;
  readonly regex: RegExp | null;
  readonly inPatch: RegExp | null;
  /** Position among all entries of the file: the script sorts keyword hits by it, as text. */
  readonly entry: number;
}

/** One entry of a MAINTAINERS file. */
export interface Section {
  /** Place among the sections, from 0. */
  readonly index: number;
  readonly title: string;
  readonly properties: readonly Property[];
  readonly rules: readonly PathRule[];
  readonly keywords: readonly Keyword[];
}

/** A MAINTAINERS file, read. */
export interface MaintainersFile {
  readonly dialect: Dialect;
  readonly sections: readonly Section[];
  /** The `V: xen-maintainers-` mark of THE REST, or `null`. */
  readonly version: string | null;
  /** Sections with rules that may match below a directory (its path with a slash, or empty). */
  readonly byPrefix: ReadonlyMap<string, readonly number[]>;
}

const CAPITAL = /^(?<letter>[A-Z]):\s*(?<value>.*)/;
const ANY = /^(?<letter>.):\s*(?<value>.*)/;

interface Entry {
  readonly letter: string | null;
  readonly value: string;
}

/**
 * Reads a MAINTAINERS text, already decoded. `isDirectory` says whether a path of the tree is a directory; without a
 * tree every pattern stays as it is written. Nothing fails: text that is no MAINTAINERS file has no sections.
 */
export function readMaintainers(
  text: string,
  dialect: Dialect,
  isDirectory: (path: string) => boolean = () => false,
): MaintainersFile {
  const entries = readEntries(text, dialect);
  const sections: Section[] = [];
  let title = '';
  let at = 0;
  while (at < entries.length) {
    const entry = entries[at];
    if (entry?.letter === null) {
      title = entry.value;
      at += 1;
      continue;
    }
    const start = at;
    while (at < entries.length && entries[at]?.letter !== null) at += 1;
    sections.push(toSection(sections.length, title, entries.slice(start, at), { dialect, isDirectory, first: start }));
  }
  return { dialect, sections, version: findVersion(sections), byPrefix: indexByPrefix(sections) };
}

function readEntries(text: string, dialect: Dialect): Entry[] {
  const property = dialect.anyLetter ? ANY : CAPITAL;
  const entries: Entry[] = [];
  for (const line of text.split('\n')) {
    const match = property.exec(line);
    if (match) entries.push({ letter: match.groups?.['letter'] ?? '', value: match.groups?.['value'] ?? '' });
    else if (line.trim() !== '' && !(dialect.comments && /^\s*#/.test(line)))
      entries.push({ letter: null, value: line });
  }
  return entries;
}

interface SectionContext {
  readonly dialect: Dialect;
  readonly isDirectory: (path: string) => boolean;
  readonly first: number;
}

function toSection(index: number, title: string, entries: readonly Entry[], context: SectionContext): Section {
  const properties: Property[] = [];
  const rules: PathRule[] = [];
  const keywords: Keyword[] = [];
  for (const [offset, { letter, value }] of entries.entries()) {
    if (letter === null) continue;
    properties.push({ letter, value });
    if (letter === 'F' || letter === 'X') {
      rules.push({ letter, pattern: toPattern(value, context.dialect, context.isDirectory) });
    } else if (letter === 'N' && context.dialect.nameRegexes) {
      rules.push({ letter, source: value, regex: toKeyword(value) });
    } else if (letter === 'K') {
      const entry = context.first + offset;
      keywords.push({ source: value, regex: toKeyword(value), inPatch: toPatchKeyword(value), entry });
    }
  }
  return { index, title, properties, rules, keywords };
}

function findVersion(sections: readonly Section[]): string | null {
  for (const section of sections) {
    if (section.title !== 'THE REST') continue;
    const mark = section.properties.find(({ letter, value }) => letter === 'V' && value.includes('xen-maintainers-'));
    if (mark) return mark.value;
  }
  return null;
}

function indexByPrefix(sections: readonly Section[]): Map<string, number[]> {
  const byPrefix = new Map<string, number[]>();
  for (const section of sections) {
    const prefixes = new Set<string>();
    for (const rule of section.rules) {
      if (rule.letter === 'F') prefixes.add(rule.pattern.prefix);
      if (rule.letter === 'N') prefixes.add('');
    }
    for (const prefix of prefixes) {
      const known = byPrefix.get(prefix);
      if (known) known.push(section.index);
      else byPrefix.set(prefix, [section.index]);
    }
  }
  return byPrefix;
}
