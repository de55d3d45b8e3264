import { roleNear } from './roles.ts';
import type { MatchContext, ProseRow } from './prose-row.ts';

/** A small number, in figures or in words. */
const NUMBER = String.raw`(?:\d{1,4}|once|one|two|three|four|five|six|seven|eight|nine|ten|twenty|every second|half)`;

/** Sentences that tell how often it happens; the fact is the sentence. Source of the words: `domain.md` 4.5. */
const OFTEN: readonly string[] = [
  String.raw`(?:can|could|able to|easily|reliably|always|consistently|easy to|to|100%|trivially|still|cannot|can't|could not|couldn't|hard to|difficult to|was not able to) (?:be )?(?:\w+ ){0,2}reproduc\w+`,
  String.raw`reproduc(?:able|ible|ed|es)\b`,
  String.raw`reproducer(?: is\b| was\b|:)`,
  String.raw`repro(?:-?ed|'d)\b`,
  String.raw`reliabl[ey] (?:see|seeing|crash|trigger|hit|fail|happen|hang)\w*`,
  String.raw`every (?:single )?(?:time|boot|reboot|attempt)`,
  String.raw`(?:\d+|one|once) out of (?:every )?\d+ \w+s`,
  String.raw`(?:\d+|one|once) (?:in|out of|of) (?:every )?\d+ (?:boots?|times|attempts|runs|cases)`,
  String.raw`\b\d{1,3} ?% (?:of )?(?:the )?(?:cases|time|boots|runs|attempts)`,
  String.raw`(?:sporadic|intermittent|random)(?:ally|ly)?\b`,
  String.raw`(?:happens|occurs?|appears?|crash(?:es)?|hangs?|see (?:this|it)|fails) (?:\w+ ){0,3}(?:sometimes|occasionally|rarely|frequently|always|about once|once a|every|within|after (?:about|around|~|a few|some|\d)|from time to time|now and then)`,
  String.raw`(?:sometimes|occasionally|rarely|frequently|usually|often) (?:\w+ ){0,3}(?:happens?|occurs?|appears?|crash(?:es)?|hangs?|fails?|get)\b`,
  String.raw`(?:issue|problem|failure|bug|crash|hang) (?:\w+ ){0,3}(?:hardware-dependent|not deterministic|deterministic|does not happen always)`,
  String.raw`(?:not|cannot|unable to) happen always|does(?:n't| not) (?:always )?happen (?:always|every|all the)`,
  String.raw`(?:about |roughly |around |maybe |approximately |~ ?)?${NUMBER} (?:boots?|times?|attempts?|runs?|cases?|tries|try|migrations?|starts?|reboots?|creations?|restores?|of them)? ?(?:in|out of|of) (?:every )?(?:${NUMBER}|ten)(?!\w|\.\d)(?! ?(?:[GMKT]i?B?\b|vcpus?|cpus?|cores|guests?|domus?|hosts?|machines|disks|bytes|pages|the\b))`,
  String.raw`every (?:few|couple of|other|second|third|~ ?\d+|\d+(?:-\d+)?|${NUMBER}) (?:seconds?|minutes?|hours?|days?|weeks?|boots?|reboots?|starts?|tries|times?|migrations?)`,
  String.raw`(?:once|twice|\d+ times|(?:two|three|four|five|several|many) times) (?:a|per|an|in (?:a|the last|two|three)) (?:second|minute|hour|day|night|week|month|\w+ (?:days|weeks|months))`,
  String.raw`(?:after|within|takes?|took|needs?) (?:just |only |about |around |roughly |some |less than |more than |at most |up to |under |between |~ ?)*(?:an?|a few|some|several|\d+(?:-| to )?\d*|one|two|three|half an?|a couple of) (?:seconds?|minutes?|mins?|hours?|days?|weeks?|boots|reboots|cycles|iterations|migrations|attempts|tries)(?: of \w+)?(?= it\b| the (?:box|host|guest|machine|system|vm|whole)|[.,;:]? ?$|\)| (?:to (?:trigger|hit|reproduce|show)|until|before|and then|or so))`,
  String.raw`(?:a )?one[- ]off\b|(?:only|just|happened|seen (?:it|this)|saw (?:it|this)|hit (?:it|this)) (?:just |only )?(?:once|twice|one time|three times)(?: so far)?\b`,
];

/** Words of asking and of work on code, which use the same verbs. */
const NOT_TOLD =
  /\?|\b(?:can|could|would|will|did|do|are|were) you\b|\bif you\b|\bplease\b|\bshould be (?:able|easy)|\b(?:would|should) be (?:able|possible|reproduc\w+|nice|good|interesting)\b|\byou (?:can|should|could|might)\b|\brandom(?:ly)? (?:config|number|generat|id|data|patch|seed)|\brandconfig|\bnobody\b|\breproducible builds?\b/i;

function isTold(_value: string, { clause }: MatchContext): boolean {
  return !NOT_TOLD.test(clause.sentence.text);
}

const WORKS = String.raw`(?:prevents? (?:this|it|the)|avoids? (?:this|it|the)|works? around|(?:fixes|fixed|solves|solved|cures|resolves|resolved) (?:it|this|the|my|our)|goes away|went away|gone|disappears?|no longer (?:happens|occurs|crash\w*|see|appears)|helps|hides? (?:it|this|the)|makes? (?:\w+ ){1,3}(?:go away|disappear|work)|(?:also|then|mostly) (?:works|succeeds)|lets? (?:it|them|me|us|the \w+) (?:run|boot|start|work|through)|gets? (?:rid of|it|things|\w+ going)|(?:I|we) can(?:'t|not| not) (?:make it|get it to|reproduce|trigger|hit)|cures?|all (?:is|was|works?) (?:fine|well|good|ok)|is enough|does the trick|boots? up|boots (?:fine|ok|well|correctly|successfully)|(?:everything|it|all(?: of this)?|domu|guest|system|this|vm)(?: \w+)? (?:then )?(?:works|work|worked|boots|starts|booted)\b|works (?:fine|ok|well|as expected)|returned to normal|booted ok|(?:does(?:n't|[ *_]{1,2}not[*_]?)|will[ *_]{1,2}not[*_]?|won't|did(?:n't|[ *_]{1,2}not[*_]?)|never) (?:\w+ )?(?:show|happen|occur|crash|hang|trigger|fail|reproduc)\w*)`;
const DOING = String.raw`(?:if (?:I|we|you)|when (?:I|we)|by|setting|disabling|enabling|blacklisting|removing|adding|booting with|using|switching|switched|downgrad\w+|downgrade|reverting|revert(?:ed)?|after (?:setting|disabling|adding|removing)|without|limiting|unplugging|warm reboot\w*|with(?= [\w.-]{2,40}=| ["'\x60]?-{1,2}[a-z])|[a-z][\w.-]{1,40}=[\w:,.%-]{1,40}(?= |\)|,)|(?:running|doing|issuing|calling|a|an) ["']?(?:xl|xm|virsh|xe|echo|rmmod|modprobe)\b|(?:once|since) (?:I|we)(?:'ve| have)?\b|(?:I|we)(?:'ve| have) (?:had to|set|added|removed|disabled|enabled|switched|changed|moved|limited|pinned|reduced|done|worked)\b)`;
/** Ways around it; the fact is the sentence. */
const AROUND: readonly string[] = [
  String.raw`work-?around\b[^.?]{0,20}(?: is|:| was| I)`,
  String.raw`as a work-?around`,
  String.raw`${DOING}(?![\w=])[^;]{1,160}?\b${WORKS}`,
  String.raw`(?:the following|this|that) (?:\w+ )?(?:should|will|might|is enough to) (?:\w+ )?(?:do (?:it|the trick)|help|avoid (?:it|this|the)|get (?:you|it|things) (?:going|booting|running)|make (?:it|the \w+) (?:boot|work|start))`,
  String.raw`(?:managed to|got) (?:get )?(?:the |my |our )?(?:system|it|host|guest|machine)(?: \w+)? (?:working|to work|to boot|booting|running) (?:with|by|using)`,
];

function isAround(value: string, context: MatchContext): boolean {
  const { text } = context.clause.sentence;
  const before = text.slice(Math.max(0, context.start - 40), context.start);
  if (/\b(?:see|check|test|know|tell|wonder\w*) (?:if|whether)\b/i.test(value)) return false;
  if (/\b(?:recommend|suggest|try|you could|you can|you may)\b/i.test(before)) return false;
  if (NOT_TOLD.test(text) && !/\bif you\b/i.test(text)) return false;
  if (/^(?:the following|this|that) (?:\w+ )?(?:should|will|might|is enough)/i.test(value))
    return !/patch|diff/i.test(text);
  if (/\bwork-?around\b/i.test(value))
    return !/\b(?:no|any|not an?|without a|known|hack|errat\w+) work-?around/i.test(text);
  return !/\b(?:patch|commit|series|this change|your change|diff|reverting (?:this|that|the) (?:commit|patch)|standalone|should|would|(?:did|does|do)(?:n't| not) help)\b/i.test(
    value,
  );
}

const whole = (alternatives: readonly string[]): RegExp =>
  new RegExp(`\\b(?<value>(?:${alternatives.join('|')}))`, 'gi');

/** Facts whose value is the sentence that tells them. */
export const HABIT_ROWS: readonly ProseRow[] = [
  {
    key: 'reproducibility',
    hints: [
      'one',
      'twice',
      'times',
      'takes ',
      'minute',
      'hour',
      'repro',
      'reliabl',
      'every ',
      ' in ',
      ' of ',
      '%',
      'sporadic',
      'intermittent',
      'random',
      'sometimes',
      'occasional',
      'rarely',
      'frequent',
      'always',
      'usually',
      'often',
      'within',
      'after',
      'from time',
      'deterministic',
      'dependent',
      'once ',
    ],
    pattern: whole(OFTEN),
    role: null,
    accepts: isTold,
    anyStance: true,
  },
  {
    key: 'workaround',
    hints: [
      'workaround',
      'work-around',
      '=',
      ' -',
      '"-',
      'lets ',
      'prevent',
      'avoid',
      'around',
      'fix',
      'solve',
      'cure',
      'away',
      'gone',
      'disappear',
      'no longer',
      'boot',
      'work',
      'should',
      'trick',
      'help',
      'trigger',
      'never',
      'hang',
      'crash',
      'fail',
      'normal',
      'show',
      'happen',
    ],
    pattern: whole(AROUND),
    role: null,
    accepts: isAround,
    anyStance: true,
  },
  {
    key: 'other',
    hints: ['domu', 'dom0', 'domain', 'stubdom', 'guest', ' vm'],
    pattern:
      /\b(?<value>(?:it's|it’s|this is|it is|(?:this|the|my|our) (?:machine|system|box|vm|one|server) is|(?:this|the) one is) (?:an? |in fact an? |actually an? )(?:(?:PVH?|HVM|unprivileged|plain|normal|nested) ){0,2}(?:domU|dom0|(?:driver|backend|storage|network|service) domain|stubdom\w*|guest|VM)\b(?! (?:bug|issue|problem|kernel|driver|feature|failure)))/gi,
    role: (text, start, end) => roleNear(text, start, end),
    accepts: isTold,
  },
  {
    key: 'other',
    hints: ['enable'],
    pattern: /\b(?<value>I (?:did |have |had |'ve )?(?:also )?(?:enabled?|turned on)\b)/gi,
    role: (text, start, end) => roleNear(text, start, end),
    accepts: (_value, { lower }) => !/\b(?:you|please|patch|commit)\b/.test(lower),
  },
  {
    key: 'other',
    hints: ['#define'],
    pattern: /(?<value>#\s?define [A-Z]\w{2,40}(?: \w{1,20})?)/g,
    role: null,
    anyStance: true,
  },
];

/** Facts whose value is a word or two. */
export const THING_ROWS: readonly ProseRow[] = [
  {
    key: 'other',
    hints: ['credit', 'rtds', 'null sched', 'arinc'],
    pattern:
      /\b(?<value>credit[12]?|rtds|arinc653)(?: scheduler|\.|,)|\bscheduler\b.{0,60}?\bis (?<other>credit[12]?|rtds|null)\b/gi,
    role: 'host',
    accepts: (value, { lower }) => (value !== 'credit' || lower.includes('sched')) && !lower.endsWith('?'),
    anyStance: true,
  },
  {
    key: 'other',
    hints: ['grub'],
    pattern: /\b(?<value>grub2? v?2\.\d[\w.+~-]{0,20}(?: EFI)?)/gi,
    role: 'host',
  },
  {
    key: 'other',
    hints: ['lib', 'ocaml', 'python', 'systemd', 'binutils', 'lvm', 'zfs'],
    pattern:
      /\b(?:uses?|using|with|has|have|running|installed) (?<value>(?:lib[a-z]{2,12}|glibc|binutils|ocaml|python3?|systemd|lvm2?|zfs)[ -]v?\d+\.\d[\w.+~-]{0,20})/gi,
    role: null,
    anyStance: true,
  },
  {
    key: 'toolstack',
    hints: ['xl ', 'virsh', 'libvirt', 'xapi', 'xm ', 'xe vm'],
    pattern:
      /(?<![\w/.-])(?<value>xl|xm|virsh|xapi) (?:create|destroy|list|save|restore|migrate|reboot|shutdown|start|pci-\w+|block-\w+|network-\w+|devd|vcpu-\w+|mem-\w+|console|cpupool-\w+|suspend|resume|unpause|pause|sched-\w+|usb\w+|migrate|trigger|edit|dumpxml)\b/g,
    role: null,
    anyStance: true,
  },
  {
    // That a machine is an x86 one is news to nobody.
    key: 'architecture',
    hints: ['arm64', 'aarch64', 'armv7', 'riscv64', 'ppc64'],
    pattern:
      /(?<![\w/.-])(?<value>arm64|aarch64|armv7l?|riscv64|ppc64(?:le)?)(?= (?:dom|guest|host|box|board|machine|system|server)|: |$)/gi,
    role: (text, start, end) => roleNear(text, start, end) ?? 'host',
  },
  {
    key: 'config',
    hints: ['config_'],
    pattern: /(?<![\w./])(?<value>CONFIG_[A-Z0-9_]{4,50}(?:=[ymn]\b)?)/g,
    role: null,
    accepts: (_value, { clause, start }) =>
      /(?:\b(?:with|using|set|has|have|enabled|disabled)|[(]) ?$/i.test(clause.text.slice(0, start)) &&
      !/\b(?:should|assume|as long as|needs?|requires?)\b|\?$/i.test(clause.sentence.text),
  },
];
