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
/** A guest that starts with a version runs on it: nothing began there. */
const RUNS = '\\b(?:guests?|domains?|dom[0U]s?|vms?|machines?|servers?|daemons?) (?:\\w+ )?start(?:s|ed)? ';
/** An option or a function that came with a version is no failure. */
const CODE_CAME =
  '\\b(?:options?|features?|support|parameters?|functions?|helpers?|apis?|interfaces?|hypercalls?|fields?|flags?|symbols?|macros?|checks?|workarounds?|drivers?) (?:\\w+ ){0,4}(?:introduced|appeared|came|arrived|added|merged)\\b';
/** Why a version is kept that is not about what works. */
const SUPPORTED = /\b(?:vendor|support(?:s|ed)?|policy|certified|LTS|long[- ]term)\b/i;
const NOT_GOOD =
  "(?:doesn't|does not|don't|didn't|did not|isn't|is not|wasn't|can't|cannot|won't|fails?|failed|breaks?|broke|broken|crash\\w*|hangs?|hung|panics?|panicked|misbehav\\w*|dies|died|refus\\w*|stops?)";
/** Something goes wrong, or is not as it was. */
const WRONG =
  /fail|crash|hang|hung|broke|panic|problem|issue|error|warn|stop|no longer|not |never|n't|slow|wrong|dead|dies|lost|lose|bug|regress|oops|splat|deadlock|stall|freez|corrupt|reset|leak|refus|reject|time[sd]? out|NULL|gone|missing/i;
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
      /start|beg[aiu]n|appear|first|introduc|regress|broke|show|as of|came in|comes in|crept|slipped|(?:bug|problem|issue|hang|crash|regression|slowdown|that|it) (?:came|arrived)/i,
    unless: new RegExp(`${RUNS}|${CODE_CAME}`, 'i'),
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
    name: 'since',
    pattern: new RegExp(
      `\\bsince (?:we |i |they |he |she |the |our |my |all )(?:[\\w'-]+ ){0,5}${BAD}(?! (?:is|was|has|are|does|it|we|the|which|already|supports?)\\b)`,
      'i',
    ),
    needs: WRONG,
    unless: new RegExp(`${IN_VAIN.source}|\\bsince (?:the )?(?:\\w+ ){0,2}(?:released?|merged|supports?)`, 'i'),
  },
  {
    name: 'starting-with',
    pattern: new RegExp(
      `\\b(?:not|never|no|n't|hadn't|none of|didn't) (?:[\\w'-]+ ){0,8}(?:before|prior to|earlier than|older than|until|till) (?:the |version |release |linux |xen |qemu |kernel |upstream ){0,3}${BAD}`,
      'i',
    ),
    needs: /see|saw|seen|happen|occur|had|have|need|show|problem|issue|crash|message|trouble|notice|observ|experienc/i,
    unless: /\bsupport|\bkernels? (?:before|older|prior)/i,
  },
  {
    name: 'starting-with',
    pattern: new RegExp(
      `\\b(?:before|prior to) (?:the |version |release |linux |xen |qemu |kernel |upstream ){0,3}${BAD},? (?:\\w+ ){0,4}(?:used to (?:work|boot|run|start|be)|work(?:ed|s)|(?:was|were|is|are) (?:\\w+ )?(?:fine|ok|okay|good|no (?:problem|issue))|booted|ran|had no)`,
      'i',
    ),
  },
  {
    name: 'starting-with',
    pattern: new RegExp(
      `\\b(?:used to (?:work|boot|run|start|be)|worked|(?:was|were) (?:\\w+ )?(?:fine|ok|okay|good)|booted|ran) (?:\\w+ ){0,4}(?:before|prior to) (?:the |version |release |linux |xen |qemu |kernel |upstream ){0,3}${BAD}`,
      'i',
    ),
  },
  {
    name: 'starting-with',
    pattern: new RegExp(`\\bnew (?:in|with|as of|since|for) (?:the |version |linux |xen |qemu |kernel ){0,3}${BAD}`, 'i'),
    needs: WRONG,
    unless: new RegExp(`${CODE_CAME}|\\b(?:options?|features?|support|parameters?|functions?|helpers?|apis?|interfaces?)\\b`, 'i'),
  },
  {
    name: 'pinned',
    pattern: new RegExp(
      `\\b(?:pin\\w*|stay\\w*|stuck|remain\\w*|stick\\w*|keep\\w*|kept|held|hold\\w*) (?:[\\w'-]+ ){0,4}?(?:to|on|with|at|back|using) (?:[\\w'-]+ ){0,3}${GOOD}.{0,60}\\b(?:as|because|since|or|otherwise|for) .{0,30}‹\\d+›`,
      'i',
    ),
    needs: WRONG,
    unless: SUPPORTED,
  },
  {
    name: 'last-good',
    pattern: new RegExp(
      `${GOOD} (?:kernel |release |version )?(?:is|was|being) the (?:very )?(?:last|latest|newest) (?:[\\w-]+ ){0,3}?(?:that|which|where|on which|to) (?!(?:\\w+ ){0,2}(?:${NOT_GOOD}))`,
      'i',
    ),
    unless: SUPPORTED,
  },
  {
    name: 'starting-with',
    pattern: new RegExp(
      `${BAD} (?:kernel |release |version )?(?:is|was|being) the (?:very )?first (?:[\\w-]+ ){0,3}?(?:that|which|where|on which|with which|to|with)\\b (?=(?:\\w+ ){0,3}(?:${NOT_GOOD}|shows?|has|have|see|hit|this|the (?:bug|problem|issue)))`,
      'i',
    ),
  },
  {
    name: 'starting-with',
    pattern: new RegExp(
      `\\bfirst (?:[\\w-]+ ){0,3}?(?:that|which|where|to|with) (?=(?:\\w+ ){0,2}(?:${NOT_GOOD}|shows?|has))(?:[\\w'-]+ ){1,5}(?:is|was|:|=) (?:[\\w-]+ ){0,2}${BAD}`,
      'i',
    ),
  },
  {
    name: 'table',
    pattern: new RegExp(
      `(?:^|[,;. ])(?:last |known |still )?(?:good|ok|okay|works|working|passes|pass)(?: versions?| kernels?)? ?[:=] ?(?:[\\w-]+ ){0,3}${GOOD}.{0,60}?\\b(?:bad|fails?|failing|broken|breaks|crashes|not working|ko)(?: versions?| kernels?)? ?[:=] ?(?:[\\w-]+ ){0,3}${BAD}`,
      'i',
    ),
  },
  {
    name: 'table',
    pattern: new RegExp(
      `(?:^|[,;. ])(?:first |known )?(?:bad|fails?|failing|broken|breaks|crashes|not working|ko)(?: versions?| kernels?)? ?[:=] ?(?:[\\w-]+ ){0,3}${BAD}.{0,60}?\\b(?:good|ok|okay|works|working)(?: versions?| kernels?)? ?[:=] ?(?:[\\w-]+ ){0,3}${GOOD}`,
      'i',
    ),
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
