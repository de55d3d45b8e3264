import { findMatches } from './match.ts';
import { countSlashes, matchesPattern } from './pattern.ts';
import type { MaintainersFile } from './section.ts';

/** Does an entry that is looked after (with somebody to do so) name the file itself, or the directory it lies in. */
export function hasExactEntry(file: MaintainersFile, path: string): boolean {
  const slashes = countSlashes(path);
  return findMatches(file, path).matches.some(({ section }) => {
    const isKept = section.properties.some(({ letter, value }) => letter === 'S' && /maintain|support/i.test(value));
    if (!isKept || !section.properties.some(({ letter }) => letter === 'M')) return false;
    return section.rules.some(
      (rule) => rule.letter === 'F' && rule.pattern.depth >= slashes && matchesPattern(path, slashes, rule.pattern),
    );
  });
}
