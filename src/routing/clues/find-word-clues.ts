import type { Mention, Signal } from '../../model/evidence.ts';
import type { ThreadView } from '../../model/view.ts';
import { bareName, isMachinery } from './machinery.ts';
import { AREA_OWNERS, type AreaOwner } from './area-owners.ts';
import type { Clue } from './clue.ts';
import { cleanPath } from '../symbols/find-frame-files.ts';
import { recallMatches } from '../maintainers/match.ts';
import { threadEvidence } from '../thread-evidence.ts';
import type { Tree } from '../trees/trees.ts';

/** How much a word is believed by where it stands. */
const IN_SUBJECT = 0.6;
const IN_LOG = 0.4;
const IN_PROSE = 0.3;
const IN_REPLY = 0.35;
const QUOTED = 0.1;

/** A clue of words; firm where they stand in the subject. */
export interface AreaClue extends Clue {
  readonly isFirm: boolean;
  /** Of a word for many things. */
  readonly isWide: boolean;
}

/** Words of the subject and the text that name a part of the system. */
export function findAreaClues(view: ThreadView, trees: readonly Tree[]): AreaClue[] {
  const clues: AreaClue[] = [];
  const root = view.thread.messages[0]?.message.id;
  for (const evidence of threadEvidence(view)) {
    for (const signal of evidence.signals) {
      if (!signal.name.startsWith('area:')) continue;
      const isReply = signal.message !== root;
      if (signal.part === 'header' && isReply) continue;
      for (const owner of AREA_OWNERS[signal.name.slice('area:'.length)] ?? []) {
        const clue = toAreaClue(signal, owner, isReply, trees);
        if (clue) clues.push(clue);
      }
    }
  }
  return clues;
}

function toAreaClue(signal: Signal, owner: AreaOwner, isReply: boolean, trees: readonly Tree[]): AreaClue | null {
  const tree = trees.find(({ project }) => project === owner.project);
  const hasSection = tree?.maintainers().sections.some(({ title }) => title === owner.section) === true;
  const covered = owner.paths.find((candidate) => tree && isCovered(tree, candidate));
  // What is gone from the tree points at nobody, but is remembered: an earlier tree may know it.
  const path = covered ?? owner.paths[0];
  if (!tree || path === undefined) return null;
  const word = (signal.value ?? '').replace(/^log /, '');
  const where = signal.part === 'header' ? 'the subject' : isReply ? 'a reply' : 'the mail';
  return {
    project: owner.project,
    ...(hasSection && owner.section !== undefined ? { paths: [], section: owner.section } : { paths: [path] }),
    weight: covered === undefined && !hasSection ? 0 : owner.weight * believed(signal, isReply),
    group: `words ${signal.name}`,
    spread: 0.5,
    says: `${where} names "${word}"${owner.note === undefined ? '' : `, ${owner.note}`}`,
    of: 'matter',
    isFirm: signal.part === 'header',
    isWide: owner.isWide === true,
  };
}

function believed(signal: Signal, isReply: boolean): number {
  if (signal.part === 'header') return IN_SUBJECT;
  if (signal.depth > 0) return QUOTED;
  if (signal.value?.startsWith('log ') === true) return IN_LOG;
  return isReply ? IN_REPLY : IN_PROSE;
}

/** Does an entry other than the catch-all cover the path, whether or not the file is still there. */
function isCovered(tree: Tree, path: string): boolean {
  return (
    recallMatches(tree.maintainers(), path).matches.some(({ section }) => section.title !== 'THE REST') ||
    tree.symbols().filesNamed(path).includes(path)
  );
}

/** A patch says itself which files it is about. */
const CHANGED_FILE = 0.6;
const DIFF_HEAD = /^(?:diff --git |\+\+\+ |--- |rename (?:from|to) )/;
const FILE_IN_PROSE = 0.45;
const NAME_IN_PROSE = 0.35;
const FUNCTION_IN_PROSE = 0.3;
/** A path of another tree than the one that the rest of the mail is about: likelier a file that the table lacks. */
const OTHER_TREE = 0.4;

/** Source files and functions that the author names in his own words, or that a patch touches. */
export function findMentionClues(view: ThreadView, trees: readonly Tree[]): Clue[] {
  const clues: Clue[] = [];
  for (const evidence of threadEvidence(view)) {
    const meant = findMeant(evidence.mentions, trees);
    for (const mention of evidence.mentions) {
      if (mention.depth > 0) continue;
      const clue =
        mention.kind === 'file'
          ? toFileClue(mention, trees, meant)
          : mention.kind === 'function'
            ? toFunctionClue(mention, trees)
            : null;
      if (clue) clues.push(clue);
    }
  }
  return clues;
}

/** Trees share paths (`arch/x86/include/asm/bug.h`): one is meant that holds what no other tree does of the same mail. */
function findMeant(mentions: readonly Mention[], trees: readonly Tree[]): Tree | null {
  const votes = new Map<Tree, number>();
  for (const { kind, value, depth } of mentions.slice(0, MOST_VOTES)) {
    const printed = cleanPath(value.replace(/:\d+$/, ''));
    if (kind !== 'file' || depth > 0 || !printed.includes('/')) continue;
    const [own, ...others] = trees.filter((tree) => holdsPath(tree, printed));
    if (own && others.length === 0) votes.set(own, (votes.get(own) ?? 0) + 1);
  }
  return [...votes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

const MOST_VOTES = 200;

function holdsPath(tree: Tree, printed: string): boolean {
  return tree.symbols().fileEndingIn(printed) !== null || tree.symbols().filesNamed(printed).length > 0;
}

function toFileClue(mention: Mention, trees: readonly Tree[], meant: Tree | null): Clue | null {
  const printed = cleanPath(mention.value.replace(/:\d+$/, ''));
  const isPath = printed.includes('/');
  const where = isPath ? findByPath(printed, trees, meant) : findByName(printed, trees);
  if (!where) return null;
  const isChanged = DIFF_HEAD.test(mention.quote);
  const isOther = isPath && meant !== null && meant.project !== where.project;
  return {
    ...where,
    weight: (isChanged ? CHANGED_FILE : isPath ? FILE_IN_PROSE : NAME_IN_PROSE) * (isOther ? OTHER_TREE : 1),
    group: `file ${mention.message}`,
    spread: 1,
    says: `${isChanged ? 'a patch changes' : 'the text names'} ${where.paths.join(' or ')}`,
    of: 'files',
  };
}

interface Where {
  readonly project: string;
  readonly paths: readonly string[];
}

/** A path that a tree knows, whole, by its end, or by its beginning; or one that an entry covers though it is gone. */
function findByPath(printed: string, trees: readonly Tree[], meant: Tree | null): Where | null {
  // A tree may be spoken of from one of its folders (`arch/x86/mm/…` of `xen/`).
  const [inside, ...others] = meant?.symbols().filesNamed(printed) ?? [];
  if (meant && inside !== undefined && others.length === 0) return { project: meant.project, paths: [inside] };
  for (const tree of trees) {
    const whole = tree.symbols().fileEndingIn(printed);
    if (whole !== null) return { project: tree.project, paths: [whole] };
  }
  const known = findByName(printed, trees);
  if (known) return known;
  const covering = trees.find((tree) =>
    recallMatches(tree.maintainers(), printed).matches.some(({ score }) => score > 1),
  );
  return covering ? { project: covering.project, paths: [printed] } : null;
}

/** Many trees have a `backend.c`: a bare name counts where it is one of a kind. */
function findByName(printed: string, trees: readonly Tree[]): Where | null {
  if (!printed.includes('/') && !/[-_\d].*\.|\.(?:ml|py|cfg|S)$/.test(printed)) return null;
  const known = trees
    .map((tree) => ({ project: tree.project, paths: tree.symbols().filesNamed(printed) }))
    .filter(({ paths }) => paths.length > 0);
  const [only] = known;
  return only && known.length === 1 && only.paths.length <= 3 ? only : null;
}

function toFunctionClue(mention: Mention, trees: readonly Tree[]): Clue | null {
  const name = bareName(mention.value.replace(/\(.*$/, ''));
  if (isMachinery(name) || !name.includes('_')) return null;
  const known = trees
    .map((tree) => ({ project: tree.project, paths: tree.symbols().filesOf(name) }))
    .filter(({ paths }) => paths.length > 0 && paths.length <= 2);
  const [only] = known;
  if (!only || known.length > 1) return null;
  return {
    ...only,
    weight: FUNCTION_IN_PROSE,
    group: `function ${mention.message}`,
    spread: 1,
    says: `the text names ${name}, defined in ${only.paths.join(' or ')}`,
    of: 'files',
  };
}
