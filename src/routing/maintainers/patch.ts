import type { Dialect } from './dialect.ts';
import type { Range } from './git/git-question.ts';
import type { MaintainersFile, Section } from './section.ts';

/** What a patch says about whom it concerns. */
export interface PatchReading {
  /** Sorted, each once. Empty where the text is no patch. */
  readonly files: readonly string[];
  /** Sections whose keywords stand in it, in the script's order. */
  readonly keywordSections: readonly Section[];
  /** Lines that it changes, in the order of the patch. */
  readonly ranges: readonly Range[];
  /** Commits that its `Fixes:` lines name, each once. */
  readonly fixes: readonly string[];
}

const MODE = /^ mode change [0-7]+ => [0-7]+ (?<name>\S+)\s*$/;
const RENAME = /^rename (?:from|to) (?<name>\S+)\s*$/;
const GIT = /^diff --git a\/(?<from>\S+) b\/(?<to>\S+)\s*$/;
const ADDED = /^\+\+\+\s+(?<name>\S+)/;
const REMOVED = /^---\s+(?<name>\S+)/;
const HUNK = /^@@ -(?<start>\d{1,9}),(?<length>\d{1,9})/;
const FIXES = /^Fixes:\s+(?<commit>[0-9a-fA-F]{6,40})/;
/** Longer lines are cut before a keyword is looked for in them. */
const LONGEST_LINE = 20_000;

/** The files that one line of a patch names, or `null` where it names none. */
function namesOf(line: string, dialect: Dialect): string[] | null {
  const header = dialect.richPatches ? namesOfHeader(line) : null;
  if (header) return header;
  if (dialect.fixesLines && FIXES.test(line)) return [];
  const side = ADDED.exec(line) ?? (dialect.richPatches ? REMOVED.exec(line) : null);
  if (!side) return null;
  const name = side.groups?.['name'] ?? '';
  if (name === '/dev/null' && !dialect.devNullIsFile) return [];
  return [name.replace(/^[^/]*\//, '')];
}

/** The lines that git writes above a diff, and in its summary. */
function namesOfHeader(line: string): string[] | null {
  const found = MODE.exec(line) ?? RENAME.exec(line) ?? GIT.exec(line);
  if (!found) return null;
  const { name, from, to } = found.groups ?? {};
  return [name, from, to].filter((one) => one !== undefined);
}

/**
 * Reads one patch: which files it touches, and which keywords stand in it. Before the diff starts every line
 * counts for keywords, after that only those that come or go.
 */
export function readPatch(file: MaintainersFile, text: string): PatchReading {
  const names: string[] = [];
  const hits = new Map<number, Section>();
  const ranges: Range[] = [];
  const fixes = new Set<string>();
  let path: string | undefined;
  let inDiff = false;
  for (const line of text.split('\n')) {
    const named = namesOf(line, file.dialect);
    if (!named) {
      const range = toRange(line, path);
      if (range) ranges.push(range);
      else if (!HUNK.test(line)) collectKeywords(file, line.slice(0, LONGEST_LINE), inDiff, hits);
      continue;
    }
    names.push(...named);
    const commit = file.dialect.fixesLines ? FIXES.exec(line)?.groups?.['commit'] : undefined;
    if (commit !== undefined) fixes.add(commit);
    if (!isSide(line, file.dialect)) continue;
    inDiff = true;
    path = named[0] ?? path;
  }
  return { files: sortNames(names), keywordSections: inScriptOrder(hits), ranges, fixes: [...fixes] };
}

function isSide(line: string, { richPatches }: Dialect): boolean {
  return ADDED.test(line) || (richPatches && REMOVED.test(line));
}

function toRange(line: string, path: string | undefined): Range | null {
  const hunk = HUNK.exec(line)?.groups;
  return hunk && path !== undefined ? { path, start: Number(hunk['start']), length: Number(hunk['length']) } : null;
}

function collectKeywords(file: MaintainersFile, line: string, inDiff: boolean, hits: Map<number, Section>): void {
  for (const section of file.sections) {
    for (const keyword of section.keywords) {
      const regex = inDiff ? keyword.inPatch : keyword.regex;
      if (regex?.test(line)) hits.set(keyword.entry, section);
    }
  }
}

/** Sections whose keywords stand in the text of a file that was asked for by name. */
export function findKeywordSections(file: MaintainersFile, texts: readonly string[]): Section[] {
  const hits = new Map<number, Section>();
  for (const text of texts) {
    for (const section of file.sections) {
      for (const { regex, entry } of section.keywords) if (regex?.test(text)) hits.set(entry, section);
    }
  }
  return inScriptOrder(hits);
}

/** The script sorts the places of the hits as text: 10 comes before 9. */
function inScriptOrder(hits: ReadonlyMap<number, Section>): Section[] {
  return [...hits].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)).map(([, section]) => section);
}

export function sortNames(names: readonly string[]): string[] {
  return [...new Set(names)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
