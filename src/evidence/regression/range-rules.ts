import { END_RULES } from './end-rules.ts';
import { MOVE_RULES } from './move-rules.ts';
import { GOOD, BAD, OK, KO, SAME, FIGURE, type RangeRule } from './range-words.ts';

/** Whole phrases that name a range, and all other rows behind them. */
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
    needs:
      /introduc|regress|broke|break|bisect|fail|crash|issue|problem|chang|started|appear|happen|bug|drop|halv|slow|degrad|wors|lost|lose/i,
    unless:
      /\bfixed between|\b(?:struct\w*|layouts?|apis?|abis?|interfaces?|fields?|signatures?|semantics|headers?)\b/i,
  },
  {
    name: 'regression-against',
    pattern: new RegExp(
      `regress(?:ion|ed|es)\\b (?:from|compared (?:to|with)|against|over|relative to|vs\\.?) (?:[\\w-]+ ){0,3}${GOOD}`,
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
    name: 'neither-nor',
    pattern: new RegExp(
      `\\bneither (?:[\\w-]+ ){0,2}‹\\d+› nor (?:[\\w-]+ ){0,2}${GOOD}(?:.{0,60}\\bonly (?:[\\w-]+ ){0,3}${BAD})?`,
      'i',
    ),
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
    name: 'broke-between',
    pattern: new RegExp(
      `\\b(?:broke\\w*|regress\\w*|stopped \\w+|start\\w*|appear\\w*|introduced|chang\\w+|happened|went wrong) (?:[\\w-]+ ){0,3}(?:between|from) (?:[\\w-]+ ){0,4}${GOOD} (?:and|to) (?:[\\w-]+ ){0,4}${BAD}`,
      'i',
    ),
  },
  {
    // Whichever stands first, the older one is taken for the good one.
    name: 'parallel',
    pattern: new RegExp(
      `\\b(?<prep>on|with|under|in) (?:[\\w-]+ ){0,2}${GOOD},? (?:and|but|while|whereas) (?:[\\w'-]+ ){1,4}\\k<prep> (?:[\\w-]+ ){0,2}${BAD}`,
      'i',
    ),
    unless: SAME,
  },
  {
    name: 'compared',
    pattern: new RegExp(
      `(?:on|with|in|under|using) (?:[\\w-]+ ){0,2}${BAD},? (?:as )?(?:compared (?:to|with)|than|versus|vs\\.?|against|relative to) (?:(?:it (?:is|was)|on|with|in|under|using) )?(?:[\\w-]+ ){0,2}${GOOD}`,
      'i',
    ),
    needs: /less|slow|worse|more|higher|fewer|longer|drop|halv|lower|degrad|regress|bigger|larger/i,
    unless: /\bfaster|\bbetter|\bimprov/i,
  },
  {
    // Measured on both: the older one is taken for the good one.
    name: 'figures',
    pattern: new RegExp(
      `${FIGURE}[^‹;]{0,30}?\\b(?:with|on|under|in|at|using|running) (?:[\\w-]+ ){0,3}${GOOD}[^‹;]{0,40}?${FIGURE}[^‹;]{0,30}?\\b(?:with|on|under|in|at|using|running) (?:[\\w-]+ ){0,3}${BAD}`,
      'i',
    ),
    unless: /\b(?:both|same|also|alike|improv\w*|faster|better)\b/i,
  },
  {
    name: 'figures',
    pattern: new RegExp(
      `${GOOD}(?: \\w+)?(?: ?[:=,(]| gives?| gets?| reaches| does| did| gave| needs| takes| took| has| was)+ ?(?:[\\w~]+ ){0,3}?${FIGURE}[^‹]{0,60}?${BAD}(?: \\w+)?(?: ?[:=,(]| gives?| gets?| reaches| does| did| gave| needs| takes| took| has| is)+ ?(?:[\\w~]+ ){0,3}?${FIGURE}`,
      'i',
    ),
    unless: /\b(?:both|also|alike|improv\w*|faster|better)\b/i,
  },
  ...END_RULES,
  ...MOVE_RULES,
];
