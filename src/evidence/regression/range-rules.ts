/**
 * Whole phrases that name a range or its open end. `‹n›` stands for the n-th version of the sentence, see
 * {@link toTokens}; a row's groups are numbers of versions. Phrases: `domain.md` 4.3.
 */
export interface RangeRule {
  readonly name: string;
  readonly pattern: RegExp;
  /** The row counts only in a sentence that also speaks of a failure or of the change to another version. */
  readonly needs?: RegExp;
}

const GOOD = '‹(?<good>\\d+)›';
const BAD = '‹(?<bad>\\d+)›';
const MOVE =
  /\b(?:upgrad|updat|migrat|mov(?:e|ed|ing)\b|switch|going|went|bump|jump|chang|regress|broke|fail|crash|introduc|after|since|stopp)/i;

export const RANGE_RULES: readonly RangeRule[] = [
  {
    name: 'regression-from-to',
    pattern: new RegExp(
      `regress\\w*\\b.{0,60}?\\b(?:from|between) (?:[\\w,-]+ ){0,4}${GOOD}.{0,30}?(?:to|and|->|\\.\\.+) (?:[\\w,-]+ ){0,4}${BAD}`,
      'i',
    ),
  },
  { name: 'arrow', pattern: new RegExp(`${GOOD} ?(?:->|=>|→|-->) ?(?:\\w+ )?${BAD}`) },
  { name: 'range', pattern: new RegExp(`${GOOD} ?\\.{2,3} ?${BAD}`) },
  {
    name: 'between',
    pattern: new RegExp(
      `\\bbetween (?:[\\w-]+ ){0,4}${GOOD}(?: \\([^)]{0,40}\\))? (?:and|to|->) (?:[\\w-]+ ){0,4}${BAD}`,
      'i',
    ),
    needs: /introduc|regress|broke|break|bisect|fail|crash|issue|problem|chang|started|appear|happen|bug/i,
  },
  {
    name: 'from-to',
    pattern: new RegExp(
      `\\bfrom (?:[\\w,'-]+ ){0,5}${GOOD}(?: \\([^)]{0,60}\\))?(?: [\\w,'-]+){0,5} (?:in)?to (?:[\\w,'-]+ ){0,5}${BAD}`,
      'i',
    ),
    needs: MOVE,
  },
  {
    name: 'regression-against',
    pattern: new RegExp(
      `regress(?:ion|ed|es)\\b (?:from|compared (?:to|with)|against|over|relative to|vs\\.?) (?:[\\w-]+ ){0,3}${GOOD}`,
      'i',
    ),
  },
  {
    name: 'since',
    pattern: new RegExp(
      `\\b(?:ever )?since (?:about |at least |around |version |release |the |linux |xen |kernel |an? |upgrad\\w+ |updat\\w+ |switch\\w* |mov\\w+ |to |from |debian |dom0 |upstream |we |i |recent |late |rc |hypervisor ){0,8}${BAD}(?! (?:is|was|has|are|does|it|we|the|which|already|supports?)\\b)`,
      'i',
    ),
  },
  {
    name: 'starting-with',
    pattern: new RegExp(
      `\\b(?:start(?:s|ed|ing)?|beg[ai]n(?:s|ning)?|appear(?:s|ed|ing)?|first seen|first appeared|introduced|regress(?:ed|es|ion)?|broken?|broke|show(?:s|ed)? up|as)(?: \\w+){0,3} (?:with|in|from|at|of|since|on|by|after)(?: the)? (?:[\\w/-]+ ){0,4}${BAD}`,
      'i',
    ),
    needs: /start|beg[aiu]n|appear|first|introduc|regress|broke|show|as of/i,
  },
  {
    name: 'version-regression',
    pattern: new RegExp(
      `${BAD} (?:[\\w-]+ )?regression\\b|\\bregression[,:;]? (?:in |on |with |since |for |as of )?(?:the |upstream |mainline )?(?:linux |xen |kernel |qemu |dom0 |domu |version ){0,3}${BAD.replace('bad', 'bad2')}`,
      'i',
    ),
  },
  {
    name: 'and-later',
    pattern: new RegExp(
      `${BAD} (?:and|or) (?:later|newer|above|up|onwards?|higher|beyond|greater)\\b|(?:>=|≥) ?(?:\\w+ )?${BAD.replace('bad', 'bad2')}|${BAD.replace('bad', 'bad3')} onwards?\\b`,
      'i',
    ),
    needs: /problem|issue|fail|crash|hang|broke|appear|happen|only|regress|bug|affect/i,
  },
  {
    name: 'update-to',
    pattern: new RegExp(
      `\\b(?:after|since|when|upon|following|with|by)\\b.{0,40}?\\b(?:up|down)?(?:grad|dat)\\w+ .{0,40}?\\bto (?:[\\w,'-]+ ){0,5}${BAD}`,
      'i',
    ),
    needs: /upgrad|updat/i,
  },
  {
    name: 'downgrade',
    pattern: new RegExp(
      `\\b(?:downgrad\\w+|revert(?:ed|ing)?|switch(?:ed|ing)?|went|going|go|rolled|rolling|fall(?:ing)?|move[d]?|moving) (?:\\w+ ){0,3}?(?:back )?to (?:[\\w,'-]+ ){0,6}\\(?${GOOD}`,
      'i',
    ),
    needs: /downgrad|back|revert|work|fix|help|solve|ok\b|fine|problem/i,
  },
  {
    name: 'not-yet-in',
    pattern: new RegExp(`\\bnot (?:in |on |with )?(?:\\w+ )?${GOOD}(?: yet)?`, 'i'),
    needs: /\b(?:see|happen|occur|start|appear|yet|present|crash|fail)/i,
  },
];
