import { CLAUSE, CONDITION, CUES, ELSEWHERE, IS_NOT, NOT_RUN, NOT_WITH, QUESTION, SUPPOSITION } from './cues.ts';
import { findVersions, type VersionMention } from './find-versions.ts';
import { RANGE_RULES } from './range-rules.ts';

/** What a sentence claims, before it is known where the sentence stands. */
export interface BareClaim {
  readonly rule: string;
  readonly good: VersionMention | null;
  readonly bad: VersionMention | null;
  readonly denied: boolean;
  readonly at: number;
}

/** Somebody says that it worked before, and names no version. */
const OPEN =
  /\b(?:used to (?:work|boot|run|be)|work(?:ed|s|ing)(?: \w+){0,3} (?:before|previously|earlier|in the past|until (?:recently|now|the|i|we)|fine before)|previously (?:work|boot|ran)\w*|stopped working|(?:no longer|doesn'?t|don'?t|does not|won'?t|can'?t|cannot)(?: \w+){0,4} any ?more|no longer (?:work|boot|start|build|compile)\w*|(?:after|since) (?:the|a|an|my|our|latest|last|recent|recently)(?: \w+){0,3} (?:update|upgrade)s?|after (?:updating|upgrading)|as of the latest|(?:is|looks like|seems|be|got|hit|a|an|this|the) (?:a |an |to be )?(?:recent |new |real |nasty |known |serious |clear |kernel |xen |linux |performance |stable |boot )?regression\b|regressed\b|before the (?:update|upgrade)|\b(?:older|earlier|previous) (?:[\w-]+ ){0,3}?(?:(?:do|does|did)(?:n't|n’t| not) (?:have|show|exhibit|suffer|do|see|need|crash|hang|fail)|(?:is|are|was|were) (?:\w+ )?(?:fine|ok|okay|good|not affected|unaffected)|work(?:s|ed)?\b|boot(?:s|ed)?\b)|(?:works?|worked|boots?|booted|runs?|fine|ok|okay|good|gone|not happen) (?:\w+ ){0,2}?(?:with|on|in|under) (?:an? |the |some |all |my |our ){0,2}(?:older|earlier|previous) )/i;
const DENIED =
  /\b(?:not|isn't|n't|n’t|NOT|no)\b (?:\w+ ){0,3}regressions?\b|\b(?:don't|don’t|do not) (?:think|believe) (?:\w+ ){0,3}regression\b|\bnever (?:really )?worked\b/;
/** Regression as a subject of tests and fears, not something that happened. */
const NO_CLAIM =
  /\b(?:should|would|might|whether|if|unless|please|don't know|do not know|not sure|can't tell|cannot tell|no idea)\b.{0,60}\b(?:older|earlier|previous) |\bregression(?:s)? (?:test|suite|fix|tracker|tracking)|\b(?:any|avoid|prevent|no functional|potential|possible|without|cause|risk of|potential for) (?:\w+ ){0,2}regressions?\b|\bfor regressions\b/i;

/**
 * What one sentence claims about working and failing versions.
 * @param text a sentence, or a subject
 * @param isSubject a subject may leave out the verb: `Crash on boot (regression, Linux 6.12)`
 */
export function readClaims(text: string, isSubject = false): BareClaim[] {
  const versions = findVersions(text);
  if (DENIED.test(text))
    return [
      { rule: 'denied', good: versions.find((version) => !version.foreign) ?? null, bad: null, denied: true, at: 0 },
    ];
  if (((text.endsWith('?') && QUESTION.test(text)) || CONDITION.test(text)) && !isSubject) return [];
  const claims: BareClaim[] = [];
  if (versions.length > 0 && versions.length <= 12) {
    const tokens = toTokens(text, versions);
    claims.push(...readRanges(tokens, versions));
    const said = readClauses(tokens, versions, claims);
    claims.push(...said.filter((claim) => !isContradicted(claim, claims)));
  }
  const open = OPEN.exec(text);
  if (open && !NO_CLAIM.test(text)) claims.push({ rule: 'said', good: null, bad: null, denied: false, at: open.index });
  return claims;
}

/** Replaces each version (and a program's name joined to it) by `‹n›`, so that rules can speak of versions. */
export function toTokens(text: string, versions: readonly VersionMention[]): string {
  let tokens = '';
  let from = 0;
  versions.forEach((version, index) => {
    tokens += `${text.slice(from, version.start)}‹${String(index)}›`;
    from = version.end;
  });
  return tokens + text.slice(from);
}

/** A whole phrase (`not seen before 6.6`) knows better than the words of its clause. */
function isContradicted({ good, bad }: BareClaim, ranges: readonly BareClaim[]): boolean {
  return ranges.some(
    (range) => (good !== null && range.bad === good && range.good === null) || (bad !== null && range.good === bad && range.bad === null),
  );
}

function readRanges(tokens: string, versions: readonly VersionMention[]): BareClaim[] {
  const claims: BareClaim[] = [];
  for (const rule of RANGE_RULES) {
    const hit = rule.pattern.exec(tokens);
    if (!hit || (rule.needs && !rule.needs.test(tokens)) || rule.unless?.test(tokens)) continue;
    const { good, bad } = toVersions(hit.groups ?? {}, versions);
    if (!good && !bad) continue;
    if (SUPPOSITION.test(tokens.slice(Math.max(0, hit.index - 30), hit.index)) && rule.name !== 'from-to') continue;
    claims.push({ rule: rule.name, good, bad, denied: false, at: (good ?? bad)?.start ?? 0 });
  }
  return claims;
}

function toVersions(
  groups: Record<string, string | undefined>,
  versions: readonly VersionMention[],
): { readonly good: VersionMention | null; readonly bad: VersionMention | null } {
  const at = (index: string | undefined): VersionMention | null =>
    index === undefined ? null : (versions[Number(index)] ?? null);
  return { good: at(groups['good']), bad: at(groups['bad'] ?? groups['bad2'] ?? groups['bad3']) };
}

interface Clause {
  readonly verdict: 'good' | 'bad' | null;
  readonly leads: boolean;
  /** Says no more than that the opposite of the clause before holds. */
  readonly opposes: boolean;
  /** Tells what happens with its version. */
  readonly sets: boolean;
  readonly versions: readonly VersionMention[];
}

/** Pairs versions with what their own clause says of them: works, or fails. */
function readClauses(tokens: string, versions: readonly VersionMention[], ranges: readonly BareClaim[]): BareClaim[] {
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
 * `6.5 ran for months, 6.6 lasts an hour`: where one version is good and none is bad, one that is set against it in a clause
 * of its own is. Whether it is the newer one is for the reader of the claims to see.
 */
function readContrast(clauses: readonly Clause[], told: readonly BareClaim[]): BareClaim[] {
  if (!told.some(({ good, bad }) => good && !bad) || told.some(({ bad }) => bad)) return [];
  const set = clauses.find(
    ({ verdict, sets, versions }) =>
      verdict === null && sets && versions.length > 0 && !told.some(({ good }) => good && versions.includes(good)),
  );
  const bad = set?.versions[0];
  return bad ? [{ rule: 'contrast', good: null, bad, denied: false, at: bad.start }] : [];
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
    if (!tells(before) || !tells(after.slice(0, AFTER_JOINT))) continue;
    pieces.push(before);
    from = index + joint.length;
  }
  return [...pieces, piece.slice(from)];
}

function tells(piece: string): boolean {
  return piece.includes('‹') && (readCues(piece).length > 0 || SETS.test(piece));
}

const JOINT = /,? (?:and|as|so|because|since|where|only) |, /gi;
/** How far behind a joint a half is looked at. */
const AFTER_JOINT = 120;

const SILENT: Clause = { verdict: null, leads: false, opposes: false, sets: false, versions: [] };
/** `with Xen 4.19 the screen is black`, `6.6 lasts an hour`; not `the kernel is 6.6`. */
const SETS =
  /^\W*(?:(?:with|on|in|under|only|now|since|and|using|from) )?(?:[\w-]+ ){0,3}‹\d+›,? (?:\w+ ){0,4}(?:is|are|gets?|has|shows?|gives?|takes?|lasts?|ends?|does|needs?|comes?|goes|stays?|boots?|keeps?|prints?|says?|sees?|loses?|leaves?|reboots|refuses|drops|kills|stops|dies)\b/i;
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
  const sets = SETS.test(clause) && !SUPPOSITION.test(clause) && !UNTRIED.test(clause);
  return { verdict, leads, opposes: (verdict === null && IS_NOT.test(clause)) || NOT_WITH.test(clause), sets, versions: own };
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
