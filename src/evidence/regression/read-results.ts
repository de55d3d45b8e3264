import type { VersionMention } from './find-versions.ts';
import type { BareClaim } from './bare-claim.ts';

/** `6.6 good, 6.7: ok, 6.8 (fails)`: a version with nothing but its result. */
const RESULT =
  /‹(?<n>\d+)›(?: kernel| release)? ?(?:[:=|(]|-+>?|→)? ?(?:(?:is|was|all|both|still|always) ){0,2}(?:(?<good>(?:ok|okay|good|fine|works?|worked|pass(?:es|ed)?|boots|no (?:crash|hang|problem|issue|panic)\w*)(?!\w))|(?<bad>(?:fail\w*|bad|broken|crash\w*|hangs?|hung|panic\w*|ko|not ok|not working|no boot|affected|dead|not(?= ?(?:[.,;!)]|$)))(?!\w)))/gi;

/**
 * A list of results: the newest that is good in it and the oldest that is bad, as one claim.
 * @param tokens the sentence with `‹n›` for its versions
 */
export function readResults(tokens: string, versions: readonly VersionMention[]): BareClaim[] {
  const goods: VersionMention[] = [];
  const bads: VersionMention[] = [];
  for (const { groups = {} } of tokens.matchAll(RESULT)) {
    const version = versions[Number(groups['n'])];
    if (!version || version.foreign) continue;
    (groups['good'] === undefined ? bads : goods).push(version);
  }
  // Lists rise or fall: what stands nearest to the other kind is the end.
  const [first, last] = [bads[0], bads.at(-1)];
  if (!first || !last) return [];
  const rising = goods.filter(({ start }) => start < first.start).at(-1);
  const good = rising ?? goods.find(({ start }) => start > last.start);
  if (!good) return [];
  return [{ rule: 'table', good, bad: rising ? first : last, denied: false, at: good.start }];
}
