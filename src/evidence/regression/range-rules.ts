/**
 * Whole phrases that name a range or its open end. `‹n›` stands for the n-th version of the sentence, see
 * {@link toTokens}; a row's groups are numbers of versions. Phrases: `domain.md` 4.3.
 */
export interface RangeRule {
  readonly name: string;
  readonly pattern: RegExp;
  /** The row counts only in a sentence that also speaks of a failure or of the change to another version. */
  readonly needs?: RegExp;
  /** The row does not count in a sentence in which this is said. */
  readonly unless?: RegExp;
}

const GOOD = '‹(?<good>\\d+)›';
const BAD = '‹(?<bad>\\d+)›';
const MOVE =
  /\b(?:upgrad|updat|migrat|mov(?:e|ed|ing)\b|switch|going|went|bump|jump|chang|regress|broke|fail|crash|introduc|after|since|stopp)/i;

/** A way from one version to another that changed nothing, or has not been gone. */
const IN_VAIN =
  /\b(?:happy with|no (?:difference|change)|(?:does|did|do)(?:n't| not) (?:help|change|fix|cure|matter|make)|without (?:any )?(?:problem|issue|trouble)s?|(?:plan|planning|intend|want|wanted|would like|hope|going) to (?:up|mov|migr|switch)\w*|there too|there as well|the same (?:happens|there)|went (?:fine|well|smoothly))\b/i;
const OK = '(?:ok|okay|good|fine|works?|worked|pass(?:es|ed)?|boots)\\b';
const KO = '(?:fail\\w*|bad|broken|crash\\w*|hang\\w*|panic\\w*|ko\\b|not ok|no boot)';

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
    unless: IN_VAIN,
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
      `\\b(?:ever )?since (?:about |at least |around |version |release |the |linux |xen |kernel |an? |upgrad\\w+ |updat\\w+ |switch\\w* |mov\\w+ |migrat\\w+ |moved |our |my |hosts? |guests? |machines? |servers? |were |was |got |to |debian |dom0 |upstream |we |i |recent |late |rc |hypervisor ){0,8}${BAD}(?! (?:is|was|has|are|does|it|we|the|which|already|supports?)\\b)`,
      'i',
    ),
  },
  {
    name: 'starting-with',
    pattern: new RegExp(
      `\\b(?:start(?:s|ed|ing)?|beg[ai]n(?:s|ning)?|appear(?:s|ed|ing)?|(?:came|comes|crept|slipped) in|came|arrived|first seen|first appeared|introduced|regress(?:ed|es|ion)?|broken?|broke|show(?:s|ed)? up|as)(?: \\w+){0,3} (?:with|in|from|at|of|since|on|by|after)(?: the)? (?:[\\w/-]+ ){0,4}${BAD}`,
      'i',
    ),
    needs:
      /start|beg[aiu]n|appear|first|introduc|regress|broke|show|as of|came in|comes in|crept|slipped|(?:bug|problem|issue|hang|crash|regression|that|it) (?:came|arrived)/i,
  },
  {
    name: 'starting-with',
    pattern: new RegExp(
      `\\b(?:from|with|since|beginning with) (?:[\\w-]+ ){0,3}${BAD} (?:on|onwards?|upwards?)(?=[ ,.;]|$)`,
      'i',
    ),
    needs: /fail|crash|hang|broke|panic|problem|issue|error|stop|no longer|not |never|n't|slow|wrong|dead|lost|bug/i,
  },
  {
    name: 'last-good',
    pattern: new RegExp(
      `\\b(?:last|latest|newest) (?:[\\w-]+ ){0,3}?(?:that|which|to|known) (?:[\\w]+ ){0,2}?(?:boot|work|run|good|start|fine|behav|succe)\\w*(?: [\\w]+){0,3}?(?: (?:is|was))?:? (?:[\\w-]+ ){0,3}${GOOD}`,
      'i',
    ),
  },
  {
    name: 'last-good',
    pattern: new RegExp(
      `${GOOD} (?:kernel |release |version )?(?:is|was) the (?:last|latest|newest) (?:\\w+ ){0,2}?(?:without|good|working|to (?:work|boot|run)|(?:that|which) (?:work|boot|ran|run|was (?:fine|good|ok))\\w*|before)`,
      'i',
    ),
  },
  {
    name: 'neither-nor',
    pattern: new RegExp(
      `\\bneither (?:[\\w-]+ ){0,2}‹\\d+› nor (?:[\\w-]+ ){0,2}${GOOD}(?:.{0,60}\\bonly (?:[\\w-]+ ){0,3}${BAD})?`,
      'i',
    ),
  },
  {
    name: 'instead-of',
    pattern: new RegExp(
      `\\b(?:gone|fine|works?|worked|boots?|helps?|cures?|good|ok|okay|disappears?) .{0,50}?${GOOD}(?: \\w+){0,2} (?:instead of|rather than|in place of) (?:[\\w-]+ ){0,3}${BAD}`,
      'i',
    ),
    unless: /\b(?:not|n't|never)\b/i,
  },
  {
    name: 'took-takes',
    pattern: new RegExp(
      `${GOOD},? (?:it|this|that|they|the \\w+)? ?(?:took|was|were|had|gave|ran|needed|got|reached|did)\\b.{0,80}${BAD},? (?:it|this|that|they|the \\w+)? ?(?:takes?|is|are|has|have|gives?|runs?|needs?|gets?|lasts?|reaches|does|shows?)\\b`,
      'i',
    ),
    unless: /\b(?:also|too|as well|likewise|still)\b/i,
  },
  {
    name: 'has-not-has',
    pattern: new RegExp(
      `\\b(?:is|was) not (?:seen |present |there )?(?:in|on|with|under) (?:[\\w-]+ ){0,2}${GOOD}.{0,30}?${BAD} (?:has|shows|does|exhibits)\\b`,
      'i',
    ),
    needs: /bug|problem|issue|crash|hang|error|splat|fault|regress|it|this|that/i,
  },
  {
    name: 'was-so',
    pattern: new RegExp(
      `(?:^|[,;] |\\bbut )(?:on|with|under|in|before) (?:[\\w-]+ ){0,2}${GOOD},? (?:it|this|that|they|the \\w+) (?:took|had|gave|needed|got|did it|came up|was (?:fine|ok|good|right|there|done))\\b`,
      'i',
    ),
    unless: /\b(?:also|too|as well|likewise|still|same)\b(?! script| config| image| guest)/i,
  },
  {
    name: 'table',
    pattern: new RegExp(`${GOOD} ?(?:[:=|]|-+>?)? ?${OK}.{0,60}?${BAD} ?(?:[:=|]|-+>?)? ?${KO}`, 'i'),
  },
  {
    name: 'table',
    pattern: new RegExp(`${BAD} ?(?:[:=|]|-+>?)? ?${KO}.{0,60}?${GOOD} ?(?:[:=|]|-+>?)? ?${OK}`, 'i'),
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
    name: 'update-from',
    pattern: new RegExp(
      `\\b(?:up(?:grad|dat)\\w+|mov(?:ed|ing)|switch\\w*|migrat\\w+|going|went|coming|came) (?:[\\w,'-]+ ){0,3}?(?:from|off) (?:[\\w,'-]+ ){0,4}${GOOD}`,
      'i',
    ),
    needs: MOVE,
    unless: IN_VAIN,
  },
  {
    name: 'update-to',
    pattern: new RegExp(
      `\\b(?:after|since|when|upon|following|with|by|before)\\b.{0,40}?\\bup(?:grad|dat)\\w+ (?:(?!from\\b).){0,40}?\\bto (?:[\\w,'-]+ ){0,5}${BAD}`,
      'i',
    ),
    needs: /upgrad|updat/i,
    unless: IN_VAIN,
  },
  {
    name: 'update-to',
    pattern: new RegExp(
      `\\b(?:when|since|after|once|with) (?:[\\w'-]+ ){0,3}(?:went|mov(?:ed|e|ing)|switch(?:ed|ing)?|migrat(?:ed|ion|ing)|chang(?:ed|e)|jump(?:ed)?) (?:[\\w'-]+ ){0,3}to (?:[\\w,'-]+ ){0,4}${BAD}`,
      'i',
    ),
    needs: /since|fail|crash|hang|broke|panic|problem|stopp|no longer|not |n't|slow|wrong|dead|lost/i,
    unless: new RegExp(`${IN_VAIN.source}|\\bback\\b`, 'i'),
  },
  {
    name: 'to-from',
    pattern: new RegExp(
      `\\bup(?:grad|dat)\\w+ (?:[\\w,'-]+ ){0,4}?to (?:[\\w,'-]+ ){0,4}${BAD} from (?:[\\w,'-]+ ){0,4}${GOOD}`,
      'i',
    ),
    unless: IN_VAIN,
  },
  {
    name: 'down-from-to',
    pattern: new RegExp(
      `\\b(?:downgrad\\w+|revert\\w*|going back|went back|go back|roll\\w* back|back) (?:[\\w,'-]+ ){0,3}?from (?:[\\w,'-]+ ){0,4}${BAD} (?:back )?to (?:[\\w,'-]+ ){0,4}${GOOD}`,
      'i',
    ),
    unless: IN_VAIN,
  },
  {
    name: 'broke-between',
    pattern: new RegExp(
      `\\b(?:broke\\w*|regress\\w*|stopped \\w+|start\\w*|appear\\w*|introduced|chang\\w+|happened|went wrong) (?:[\\w-]+ ){0,3}between (?:[\\w-]+ ){0,4}${GOOD} and (?:[\\w-]+ ){0,4}${BAD}`,
      'i',
    ),
  },
  {
    name: 'downgrade',
    pattern: new RegExp(
      `\\b(?:downgrad\\w+|roll-?backs?|returns?|returning|revert(?:ed|ing)?|switch(?:ed|ing)?|went|going|go|rolled|rolling|fall(?:ing)?|move[d]?|moving) (?:\\w+ ){0,3}?(?:back )?to (?:[\\w,'-]+ ){0,6}\\(?${GOOD}`,
      'i',
    ),
    needs: /downgrad|back|revert|work|fix|help|solve|cure|ok\b|fine|problem/i,
    unless: new RegExp(`${IN_VAIN.source}|\\b(?:stopped|broke|since|no longer)\\b`, 'i'),
  },
  {
    name: 'not-yet-in',
    pattern: new RegExp(`\\bnot (?:in |on |with )?(?:\\w+ )?${GOOD}(?: yet)?`, 'i'),
    needs:
      /\b(?:see|happen|occur|start|appear|yet|present|crash|fail|panic|hang|hung|come|show|freez|stall|get|break)/i,
  },
];
