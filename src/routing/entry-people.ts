import type { Suggestion } from '../model/routing.ts';
import { isCatchAllList, peopleOf } from './people/section-people.ts';
import { findSince, isNear } from './people/who-left.ts';
import { treesAsOf, writeTree, type Trees } from './trees/trees.ts';

/** Whoever an entry names looks after what the thread is about, but no frame and no file says so. */
const SCORE = 0.9;

/**
 * Those whom the MAINTAINERS entry of that title names, for a thread that somebody says is about it: of each tree as of that
 * day. Empty where no tree has such an entry. Whether they are addressed is for the caller to say.
 */
export function findEntryPeople(
  title: string,
  { trees, asOf }: { readonly trees: Trees; readonly asOf: Date },
): readonly Suggestion[] {
  return treesAsOf(trees, asOf).flatMap((tree) => {
    const section = tree.maintainers().sections.find((one) => one.title === title);
    if (section === undefined) return [];
    return peopleOf(section)
      .filter(({ address }) => !isCatchAllList(address))
      .filter((person) => isNear(tree, asOf) || findSince(tree, person, trees).leftBy === null)
      .map(({ name, address, role }): Suggestion => ({
        address,
        name,
        role,
        project: tree.project,
        section: title,
        score: SCORE,
        addressed: false,
        reasons: [`as of ${writeTree(tree)}`],
      }));
  });
}
