import type { Mention } from '../../model/evidence.ts';

/** How prose names a piece of code; the group `value` is what it names. */
export interface MentionRow {
  readonly kind: Mention['kind'];
  /** One of them must be in the line. */
  readonly hints: readonly string[];
  readonly pattern: RegExp;
  readonly accepts?: (value: string) => boolean;
}

/** Words before brackets that are no functions of the code in question. */
const NO_FUNCTION = new Set(
  `if for while switch return sizeof defined main printf printk malloc free memcpy memset assert bug warn bug_on warn_on build_bug_on
  container_of offsetof likely unlikely typeof max min foo bar s es poll read write open close ioctl strlen strcmp exit`.split(
    /\s+/,
  ),
);

const EXTENSIONS = String.raw`(?:c|h|S|s|cc|cpp|py|pl|sh|ml|mli|go|rs|dts|dtsi|lds|asm|rst|pandoc|pod|json|yaml|yml|mk)`;

/** Rows for `findMentions`. */
export const MENTION_ROWS: readonly MentionRow[] = [
  {
    kind: 'link',
    hints: ['://'],
    pattern:
      /(?<value>https?:\/\/(?:lore\.kernel\.org|lists\.xen(?:project)?\.org|lists\.debian\.org|patchew\.org|patchwork\.[\w.]+|gitlab\.com|github\.com|bugzilla\.[\w.]+|bugs\.debian\.org|bugs\.launchpad\.net|launchpad\.net|bugs\.gentoo\.org|marc\.info|syzkaller\.appspot\.com|gist\.github\.com|pastebin\.com|openqa\.qubes-os\.org|xenbits\.xen(?:project)?\.org|git\.kernel\.org)\/[^\s<>"')\]]{1,400})/g,
  },
  {
    kind: 'file',
    hints: ['.c', '.h', '.s', '.p', '.m', '.g', '.r', '.d', '.l', '.a', '.j', '.y'],
    pattern: new RegExp(
      String.raw`(?<![\w:/.@-])(?<value>(?:(?:[ab]\/)?(?:[\w+-]{1,60}\/){1,10}[\w.+-]{1,80}\.${EXTENSIONS}|[a-z][\w-]{2,60}\.(?:c|h|S|ml|py))(?![\w/-]))`,
      'g',
    ),
    accepts: (value) => !/^(?:usr|home|var|tmp|etc)\/|^e\.g|\.\./.test(value),
  },
  {
    kind: 'file',
    hints: ['makefile', 'kconfig', 'maintainers'],
    pattern: /(?<![\w:/.@-])(?<value>(?:[\w+-]{1,60}\/){1,10}(?:Makefile|Kconfig(?:\.\w+)?|Rules\.mk))\b/gi,
  },
  {
    kind: 'function',
    hints: ['()'],
    pattern: /(?<![\w.>*-])(?<value>[a-z_][A-Za-z0-9_]{3,80})\(\)/g,
    accepts: (value) => !NO_FUNCTION.has(value.toLowerCase()),
  },
  {
    kind: 'function',
    hints: ['+0x'],
    pattern: /(?<![\w.>-])(?<value>[A-Za-z_][\w.]{2,100}?)\+0x[0-9a-f]{1,8}\/0x[0-9a-f]{1,8}/g,
  },
  {
    kind: 'commit',
    hints: [
      'commit',
      'c/s',
      'changeset',
      'git:',
      'revert',
      'fixes:',
      'bisect',
      'introduced',
      ' by ',
      'first bad',
      'upstream',
    ],
    pattern:
      /(?:(?<!base-)\b(?:[Cc]ommits?|c\/s|cs|[Cc]hangesets?|[Rr]evert(?:ed|ing|s)?|[Ff]ixes:|[Bb]isected(?: it)?(?: down)? to|first bad commit:?|[Uu]pstream|introduced (?:by|in|with)|caused by|since|fixed (?:by|in)|and)[: ]{1,3}\[?(?:id |hash )?["'(]?|git:)(?<value>[0-9a-f]{10,40})\b/g,
    accepts: isCommit,
  },
  { kind: 'commit', hints: ['("'], pattern: /(?<![\w/])(?<value>[0-9a-f]{8,40}) ?\(["“]/g, accepts: isCommit },
  { kind: 'commit', hints: ['is the first bad commit'], pattern: /(?<value>[0-9a-f]{10,40}) is the first bad commit/g },
  {
    kind: 'module',
    hints: ['module', 'driver'],
    pattern:
      /(?<![\w/.-])(?<value>[a-z][a-z0-9]{1,20}(?:[_-][a-z0-9]{1,20}){1,4}|mpt3sas|nvme|e1000e?|ixgbe|i915|amdgpu|nouveau|radeon|tg3|bnx2x?|megaraid_sas|ahci|xhci|ath\d+k|iwlwifi) (?:module|driver)\b/g,
    accepts: (value) =>
      /^(?:xen|pv|hv|net|blk|usb|snd|scsi|dm|md|nf|vf|pci|drm|i2c|kvm|virtio|mpt|nv|e1|ix|i9|am|no|ra|tg|bn|me|ah|xh|at|iw)/.test(
        value,
      ),
  },
];

/** An abbreviated commit has digits and letters: "deadbeef" and "20210406" are none. */
function isCommit(value: string): boolean {
  return value.length === 40 || (/\d/.test(value) && /[a-f]/.test(value));
}
