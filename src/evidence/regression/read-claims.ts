import type { BareClaim } from './bare-claim.ts';
import { CONDITION, NOT_TRIED, QUESTION, SUPPOSITION, THEORY, WHAT_CHANGED } from './cues.ts';
import { byRelease } from './by-release.ts';
import { readClauses } from './read-clauses.ts';
import { readResults } from './read-results.ts';
import { findVersions, type VersionMention } from './find-versions.ts';
import { RANGE_RULES } from './range-rules.ts';
import type { RangeRule } from './range-words.ts';

/** Somebody says that it worked before, and names no version. */
const OPEN =
  /\b(?:used to (?:work|boot|run|be)|work(?:ed|s|ing)(?: \w+){0,3} (?:before|previously|earlier|in the past|until (?:recently|now|the|i|we)|fine before)|previously (?:work|boot|ran)\w*|stopped working|(?:no longer|doesn'?t|don'?t|does not|won'?t|can'?t|cannot)(?: \w+){0,4} any ?more|no longer (?:work|boot|start|build|compile)\w*|(?:after|since) (?:the|a|an|my|our|latest|last|recent|recently)(?: [\w'’-]+){0,3} (?:update|upgrade)s?|after (?:updating|upgrading)|as of the latest|(?:is|looks like|seems|be|got|hit|a|an|this|the) (?:a |an |to be )?(?:recent |new |real |nasty |known |serious |clear |kernel |xen |linux |performance |stable |boot )?regression\b|regressed\b|\b(?:it|this|that|everything|which) (?:just |only |suddenly |recently )?(?:broke|regressed) (?:with|in|after|on|when|since|recently|last)\b|\b(?:something|some (?:change|commit|patch)|one of the (?:changes|commits|patches)|the (?:update|upgrade|merge)) (?:[\w'-]+ ){0,6}?(?:broke|broken|breaks|regressed)\b|\b(?:up to|until|till) (?:last|this|a few|some|yesterday|recently|the day) .{0,40}?\b(?:fine|worked|okay|ok|good|no problem|all well)\b|(?:n't|n’t|not|never|fine|worked|works|okay|good) (?:\w+ ){0,3}?(?:with|on|in|under) (?:the|my|our|what) (?:\w+ ){0,2}(?:that |which )?(?:i|we) (?:had|used|ran|was running|were running) (?:before|earlier|previously|until)|before the (?:update|upgrade)|\b(?:older|earlier|previous|last (?=release|version|kernel|one)) ?(?:[\w-]+ ){0,3}?(?:(?:do|does|did)(?:n't|n’t| not) (?:have|show|exhibit|suffer|do|see|need|crash|hang|fail)|(?:is|are|was|were) (?:\w+ )?(?:fine|ok|okay|good|not affected|unaffected)|work(?:s|ed)?\b|boot(?:s|ed)?\b)|\b(?:it|this|that|problem|issue|trouble) (?:all )?(?:started|began) (?:\w+ ){0,6}(?:after|since|with) (?:(?:[\w.-]+ ){0,4})(?:[\w.]+-){0,3}(?:update|upgrade)\b|\bbefore (?:some |few |a |about |one |two |three |\d+ ){1,3}(?:days?|weeks?|months?|years?) (?:ago )?(?:it|this|that|all|everything) (?:\w+ )?(?:is|was|works?|worked|did)\b|\b(?:days?|weeks?|months?|years?) ago (?:it|this|that|all|everything) (?:still |all )?(?:was|worked|did work|ran|booted)\b|(?:works?|worked|boots?|booted|runs?|fine|ok|okay|good|gone|not happen) (?:\w+ ){0,2}?(?:with|on|in|under) (?:an? |the |some |all |my |our ){0,2}(?:older|earlier|previous) )/i;
const DENIED =
  /\b(?:not|isn't|n't|n’t|NOT|no)\b (?:\w+ ){0,3}regressions?\b|\b(?:don't|don’t|do not) (?:think|believe) (?:\w+ ){0,3}regression\b|\bnever (?:really )?worked\b|\bnever (?:\w+ ){0,2}(?:had|got|saw|seen) (?:this|it|that) (?:to )?work|(?:n't|n’t|\bnot) (?:something|anything|a thing) (?:that |which )?(?:recently |suddenly )?(?:broke|changed|started|appeared|regressed|is new)|\bnothing new\b|\balways been (?:like (?:this|that)|this way|that way|so|the case)\b/;
const OLDER = /\b(?:older|earlier|previous|last)\b/i;
/** `older kernels (4.14)`: there the version is the one that works. */
const OLDER_VERSION = /\b(?:older|earlier|previous|last|before) (?:[\w-]+ ){0,3}\(?v?\d/i;
/** Regression as a subject of tests and fears, not something that happened. */
const NO_CLAIM =
  /\b(?:should|would|might|whether|if|unless|please|don't know|do not know|not sure|can't tell|cannot tell|no idea|wonder\w*|unsure)\b.{0,60}\b(?:older|earlier|previous|regression)\b|\bregression(?:s)? (?:test|suite|fix|tracker|tracking)|\b(?:any|avoid|prevent|no functional|potential|possible|without|cause|risk of|potential for) (?:\w+ ){0,2}regressions?\b|\bfor regressions\b/i;

/**
 * What one sentence claims about working and failing versions.
 * @param text a sentence, or a subject
 * @param isSubject a subject may leave out the verb: `Crash on boot (regression, Linux 6.12)`
 */
export function readClaims(text: string, isSubject = false): BareClaim[] {
  const versions = findVersions(text).filter(({ start }) => !isUntried(text, start));
  if (DENIED.test(text))
    return [
      { rule: 'denied', good: versions.find((version) => !version.foreign) ?? null, bad: null, denied: true, at: 0 },
    ];
  if (!isSubject && isIdle(text)) return [];
  const claims: BareClaim[] = [];
  if (versions.length > 0 && versions.length <= 12) {
    const tokens = toTokens(text, versions);
    claims.push(...readResults(tokens, versions), ...readRanges(tokens, versions));
    const said = readClauses(tokens, versions, claims);
    claims.push(...said.filter((claim) => !isContradicted(claim, claims)));
  }
  return [...claims, ...readOpen(text, versions)];
}

/** `I have not tried 9.0`: nothing is known of it. */
function isUntried(text: string, at: number): boolean {
  const clause =
    text
      .slice(Math.max(0, at - 80), at)
      .split(/[.;,]/)
      .at(-1) ?? '';
  return NOT_TRIED.test(clause) && !/\b(?:but|and)\b/i.test(clause);
}

/** A question, a condition that nobody has tried, or what is concluded from the code: nothing of it has happened. */
function isIdle(text: string): boolean {
  const asks = text.endsWith('?') && QUESTION.test(text) && !WHAT_CHANGED.test(text);
  return asks || CONDITION.test(text) || THEORY.test(text);
}

/** That it worked before, without saying with which version; where the failing one is named beside it, it begins there. */
function readOpen(text: string, versions: readonly VersionMention[]): BareClaim[] {
  const open = OPEN.exec(text);
  if (!open || NO_CLAIM.test(text)) return [];
  const said: BareClaim = { rule: 'said', good: null, bad: null, denied: false, at: open.index };
  const [only, second] = versions;
  if (!only || second || !OLDER.test(open[0]) || OLDER_VERSION.test(text)) return [said];
  return [{ ...said, rule: 'starting-with', bad: only, at: only.start }, said];
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
    (range) =>
      (good !== null && range.bad === good && range.good === null) ||
      (bad !== null && range.good === bad && range.bad === null),
  );
}

function readRanges(tokens: string, versions: readonly VersionMention[]): BareClaim[] {
  return RANGE_RULES.flatMap((rule) => {
    const hit = rule.pattern.exec(tokens);
    if (!hit || !holds(rule, tokens, hit.index)) return [];
    const { good, bad } = toVersions(hit.groups ?? {}, versions);
    const at = (good ?? bad)?.start;
    if (at === undefined) return [];
    const [from, to] =
      good && bad && (rule.name === 'parallel' || rule.name === 'figures') ? byRelease(good, bad) : [good, bad];
    return [{ rule: rule.name, good: from, bad: to, denied: false, at }];
  });
}

function holds({ name, needs, unless }: RangeRule, tokens: string, at: number): boolean {
  if ((needs && !needs.test(tokens)) || unless?.test(tokens)) return false;
  if (name === 'from-to' || WHAT_CHANGED.test(tokens)) return true;
  return !SUPPOSITION.test(tokens.slice(Math.max(0, at - 30), at));
}

function toVersions(
  groups: Record<string, string | undefined>,
  versions: readonly VersionMention[],
): { readonly good: VersionMention | null; readonly bad: VersionMention | null } {
  const at = (index: string | undefined): VersionMention | null =>
    index === undefined ? null : (versions[Number(index)] ?? null);
  return { good: at(groups['good']), bad: at(groups['bad'] ?? groups['bad2'] ?? groups['bad3']) };
}

/** Longer sentences speak for themselves. */
const MAX_SHORT = 160;

/**
 * What two neighbouring sentences claim together and neither alone: `6.6.9 does not start. 6.6.8 does.` Each must be short and
 * speak of one version.
 * @returns claims with their place in `${first}; ${second}`
 */
export function readAcross(first: string, second: string): BareClaim[] {
  if (first.length > MAX_SHORT || second.length > MAX_SHORT || first.endsWith('?') || second.endsWith('?')) return [];
  const alone = [first, second].map((text) => findVersions(text));
  if (alone.some((versions) => versions.length !== 1 || versions[0]?.foreign)) return [];
  const known = [...readClaims(first), ...readClaims(second)];
  if (known.some(({ good, denied }) => good || denied) && known.some(({ bad }) => bad)) return [];
  return readClaims(`${first.replace(/[.!,;: ]+$/, '')}; ${second}`).filter(
    ({ rule, good, bad }) =>
      rule !== 'said' && !known.some((one) => one.good?.version === good?.version && one.bad?.version === bad?.version),
  );
}
