/**
 * Mails that a program wrote, or that have a fixed form: recognised by sender, subject and Message-ID before anything
 * else is looked at. Sources: `domain.md` 1.3, 1.5, 2.1, 2.5 and the mails of 2019 to 2025 named there.
 */
export interface MachineRule {
  readonly name: string;
  readonly from?: RegExp;
  readonly subject?: RegExp;
  readonly id?: RegExp;
  /** The rule holds for replies too: the robot answers, or the mail that is answered never reached the list. */
  readonly replies: boolean;
}

export const MACHINE_RULES: readonly MachineRule[] = [
  {
    name: 'xsa',
    subject: /^Xen Security Advisory \d+ v\d+|^Xen Security Advisory (?:CVE-|\d)/,
    replies: true,
  },
  { name: 'xsa', from: /security@xen(?:project)?\.org/, subject: /\bXSA-?\d+|Security Advisory/i, replies: true },
  { name: 'osstest', from: /osstest/i, replies: false },
  { name: 'osstest', id: /^osstest-\d+-mainreport@/, replies: false },
  {
    name: 'osstest',
    subject: /^(?:\d{4,7}: )?(?:regressions - (?:FAIL|trouble)|tolerable |all pass - PUSHED|trouble: )/,
    replies: true,
  },
  { name: 'gitlab-ci', subject: /Failed pipeline for |^xen \| (?:Failed|Fixed|Successful) pipeline/, replies: true },
  { name: 'gitlab-ci', from: /gitlab@|noreply@gitlab/i, replies: false },
  { name: 'coverity', subject: /New Defects reported by Coverity/i, replies: true },
  { name: 'coverity', from: /scan-admin@coverity/i, replies: false },
  { name: 'syzbot', from: /syzbot|syzkaller@googlegroups/i, replies: true },
  {
    name: 'lkp',
    from: /kernel test robot|lkp@intel\.com|oliver\.sang@intel\.com|fengguang\.wu@intel\.com|0day robot/i,
    replies: true,
  },
  { name: 'patchew', from: /no-reply@patchew\.org/i, replies: true },
  { name: 'kernelci', from: /bot@kernelci\.org|kernelci\.org bot|cki-project@redhat\.com/i, replies: true },
  { name: 'buildbot', from: /buildbot|travis-ci|jenkins|cirrus-ci|builds@travis/i, replies: true },
  {
    name: 'stable-queue',
    subject: /^Patch ".*" has been added to the .*-stable tree|^FAILED: patch ".*" failed to apply/,
    replies: true,
  },
  { name: 'stable-queue', subject: /^(?:queue-|stable-rc\b)/, from: /gregkh|sashal/, replies: false },
  { name: 'autosel', subject: /^\[PATCH AUTOSEL /, replies: true },
  { name: 'tip-bot', from: /tip-bot2?[ @]/i, replies: true },
  { name: 'linux-next', from: /sfr@canb\.auug\.org\.au|broonie@kernel\.org/, subject: /^linux-next: /, replies: true },
  {
    name: 'linux-next',
    subject:
      /^linux-next: (?:manual merge|build (?:failure|warning)|duplicate patch|Signed-off-by missing|Fixes tag|boot (?:failure|warning))/,
    replies: true,
  },
  { name: 'bugzilla', from: /bugzilla-daemon|bugzilla@/i, replies: true },
];

/** Subjects of announcements: releases and candidates, dates, calls, meetings. Tested on the subject without brackets. */
export const ANNOUNCEMENTS: readonly RegExp[] = [
  /^(?:xen|xen project|qemu|linux|libvirt) v?\d+\.\d+(?:\.\d+)? ?(?:[-. ]?rc ?\d+)?(?: is)? ?(?:released|available|now available|tagged)?[.!]?$/i,
  /\b(?:is|are) (?:now )?(?:released|available for download)\b/i,
  /^(?:xen )?\d+\.\d+ (?:development update|release (?:update|status|schedule|plan|date)|status)/i,
  /^xen \d+\.\d+ (?:development update|release|rc ?\d+|test day|documentation day)/i,
  /\bdevelopment update\b/i,
  /\b(?:last posting date|cut-?off date|feature freeze|code freeze|hard freeze|commit moratorium|branching of|is open for|tree is (?:now )?(?:open|closed|frozen)|no release ack needed)\b/i,
  /\b(?:community call|xen (?:project )?(?:developer and design )?summit|winter meetup|hackathon|test day|docs? day|fosdem|microconference|call for (?:papers|proposals|participation|agenda))\b/i,
  /\b(?:nominat|new (?:committer|release manager|maintainer|co-maintainer))/i,
  /^xen (?:release )?\d[\d.]+ (?:released|tarballs?)/i,
];

/** What unwanted mail says; two of them are needed. Lists have next to none, since they are filtered before. */
export const SPAM_WORDS: readonly RegExp[] = [
  /\bdear (?:purchas\w+|sales|sir ?\/? ?madam|customer|friend|buyer|manager)\b/i,
  /\b(?:professional|leading|direct) (?:\w+ )?(?:manufacturer|supplier|exporter|factory)\b|\bwe are (?:an? )?(?:\w+ )?(?:manufacturer|supplier|exporter|factory)\b/i,
  /\b(?:best|competitive|factory|wholesale) prices?\b|\b(?:fast|prompt) delivery\b|\b(?:catalog(?:ue)?|price list|quotation|samples?) (?:on|upon) request\b|\b(?:ce|rohs|iso ?9001) (?:certifi\w+|rohs)\b/i,
  /\b(?:million|billion) (?:us )?(?:dollars|usd|euros?|pounds)|\$ ?\d+(?:[.,]\d+)* ?(?:million|m\b)/i,
  /\b(?:beneficiary|next of kin|inheritance|deceased|late husband|widow|barrister|diplomat|consignment|lottery|winner|compensation|donation|investment (?:project|proposal|opportunity)|business (?:proposal|deal)|bank (?:account|transfer)|atm card|western union|fund(?:s)? (?:transfer|of))\b/i,
  /\b(?:dear (?:friend|sir|beloved|beneficiary|customer|winner)|greetings? (?:to you|my dear)|god bless|in good faith|100% risk.free|strictly confidential|urgent(?:ly)? (?:response|reply)|contact me (?:back|for|through)|kindly (?:contact|reply|get back|send))\b/i,
  /\b(?:seo|guest post|backlinks?|web ?design|first page of google|mailing list of|email list|leads|viagra|casino|crypto(?:currency)? (?:investment|trading)|loan offer|unsubscribe here|click here)\b/i,
];
