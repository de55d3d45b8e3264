import type { Clue } from './clues/clue.ts';
import { recallMatches } from './maintainers/match.ts';
import { statusOf } from './maintainers/role.ts';
import type { Section } from './maintainers/section.ts';
import { isCatchAllSection } from './people/section-people.ts';
import type { Tree } from './trees/trees.ts';

/** A MAINTAINERS entry that the clues point at. */
export interface Claim {
  readonly tree: Tree;
  readonly section: Section;
  /** 0 to 1. */
  readonly score: number;
  /** Strongest first. */
  readonly reasons: readonly string[];
}

/** How much of a clue goes to the most special entry of a file, and to those above it. */
const BY_RANK: Readonly<Record<string, readonly number[]>> = {
  xen: [1, 0.6, 0.4, 0.25],
  // Linux nests whole subsystems above its drivers: those lead further away.
  linux: [1, 0.35, 0.2, 0.1],
  qemu: [1, 0.5, 0.3, 0.2],
};
/** THE REST, where it alone covers a file. */
const REST_ONLY = 0.6;
/** Further clues of one group add little: they tell of the same thing. */
const REPEATED = 0.25;
const HIGHEST = 0.97;

interface Told {
  readonly says: string;
  readonly weight: number;
  readonly isWord: boolean;
}

interface Draft {
  readonly tree: Tree;
  readonly section: Section;
  readonly groups: Map<string, Told[]>;
}

/** From clues to the entries that cover what they point at, best first. */
export function findClaims(clues: readonly Clue[], trees: readonly Tree[]): readonly Claim[] {
  const drafts = new Map<string, Draft>();
  for (const clue of clues) {
    const tree = trees.find(({ project }) => project === clue.project);
    if (!tree || clue.weight <= 0) continue;
    for (const path of clue.paths) claimPath(clue, path, tree, drafts);
    const named = tree.maintainers().sections.find(({ title }) => title === clue.section);
    if (named) addTold(drafts, { tree, section: named }, clue, clue.weight);
  }
  return [...drafts.values()].map(toClaim).sort((a, b) => b.score - a.score);
}

function claimPath(clue: Clue, path: string, tree: Tree, drafts: Map<string, Draft>): void {
  const share = clue.weight / Math.sqrt(clue.paths.length);
  for (const [rank, { section, factor }] of ranked(tree, path).entries()) {
    const weight =
      share * factor * (rank === 0 ? 1 : clue.spread) * ((BY_RANK[tree.project] ?? BY_RANK['xen'])?.[rank] ?? 0.1);
    addTold(drafts, { tree, section }, clue, weight);
  }
}

function addTold(
  drafts: Map<string, Draft>,
  { tree, section }: Pick<Draft, 'tree' | 'section'>,
  clue: Clue,
  weight: number,
): void {
  const key = `${tree.project} ${String(section.index)}`;
  const draft = drafts.get(key) ?? { tree, section, groups: new Map<string, Told[]>() };
  drafts.set(key, draft);
  const inGroup = draft.groups.get(clue.group) ?? [];
  inGroup.push({ says: writeReason(clue, section, tree), weight, isWord: clue.group.startsWith('words') });
  draft.groups.set(clue.group, inGroup);
}

/** A whole reason: it names the entry, since reasons of several entries stand together, and says only what is covered. */
function writeReason(clue: Clue, section: Section, tree: Tree): string {
  if (clue.of === 'matter') return `${clue.says}, a matter of ${section.title}`;
  const covered = clue.paths.filter((path) => covers(tree, section, path));
  if (covered.length === clue.paths.length) return `${clue.says}, which the entry ${section.title} covers`;
  return `${clue.says}, of which the entry ${section.title} covers ${covered.join(' and ')}`;
}

function covers(tree: Tree, section: Section, path: string): boolean {
  return recallMatches(tree.maintainers(), path).matches.some((match) => match.section === section);
}

/** The special entries, most special first; the catch-all one only where there is no other. */
function ranked(tree: Tree, path: string): { readonly section: Section; readonly factor: number }[] {
  const { matches } = recallMatches(tree.maintainers(), path);
  const special = matches
    .filter(({ section }) => !isCatchAllSection(section))
    .map(({ section }) => ({ section, factor: 1 }));
  if (special.length > 0) return special;
  // Of Xen, THE REST are its committers; the heads of Linux and QEMU are not asked.
  if (tree.project !== 'xen') return [];
  return matches.slice(0, 1).map(({ section }) => ({ section, factor: REST_ONLY }));
}

function toClaim({ tree, section, groups }: Draft): Claim {
  const all = [...groups.values()].map((clues) => clues.sort((a, b) => b.weight - a.weight));
  let doubt = 1;
  for (const clues of all) {
    for (const [index, { weight }] of clues.entries()) doubt *= 1 - weight * (index === 0 ? 1 : REPEATED);
  }
  // Words of one kind are one reason; frames are one each.
  const told = all.flatMap((clues) => (clues[0]?.isWord === true ? clues.slice(0, 1) : clues));
  const reasons = [...new Set(told.sort((a, b) => b.weight - a.weight).map(({ says }) => says))];
  const status = statusOf(section) ?? '';
  if (/orphan|odd fixes|obsolete/i.test(status)) reasons.push(`the entry is marked "${status}"`);
  return { tree, section, score: Math.min(1 - doubt, HIGHEST), reasons: reasons.slice(0, 5) };
}
