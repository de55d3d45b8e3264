import { findMatches } from '../maintainers/match.ts';
import { countSlashes, matchesPattern, type Pattern } from '../maintainers/pattern.ts';
import { statusOf } from '../maintainers/role.ts';
import type { MaintainersFile, Section } from '../maintainers/section.ts';
import { isCatchAllSection, peopleOf } from '../people/section-people.ts';

/** What is wrong with a MAINTAINERS file, seen from the files of its tree. */
export interface TreeLint {
  /** Patterns that cover no file. */
  readonly dead: readonly { readonly section: string; readonly pattern: string }[];
  /** Files that only entries for everything cover, or none at all. */
  readonly uncovered: readonly string[];
  /** Entries without a maintainer or reviewer, though their status says that somebody looks after them. */
  readonly nobody: readonly string[];
  /** Files for which several entries count the same, so that chance decides who comes first. */
  readonly ties: readonly { readonly path: string; readonly sections: readonly string[] }[];
}

/** Checks every entry against every file. */
export function lintTree(file: MaintainersFile, paths: readonly string[]): TreeLint {
  const uncovered: string[] = [];
  const ties: { path: string; sections: string[] }[] = [];
  for (const path of paths) {
    const special = findMatches(file, path).matches.filter(({ section }) => !isCatchAllSection(section));
    const [best] = special;
    if (!best) {
      uncovered.push(path);
      continue;
    }
    const equal = special.filter(({ score }) => score === best.score);
    if (equal.length > 1) ties.push({ path, sections: equal.map(({ section }) => section.title) });
  }
  return { dead: findDead(file, paths), uncovered, nobody: findUnmanned(file), ties };
}

function findDead(file: MaintainersFile, paths: readonly string[]): TreeLint['dead'] {
  const sorted = [...paths].sort().map((path) => ({ path, slashes: countSlashes(path) }));
  return file.sections.flatMap((section) =>
    section.rules.flatMap((rule) => {
      const alive = rule.letter === 'N' ? isNamed(rule.regex, paths) : covers(rule.pattern, sorted);
      const pattern = rule.letter === 'N' ? rule.source : rule.pattern.source;
      return alive ? [] : [{ section: section.title, pattern: `${rule.letter}: ${pattern.trim()}` }];
    }),
  );
}

function isNamed(regex: RegExp | null, paths: readonly string[]): boolean {
  return regex !== null && paths.some((path) => regex.test(path));
}

/** Files below the pattern's directory lie side by side in the sorted list. */
function covers(pattern: Pattern, sorted: readonly { readonly path: string; readonly slashes: number }[]): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle]?.path ?? '') < pattern.prefix) low = middle + 1;
    else high = middle;
  }
  for (let at = low; at < sorted.length; at += 1) {
    const { path, slashes } = sorted[at] ?? { path: '', slashes: 0 };
    if (!path.startsWith(pattern.prefix)) return false;
    if (matchesPattern(path, slashes, pattern)) return true;
  }
  return false;
}

/** Nobody needs to stand in an entry that says so. */
const LEFT_ALONE = /orphan|obsolete/i;

function findUnmanned({ sections }: MaintainersFile): readonly string[] {
  const hasPeople = (section: Section) => peopleOf(section).some(({ role }) => role !== 'list');
  return sections
    .filter((section) => !hasPeople(section) && !LEFT_ALONE.test(`${statusOf(section) ?? ''} ${section.title}`))
    .map(({ title }) => title);
}
