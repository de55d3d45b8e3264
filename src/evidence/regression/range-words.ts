/**
 * Words that the rows of ranges are made of. `‹n›` stands for the n-th version of the sentence, see `toTokens`; a row's
 * groups are numbers of versions. Phrases: `domain.md` 4.3.
 */
export interface RangeRule {
  readonly name: string;
  readonly pattern: RegExp;
  /** The row counts only in a sentence that also speaks of a failure or of the change to another version. */
  readonly needs?: RegExp;
  /** The row does not count in a sentence in which this is said. */
  readonly unless?: RegExp;
}

/** `5.15.0-84-generic`: the flavour of a package belongs to its version. */
const FLAVOUR = '(?:-[a-z][\\w-]*)?';
export const GOOD = `‹(?<good>\\d+)›${FLAVOUR}`;
export const BAD = `‹(?<bad>\\d+)›${FLAVOUR}`;
export const MOVE =
  /\b(?:upgrad|updat|migrat|mov(?:e|ed|ing)\b|switch|going|went|bump|jump|step|chang|regress|broke|fail|crash|introduc|after|since|stopp)/i;

/** A way from one version to another that changed nothing, or has not been gone. */
export const IN_VAIN =
  /\b(?:happy with|no (?:difference|change)|(?:does|did|do)(?:n't| not) (?:help|change|fix|cure|matter|make)|without (?:any )?(?:problem|issue|trouble)s?|(?:plan|planning|intend|want|wanted|would like|hope|going) to (?:up|mov|migr|switch)\w*|there too|there as well|(?:is|was|it's|are|behaves?) (?:exactly |just )?the same(?: \w+)? (?:there|with|on|here|as|in)|the same (?:happens|there)|went (?:fine|well|smoothly)|in (?:the )?hopes?|hoping|(?:but|and) (?:it|this|that|they|the \w+) (?:still|also) \w+|still (?:crash|fail|hang|happen|occur|panic|broken|the same)\w*)\b/i;
/** A guest that starts with a version runs on it: nothing began there. */
export const RUNS = '\\b(?:guests?|domains?|dom[0U]s?|vms?|machines?|servers?|daemons?) (?:\\w+ )?start(?:s|ed)? ';
/** An option or a function that came with a version is no failure. */
export const CODE_CAME =
  '\\b(?:options?|features?|support|parameters?|functions?|helpers?|apis?|interfaces?|hypercalls?|fields?|flags?|symbols?|macros?|checks?|workarounds?|drivers?) (?:\\w+ ){0,4}(?:introduced|appeared|came|arrived|added|merged)\\b';
/** Why a version is kept that is not about what works. */
export const SUPPORTED = /\b(?:vendor|support(?:s|ed)?|policy|certified|LTS|long[- ]term)\b/i;
export const NOT_GOOD =
  "(?:doesn't|does not|don't|didn't|did not|isn't|is not|wasn't|can't|cannot|won't|fails?|failed|breaks?|broke|broken|crash\\w*|hangs?|hung|panics?|panicked|misbehav\\w*|dies|died|refus\\w*|stops?)";
/** Something goes wrong, or is not as it was. */
export const WRONG =
  /fail|crash|hang|hung|broke|panic|problem|issue|error|warn|stop|no longer|not |never|n't|slow|wrong|dead|dies|lost|lose|bug|regress|oops|splat|deadlock|stall|freez|corrupt|reset|leak|refus|reject|time[sd]? out|NULL|gone|missing|die|trouble|unusable|unstable|freez|suffer/i;
export const OK = '(?:ok|okay|good|fine|works?|worked|pass(?:es|ed)?|boots)\\b';
export const KO = '(?:fail\\w*|bad|broken|crash\\w*|hang\\w*|panic\\w*|ko\\b|not ok|no boot)';
/** What a step back, or a change taken out, brings. */
export const HELPS =
  '(?:fix|help|solve|resolve|work|cure|gone|make|boot|ok\\b|okay|fine|disappear|vanish|go(?:es)? away|avoid|restor|bring|repair|again)';
/** A measured figure with its unit. */
export const FIGURE =
  '\\d[\\d.,]* ?(?:[gmk]i?b(?:its?|ytes?)?(?:\\/s|ps)?|[mu]?s(?:ecs?)?|seconds?|min(?:s|utes?)?|hours?|fps|iops|w(?:atts?)?|pps|%)(?![\\w])';

/** Two versions of which the same is said, or of code and inventories. */
export const SAME =
  /\b(?:same|both|also|too|alike|either|as well|likewise|tested|support\w*|functions?|called|named|patch\w*|commits?|apply|applies|options?|machines|hosts|boxes|servers|production|lab|output|this is|fix(?:ed|es)?|will be|planned|released?)\b/i;
