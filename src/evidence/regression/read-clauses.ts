import { CLAUSE, CUES, ELSEWHERE, IS_NOT, NOT_RUN, NOT_SO, NOT_TRIED, NOT_WITH, SUPPOSITION } from './cues.ts';
import { byRelease, compareNumbers } from './by-release.ts';
import type { VersionMention } from './find-versions.ts';
import type { BareClaim } from './bare-claim.ts';

interface Clause {
  readonly verdict: 'good' | 'bad' | null;
  readonly leads: boolean;
  /** Says no more than that the opposite of the clause before holds. */
  readonly opposes: boolean;
  /** Tells what happens with its version. */
  readonly sets: boolean;
  /** Says something of a version that was run, in whatever words. */
  readonly speaks: boolean;
  /** Tells something and then names its version: `it resumes with 6.7`. */
  readonly ends: boolean;
  /** Tells no more than what a version is or has: too little for two that stand side by side. */
  readonly plain: boolean;
  readonly versions: readonly VersionMention[];
}

/** Pairs versions with what their own clause says of them: works, or fails. */
export function readClauses(
  tokens: string,
  versions: readonly VersionMention[],
  ranges: readonly BareClaim[],
): BareClaim[] {
  const clauses = cutClauses(tokens).map((clause) => toClause(clause, versions));
  const claims: BareClaim[] = [];
  clauses.forEach((clause, index) => {
    if (clause.versions.length === 0) return;
    const verdict = clause.opposes ? inherit(clauses, index) : (clause.verdict ?? inherit(clauses, index));
    if (verdict === null) return;
    // The newest that works and the oldest that fails bound the range; writers name them in rising order.
    const version = verdict === 'good' ? clause.versions.at(-1) : clause.versions[0];
    if (!version) return;
    claims.push({
      rule: verdict === 'good' ? 'works' : 'fails',
      good: verdict === 'good' ? version : null,
      bad: verdict === 'bad' ? version : null,
      denied: false,
      at: version.start,
    });
  });
  return [...claims, ...readContrast(clauses, [...ranges, ...claims])];
}

/**
 * `6.5 ran for months, 6.6 lasts an hour`: where it is said of one version that it is good, or bad, and of none the opposite,
 * then the opposite holds for a newer one, or an older one, of which a clause of its own speaks. `on 4.16 the card is listed,
 * on 4.17 it is not there`: two versions that are set against each other are a range, though no word of ours tells
 * which of them is the good one: things change for the worse.
 */
function readContrast(clauses: readonly Clause[], told: readonly BareClaim[]): BareClaim[] {
  const good = told.find((claim) => claim.good && !claim.bad)?.good;
  const bad = told.find((claim) => claim.bad && !claim.good)?.bad;
  if ((good && bad) || told.some((claim) => claim.good && claim.bad)) return [];
  const open = clauses.filter(({ verdict, versions }) => verdict === null && versions.length > 0);
  const known = good ?? bad;
  if (!known) return readParallel(open.filter(({ sets, ends }) => sets || ends));
  const other = open
    .filter(({ speaks }) => speaks)
    .map(({ versions }) => versions[0])
    .find((version) => version !== undefined && isBeyond(version, known, good ? 1 : -1));
  if (!other) return [];
  const claim = { rule: 'contrast', good: null, bad: null, denied: false, at: other.start };
  return [good ? { ...claim, bad: other } : { ...claim, good: other }];
}

/** Whether a version is newer (1) or older (-1) than another of the same program. */
function isBeyond(version: VersionMention, known: VersionMention, direction: 1 | -1): boolean {
  const [a, b] = [version.component, known.component];
  return (a === null || b === null || a === b) && compareNumbers(version, known) * direction > 0;
}

function readParallel(set: readonly Clause[]): BareClaim[] {
  const [one, two, third] = set.filter(({ plain }) => !plain);
  const [first, second] = [one?.versions[0], two?.versions[0]];
  if (
    !first ||
    !second ||
    third ||
    two?.ends === true ||
    first.component !== second.component ||
    first.component === null
  )
    return [];
  const [good, bad] = byRelease(first, second);
  return [{ rule: 'parallel', good, bad, denied: false, at: second.start }];
}

function cutClauses(tokens: string): string[] {
  return tokens.split(CLAUSE).flatMap(cutJoined);
}

/** Cuts at `and`, `as` or a comma between two halves that both tell something of a version of their own. */
function cutJoined(piece: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (const { index, 0: joint } of piece.matchAll(JOINT)) {
    const [before, after] = [piece.slice(from, index), piece.slice(index + joint.length)];
    const near = after.slice(0, AFTER_JOINT);
    const told = tells(before) || (before.includes('‹') && REASON.test(joint));
    const both = joint === ', ' && speaks(before) && (speaks(near) || NOT_SO.test(near));
    if (!both && (!told || !tells(near))) continue;
    pieces.push(before);
    from = index + joint.length;
  }
  return [...pieces, piece.slice(from)];
}

function tells(piece: string): boolean {
  return (
    piece.includes('‹') &&
    (readCues(piece).length > 0 || SETS.test(piece) || IS_NOT.test(piece) || NOT_WITH.test(piece) || NOT_SO.test(piece))
  );
}

/** A version with a few words around it, so that there is something said. */
function speaks(piece: string): boolean {
  return piece.includes('‹') && (piece.match(/[a-z]{2,}/gi) ?? []).length >= 3;
}

const JOINT = /,? (?:and|as|so|because|since|where|only) |, /gi;
/** Before these, the first half need not judge its version: `we stay on 5.15 because 6.2 does not resume`. */
const REASON = /because|since|as\b/i;
/** How far behind a joint a half is looked at. */
const AFTER_JOINT = 120;

const SILENT: Clause = {
  verdict: null,
  leads: false,
  opposes: false,
  sets: false,
  speaks: false,
  ends: false,
  plain: true,
  versions: [],
};
/** `with Xen 4.19 the screen is black`, `6.6 lasts an hour`; not `the kernel is 6.6`. */
const SETS =
  /^\W*(?:(?:but|now|and|only|while|whereas) )?(?:(?:with|on|in|under|since|using|from|booting|running) )?(?:[\w-]+ ){0,3}‹\d+›,? (?:(?:i|we|you|one) (?:get|see|have|had|got|can|could|cannot)\b|(?:[\w'-]+ ){0,4}(?:is|are|was|were|can|could|gets?|got|has|had|shows?|gives?|gave|takes?|took|lasts?|ends?|does|did|needs?|comes?|came|goes|went|stays?|boots?|keeps?|prints?|says?|sees?|loses?|leaves?|makes?|made|finds?|found|reboots|refuses|drops|kills|stops|dies|eats|spins|sits|fills|ignores|reports|complains|returns|throws|logs|handles|handled)\b)/i;
const ENDS = /[a-z]s [^‹]{0,60}\b(?:with|on|under|using) (?:[\w-]+ ){0,3}‹\d+›\W*$/i;
/** An inventory: `4.17 is on the old machines`. */
const PLAIN = /^\W*(?:in )?(?:[\w-]+ ){0,3}‹\d+›,? (?:is|are|was|has|have|had)\b/i;
/** What developers say of code by version. */
const CODE =
  /\b(?:functions?|called|named|renamed|names?|code|patch\w*|commits?|headers?|structs?|macros?|comments?|support\w*|configs?|options?|apply|applies|tested|same|both|alike|as well|use[ds]?|using|introduc\w+|add(?:s|ed)|machines|hosts|boxes|servers)\b/i;
const UNTRIED =
  /\b(?:not (?:yet )?(?:tried|tested)|untested|haven't|have not|out|released?|current|latest|too|also|as well)\b/i;
/** A cue so near to the start leads its clause. */
const LEAD = 12;

function toClause(clause: string, versions: readonly VersionMention[]): Clause {
  if (IDLE.some((pattern) => pattern.test(clause))) return SILENT;
  const own = [...clause.matchAll(/‹(?<n>\d+)›/g)]
    .flatMap((hit) => versions[Number(hit.groups?.['n'])] ?? [])
    .filter((version) => !version.foreign);
  const cues = readCues(clause);
  const verdict = NOT_SO.test(clause) ? 'good' : toVerdict(clause, cues);
  if (verdict === 'good' && ELSEWHERE.test(clause)) return SILENT;
  const run = !SUPPOSITION.test(clause) && !UNTRIED.test(clause) && !CODE.test(clause);
  const plain = PLAIN.test(clause);
  return {
    verdict,
    leads: cues[0] !== undefined && cues[0].index <= LEAD,
    opposes: (verdict === null && IS_NOT.test(clause)) || NOT_WITH.test(clause),
    sets: run && SETS.test(clause),
    speaks: run && speaks(clause),
    ends: run && speaks(clause) && ENDS.test(clause),
    plain,
    versions: own,
  };
}

/** Where both are said in one clause, the last word before the version counts; without one before it, the first. */
function toVerdict(clause: string, cues: readonly Cue[]): Cue['verdict'] | null {
  const at = clause.indexOf('‹');
  const before = at < 0 ? undefined : cues.filter(({ index }) => index < at).at(-1);
  return (before ?? cues[0])?.verdict ?? null;
}

const IDLE = [NOT_RUN, NOT_TRIED];

interface Cue {
  readonly index: number;
  readonly verdict: 'good' | 'bad';
}

function readCues(clause: string): Cue[] {
  const supposed = SUPPOSITION.exec(clause)?.index ?? Infinity;
  const cues: Cue[] = [];
  for (const { index, groups = {} } of clause.matchAll(CUES)) {
    // What comes behind `should` or `if` has not happened.
    if (groups['denied'] !== undefined || index > supposed) continue;
    const good = groups['good'] !== undefined || groups['good2'] !== undefined || groups['good3'] !== undefined;
    cues.push({ index, verdict: good ? 'good' : 'bad' });
  }
  return cues;
}

/** `Xen (4.8, as in Debian 9) works well`: a clause without a verb takes that of its neighbour, if that names no version. */
function inherit(clauses: readonly Clause[], index: number): 'good' | 'bad' | null {
  const last = clauses[index - 1]?.verdict ?? null;
  if (clauses[index]?.opposes === true) return last === null ? null : last === 'bad' ? 'good' : 'bad';
  for (const next of clauses.slice(index + 1, index + 3)) {
    if (next.versions.length > 0) break;
    if (next.verdict !== null) return next.leads ? next.verdict : null;
  }
  const before = clauses[index - 1];
  return before && before.versions.length === 0 && before.verdict !== null ? before.verdict : null;
}
