import type { Component, Fact, RegressionClaim } from '../../model/evidence.ts';
import type { Because, Regression } from '../../model/verdict.ts';
import type { ThreadView } from '../../model/view.ts';
import { byDate, isSame, toOpening, type Opening } from '../opening.ts';
import { BAD_RANKS, COMMIT_RANKS, FIRM, GOOD_RANKS, PAIR_RANKS } from './claim-ranks.ts';
import { compareVersions, refines } from './compare-versions.ts';

export interface RegressionVerdict {
  readonly regression: Regression | null;
  /** The program that regressed, where it is told. */
  readonly component: Component;
  readonly because: readonly Because[];
}

const NONE: RegressionVerdict = { regression: null, component: null, because: [] };
const PAST = /\b(?:worked|was|were|ran|booted|used to|before|downgrad|back to|never|gone|up to|switched|revert)/i;

/**
 * Chooses among the claims of a thread. The opening's word goes before what its author says later, and that before what
 * others say; a range with both ends goes before ends that are told apart; a claim that tells a version more exactly
 * refines the other. A version that merely fails makes no regression: somebody must say that it worked, since when
 * it fails, or which commit did it. A denial by the reporter holds unless a commit is found.
 */
export function toRegression(view: ThreadView): RegressionVerdict {
  const opening = toOpening(view);
  if (!opening) return NONE;
  const groups = toGroups(opening, view);
  const all = groups.flat();
  const commit = pick(all, (claim) => (claim.commit === null ? undefined : COMMIT_RANKS[claim.rule]));
  const denied = all.find((claim) => claim.denied);
  if (denied && commit === null) return { ...NONE, because: [toBecause(denied, 'denied')] };
  for (const group of groups) {
    const range = toRange(group, opening.facts);
    if (range) return finish(refine(range, all), commit);
  }
  const firm = groups[0]?.concat(groups[1] ?? []).find((claim) => FIRM.includes(claim.rule));
  if (!firm && !commit) return NONE;
  return finish({ good: null, bad: null, claims: firm ? [firm] : [] }, commit);
}

interface Range {
  readonly good: string | null;
  readonly bad: string | null;
  readonly claims: readonly RegressionClaim[];
}

function finish(range: Range, commit: RegressionClaim | null): RegressionVerdict {
  const claims = commit ? [...range.claims, commit] : range.claims;
  return {
    regression: { lastGood: range.good, firstBad: range.bad, commit: commit?.commit ?? null },
    component: range.claims.map(({ component }) => component).find((component) => component !== null) ?? null,
    because: claims.map((claim) => toBecause(claim, claim.rule)),
  };
}

function toBecause(claim: RegressionClaim, rule: string): Because {
  const { message, part, line, quote, depth } = claim;
  return { field: 'regression', rule, where: { message, part, line, quote, depth } };
}

/** Claims by how much their author knows: the opening, its author later, the others. Quotations are left out where the quoted mail is at hand. */
function toGroups(opening: Opening, view: ThreadView): RegressionClaim[][] {
  const root = opening.mail.message.id;
  const reporter: RegressionClaim[] = [];
  const others: RegressionClaim[] = [];
  for (const { message } of byDate(view)) {
    if (message.id === root && !opening.missing) continue;
    const own = (view.evidence.get(message.id)?.regressions ?? []).filter(
      (claim) => claim.depth === 0 && claim.part !== 'header',
    );
    if (!opening.missing && isSame(message.from, opening.reporter)) reporter.push(...own);
    else
      others.push(
        ...own.filter(
          (claim) =>
            claim.rule in COMMIT_RANKS || claim.rule in PAIR_RANKS || (opening.missing && claim.rule in GOOD_RANKS),
        ),
      );
  }
  return [[...opening.claims].sort((a, b) => a.depth - b.depth), reporter, others];
}

function pick(
  claims: readonly RegressionClaim[],
  rank: (claim: RegressionClaim) => number | undefined,
): RegressionClaim | null {
  let best: RegressionClaim | null = null;
  let lowest = Infinity;
  for (const claim of claims) {
    const value = rank(claim);
    if (value === undefined || value >= lowest) continue;
    best = claim;
    lowest = value;
  }
  return best;
}

function toRange(claims: readonly RegressionClaim[], facts: readonly Fact[]): Range | null {
  const pair = pick(claims, (claim) =>
    claim.lastGood !== null && claim.firstBad !== null && inOrder(claim.lastGood, claim.firstBad)
      ? PAIR_RANKS[claim.rule]
      : undefined,
  );
  if (pair) return { good: pair.lastGood, bad: pair.firstBad, claims: [pair] };
  const goods = claims
    .filter(({ lastGood, rule }) => lastGood !== null && rule in GOOD_RANKS)
    .sort((a, b) => (GOOD_RANKS[a.rule] ?? 0) - (GOOD_RANKS[b.rule] ?? 0));
  const ranges = goods.flatMap((good) =>
    good.lastGood === null ? [] : (withGood(good, good.lastGood, claims, facts) ?? []),
  );
  const range = ranges.find(({ bad }) => bad !== null) ?? ranges[0];
  if (range) return range;
  const bad = pick(claims, (claim) => (claim.firstBad === null ? undefined : BAD_RANKS[claim.rule]));
  if (!bad?.firstBad) return null;
  const firm = claims.find((claim) => FIRM.includes(claim.rule) && belongs(claim, bad));
  if (!firm) return null;
  return { good: null, bad: bad.firstBad, claims: bad === firm ? [bad] : [bad, firm] };
}

/** The newest version that worked below the oldest that fails, of one component. */
function withGood(
  first: RegressionClaim,
  version: string,
  claims: readonly RegressionClaim[],
  facts: readonly Fact[],
): Range | null {
  const bads = claims.filter(
    (claim) =>
      claim.firstBad !== null &&
      claim.rule in BAD_RANKS &&
      agree(claim.component, first.component) &&
      inOrder(version, claim.firstBad) &&
      isNumbered(claim.firstBad),
  );
  const bad = pick(bads, (claim) => BAD_RANKS[claim.rule]);
  const later = claims.filter(
    (claim) =>
      claim.lastGood !== null &&
      claim.rule in GOOD_RANKS &&
      agree(claim.component, first.component) &&
      (compareVersions(version, claim.lastGood) ?? 1) < 0 &&
      bad?.firstBad &&
      inOrder(claim.lastGood, bad.firstBad),
  );
  const good = later.reduce(
    (best, claim) => ((compareVersions(best.lastGood ?? '', claim.lastGood ?? '') ?? 0) < 0 ? claim : best),
    first,
  );
  if (bad) return { good: good.lastGood, bad: bad.firstBad, claims: [good, bad] };
  const running = facts.find(
    (fact) =>
      matches(fact, first.component ?? toProgram(version, facts)) &&
      inOrder(version, fact.value) &&
      isRelease(fact.value),
  );
  if (running) return { good: version, bad: running.value, claims: [first] };
  return first.rule !== 'works' || PAST.test(first.quote) ? { good: version, bad: null, claims: [first] } : null;
}

/** A version that merely fails is the first bad one only where the same words, or the subject, say that it worked before. */
function belongs(firm: RegressionClaim, bad: RegressionClaim): boolean {
  return bad.rule !== 'fails' || firm.part === 'header' || (firm.quote === bad.quote && firm.message === bad.message);
}

const KEYS: Readonly<Record<string, Component>> = {
  'xen-version': 'xen',
  'kernel-version': 'linux',
  'qemu-version': 'qemu',
  'libvirt-version': 'libvirt',
};

function matches(fact: Fact, component: Component): boolean {
  return component !== null && KEYS[fact.key] === component;
}

/** Whose a number alone is: that of the only program of which the mail tells a version of the same series or one near it. */
function toProgram(version: string, facts: readonly Fact[]): Component {
  const major = Number(version.split('.')[0]);
  const near = new Set(
    facts.flatMap(({ key, value }) =>
      Math.abs(Number(value.split('.')[0]) - major) <= (major > 6 ? 1 : 0) ? key : [],
    ),
  );
  const named = Object.entries(KEYS).filter(([key]) => [...near].some((one) => one === key));
  return named.length === 1 ? (named[0]?.[1] ?? null) : null;
}

function agree(a: Component, b: Component): boolean {
  return a === null || b === null || a === b;
}

function inOrder(good: string, bad: string): boolean {
  const order = compareVersions(good, bad);
  return order === null ? good !== bad : order < 0;
}

/** A version that a reader knows; a build in the midst of a bisection says nothing to him. */
function isRelease(version: string): boolean {
  return isNumbered(version) && !/^\d[\d.]*-\d+-g[0-9a-f]{7}/.test(version);
}

function isNumbered(version: string): boolean {
  return compareVersions(version, version) !== null;
}

/** Looks for the same ends, told more exactly elsewhere in the thread: the first such telling counts. */
function refine(range: Range, claims: readonly RegressionClaim[]): Range {
  const finer = (end: string | null, side: 'lastGood' | 'firstBad'): string | null =>
    end === null ? null : (claims.find((claim) => claim[side] !== null && refines(claim[side], end))?.[side] ?? end);
  const good = finer(range.good, 'lastGood');
  const bad = finer(range.bad, 'firstBad');
  return { good, bad, claims: range.claims };
}
