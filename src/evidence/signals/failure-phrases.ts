import type { PhraseRule } from './phrase-rules.ts';

/** Where a mention of a failure is none: it is denied, wished away, or code is talked about. */
const DENIED =
  /\b(?:no longer|without any|avoids?|prevents?|to avoid|to prevent|instead of|rather than|does not|doesn't|did not|didn't|won't|will not|never|cannot|no) (?:\w+ ){0,2}(?:crash|hang|panic|oops|freez|deadlock|fail|problem|issue|regress)/i;
const SUPPOSED =
  /\b(?:if (?!i\b|we\b|you\b)|would(?! not)|could(?! not)|might|may|should (?!know|note|mention|add|say)|unless|potential(?:ly)?|theoretical(?:ly)?|in case|risk of|can (?:also )?(?:cause|lead|result|crash|hang|deadlock|panic|fail))\b/i;
const WHO =
  '(?:it|this|that|which|xen|dom0|domu|guests?|vms?|the (?:\\S+ ){1,4}|my \\w+|kernel|host|system|machine|box|server|qemu|hypervisor|domain|laptop|boot|booting|linux|libvirtd?|toolstack|xl|xenstored|driver)';

/**
 * Failures that are told as having happened. Sources: `domain.md` 2.3 and 2.4, and the development corpus.
 * They are looked for in subjects too, there without `unless`.
 */
export const FAILURE_PHRASES: readonly PhraseRule[] = [
  {
    name: 'failure:crash',
    words: [
      'crash',
      'panic',
      'oops',
      'segfault',
      'segmentation fault',
      'died',
      ' dies',
      'bug(',
      'bug_on',
      'bug:',
      'assert',
      'page fault',
      'null pointer',
      'null-ptr',
      'splat',
      'triple fault',
      'general protection',
      'abort',
      'core dump',
      'double free',
      'use-after-free',
      'use after free',
      'unhandled exception',
      'traceback',
      'stop code',
      'kasan',
    ],
    pattern:
      /\b(?:crash(?:e[sd]|ing)?(?![\w-])|panic(?:s|ed|king)?(?![\w-])|oops(?:es)?|segfault(?:s|ed)?|segmentation fault|d(?:ied|ies)|BUG(?:_ON)?\(|BUG:|assert(?:ion)? (?:\S+ )?fail(?:s|ed|ure)|page fault|null[- ]p(?:ointe|t)r|splat|triple fault|general protection|aborts with\b|aborted \(|SIGABRT|core dump|double free|use[- ]after[- ]free|unhandled exception|traceback|KASAN)/i,
    before: new RegExp(`${DENIED.source}|${SUPPOSED.source}`, 'i'),
    from: 'any',
  },
  {
    name: 'failure:hang',
    words: [
      'hang',
      'hung',
      'freez',
      'frozen',
      'stuck',
      'deadlock',
      'lockup',
      'lock up',
      'locks up',
      'locked up',
      'blocking on',
      'blocked',
      'unresponsive',
      'stall',
      'endless',
      'infinite loop',
      'looping',
      'enter a loop',
      'never return',
      'watchdog',
      'blocks',
      'does nothing',
    ],
    pattern:
      /\b(?:hang(?:s|ing)?|hung|freez(?:es?|ing)|froze|frozen|(?:gets?|got|is|are|be(?:ing)?|was|becomes?) stuck|deadlock(?:s|ed)?|(?:hard|soft)? ?lockups?|lock(?:s|ed)? up|blocking on|blocked for more|unresponsive|stalls?\b|stalled cpu|endless (?:loop|stream)|infinite loop|looping|enters? a loop|never returns|watchdog)/i,
    unless: /\b(?:locks? (?:is|are) stalled|appears stalled)\b/i,
    before: new RegExp(`${DENIED.source}|${SUPPOSED.source}`, 'i'),
    from: 'any',
  },
  {
    name: 'failure:boot',
    words: ['boot', 'start'],
    pattern: new RegExp(
      `\\b(?:(?:un)?able to boot|fail(?:s|ed|ing|ure)?(?: \\w+){0,3} (?:to|on|during|at|while|in) (?:early )?boot(?:ing|up)?|(?:doesn'?t|does not|didn'?t|did not|don'?t|do not|won'?t|will not|can ?not|can'?t|couldn'?t|could not|no longer|never|not|unable to|refuses? to|impossible to) (?:even |longer |always |actually |reliably |successfully )?boot(?:s|ed|ing|able)?|boot(?:ing|s)?(?: \\w+){0,4} (?:fail(?:s|ed|ure)?|crash(?:es|ed)?|hangs?|never starts?|loops?|stops?|broken|panics?)|(?:crash(?:es|ed|ing)?|hang(?:s|ing)?|hung|panic(?:s|ked)?|stops?|dies|fault|freezes)(?: \\w+){0,4} (?:during|at|on|in|while|early in|in early|when|before) (?:\\w+ ){0,3}boot(?:ing|up)?|boot (?:failure|hang|crash|loop|panic|issue|problem|regression)|(?:any|every|each) boot of .{0,40} (?:halt|fail|crash|hang)\\w*|breaks? (?:\\w+ ){0,3}boot(?:ing)?)\\b`,
      'i',
    ),
    unless: /\bable to boot (?:fine|ok|well|just)|\bfail(?:s|ed)? to boot the (?:secondary|other|ap)/i,
    before: SUPPOSED,
    from: 'any',
  },
  {
    name: 'failure:build',
    words: [
      'build',
      'compil',
      'undefined reference',
      'implicit declaration',
      'link',
      'unmet direct',
      'objtool',
      'modpost',
      'was not declared',
      'undeclared',
    ],
    pattern:
      /\b(?:fail(?:s|ed|ing|ure)?(?: \w+){0,4} (?:to|during|in|when) (?:build(?:ing)?|compil(?:e|ing|ation)|link(?:ing)?)|(?:build|compil(?:e|er|ation)|link(?:er|ing)?|allmodconfig|defconfig|randconfig) (?:error|fail(?:s|ed|ure|ures|ing)?|break(?:s|age)?|broken|warning|issue|problem)|(?:doesn'?t|don'?t|does not|do not|won'?t|no longer|cannot|can't|didn'?t) (?:even )?(?:build|compile|link)|breaks? (?:the )?(?:\w+ )?(?:build|compilation)|undefined (?:reference|symbol)s?|implicit declaration|undeclared \(first|unmet direct dependenc|linker error)/i,
    before: SUPPOSED,
    from: 'any',
  },
  {
    name: 'failure:performance',
    words: ['slow', 'performance', 'throughput', 'latency', '100%', 'bandwidth', 'overhead'],
    pattern:
      /\b(?:(?:very|extremely|really|terribly|too|much|so|is|are|was|becomes?|significantly|times|runs?|quite|awfully) slow(?:er|ly)?|slow(?:down|ness)|slows? down|(?:poor|bad|low|terrible|horrible|awful|abysmal|degraded|reduced|worse) (?:\w+ ){0,3}(?:performance|throughput|bandwidth|speed)|(?:performance|throughput|bandwidth|speed)(?: \w+){0,6} (?:degrad(?:ation|es?|ed)|regression|drop(?:s|ped)?|issue|problem|poor|very low|is bad|worse)|(?:drops?|dropped) (?:down )?to [\d.]+ ?[gmk]b)/i,
    before: SUPPOSED,
    from: 'any',
  },
  {
    name: 'failure:data',
    words: ['corrupt', 'data loss', 'lost data', 'loses data', 'losing data'],
    pattern:
      /\b(?:(?:data|file ?system|disk|fs|image|ext4|xfs|zfs|btrfs|raid|block|page cache|storage|files?|silent) corruption|corrupt(?:s|ed)? (?:the |my |our |a |its )?(?:data|file ?systems?|disks?|files?|image)|(?:file ?system|disk|image|data|files?) (?:is|are|was|were|got|gets|becomes?) corrupt(?:ed)?|data loss|los(?:t|es|ing) (?:all )?data)/i,
    before: SUPPOSED,
    from: 'any',
  },
  {
    name: 'failure:warning',
    words: ['warning', 'warn_on', 'splat', 'multicall', 'lockdep', 'ubsan', 'rcu'],
    pattern:
      /\b(?:(?:get|got|see|seeing|saw|getting|following|these|this|kernel|new|triggers?|triggered|hit|hits) (?:\w+ ){0,4}warnings?|WARN(?:ING)?: |WARN(?:_ON)?\b|(?:boot|lockdep|smatch|rcu|kernel|runtime) warnings?|\d+ multicall\(s\) failed|UBSAN|(?:lockdep|RCU) (?:splat|complain\w*|stall\w*|warning))/,
    before: SUPPOSED,
    from: 'any',
  },
  {
    name: 'failure:other',
    words: [
      'fail',
      'broken',
      'breaks',
      'broke ',
      "n't work",
      'not work',
      'stopped working',
      'error',
      'problem',
      'issue',
      'wrong',
      'misbehav',
      'missing',
      'bug',
      'leak',
      'not get',
      'never get',
      'unable to',
      'timeout',
      'timing out',
      'regression',
      'trouble',
      'blames',
      'no longer',
      'reset',
      'lost',
      'corrupt',
      'incorrect',
    ],
    pattern: new RegExp(
      `\\b(?:(?:doesn'?t|does not|don'?t|do not|didn'?t|did not|not|isn'?t|aren'?t|stopped|never|no longer|won'?t) (?:seem to |appear to |really |even |properly |actually )?work(?:s|ed|ing)?|${WHO} ?(?:\\w+ ){0,3}(?:fail(?:s|ed|ing)?|broke|breaks|misbehaves?|leaks?)\\b|(?:is|are|was|were|got|seems?|been|be) (?:\\w+ )?(?:broken|failing|leaking)\\b|(?:(?:run|ran|running) into|having|have|had|hit(?:ting)?|encounter(?:ed|ing)?|seeing|see|saw|get|getting|got|fac(?:e|ed|ing)|notic(?:e|ed|ing)|experienc(?:e|ed|ing)|observ(?:e|ed|ing)|with|following|strange|weird|found) (?:\\w+ ){0,4}(?:problems?|issues?|errors?|bugs?|failures?|troubles?|regressions?|leaks?)|(?:issue|problem|bug|error|failure|regression) (?:that |which )?(?:i|we|is|was|with|when|where|seems|appears|happens?|occurs?|started|persists?|has been|since)|fail(?:s|ed|ing) (?:with|to)|with (?:an? |the )?(?:\\w+ )?errors?|timeout|timing out|\\bleak(?:s|ing|ed)? (?:\\w+ )?(?:memory|file|fds?|descriptors?|handles?|pages?|grants?)|\\b(?:memory|fd|descriptor|resource) leak|resets? (?:the )?host|error messages?|not (?:being |getting )?(?:destroyed|detected|recogni[sz]ed|created|released|freed|found|updated|restored))`,
      'i',
    ),
    before: SUPPOSED,
    from: 'any',
  },
];
