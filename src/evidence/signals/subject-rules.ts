/** What a subject says of its mail beside the patch grammar. `bracket` rules are tested on the bracketed words. */
export interface SubjectRule {
  readonly name: string;
  readonly bracket: boolean;
  readonly pattern: RegExp;
}

export const SUBJECT_RULES: readonly SubjectRule[] = [
  {
    name: 'failure:performance',
    bracket: false,
    pattern:
      /\btakes? (?:about |over |nearly |up to )?(?:\d+|several|ten|ages|for ?ever|too long)(?: (?:s|secs?|seconds?|minutes?|hours?)\b|$)/i,
  },
  { name: 'pull', bracket: true, pattern: /\bPULL\b/i },
  { name: 'pull', bracket: false, pattern: /^(?:git[ -])?pull[ -]request\b|^GIT PULL\b/i },
  { name: 'announce', bracket: true, pattern: /^ann(?:ounce(?:ment)?)?\b|^call for|^invitation|^notice\b/i },
  { name: 'announce', bracket: false, pattern: /^ann(?:ounc(?:e|ing|ement))?(?::| of | - )/i },
  {
    name: 'bug',
    bracket: true,
    pattern: /\b(?:bug(?: ?report)?|regression|bisected|problem|crash|issue|oops|panic)\b/i,
  },
  {
    name: 'bug',
    bracket: false,
    pattern: /^bug(?: ?report)?\s*[:#\-–]|^bug#\d+|^bug report\b|\bbug report$|^(?:re)?port in downstream/i,
  },
  {
    name: 'regression',
    bracket: false,
    pattern: /\bregress(?:ion|ed|es)\b|\bbisected\b|\bbroken (?:since|in|after|by|with)\b|\bworks? (?:with|on|in)\b/i,
  },
  { name: 'regression', bracket: true, pattern: /\bregression|bisected\b/i },
  { name: 'question', bracket: true, pattern: /^(?:question|poll|q|help|query)\b/i },
  {
    name: 'question',
    bracket: false,
    pattern:
      /\?\s*$|^(?:question|query|help)\b|^how (?:to|do|can)\b|^(?:asking|need|looking|request) for (?:help|info|advice|guidance)|\bquestions?\b/i,
  },
  { name: 'rfc', bracket: true, pattern: /\b(?:rfc|design|draft|proposal|discussion|idea)\b/i },
  {
    name: 'rfc',
    bracket: false,
    pattern:
      /^rfc\b|\bproposal\b|\b(?:meeting|call|design session) (?:notes|minutes|agenda)\b|^(?:discussion|thoughts on)\b|\bdesign (?:document|discussion)\b|\broadmap\b/i,
  },
  {
    name: 'failure:other',
    bracket: false,
    pattern:
      /\b(?:broken|breaks|broke|fail(?:s|ed|ing|ures?)?|errors?|bugs?|leaks?|problems?|issues?|not working|(?:does|is|are|do|did)(?:n't| not)|unable|can ?not|can't|won't|wrong|lost|missing|incorrect(?:ly)?|stopped|no longer|timeout|stuck|faults?|trouble)\b/i,
  },
  { name: 'revert', bracket: false, pattern: /^Revert "/ },
];
