import type { PhraseRule } from './phrase-rules.ts';

/**
 * How a report is answered: taken note of, understood, reproduced, asked about. After the table of `domain.md` 5 (collected
 * from mails of 2019 to 2025). Only the author's own words count: a quotation repeats what somebody else once said.
 */
export const ANSWER_PHRASES: readonly PhraseRule[] = [
  {
    name: 'thanks-for-report',
    words: ['thank', 'thx'],
    pattern:
      /\b(?:thanks?(?: you)?|thx)(?: \w+){0,3} for (?:the|your|this|these|reporting)(?: \w+){0,2}(?: ?report\w*|ing (?:this|it)| analysis)?/i,
    unless: /for (?:the |your )?(?:swift|quick|prompt|patch|fix|review|help|reply|feedback|explanation)/i,
    from: 'own',
  },
  {
    name: 'thanks-for-help',
    words: ['thank', 'thx'],
    pattern:
      /\b(?:thanks?(?: you)?|thx)(?: \w+){0,4} for (?:pointing|looking|explaining|(?:the|your|that|this) (?:\w+ )?(?:hints?|help|explanations?|clarification|fix|repl(?:y|ies)|response|answer|info(?:rmation)?|suggestions?|patch(?:es)?|feedback|pointers?|tip|idea))/i,
    from: 'own',
  },
  {
    name: 'known-cause',
    words: [
      'known',
      'aware',
      'caused by',
      'root cause',
      'happens because',
      'looks',
      'sounds',
      'smells',
      'seems',
      'bug in',
      'suspect',
      'regression',
    ],
    pattern:
      /\b(?:it'?s|this is|that'?s|is) (?:a |an )?(?:known|real|genuine) (?:issue|bug|problem|regression)|\bwe(?:'re| are) aware of (?:it|this|the)|\b(?:looks|sounds|smells|seems) (?:to me |very much )?(?:like|to be) an? (?:\w+ )?(?:bug|race|regression|problem|issue) (?:on|in|of|with)\b|\broot cause (?:is|was|seems)|\bi'?m suspecting\b|\bi suspect\b/i,
    unless: /\?$/,
    from: 'own',
  },
  {
    name: 'reproduced',
    words: ['repro', 'able to hit', 'see the same', 'seeing the same'],
    pattern:
      /\b(?:i|we) (?:can|could|was able to|were able to|am able to|managed to|have|just|'ve|also|finally)(?: \w+){0,3} repro(?:duced?)?\b|\b(?:was|were) able to hit\b|\bgot a repro\b/i,
    unless: /\b(?:can ?not|can't|couldn'?t|unable|could not|haven'?t|wasn'?t|not able|yet to)\b|\?$/i,
    from: 'own',
  },
  {
    name: 'asks-info',
    words: [
      'can you',
      'could you',
      'would you',
      'please ',
      'do you',
      'did you',
      'have you',
      'are you',
      'what ',
      'which ',
      'how many',
      'any chance',
      'is the',
      'is this',
      "i don't suppose",
      'wait for you',
      'would be useful',
      'would be helpful',
      'would help',
      'see what',
      'need',
      'is your',
      'does it',
      'does this',
      'is it',
    ],
    pattern:
      /\b(?:(?:can|could|would|will) you(?: \w+){0,4} (?:try|test|provide|post|share|attach|confirm|reproduce|check|send|paste|give|run|boot|capture|collect|bisect|verify|dump|print|enable|tell|add|get|apply|see|build|switch|repeat|show|upload|obtain)|(?:please|pls)(?: \w+){0,2} (?:try|provide|post|share|attach|confirm|reproduce|send|paste|run|boot|capture|collect|bisect|dump|print|enable|tell|get|repeat|upload|retest|re-test|specify|describe|clarify)|any chance (?:you|of|that you)|i don't suppose|wait for you to|(?:it )?would (?:also )?be (?:useful|helpful|interesting|good) to (?:know|see|have|get)|can't (?:really )?see what\b|(?:may|might) (?:also )?want to (?:try|test|give|ask|check)|would (?:also )?need to (?:know|see))\b/i,
    unless:
      /\b(?:where(?:'s| is| are) (?:your|the) (?:patch|fix|series)|review|apply this series|merge|pull|(?:please|pls) (?:pull|apply|consider|see)\b)/i,
    from: 'own',
  },
  {
    name: 'asks-question',
    words: ['?'],
    pattern: /\b(?:what|which|how|is|are|do|does|did|have|has|was|were|where|when|any|can|could|why)\b[^?]{3,300}\?/i,
    // Who asks for a patch asks nothing about the report.
    unless:
      /\bwhere(?:'s| is| are) (?:your|the|that|my) (?:\w+ )?(?:patch|fix|series)|\b(?:any|what'?s the) (?:news|updates?|progress|status) (?:on|of) (?:the|your|this) (?:patch|fix|series)|\bwhen (?:will|can) (?:you|we) (?:send|post|see|expect) (?:the|a|your) (?:patch|fix)/i,
    from: 'own',
  },
  {
    name: 'asks-test',
    words: ['try', 'test', 'spin', 'verify', 'patch below', 'give it a go', 'does this', 'does the', 'help'],
    pattern:
      /\b(?:try|test|verify|apply)(?: \w+){0,3} (?:the |this |my |that |following )?(?:attached|below|following|debug|appended)?(?: \w+)? ?(?:patch|diff|change|fix|hack)(?:es)?\b|\bgive (?:it|this|that|the patch|the \w+ \w+) a (?:spin|try|go|test|whirl)|\bgive a try to\b|\bpatch (?:below|attached)|\b(?:does|do) (?:this|the|that|these)(?: \w+){0,4} (?:help|fix|work)|something like (?:the|this) (?:patch )?below/i,
    from: 'own',
  },
];
