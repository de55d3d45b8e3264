import { CLAUSE, CUES, ELSEWHERE, IS_NOT, NOT_RUN, NOT_WITH, SUPPOSITION } from './cues.ts';
import type { VersionMention } from './find-versions.ts';
import type { BareClaim } from './read-claims.ts';

interface Clause {
  readonly verdict: 'good' | 'bad' | null;
  readonly leads: boolean;
  /** Says no more than that the opposite of the clause before holds. */
  readonly opposes: boolean;
  /** Tells what happens with its version. */
  readonly sets: boolean;
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
 * then the opposite holds for one that is set against it in a clause of its own. Whether the order is right is for the reader
 * of the claims to see. `on 4.16 the card is listed, on 4.17 it is not there`: two versions that are set against each
 * other are a range, though no word of ours tells which of them is the good one: things change for the worse.
 */
function readContrast(clauses: readonly Clause[], told: readonly BareClaim[]): BareClaim[] {
  const good = told.some((claim) => claim.good && !claim.bad);
  const bad = told.some((claim) => claim.bad && !claim.good);
  if ((good && bad) || told.some((claim) => claim.good && claim.bad)) return [];
  const set = clauses.filter(({ verdict, sets, versions }) => verdict === null && sets && versions.length > 0);
  if (!good && !bad) return readParallel(set);
  const other = set.find(
    ({ versions }) => !told.some((claim) => versions.some((one) => one === claim.good || one === claim.bad)),
  );
  const version = other?.versions[0];
  if (!version) return [];
  const claim = { rule: 'contrast', good: null, bad: null, denied: false, at: version.start };
  return [good ? { ...claim, bad: version } : { ...claim, good: version }];
}

function readParallel(set: readonly Clause[]): BareClaim[] {
  const [first, second, third] = set.filter(({ plain }) => !plain).map(({ versions }) => versions[0]);
  if (!first || !second || third || first.component !== second.component || first.component === null) return [];
  const [good, bad] = byRelease(first, second);
  return [{ rule: 'parallel', good, bad, denied: false, at: second.start }];
}

/** The older first; as written where the numbers do not tell. */
function byRelease(a: VersionMention, b: VersionMention): [VersionMention, VersionMention] {
  const [left, right] = [a, b].map(({ version }) => version.split('.').map(Number));
  for (let i = 0; i < 4; i += 1) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference > 0) return [b, a];
    if (difference < 0) return [a, b];
  }
  return [a, b];
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
    const told = tells(before) || (before.includes('‹') && REASON.test(joint));
    if (!told || !tells(after.slice(0, AFTER_JOINT))) continue;
    pieces.push(before);
    from = index + joint.length;
  }
  return [...pieces, piece.slice(from)];
}

function tells(piece: string): boolean {
  return (
    piece.includes('‹') &&
    (readCues(piece).length > 0 || SETS.test(piece) || IS_NOT.test(piece) || NOT_WITH.test(piece))
  );
}

const JOINT = /,? (?:and|as|so|because|since|where|only) |, /gi;
/** Before these, the first half need not judge its version: `we stay on 5.15 because 6.2 does not resume`. */
const REASON = /because|since|as\b/i;
/** How far behind a joint a half is looked at. */
const AFTER_JOINT = 120;

const SILENT: Clause = { verdict: null, leads: false, opposes: false, sets: false, plain: true, versions: [] };
/** `with Xen 4.19 the screen is black`, `6.6 lasts an hour`; not `the kernel is 6.6`. */
const SETS =
  /^\W*(?:(?:but|now|and|only|while|whereas) )?(?:(?:with|on|in|under|since|using|from|booting|running) )?(?:[\w-]+ ){0,3}‹\d+›,? (?:(?:i|we|you|one) (?:get|see|have|had|got|can|could|cannot)\b|(?:[\w'-]+ ){0,4}(?:is|are|was|were|can|could|gets?|got|has|had|shows?|gives?|gave|takes?|took|lasts?|ends?|does|did|needs?|comes?|came|goes|went|stays?|boots?|keeps?|prints?|says?|sees?|loses?|leaves?|makes?|made|finds?|found|reboots|refuses|drops|kills|stops|dies)\b)/i;
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
  if (NOT_RUN.test(clause)) return SILENT;
  const own = [...clause.matchAll(/‹(?<n>\d+)›/g)]
    .flatMap((hit) => versions[Number(hit.groups?.['n'])] ?? [])
    .filter((version) => !version.foreign);
  const cues = readCues(clause);
  // Where both are said in one clause, the last word before the version counts; without one before it, the first.
  const at = clause.indexOf('‹');
  const cue = (at < 0 ? undefined : cues.filter(({ index }) => index < at).at(-1)) ?? cues[0];
  const verdict = cue?.verdict ?? null;
  if (verdict === 'good' && ELSEWHERE.test(clause)) return SILENT;
  const leads = (cues[0]?.index ?? Infinity) <= LEAD;
  const sets = SETS.test(clause) && !SUPPOSITION.test(clause) && !UNTRIED.test(clause) && !CODE.test(clause);
  const plain = PLAIN.test(clause);
  return {
    verdict,
    leads,
    opposes: (verdict === null && IS_NOT.test(clause)) || NOT_WITH.test(clause),
    sets,
    plain,
    versions: own,
  };
}

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
    const good = groups['good'] !== undefined || groups['good2'] !== undefined;
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
