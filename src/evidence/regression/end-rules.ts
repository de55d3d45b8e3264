import { GOOD, BAD, IN_VAIN, RUNS, CODE_CAME, WRONG, SUPPORTED, NOT_GOOD, type RangeRule } from './range-words.ts';

/** What is supported or required from a version on. */
const CODE_STARTS = /\b(?:support\w*|requir\w*|options?|features?|deprecat\w*|removed|available)\b/i;

/** One end of a range: the last that worked, the first that does not. */
export const END_RULES: readonly RangeRule[] = [
  {
    name: 'starting-with',
    pattern: new RegExp(
      `\\b(?:until|till) (?:we|i|they|he|she|our \\w+|my \\w+) (?:[\\w'-]+ ){1,4}?(?:to |with )?${BAD}`,
      'i',
    ),
    needs: /work|fine|ok|good|stable|well|problem|never|no /i,
  },
  {
    name: 'starting-with',
    pattern: new RegExp(
      `(?:^|[,;.] ?)(?:starting|beginning) (?:with |from |in |at |on |since )?(?:the |kernel |linux |xen |version |release ){0,3}${BAD}`,
      'i',
    ),
    unless: CODE_STARTS,
  },
  {
    name: 'last-good',
    pattern: new RegExp(
      `\\b(?:last|latest|newest) (?:[\\w-]+ ){0,3}?(?:ok|okay|good|working|usable|bootable|unaffected)(?: [\\w-]+){0,4}?(?: (?:is|was)|:|=)+ (?:[\\w-]+ ){0,3}${GOOD}`,
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
      `\\b(?:from|with|since|beginning with) (?:[\\w-]+ ){0,3}${BAD} (?:on|up|onwards?|upwards?)(?=[ ,.;]|$)`,
      'i',
    ),
    needs: /fail|crash|hang|broke|panic|problem|issue|error|stop|no longer|not |never|n't|slow|wrong|dead|lost|bug/i,
  },
  {
    name: 'since',
    pattern: new RegExp(
      `\\bsince (?:we |i |they |he |she |the |our |my |all )(?:(?!from\\b)[\\w'-]+ ){0,5}${BAD}(?! (?:is|was|has|are|does|it|we|the|which|already|supports?)\\b)`,
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
    pattern: new RegExp(
      `\\bnew (?:in|with|as of|since|for) (?:the |version |linux |xen |qemu |kernel ){0,3}${BAD}`,
      'i',
    ),
    needs: WRONG,
    unless: new RegExp(
      `${CODE_CAME}|\\b(?:options?|features?|support|parameters?|functions?|helpers?|apis?|interfaces?)\\b`,
      'i',
    ),
  },
  {
    name: 'last-good',
    pattern: new RegExp(
      `${GOOD} (?:kernel |release |version )?(?:is|was|being) the (?:very )?(?:last|latest|newest) (?:[\\w-]+ ){0,3}?(?:that|which|where|on which|to|we|i|they) (?!(?:\\w+ ){0,2}(?:${NOT_GOOD}))`,
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
    name: 'was-so',
    pattern: new RegExp(
      `(?:^|[,;] |\\bbut )(?:on|with|under|in|before) (?:[\\w-]+ ){0,2}${GOOD},? (?:(?:it|this|that|they|the \\w+) (?:took|had|gave|needed|got|did it|came up|was (?:fine|ok|good|right|there|done))\\b|(?:it|this|that|they|both|all|everything|the \\w+) (?:all |both )?(?:did|does|do|was|were|worked|works|booted|started)(?=[.,;)]| ?$))`,
      'i',
    ),
    unless: /\b(?:also|too|as well|likewise|still|same)\b(?! script| config| image| guest)/i,
  },
  {
    name: 'and-later',
    pattern: new RegExp(
      `${BAD} (?:and|or) (?:later|newer|above|up|onwards?|higher|beyond|greater)\\b|(?:>=|≥) ?(?:\\w+ )?${BAD.replace('bad', 'bad2')}|${BAD.replace('bad', 'bad3')} onwards?\\b`,
      'i',
    ),
    needs: new RegExp(`${WRONG.source}|appear|happen|affect`, 'i'),
    unless: new RegExp(
      `${SUPPORTED.source}|\\b(?:needs?|requir\\w+|cares?|ships?|upstream|available|fixed|works? (?:with|on|only))\\b`,
      'i',
    ),
  },
  {
    name: 'not-yet-in',
    pattern: new RegExp(`\\bnot (?:in |on |with )?(?:\\w+ )?${GOOD}(?: yet)?`, 'i'),
    needs:
      /\b(?:see|happen|occur|start|appear|yet|present|crash|fail|panic|hang|hung|come|show|freez|stall|get|break)/i,
  },
  {
    name: 'up-to',
    pattern: new RegExp(
      `\\b(?:until|till|up to(?: and including)?|up until|(?<=[\\w)] )through) (?!(?:we|i|they|he|she|our|my) )(?:[\\w-]+ ){0,3}${GOOD}`,
      'i',
    ),
    needs: new RegExp(`${WRONG.source}|\\b(?:could|worked|was|were|fine|ok|okay|happy|well)\\b`, 'i'),
    unless: new RegExp(
      `${SUPPORTED.source}|\\b(?:not|never|n't|no) (?:[\\w'-]+ ){0,6}(?:until|till|up to|through)|\\b(?:updat|upgrad|backport|appl)\\w*`,
      'i',
    ),
  },
  {
    name: 'last-good',
    pattern: new RegExp(
      `\\b(?:everything|anything|all|any|kernels?|versions?|releases?) (?:\\w+ )?(?:newer|later|higher|more recent|beyond|after|above)(?: than)? (?:[\\w-]+ ){0,2}${GOOD},? (?:\\w+ )?(?=${NOT_GOOD}|is |are |has |have |shows?|suffers?|gives?)`,
      'i',
    ),
    needs: /fail|crash|hang|broke|panic|problem|issue|bug|affect|dead|n't|not |suffer|show/i,
    unless: SUPPORTED,
  },
  {
    name: 'starting-with',
    pattern: new RegExp(
      `\\b(?:everything|anything|all|any|kernels?|versions?|releases?) (?:\\w+ )?(?:older|earlier|below|lower|before|prior)(?: than| to)? (?:[\\w-]+ ){0,2}${BAD},? (?:[\\w'-]+ ){0,2}(?:work|fine|ok\\b|okay|good|boot|happy|unaffected|not affected)`,
      'i',
    ),
    unless: SUPPORTED,
  },
  {
    name: 'and-later',
    pattern: new RegExp(`${BAD}\\+(?=[\\s,.;)]|$)`),
    needs: WRONG,
    unless: SUPPORTED,
  },
  {
    name: 'starting-with',
    pattern: new RegExp(
      `\\b(?:with|since|after|upon) the (?:arrival|advent|release|introduction|installation|switch|move|jump|rollout|upgrade|update) (?:of|to) (?:[\\w-]+ ){0,3}${BAD}`,
      'i',
    ),
    needs: WRONG,
    unless: new RegExp(`${SUPPORTED.source}|${IN_VAIN.source}`, 'i'),
  },
  {
    name: 'starting-with',
    pattern: new RegExp(
      `${BAD} (?:has )?(?:introduc\\w+|brought|brings|caus\\w+|added) (?:a |an |the |this |that |some |these |me ){0,2}(?:[\\w'-]+ ){0,4}?(?:failures?|regressions?|bugs?|problems?|crash\\w*|hangs?|panics?|issues?|deadlocks?|breakage|slowdowns?|corruption|leaks?)\\b`,
      'i',
    ),
  },
  {
    name: 'since',
    pattern: new RegExp(
      `^\\W*(?:ever )?since (?:the |linux |xen |qemu |kernel |version |release ){0,3}${BAD},? (?:the|my|our|all|every|no) `,
      'i',
    ),
    unless: new RegExp(
      `${CODE_CAME}|\\b(?:functions?|support\\w*|options?|can|may|uses?|parameters?|code|api|interfaces?|structs?|fields?|possible|no longer (?:needed|required|necessary))\\b`,
      'i',
    ),
  },
  {
    name: 'starting-with',
    pattern: new RegExp(
      `${BAD} (?:has |really |just )?(?:broke|breaks|broken|regressed|killed|kills|ruined)\\b (?!down|out|even)`,
      'i',
    ),
    unless: /\bif\b|\bwould\b|\bmight\b/i,
  },
];
