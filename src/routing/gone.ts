import type { Clue } from './clues/clue.ts';
import { recallMatches } from './maintainers/match.ts';
import { isCatchAllSection } from './people/section-people.ts';
import { treesOf, writeTree, type Tree, type Trees } from './trees/trees.ts';

/** An entry that clues point at in an earlier tree, and that the tree of the day no longer has. */
export interface Gone {
  readonly project: string;
  readonly section: string;
  /** A whole sentence, for a person. */
  readonly says: string;
}

/** Entries that had their own people once: what the mail speaks of has been taken out since. */
export function findGone(clues: readonly Clue[], chosen: readonly Tree[], trees: Trees): readonly Gone[] {
  const gone = new Map<string, Gone>();
  for (const clue of clues) {
    const now = chosen.find(({ project }) => project === clue.project);
    if (!now) continue;
    for (const before of treesOf(trees, clue.project).filter(({ date }) => date < now.date)) {
      for (const title of specialTitles(before, clue)) {
        if (specialTitles(now, clue).length > 0) continue;
        const says = `${clue.says}: the entry ${title} of ${writeTree(before)} is gone in ${writeTree(now)}`;
        if (!gone.has(title)) gone.set(title, { project: clue.project, section: title, says });
      }
    }
  }
  return [...gone.values()];
}

function specialTitles(tree: Tree, clue: Clue): readonly string[] {
  return clue.paths.flatMap((path) =>
    recallMatches(tree.maintainers(), path)
      .matches.filter(({ section }) => !isCatchAllSection(section))
      .map(({ section }) => section.title)
      .slice(0, 1),
  );
}
