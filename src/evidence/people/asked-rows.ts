/** One way of saying that somebody is brought in. What follows the match begins with the names. */
export interface AskedRow {
  readonly name: string;
  /** In lower case; one of them must be in the text before the pattern is tried. */
  readonly hints: readonly string[];
  /** Global. Matches up to where the names begin. */
  readonly pattern: RegExp;
  /** What must follow the names. */
  readonly after: RegExp;
  /** How well the words say it. `clear`: any name counts. `vague`: the verb is used of code too. */
  readonly strength: 'clear' | 'vague';
}

/** Where the speaker's own act begins: the start of a sentence or a bracket, or his "I'm". */
const ACT = String.raw`(?:^|[([;:—–]\s?|- |, |\.\s?|\b(?:I|I'm|I’m|I've|I’ve|I'll|I’ll|am|have|and|so|hence|thus|therefore|also|now|just|let me|we|we're|again|accordingly|by|will|while) )`;
const CC = String.raw`(?:cc|CC|Cc|cC)`;
const END =
  /^(?:\s*(?:$|[.,;:!)\]?([—–+/]|-+ |\.{2,}|…)|\s+(?:who|whom|whose|which|since|because|as|for|in case|in|to|so|and|here|too|also|on|explicitly|directly|again|now|from|just|if|about|regarding|due|given|with|into|please|then|might|may|could|should|would|has|is|can|cc|CC|Cc|instead|but|back|at|that|the)\b)/;
const END_VAGUE =
  /^(?:\s*(?:$|[.;!)\]([—–]|- |, (?:who|since|because|as|in case|for|hopefully|so|maybe|they|he|she|whom|thus|and)\b)|\s+(?:who|whom|since|because|as (?:he|she|they|the|this|it|you|well|these)|in case|in CC|in cc|so that|so (?:he|she|they)|to (?:the )?(?:["']?(?:cc|CC|Cc|To|to|TO)\b|thread|loop|discussion|conversation|recipients|list|this thread|in)|on (?:the )?(?:cc|CC|Cc)|here|too|for (?:his|her|their|input|comments?|opinion|awareness|visibility|feedback|an?|the)|and the|explicitly|directly|back|again|into|from)\b)/;
const END_BRACKET = /^(?:\s*(?:$|[)\],;:.-])|\s+(?:who|since|because|as|for|and|in|to|from|again|too)\b)/;

/** `domain.md` 4.6 is where the phrases come from. */
export const ASKED_ROWS: readonly AskedRow[] = [
  {
    name: 'cc-ing',
    hints: ['cc'],
    pattern: new RegExp(
      String.raw`${ACT}${CC}\s?[-'’]?\s?(?:ing|d|ed|'ed|-ed|’ed)(?: in)?(?: also| here| now| to| as well)?:? `,
      'g',
    ),
    after: END,
    strength: 'clear',
  },
  {
    name: 'plus-cc',
    hints: ['cc'],
    pattern: new RegExp(String.raw`(?:^|[\s([])(?:\+ ?${CC}|${CC}\+|${CC}\s?\+)[:=]? ?`, 'g'),
    after: END,
    strength: 'clear',
  },
  {
    name: 'cc',
    hints: ['cc'],
    pattern: new RegExp(String.raw`(?:^|[([])${CC}:? (?![^\n]{0,80}[<@#])`, 'g'),
    after: END,
    strength: 'clear',
  },
  {
    name: 'plus',
    hints: ['+'],
    pattern: /(?:^|\n)\s?\+ ?(?=[\p{Lu}@])/gu,
    after: /^(?:\s*(?:$|[.,;:!([—–]|- )|\s+(?:who|since|because|as|for|so|in case|to|and|in|from)\b)/,
    strength: 'clear',
  },
  { name: 'bracket-plus', hints: ['+'], pattern: /[([]\s?\+ ?(?=[\p{Lu}@])/gu, after: END_BRACKET, strength: 'clear' },
  {
    name: 'bracket-adding',
    hints: ['add'],
    pattern: /[([](?:also )?(?:adding|added|add|Adding|Added|Add)(?: back)? /g,
    after: END,
    strength: 'clear',
  },
  {
    name: 'adding',
    hints: ['adding', 'added', 'looping', 'loop', 'pulling', 'bringing', 'copying', 'copied', 'including'],
    pattern: new RegExp(
      String.raw`${ACT}(?:[Aa]lso |[Tt]herefore |[Nn]ow |[Hh]ence |[Rr]e-?)?(?:[Aa]dding|[Aa]dded|[Ll]ooping in|[Ll]ooped in|[Ll]oop in|[Pp]ulling in|[Pp]ulled in|[Bb]ringing in|[Cc]opying(?: in)?|[Cc]opied(?: in)?|[Ii]ncluding)(?: also| back| in)? `,
      'g',
    ),
    after: END_VAGUE,
    strength: 'vague',
  },
  {
    name: 'adding-to-cc',
    hints: [
      'to cc',
      'to the cc',
      'in cc',
      'to the "to"',
      'to the loop',
      'to the thread',
      'to copy',
      'in copy',
      'on copy',
    ],
    pattern:
      /\b(?:[Aa]dding|[Aa]dded|[Pp]ut|[Pp]utting|[Aa]dd) (?=[^.\n]{2,80}(?:to|in|on) (?:the |this )?["']?(?:cc|CC|Cc|To|loop|thread|copy)\b)/g,
    after: END,
    strength: 'vague',
  },
  {
    name: 'may-know',
    hints: ['maybe ', 'perhaps ', 'probably ', 'possibly ', 'guess ', 'think ', 'believe ', 'hope '],
    pattern: /\b(?:[Mm]aybe|[Pp]erhaps|[Pp]robably|[Pp]ossibly|I (?:guess|think|believe|hope)(?: that)?) (?=\p{Lu})/gu,
    after:
      /^ (?:knows? (?:more|better|about|what|why|how|this|the)|(?:can|could|might|may|will|would) (?:\w+ )?(?:know|help|comment|shed|tell|explain|have an?|take a look|want to|be interested|confirm|say)|has (?:an|any|some) (?:idea|clue)|remembers?|should know|is the (?:one|person|right)|are the (?:ones|people|right))\b/,
    strength: 'clear',
  },
  {
    name: 'paging',
    hints: ['paging ', 'hear from ', 'let me add ', 'let me include ', 'over to '],
    pattern:
      /\b(?:[Pp]aging|(?:[Hh]ear|hearing|feedback|input|word) from|[Ll]et me (?:add|include)|[Oo]ver to) (?=[\p{Lu}@])/gu,
    after: END,
    strength: 'clear',
  },
  {
    name: 'put-on-cc',
    hints: ['cc'],
    pattern:
      /\b(?:[Ww]ith|[Hh]ave|[Pp]ut|[Pp]utting|[Hh]as|[Gg]ot|[Tt]ook|[Tt]aking) (?=[\p{Lu}@][^.\n]{1,60}(?:in|on|to|into) (?:the |this )?(?:cc|CC|Cc|copy)\b)/gu,
    after: END,
    strength: 'clear',
  },
  {
    name: 'forgot',
    hints: ['forgot', 'meant to', 'missed'],
    pattern: new RegExp(
      String.raw`\b(?:[Ff]org[eo]t(?:ten)?|meant|[Mm]issed)(?: to)? (?:manually |explicitly |actually )?(?:add(?:ing)?|include|copy|${CC}(?:[-'’]?ing)?)(?: in)? `,
      'g',
    ),
    after: END,
    strength: 'clear',
  },
];

/** Who is spoken to stands in front: "Marek: I'm adding you in case …". */
export const SPOKEN_TO: readonly {
  readonly name: string;
  readonly hints: readonly string[];
  readonly behind: RegExp;
  /** Counts in a mail that opens a thread; in answers people speak to each other. */
  readonly opening?: boolean;
}[] = [
  {
    name: 'adding-you',
    hints: [
      'adding you',
      'added you',
      'you to cc',
      'cc-ing you',
      "cc'ing you",
      "cc'd you",
      'ccing you',
      'cced you',
      'cc you',
      'looping you',
      'pulling you',
    ],
    behind:
      /^\s?[:,-]+ ?(?:[\w'’ ,-]{0,30})\b(?:I'm|I am|I’m|I've|I have|I’ve|I)(?: also| just)? (?:adding|added|cc\S*|CC\S*|Cc\S*|looping|pulling|putting) you\b/,
  },
  {
    // A name alone in front, and then what he is thought to know: nobody is spoken to so who has the mail anyway.
    name: 'you-who',
    hints: [
      ', you ',
      ', any ',
      ': any ',
      ': you ',
      ", you'",
      ', since you',
      ', as you',
      ', i think you',
      ', maybe you',
      ', thoughts',
      ', do you',
      ', could you',
      ', can you',
      ', would you',
      ': do you',
      ': could you',
      ': can you',
      ', what do you',
      ', have you',
      ', is this',
    ],
    behind:
      /^\s?[,:] (?:(?:you(?:['’](?:ve|re|d))?|(?:I (?:think|believe|guess|recall|remember)|maybe|perhaps|since|as|IIRC|iirc)(?: that)? you) (?!(?:are |were )?(?:right|welcome|wrote|said)\b)|(?:do|did|could|can|would|have|are|what do) you\b|is this (?:yours|something|known)|any (?:idea|thought|comment|opinion|hint|clue|suggestion|insight|chance|input)s?\b|thoughts\b|opinions?\?)/,
    opening: true,
  },
  {
    name: 'stands-in-cc',
    hints: [' cc', ' in copy', ' added'],
    behind:
      /^(?: (?:is|are|now|also|both|already))* (?:(?:in|on|added to|put (?:in|on|to)) (?:the )?(?:cc|CC|Cc|copy)\b|(?:cc|CC|Cc)['’-]?e?d\b)/,
  },
  {
    name: 'can-you-help',
    hints: ['you help', 'you please help'],
    behind: /^\s?[:,] (?:can|could|would) you (?:guys |both |please )?help\b/,
  },
];

/** The writer asks others to bring somebody in, or says who was not: nobody is brought in by that. */
export const NOT_DONE =
  /\b(?:please|should|could you|would you|can you|must|need(?:s)? to|don't forget|don’t forget|do not forget|not|wasn't|weren't|isn't|isn’t|haven't|hasn't|if|unless|next time|in (?:the )?future|instead of|without|you(?:'ve| have)?)\s+(?:\w+ ){0,3}$/i;
