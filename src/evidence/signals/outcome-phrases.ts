import { CONDITION, type PhraseRule } from './phrase-rules.ts';

const NOT = /\b(?:not|never|no|n't|neither|without|cannot)\b|n't\b/i;
/** A commit id: hex with a letter in it, not a piece of a link or of a Message-ID. */
const SHA = '(?<![/\\w.@-])(?=\\d{0,40}[a-f])[0-9a-f]{7,40}(?![\\w@-])';

/**
 * What becomes of a report: patches offered, tried and taken, fixes, duplicates, no bugs, and reminders. After the table of
 * `domain.md` 5. Only the author's own words count.
 */
export const OUTCOME_PHRASES: readonly PhraseRule[] = [
  {
    name: 'patch-offered',
    words: ['patch', 'fix', 'series', 'diff'],
    pattern:
      /\b(?:attached|following|below|updated|proposed|untested|tentative) (?:\w+ )?(?:patch|diff|fix)\b|\bpatch(?:es)? (?:is |are )?(?:attached|below|inline)\b|\b(?:sent|posted|submitted|sending|have sent|just sent)(?: \w+){0,4} (?:patch|fix|series)(?:es)?\b|\b(?:posted|sent) (?:a )?fix|\bhere(?:'s| is| are) (?:a|an|the|my)(?: \w+)? (?:patch|fix|diff)|\bthis patch (?:should|will|fixes|solves)|\b(?:applied|tried|tested) (?:the|your|this|that) (?:\w+ )?(?:patch|fix|series)\b|\bsend out (?:the|these|my) patch/i,
    unless: /\b(?:will|'ll|going to|plan to) (?:\w+ ){0,2}(?:send|post|submit|prepare) (?:a|the)\b/i,
    from: 'own',
  },
  {
    name: 'debug-patch',
    words: ['debug', 'print', 'instrument', 'diagnos', 'more information', 'more info'],
    pattern:
      /\b(?:debug(?:ging)?|instrumentation|diagnostics?) (?:patch|diff|change|output|prints?|hunk)|\b(?:add(?:s|ed|ing)? (?:\w+ ){0,3}|debug |some |extra |more )print(?:k|f)?s?\b|\bprintks?\b|\bpatch to (?:get|gather|print|dump) /i,
    from: 'own',
  },
  {
    name: 'patch-coming',
    words: ['patch', 'fix', 'work'],
    pattern:
      /\b(?:i'?ll|i will|will|going to|i'?m) (?:\w+ ){0,2}(?:send|sending|post|submit|prepare|write|cook up|spin up|make|work on|working on)(?: \w+){0,3} (?:patch|fix)\b|\bpatch(?:es)? (?:is |are )?(?:in)?coming|\bworking on (?:a|the) (?:fix|patch)/i,
    unless: /\bif\b/i,
    from: 'own',
  },
  {
    name: 'verified',
    words: [
      'fix',
      'work',
      'resolve',
      'solve',
      'survive',
      'tested-by',
      'tested by',
      'no longer',
      'cured',
      'gone',
      'survive',
      'held up',
      'holds up',
      'passe',
      'stood up',
      'stands up',
      'standing up',
      'helps',
      'does the trick',
      'so far so good',
      'confirm',
    ],
    pattern:
      /\b(?:this|it|that|patch|patches|change|commit|series|which|reverting \S+)(?: \w+){0,2} (?:does |did )?(?:indeed |really )?(?:fix(?:es|ed)|resolve[sd]|solve[sd]|cure[sd]) (?:the|my|it|this|our|that)\b|\byes,? (?:\w+ ){0,3}(?:fixes|works|helps|solves)|\bit works(?: \w+)?[,!.]* ?thank|\b(?:works|working) (?:fine |well |great )?(?:now|for me|with (?:the|this|your) patch)|\b(?:add|have) (?:a|my) tested[- ]by|\bso far so good\b|\bconfirmed? that (?:my|the|this|it)\b.{0,60}\b(?:resolved|fixed|gone)|\b(?:issue|problem|bug|crash|error|hang|panic|freeze|splat|warning|leak) is (?:now )?(?:gone|fixed|resolved)|\bno longer (?:crash|hang|see|happen|occur|trigger|reproduc)\w*|\b(?:survived|survives|held up|holds up|passe[sd]|stood up to|stands up to|standing up to) (?:\w+ ){0,3}(?:tests?|nights?|stress\w*|weekend|hours|days|reboots|load)\b|\bdoes the trick|\bfixed (?:it|the issue|the problem|this) for (?:me|us)/i,
    unless: new RegExp(
      `${CONDITION.source}|\\b(?:does not|doesn'?t|did not|didn'?t|not|never|n't)\\b.{0,30}\\b(?:fix|work|help|resolve|solve)|only|unfortunately|\\b(?:believe|think) (?:it|this|that)|\\bv\\d+:|\\?$`,
      'i',
    ),
    from: 'own',
  },
  {
    name: 'test-failed',
    words: [
      'still',
      'no go',
      'not fix',
      "n't fix",
      "n't help",
      'not help',
      'same issue',
      'no difference',
      'no change',
      'not work',
      "n't work",
    ],
    pattern:
      /\bno go\b|\bstill (?:the same|crash|hang|fail|see|seeing|happen|broken|present|there|get|occur|reproduc)\w*|\b(?:(?:patch|fix|change|this) (?:\w+ ){0,2}(?:does not|doesn'?t)|(?:patch|fix|change|this|it|that) (?:\w+ ){0,2}(?:did not|didn'?t)) (?:fix|help|solve|work|make any difference)|\bmade no (?:difference|change)|\b(?:reveals|hit) the same issue/i,
    unless: /\bif\b|\?$/i,
    from: 'own',
  },
  {
    name: 'applied',
    words: ['appl', 'push', 'queued', 'merged', 'committed', 'picked up', 'added to'],
    pattern:
      /^(?:(?:now |both |all |series |patch(?:es)? |i'?ve |thanks?[,.!] ?|ok(?:ay)?[,.]? ?|and ?|with \S+ fixed,? ?){0,3})(?:applied|pushed|queued|committed|merged)\b|\band (?:applied|pushed|queued) (?:it|this|them|these|the patch|the series) (?:to|for|in|up)\b|\b(?:i'?ve|i have|i|we|has been|have been|is|are|was|were) (?:now |just |also )?(?:applied|pushed|queued(?: up)?|merged|committed|picked up)(?: (?:it|this|the patch|the series|both|all|them|your \w+))?(?: (?:to|in|into|onto|for|on|up)\b|[.,!]|$)/i,
    unless: new RegExp(
      `${CONDITION.source}|${NOT.source}|\\bwill\\b|'ll\\b|going to|to be (?:applied|merged|committed|pushed)|before|after|\\?$|applied (?:on top|cleanly|the|to (?:the|a|all|any|both|each|every)\\b)|(?:pushed|committed|applied|merged) (?:on|by|onto|down|out|back) (?:the|a|any|to)|\\b(?:stack|register)`,
      'i',
    ),
    from: 'own',
  },
  {
    name: 'fixed-by',
    words: ['fixed', 'c/s', 'commit', 'resolved', 'addressed', 'taken care', 'just use'],
    pattern: new RegExp(
      `\\b(?:fixed|resolved|addressed|solved|taken care of)\\b.{0,80}?\\b(?:by|in|with|via|c/s|commit|been)\\b.{0,40}?(?<value>${SHA})|\\bcommit (?<value2>${SHA})\\b.{0,60}\\b(?:fixes|fixed|resolves|addresses|solves) (?:this|the|it|that|my)|\\bfixed\\.? c/s (?<value3>${SHA})`,
      'i',
    ),
    unless: new RegExp(
      `\\b(?:if|whether|not|isn't|wasn't|hasn't|hope|hopefully|need|needs|must|would|could|might|be introduced|was introduced)\\b|fixes? a (?:bug|problem|regression|issue) (?:introduced|caused)|\\?$`,
      'i',
    ),
    from: 'own',
  },
  {
    name: 'fixed-in',
    words: ['fixed', 'just use', 'resolved in', 'solved in'],
    pattern:
      /^(?:this (?:is|was) |already |now )?fixed(?: already)?[.!]?$|\b(?:was|is|been|got|should be|should have been|already) (?:already |now )?(?:fixed|resolved|solved) (?:already |upstream |now )?(?:in|on|since|as of|with) (?:the )?(?:latest |current |newer |recent )?(?<value>(?:xen|linux|qemu|kernel|libxl|version|staging|master|upstream|mainline|linus|v)[ -]?v?[\w.-]{0,20}|v?\d[\w.-]+)|\bjust use (?<value2>v?\d[\w.-]+)/i,
    unless: /\b(?:not|if|whether|isn't|wasn't|hasn't|never|be fixed in a|need|must|has to|have to|ought)\b|\?$/i,
    from: 'own',
  },
  {
    name: 'duplicate-of',
    words: ['same', 'duplicate', 'already reported', 'being discussed', 'dup'],
    pattern:
      /\b(?:(?:is|sounds|looks|seems|might be|appears|this is|probably|likely)(?: \w+){0,5} (?:the )?same (?:thing|issue|problem|bug|as)|duplicate of|already (?:been )?reported|being discussed (?:over )?(?:here|at|in)|dup(?:licate)?-of)\b.{0,160}?(?<value>https?:\/\/[^\s>]{5,200})|\b(?:duplicate|dup(?:licate)?) of(?: the)?(?: \w+){0,2}:? ?<?(?<value2>[^\s<>@]{2,100}@[\w.-]{2,100}[\w])>?|\bsame (?:bug|issue|problem|report|thing) (?:\w+ ){0,3}(?:as|in)(?: \w+){0,2}:? ?<(?<value3>[^\s<>@]{2,100}@[\w.-]{2,100}[\w])>/i,
    unless: /\b(?:not|n't|isn't|different)\b(?! sure).{0,30}\b(?:same|duplicate)|\bi'?m not sure\b/i,
    from: 'own',
  },
  {
    name: 'not-a-bug',
    words: [
      'not a bug',
      'not a xen',
      'not xen',
      "isn't a",
      'as expected',
      'as designed',
      'as intended',
      'by design',
      'expected behav',
      'not supported',
      'unsupported',
      'ignore me',
      'disregard',
      'ignore this',
      'my mistake',
      'my fault',
      'my own fault',
      'pilot error',
      'user error',
      'false alarm',
      'for the noise',
      'nevermind',
      'never mind',
      'misconfigur',
      'invalid',
      'not an issue',
      'deliberate',
      'intentional',
      'on purpose',
      'intended',
      'close it',
      'close this',
      'not a ',
      'going to change',
      'going to fix',
      "won't fix",
      'wontfix',
      'as it should',
    ],
    pattern:
      /\b(?:this|it|that)(?:'s| is| was)? (?:definitely |really |simply |certainly )?(?:not|isn't|wasn't) (?:a|an) (?:xen |real |actual )?(?:bug|issue|regression in xen)\b|\bworks? as (?:intended|expected|designed)\b|\b(?:is|this is|that is|that's|it's) (?:by design|(?:the )?expected behaviou?r)\b|\b(?:please )?(?:ignore me|disregard|ignore this (?:report|mail|one|thread))|\b(?:was|is|my) (?:my|own|just my|my own) (?:mistake|fault|error)|\b(?:pilot|user) error\b|\bfalse alarm\b|\bsorry for the noise|^(?:never ?mind)\b|^(?:so |ok(?:ay)?,? |then )?not an? (?:\w+ )?(?:bug|issue)\b|\b(?:that|this|it)(?:'s| is| was) (?:deliberate|intentional|intended|on purpose|not going to change)\b|\bnot (?:something|a thing) (?:that )?we(?:'re| are| will|'ll)? (?:\w+ )?(?:to )?(?:change|fix|support)\b|\bwon'?t ?fix\b|\b(?:you can|please|can be|feel free to) close (?:it|this)\b|\beverything is as it should be\b/i,
    unless: /\b(?:if|might|may|could|unless|why|maybe|perhaps|(?<!as it )should)\b|\?$/i,
    from: 'own',
  },
  {
    name: 'not-xen',
    words: ['not a xen', 'not xen', 'not in xen', ' issue', ' bug', ' problem'],
    pattern:
      /\b(?:this|it|that)(?:'s| is) (?:a|an) (?:linux|kernel|qemu|firmware|bios|hardware|distro|debian)[\w/ ]{0,20} (?:issue|bug|problem)\b|\bnot (?:a )?xen (?:issue|bug|problem)\b|\b(?:has|needs|ought) to be (?:fixed|solved|handled|addressed|taken care of) in (?:the )?(?:linux|kernel|qemu|firmware|bios|driver|guest|distribution|libvirt)\w*,? (?:and )?not in xen/i,
    unless: /\?$|\bhow is this\b|\bif\b/i,
    from: 'own',
  },
  {
    name: 'disputed',
    words: ['combination of both', 'how is this not', 'i disagree', 'still think'],
    pattern:
      /\bcombination of both\b|\bhow is this not\b|\bi (?:respectfully )?disagree\b|\bi still think (?:this|it) is\b/i,
    from: 'own',
  },
  {
    name: 'reopened',
    words: ['still broken', 'broken again', 'not fixed', 'regressed again', 'came back', 'is back', ' again'],
    pattern:
      /\bstill broken\b|\bbroken again\b|\b(?:is|was) not fixed\b|\b(?:bug|issue|problem|it) (?:is|came) back\b|\b(?:hit|hitting|stumbled over|ran into|bitten by|see|seeing) (?:this|it|that) (?:yet )?again\b/i,
    unless: /\bif\b|\?$/i,
    from: 'own',
  },
  {
    name: 'wrong-fix',
    words: ['wrong', 'revert'],
    pattern:
      /\b(?:patch|fix|backport)\b.{0,40}\b(?:is|are) _?wrong|\bi'?ll revert\b|\b(?:please|should|must) (?:be )?revert/i,
    unless: /\bif\b|\?$/i,
    from: 'own',
  },
  {
    name: 'ping',
    words: [
      'ping',
      'reminder',
      'any news',
      'any update',
      'stalled',
      'any progress',
      'any idea when',
      'did you have a chance',
    ],
    pattern:
      /^(?:(?:friendly|gentle|polite|kind)[ -])?ping\b|\bany (?:news|updates?|progress)\b(?: on| here| with|\?|$)|\bappears stalled\b|\b(?:friendly|gentle) (?:ping|reminder)\b|^reminder\b|\bdid you have a chance to\b/i,
    unless: /\bping (?:6|-|of|the|to|from|times?|works?|pong|latency|\d)|\bno ping\b/i,
    from: 'own',
  },
  {
    name: 'backport-wanted',
    words: ['backport', 'stable'],
    pattern:
      /\b(?:should|needs? to|please|must|want|could you) (?:be )?(?:\w+ ){0,2}backport|\b(?:queue[d]?|candidate|material|headed|tag(?:ged)?|nominat\w+|cc|go|goes|went|suitable|intended) (?:\w+ ){0,2}(?:for|to|into) (?:the )?stable\b|\bfor stable\b/i,
    from: 'own',
  },
];
