import { countSlashes, matchesPattern } from './pattern.ts';
import type { MaintainersFile, Section } from './section.ts';

/** A section that covers a file, and why. */
export interface Match {
  readonly kind: 'match';
  readonly section: Section;
  /** How special the pattern is; sections with larger scores come first. */
  readonly score: number;
  /** The F or N line that decided, as written. */
  readonly pattern: string;
}

/** A section that would cover a file, had it not an X line against it. */
export interface Exclusion {
  readonly kind: 'excluded';
  readonly section: Section;
  readonly pattern: string;
}

export interface FileMatches {
  readonly path: string;
  /** Best first; equal scores in the order of the file (the scripts' order is random there). */
  readonly matches: readonly Match[];
  readonly excluded: readonly Exclusion[];
}

/** Sections that may cover a path: those with a rule below one of its directories. */
function findCandidates(file: MaintainersFile, path: string): number[] {
  const candidates = new Set(file.byPrefix.get('') ?? []);
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
    for (const index of file.byPrefix.get(path.slice(0, at + 1)) ?? []) candidates.add(index);
  }
  return [...candidates].sort((a, b) => a - b);
}

function matchSection(section: Section, path: string, slashes: number): Match | Exclusion | null {
  let match: Match | null = null;
  for (const rule of section.rules) {
    if (rule.letter === 'F' && matchesPattern(path, slashes, rule.pattern)) {
      match = { kind: 'match', section, score: rule.pattern.depth, pattern: rule.pattern.source };
    } else if (rule.letter === 'N' && (rule.regex?.test(path) ?? false)) {
      match = { kind: 'match', section, score: 0, pattern: rule.source };
    }
  }
  if (!match) return null;
  for (const rule of section.rules) {
    if (rule.letter === 'X' && matchesPattern(path, slashes, rule.pattern)) {
      return { kind: 'excluded', section, pattern: rule.pattern.source };
    }
  }
  return match;
}

const REMEMBERED = new WeakMap<MaintainersFile, Map<string, FileMatches>>();
const MOST_REMEMBERED = 5000;

/** As {@link findMatches}; the same paths are asked again and again where many mails are routed. */
export function recallMatches(file: MaintainersFile, path: string): FileMatches {
  const known = REMEMBERED.get(file) ?? new Map<string, FileMatches>();
  REMEMBERED.set(file, known);
  const matches = known.get(path) ?? findMatches(file, path);
  if (known.size >= MOST_REMEMBERED) known.clear();
  known.set(path, matches);
  return matches;
}

/** The sections that cover one path (relative to the top of the tree; a directory ends in a slash). */
export function findMatches(file: MaintainersFile, path: string): FileMatches {
  const slashes = countSlashes(path);
  const matches: Match[] = [];
  const excluded: Exclusion[] = [];
  for (const index of findCandidates(file, path)) {
    const section = file.sections[index];
    const found = section ? matchSection(section, path, slashes) : null;
    if (!found) continue;
    if (found.kind === 'match') matches.push(found);
    else excluded.push(found);
  }
  matches.sort((a, b) => b.score - a.score || a.section.index - b.section.index);
  return { path, matches, excluded };
}
