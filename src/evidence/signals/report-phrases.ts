import type { PhraseRule } from './phrase-rules.ts';

/** Where a mention of a failure is none: it is denied, wished away, or code is talked about. */
const DENIED =
  /\b(?:no longer|without any|avoids?|prevents?|to avoid|to prevent|instead of|rather than|does not|doesn't|did not|didn't|won't|will not|never|cannot|no) (?:\w+ ){0,2}(?:crash|hang|panic|oops|freez|deadlock|fail|problem|issue|regress)/i;
const SUPPOSED = /\b(?:if|would|could|might|may|should|unless|potential(?:ly)?|theoretical(?:ly)?|in case|risk of|can (?:also )?(?:cause|lead|result|crash|hang|deadlock|panic|fail))\b/i;
const WHO = '(?:it|this|that|which|xen|dom0|domu|guests?|vms?|the (?:\\S+ ){1,4}|my \\w+|kernel|host|system|machine|box|server|qemu|hypervisor|domain|laptop|boot|booting|linux|libvirtd?|toolstack|xl|xenstored|driver)';

/**
 * What a report is recognised by: failures that are told as having happened, the words in which reporters speak,
 * and the words in which people ask or propose. Sources: `domain.md` 2.3, 2.4, 4.5, and the development corpus.
 */
export const REPORT_PHRASES: readonly PhraseRule[] = [
  {
    name: 'failure:crash',
    words: ['crash', 'panic', 'oops', 'segfault', 'segmentation fault', 'died', ' dies', 'bug(', 'bug_on', 'bug:', 'assert', 'page fault', 'null pointer', 'null-ptr', 'splat', 'triple fault', 'general protection', 'abort', 'core dump', 'double free', 'use-after-free', 'use after free', 'unhandled exception', 'traceback', 'stop code', 'kasan'],
    pattern: /\b(?:crash(?:e[sd]|ing)?|panic(?:s|ed|king)?|oops(?:es)?|segfault(?:s|ed)?|segmentation fault|d(?:ied|ies)|BUG(?:_ON)?\(|BUG:|assert(?:ion)? (?:\S+ )?fail(?:s|ed|ure)|page fault|null[- ]p(?:ointe|t)r|splat|triple fault|general protection|aborts?\b|core dump|double free|use[- ]after[- ]free|unhandled exception|traceback|KASAN)/i,
    unless: new RegExp(`${DENIED.source}|${SUPPOSED.source}`, 'i'),
    from: 'any',
  },
  {
    name: 'failure:hang',
    words: ['hang', 'hung', 'freez', 'frozen', 'stuck', 'deadlock', 'lockup', 'lock up', 'locks up', 'locked up', 'blocking on', 'blocked', 'unresponsive', 'stall', 'endless', 'infinite loop', 'looping', 'enter a loop', 'never return', 'watchdog', 'blocks', 'does nothing'],
    pattern: /\b(?:hang(?:s|ing)?|hung|freez(?:es?|ing)|froze|frozen|(?:gets?|got|is|are|be(?:ing)?|was|becomes?) stuck|deadlock(?:s|ed)?|(?:hard|soft)? ?lockups?|lock(?:s|ed)? up|blocking on|blocked for more|unresponsive|stalls?\b|stalled cpu|endless (?:loop|stream)|infinite loop|looping|enters? a loop|never returns|watchdog)/i,
    unless: new RegExp(`${DENIED.source}|${SUPPOSED.source}|locks? (?:is|are) stalled|appears stalled`, 'i'),
    from: 'any',
  },
  {
    name: 'failure:boot',
    words: ['boot', 'start'],
    pattern: new RegExp(
      `\\b(?:(?:un)?able to boot|fail(?:s|ed|ing|ure)?(?: \\w+){0,3} (?:to|on|during|at|while|in) (?:early )?boot(?:ing|up)?|(?:doesn'?t|does not|didn'?t|did not|don'?t|do not|won'?t|will not|can ?not|can'?t|couldn'?t|could not|no longer|never|not|unable to|refuses? to|impossible to) (?:even |longer |always |actually |reliably |successfully )?boot(?:s|ed|ing|able)?|boot(?:ing|s)?(?: \\w+){0,4} (?:fail(?:s|ed|ure)?|crash(?:es|ed)?|hangs?|never starts?|loops?|stops?|broken|panics?)|(?:crash(?:es|ed|ing)?|hang(?:s|ing)?|hung|panic(?:s|ked)?|stops?|dies|fault|freezes)(?: \\w+){0,4} (?:during|at|on|in|while|early in|in early|when|before) (?:\\w+ ){0,3}boot(?:ing|up)?|boot (?:failure|hang|crash|loop|panic|issue|problem|regression)|(?:any|every|each) boot of .{0,40} (?:halt|fail|crash|hang)|breaks? (?:\\w+ ){0,3}boot(?:ing)?)\\b`,
      'i',
    ),
    unless: new RegExp(`\\bable to boot (?:fine|ok|well|just)|fail(?:s|ed)? to boot the (?:secondary|other|ap)|${SUPPOSED.source}`, 'i'),
    from: 'any',
  },
  {
    name: 'failure:build',
    words: ['build', 'compil', 'undefined reference', 'implicit declaration', 'link', 'unmet direct', 'objtool', 'modpost', 'was not declared', 'undeclared'],
    pattern:
      /\b(?:fail(?:s|ed|ing|ure)?(?: \w+){0,4} (?:to|during|in|when) (?:build(?:ing)?|compil(?:e|ing|ation)|link(?:ing)?)|(?:build|compil(?:e|er|ation)|link(?:er|ing)?|allmodconfig|defconfig|randconfig) (?:error|fail(?:s|ed|ure|ures|ing)?|break(?:s|age)?|broken|warning|issue|problem)|(?:doesn'?t|don'?t|does not|do not|won'?t|no longer|cannot|can't|didn'?t) (?:even )?(?:build|compile|link)|breaks? (?:the )?(?:\w+ )?(?:build|compilation)|undefined (?:reference|symbol)s?|implicit declaration|undeclared \(first|unmet direct dependenc|linker error)/i,
    unless: SUPPOSED,
    from: 'any',
  },
  {
    name: 'failure:performance',
    words: ['slow', 'performance', 'throughput', 'latency', '100%', 'bandwidth', 'overhead'],
    pattern:
      /\b(?:(?:very|extremely|really|terribly|too|much|so|is|are|was|becomes?|significantly|times|runs?|quite|awfully) slow(?:er|ly)?|slow(?:down|ness)|slows? down|(?:poor|bad|low|terrible|horrible|awful|abysmal|degraded|reduced|worse) (?:\w+ ){0,3}(?:performance|throughput|bandwidth|speed)|(?:performance|throughput|bandwidth|speed)(?: \w+){0,6} (?:degrad(?:ation|es?|ed)|regression|drop(?:s|ped)?|issue|problem|poor|very low|is bad|worse)|(?:drops?|dropped) (?:down )?to [\d.]+ ?[gmk]b)/i,
    unless: SUPPOSED,
    from: 'any',
  },
  {
    name: 'failure:data',
    words: ['corrupt', 'data loss', 'lost data', 'loses data', 'losing data'],
    pattern: /\b(?:(?:data|file ?system|disk|fs|image|ext4|xfs|zfs|btrfs|raid|block|page cache|storage|files?|silent) corruption|corrupt(?:s|ed)? (?:the |my |our |a |its )?(?:data|file ?systems?|disks?|files?|image)|(?:file ?system|disk|image|data|files?) (?:is|are|was|were|got|gets|becomes?) corrupt(?:ed)?|data loss|los(?:t|es|ing) (?:all )?data)/i,
    unless: SUPPOSED,
    from: 'any',
  },
  {
    name: 'failure:warning',
    words: ['warning', 'warn_on', 'splat', 'multicall', 'lockdep', 'ubsan', 'rcu'],
    pattern: /\b(?:(?:get|got|see|seeing|saw|getting|following|these|this|kernel|new|triggers?|triggered|hit|hits) (?:\w+ ){0,4}warnings?|WARN(?:ING)?: |WARN(?:_ON)?\b|(?:boot|lockdep|smatch|rcu|kernel|runtime) warnings?|\d+ multicall\(s\) failed|UBSAN|(?:lockdep|RCU) (?:splat|complain\w*|stall\w*|warning))/,
    unless: SUPPOSED,
    from: 'any',
  },
  {
    name: 'failure:other',
    words: ['fail', 'broken', 'breaks', 'broke ', "n't work", 'not work', 'stopped working', 'error', 'problem', 'issue', 'wrong', 'misbehav', 'missing', 'bug', 'leak', 'not get', 'never get', 'unable to', 'timeout', 'timing out', 'regression', 'trouble', 'blames', 'no longer', 'reset', 'lost', 'corrupt', 'incorrect'],
    pattern: new RegExp(
      `\\b(?:(?:doesn'?t|does not|don'?t|do not|didn'?t|did not|not|isn'?t|aren'?t|stopped|never|no longer|won'?t) (?:seem to |appear to |really |even |properly |actually )?work(?:s|ed|ing)?|${WHO} ?(?:\\w+ ){0,3}(?:fail(?:s|ed|ing)?|broke|breaks|misbehaves?|leaks?)\\b|(?:is|are|was|were|got|seems?|been|be) (?:\\w+ )?(?:broken|failing|leaking)\\b|(?:(?:run|ran|running) into|having|have|had|hit(?:ting)?|encounter(?:ed|ing)?|seeing|see|saw|get|getting|got|fac(?:e|ed|ing)|notic(?:e|ed|ing)|experienc(?:e|ed|ing)|observ(?:e|ed|ing)|with|following|strange|weird|found) (?:\\w+ ){0,4}(?:problems?|issues?|errors?|bugs?|failures?|troubles?|regressions?|leaks?)|(?:issue|problem|bug|error|failure|regression) (?:that |which )?(?:i|we|is|was|with|when|where|seems|appears|happens?|occurs?|started|persists?|has been|since)|fail(?:s|ed|ing) (?:with|to)|with (?:an? )?error|timeout|timing out|resets? (?:the )?host|error messages?|not (?:being |getting )?(?:destroyed|detected|recogni[sz]ed|created|released|freed|found|updated|restored))`,
      'i',
    ),
    unless: SUPPOSED,
    from: 'any',
  },
  {
    name: 'reporter-voice',
    words: ['i', 'we'],
    pattern:
      /\b(?:(?:i|we)(?:'m|'re| am| are|'ve| have| has)?(?: \w+){0,2} (?:run into|ran into|seeing|noticed|encounter(?:ed|ing)?|hit|hitting|observ(?:ed|ing)|experienc(?:ed|ing)|found|upgraded|updated|tracked|tracking|stumbled|facing|getting|get|got|trying|tried|having|discovered|reproduce[d]?|narrowed)|(?:my|our) (?:\w+ ){0,4}(?:box|machine|system|laptop|server|servers|setup|hardware|board|guests?|vms?|domus?|customers?|users?)|(?:got|received|have) (?:a |the |this |several )?(?:\w+ )?reports?|reported by (?:a|one|our)|(?:a )?user(?:s)? (?:has |have )?report(?:ed|s)?|when (?:i|we) (?:try|run|boot|start|create|do|use|attempt)|(?:i|we) (?:can|could|am able to|are able to)(?: \w+){0,2} (?:reproduce|trigger))\b/i,
    from: 'any',
  },
  {
    name: 'reproduces',
    words: ['reproduc', 'repro ', 'every time', 'each time', 'always happen', 'randomly', 'sporadic', 'intermittent', 'happens', 'occurs', 'reliably'],
    pattern: /\b(?:steps to reproduce|to reproduce|reproducer|reproducible|reproduc(?:e|ed) (?:it|this|the|with|by|on)|(?:every|each) (?:time|boot)|(?:sporadic|intermittent|random)(?:al)?ly|(?:it|this|which|that|issue|problem|bug|crash) (?:only |always |usually |sometimes )?(?:happens|occurs)|reliably)\b/i,
    from: 'any',
  },
  {
    name: 'asks-whether-known',
    words: ['known', 'any ideas', 'any idea', 'any hint', 'any suggestion', 'any help', 'any pointer', 'reported before', 'please help', 'anyone', 'somebody', 'someone', 'happy to', 'let me know', 'help'],
    pattern:
      /\b(?:is (?:this|it|that) (?:a |an |something )?known|known (?:issue|problem|bug)\b.{0,30}\?|any (?:ideas?|hints?|suggestions?|help|pointers?|clues?|thoughts)\b|reported before|happy to (?:provide|test|help|debug|supply)|(?:let me know|tell me)(?: \w+){0,3} (?:if|what|which|whether).{0,40}(?:info|needed?|necessary|useful|helpful|required|more|logs?)|(?:any|some)(?:one|body) (?:else )?(?:seen|see|seeing|hit|have|know|point|help|confirm|take a look)|please help|what to look at)\b/i,
    from: 'any',
  },
  {
    name: 'attached-log',
    words: ['log', 'dmesg', 'trace', 'output', 'below', 'attached', 'console', 'following'],
    pattern:
      /\b(?:(?:full|complete|serial|console|boot|crash|attached|following|entire|kernel|xl|relevant|error|hypervisor) (?:\w+ )?(?:logs?|dmesg|output|trace|splat|oops|messages?|error)\b.{0,40}(?::$|attached|below|here|https?:)|(?:logs?|dmesg|output|trace|config) (?:is |are )?(?:attached|below|at https?)|attached (?:is|are|the)|crash (?:like )?below|the following (?:crash|error|trace|oops|warning|panic|message|splat|issue|output|stack))/i,
    from: 'any',
  },
  {
    name: 'blames-change',
    words: ['commit', 'patch', 'revert', 'bisect', 'change', 'series'],
    pattern:
      /\b(?:(?:this|that|the|your) (?:commit|patch|change|series)(?: \S+){0,4} (?:breaks?|broke|causes?|caused|introduce[sd]|triggers?|triggered|regress(?:es|ed)|makes? (?:my|our|the|xen|dom0|it)|leads to|results in|prevents|crashe[sd])|revert(?:ing)? (?:\S+ ){1,8}?(?:fix(?:es|ed)?|help(?:s|ed)|resolve[sd]|solve[sd]|make[s]? (?:it|the)|cures?)|bisect(?:ed|ing|ion|s)?\b.{0,60}(?:to|down|point|lands?|show|found|identif|led|blame)|(?:caused|introduced|broken|triggered) by (?:this |the )?(?:commit|patch|change|series)|(?:since|with|after) (?:commit|this patch|this commit|this series|that commit|applying (?:this|the))\b.{0,80}(?:crash|fail|hang|panic|broken|boot|error|warning|see|get))/i,
    unless: /\b(?:if|would|could|might|may|should|potentially|before this|unless|can)\b/i,
    from: 'any',
  },
  {
    name: 'asks-how',
    words: ['how ', 'possible', 'what ', 'where ', 'which ', 'is there', 'can i', 'can we', 'wonder', 'question', 'does xen', 'support', 'curious', 'understand'],
    pattern:
      /\b(?:how (?:do|can|could|should|does|would|to) (?:i|we|one|you|xen|the|\w+)|is it (?:possible|supported|ok|safe|allowed|expected)|is there (?:a|any|some) (?:way|plan|documentation|guide|support|limit|option|reason|example)|(?:can|could|may) (?:i|we|some(?:one|body)|any(?:one|body)|you)(?: \w+){0,2} (?:use|ask|explain|tell|point|clarify|advise|have)|what (?:is|are|does|would be) (?:the|a)|(?:i|we)(?:'m| am| was| are)? (?:just |also )?(?:wonder(?:ing)?|curious|trying to understand|interested in knowing|have (?:a|some|few|two|a few) questions?)|does (?:xen|anyone know|anybody know)|my question|where can i)\b/i,
    from: 'any',
  },
  {
    name: 'proposes',
    words: ['propos', 'rfc', 'discuss', 'suggest', 'thoughts', 'opinion', 'feedback', 'design', 'agenda', 'meeting', 'should we', 'idea', 'i would like', "i'd like", 'plan', 'comments'],
    pattern:
      /\b(?:(?:i|we)(?:'d| would|'ll)? (?:like|want) to (?:propose|discuss|suggest|start|raise|get|hear|ask for|add|introduce|request)|proposal|propos(?:e|ing) (?:to|that|a|the)|request for comments|(?:any )?(?:thoughts|opinions|feedback|comments)\b[^.]{0,30}\?|design (?:session|document|doc)|(?:meeting|call) (?:notes|minutes|agenda)|should we\b|what do (?:you|people|others|folks) think|open for discussion|i plan to|we plan to)\b/i,
    from: 'any',
  },
];
