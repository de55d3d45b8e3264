/**
 * What is said of a version: it worked, or it did not. Tried in this order at every place, so that a negated word
 * counts as its opposite. Phrases: `domain.md` 2.4 and 4.3.
 */
const NEGATION = "(?:not|n't|never|no longer|stopped|unable to|fail(?:s|ed)? to|refuses? to|cannot|can't|without)";
const PROBLEM =
  '(?:issues?|problems?|troubles?|crash\\w*|hangs?|hung|fail\\w*|happen\\w*|occur\\w*|show\\w*|reproduc\\w*|affect\\w*|exhibit\\w*|suffer\\w*|trigger\\w*|panic\\w*|bugs?|errors?|broken|see|seen|saw|hit|hits|experienc\\w*|notic\\w*|observ\\w*|encounter\\w*|there|present|concerned|impacted|care|minds?|matter\\w*|complain\\w*|need\\w*|require\\w*|bother\\w*)';

/** Further words for what goes wrong: of a machine, a screen, a device, a program, a figure. They count for versions only, never alone. */
const FAILURE =
  '\\b(?:dies?|died|dead|dying|reset(?:s|ting)|reboots?(?= (?:loop|itself|at once|immediately|instead|every|right))|tim(?:es|ed|ing) out|black|blank|los(?:es|t|ing)|missing|gone|vanish\\w*|garbage|garbled|segfault\\w*|abort\\w*|bails?|gives up|gave up|stuck|locks? up|locked up|lockups?|splats?|degrad\\w+|halv\\w+|doubles?|leaks?|refus\\w+|reject\\w*|misbehav\\w+|exhibits?|suffers?|spews?|floods?|triggers?|trips?|goes wrong|went wrong|zombies?|unusable|unbootable|unstable|wrong)\\b';

export const CUES = new RegExp(
  [
    `(?<denied>\\b(?:not|isn't|n't|no|hardly) (?:\\w+ ){0,3}regressions?\\b|\\bnever (?:really )?worked\\b)`,
    `(?<bad>\\b${NEGATION} (?:\\w+ ){0,2}(?:work\\w*|boot\\w*|start\\w*|run\\b|running|build\\w*|compil\\w*|fine|ok|good|usable|come up)\\b)`,
    `(?<good>(?:\\b(?:not|never|no|without|free of|unable to|cannot|nor|neither)|n't|n’t) (?:\\*?\\w+\\*? ){0,3}${PROBLEM}\\b)`,
    `(?<good3>\\b(?:warning|error|message|problem|issue|bug|crash|hang|splat|symptom|panic|failure|trace)s? (?:is|are|was|were|does|do|did|has|have)(?: not|n't|n’t)(?: \\w+)?)`,
    `(?<good2>\\b(?:rare(?:ly)?|seldom|rock solid|smooth(?:ly)?|as (?:expected|it should|usual)|nicely|calm|clean(?:ly)?|perfect(?:ly)?|like a charm|properly|correctly|(?:did|does|do) the right thing|all is well|survives?)\\b|\\b(?:neither|never had (?:this|that|it|any|such|these|those|the)\\b|used to (?:work|boot|run|start|be fine)|ran for|ran without|does it right|do it right|never (?:did|showed)|(?:crash|hang|problem|issue|bug|error|splat|it) (?:\\w+ )?(?:is|was) gone)\\b|\\bwork(?:s|ed|ing)\\b(?! ?around)|\\bit works\\b|\\b(?:is|was|are|were|runs?|ran|boots?|running|behaves?|all|still|just|works?) (?:\\w+ )?(?:fine|ok|okay|good|well|stable|unaffected|fast|quick|instant(?:ly|aneous)?)\\b|\\b(?:last|latest|known)(?:[- ]known)?[- ](?:good|working)\\b|\\bgood(?=[:=])|\\bokay(?=[:=])|\\bok(?=[:=])|\\bboot(?:s|ed)\\b(?! (?:fail|crash|hang))|\\bsucceed\\w*|\\bno (?:issues?|problems?)\\b|\\b(?:unaffected|happy|healthy|flawless(?:ly)?|surviv\\w+)\\b|\\b(?:guests?|domains?|dom[0U]s?|vms?) (?:\\w+ )?starts?\\b|\\b(?:did|does|do) (?:its|their) (?:job|work)\\b|\\b(?:comes?|came) up\\b|\\bfine\\b|\\b(?:fixe[sd]|solve[sd]|resolve[sd]|cure[sd]) (?:it|the|this|my)\\b)`,
    `(?<bad2>\\bfail(?:s|ed|ing|ure|ures)?\\b|\\bbroken?\\b|\\bbreaks\\b|\\bcrash\\w*|\\bhang(?:s|ing)?\\b|\\bhung\\b|\\bpanic\\w*|\\bfirst bad\\b|\\bbad\\b|\\bregress\\w*|\\bproblems?\\b|\\bissues?\\b|\\bstall\\w*|\\bfreez\\w*|\\bfro(?:ze|zen)\\b|\\bdeadlock\\w*|\\b(?:(?:see|saw|seeing|seen|hit|hits) (?:it|this|the|a|an)|(?:get|got) (?:it|this|the))\\b|\\baffected\\b|\\berrors?\\b|\\bhappens?\\b|\\boccurs?\\b|\\bblames\\b|\\bslow(?:er)?\\b|\\boops\\w*|\\bno success\\b|\\btries to\\b|\\bmemory leak|\\bpresent in\\b|\\bcorrupt\\w*|${FAILURE})`,
    // Whatever else a version does not do.
    `(?<bad3>(?:\\bnot|n't|n’t|\\bcannot|\\bno longer|\\bnever|\\brefuses to|\\bunable to) \\w+)`,
  ].join('|'),
  'gi',
);

/** A clause in which nothing has happened yet. */
export const SUPPOSITION =
  /\b(?:should|would(?! not)|might|could (?:you|it|this|that|also|try|be (?:a|the|that|related|caused|due))|may|will(?! not)|'ll|plan(?:s|ned)? to|hope|hopefully|expect\w*|going to|let me|try(?:ing)? to|if (?!i\b|we\b|booting\b|running\b|using\b)|unless|whether|please|can you|could you|want to|recommend\w*)\b/i;

/** Where a version is a target or a date, not something that was run. */
export const NOT_RUN =
  /\b(?:fixed in|fix(?:ed)? for|backport\w*|released?|release-acked|merge window|queued|target\w*|for-\d|freeze|documented|according to|requires?|at least version|supported|deprecated|removed in|added in|introduced support|available in|ships?|shipped|only cares? about|on top of|needs? (?:at least )?(?:an? )?(?:xen|linux|qemu|kernel|libvirt))\b/i;

/** A version that nobody has run: what follows the words, up to the end of the clause. */
export const NOT_TRIED =
  /(?:(?:\b(?:not|never|neither|nor|yet to)|n't|n’t) (?:yet |been |even |really |had (?:a|the) chance to |had time to |been able to )*(?:tried|tested|checked|try|test|check)|(?:\bunsure|\bunclear|\bno idea|(?:\bnot|n't|n’t|\bcannot) (?:really |yet )?(?:know|sure|clear|certain|tell|say|checked)) (?:if|whether))\b/i;

/** Ends of a clause: what is said on one side does not speak of versions on the other. */
export const CLAUSE =
  /,? (?:but|while|whereas|however|although|though|yet|where as|vs\.?|instead|then)\b,? |; |, |: (?!‹)| - | – | — |[()]/gi;

/** `4.13 is not.`: the opposite of what was said before. */
export const IS_NOT =
  /›(?:-[a-z][\w-]*)? (?:still |again )?(?:(?:with|of|on|in|from) (?:the|a) (?:very )?(?:same )?\w+ |\w+ )?(?:(?:is|was|does|did|has|are|do|will|can|could)(?: not|n't|n’t)|(?:does|did|do|can)(?: not)?)[.,! ]*$/i;

/** Another machine, or the same kernel without Xen: where it works there, nothing is said of before. */
export const ELSEWHERE =
  /\b(?:bare[- ]?metal|natively|native|without xen|baremetal|under kvm|in kvm|on kvm|virtualbox|vmware|other (?:machine|hardware|host|box|server|board)s?|another (?:machine|host|box|server|board)|different (?:machine|hardware|host|box|server|board))\b/i;

/** Opens a question; such a sentence claims nothing. */
export const QUESTION =
  /^(?:so |and |but |or |well,? )?(?:is|are|was|were|do|does|did|has|have|had|can|could|would|will|should|which|what|when|why|how|any|who|where)\b/i;

/** What somebody concludes from the code, not from a run. */
export const THEORY =
  /\b(?:reading|read|look\w* at) (?:the|this|that|through the) (?:code|source|driver)\b|\bcode inspection\b|\bin theory\b|\btheoretically\b/i;

/** `but not with 4.13`: no more than that the opposite holds there. */
export const NOT_WITH =
  /^\W*(?:(?:and |but )?not|only) (?:any ?more |at all )?(?:(?:with|on|in|under|for|from|using|at) )?(?:[\w'-]+ ){0,3}‹\d+›|^\W*only (?:after|since|with|on|from) (?:[\w'-]+ ){0,7}‹\d+›/i;

/** `which was not so with 7.1`: there it was well, whatever is said before. */
export const NOT_SO =
  /^\W*(?:(?:which|that|this|it|something) (?:is|was|were|did|does|has)(?: not|n't|n’t) (?:been )?(?:so|the case|like that|true|happen\w*|seen|there) |unlike |contrary to |as opposed to |in contrast to )(?:[\w'-]+ ){0,4}‹\d+›/i;

/** Opens a question about a change that is taken for granted: `what changed from 5.15.158 to 5.15.160?` */
export const WHAT_CHANGED = /\bwhat (?:has |have |was |is )?(?:chang\w+|broke\w*|happened|went wrong)\b/i;

/** Opens a sentence whose condition nobody has tried; `if I boot 6.1 …` has been. */
export const CONDITION =
  /^\W*(?:(?:if|when|whether) (?!(?:i|we|my|our|you boot|booting|running|using)\b)|once |unless |as soon as )/i;
