import type { PhraseRule } from './phrase-rules.ts';

/**
 * What people say of a problem and a release that is being made: a release manager's list of blockers is collected from such
 * sentences (`domain.md` 1.5, 6.1). The value is the release, where it is named. Whatever blocks a series or a person
 * blocks no release.
 */
const BLOCKS =
  /\brelease[- ]?(?:block(?:er|ing)|critical)\b(?:[^.?]{0,40}\b(?<value>\d\.\d{1,2})\b)?|\b(?:blocker|blocks|blocking|block)\b(?: issue| bug)?(?: for| of)?(?: the| this| xen)? (?:release\b|(?<value2>\d\.\d{1,2})\b)|\b(?:a|as|real|another|potential|remaining|open) blocker\b(?: for (?:xen )?(?<value5>\d\.\d{1,2})\b)?|\b(?:must|needs? to|has to|have to|should|ought to|wants? to) (?:\w+ ){0,2}(?:fixed|resolved|sorted|addressed|reverted|go in|land)\b[^.?]{0,30} (?:for|before|in time for) (?:the release\b|xen (?<value3>\d\.\d{1,2})\b|(?<value4>4\.\d{1,2})\b(?!\.\d))/i;

const DENIED =
  /\b(?:not|no longer|isn'?t|\w{1,10}n'?t|hardly|never|no)\b[^.,;]{0,40}\b(?:release[- ]?block(?:er|ing)|blocker|block(?:ing)? (?:the|this) release|block(?:ing|er)? (?:for )?(?:xen )?(?<value>\d\.\d{1,2}))\b/i;

/** A blocker of something smaller. */
const SMALLER =
  /\bblock(?:er|s|ing)? (?:for|to|of|in) (?:the|this|that|my|your|our|me|us|it|any|a) ?(?!release)|\bblocker here\b/i;

const WORDS = [
  'block',
  'release-critical',
  'release critical',
  'for the',
  'before the',
  'for xen',
  'before xen',
  ' 4.',
];

export const RELEASE_PHRASES: readonly PhraseRule[] = [
  {
    name: 'release:blocker',
    words: WORDS,
    pattern: BLOCKS,
    unless: new RegExp(`${DENIED.source.replace('?<value>', '?:')}|${SMALLER.source}|\\?$`, 'i'),
    from: 'own',
  },
  {
    name: 'release:asked',
    words: ['block'],
    pattern: /\bblocker\b[^?]{0,200}\?$|\bblock (?:the|this) release\b[^?]{0,100}\?$/i,
    unless: SMALLER,
    from: 'own',
  },
  {
    name: 'release:no-blocker',
    words: ['block'],
    pattern: DENIED,
    unless: new RegExp(`${SMALLER.source}|\\?$`, 'i'),
    from: 'own',
  },
];
