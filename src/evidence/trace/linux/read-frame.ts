import type { Frame } from '../../../model/evidence.ts';

/** What stack switches look like between frames: `<IRQ>`, `</TASK>`, `<#DF>`, `<EOI>`; frames may follow on the line. */
const SWITCH = /^\s{0,20}<\/?(?:IRQ|EOI|NMI|EOE|TASK|SOFTIRQ|ENTRY_TRAMPOLINE|UNK|#[A-Z]{2})>\s{0,8}/;

/** A marker that may have the first frame behind it on the same line (kernels before 2.6.30). */
const MARKER = /^\s{0,20}Call [Tt]race:\s{1,8}(?=\[<|<|[\w.]{1,200}\+0x)/;

const NAME = String.raw`(?<name>[A-Za-z_$.][\w.$]{0,200}(?:::[\w.$<>{}]{1,200}){0,8})`;
const PLACE = String.raw`\+(?<offset>0x[0-9a-f]{1,16})\/(?<size>0x[0-9a-f]{1,16})`;
const ADDRESS = String.raw`\[<?(?:0x)?(?<address>[0-9a-f]{6,16})>?\]`;

const DECODED = new RegExp(
  String.raw`^\s{1,40}(?:${ADDRESS}\s{0,8})?(?<unsure>\?\s{1,8})?${NAME} \((?:[^()]{0,300} )?(?<location>[\w./+-]{1,300}\.(?:[chS]|rs):\d{1,6})(?: \(discriminator \d{1,6}\))?\)(?<rest>.*)$`,
);

/**
 * Layouts of a frame, most frequent first.
 *
 * - x86, arm64, riscv, mips, s390, ppc: addresses (0 to 2), a `?`, the symbol, a module, a source line;
 * - arm: `[<pc>] (callee) from [<pc>] (caller+0x..)`, later `callee from caller+0x..`: the frame is the callee;
 * - `scripts/decode_stacktrace.sh`: source lines in the place of the offset, innermost inlined one first;
 * - inlined functions that a script has put between the frames;
 * - code that belongs to no symbol.
 */
const LAYOUTS: readonly RegExp[] = [
  new RegExp(
    String.raw`^\s{0,40}\(?(?:${ADDRESS}\s{0,8})?(?:\[<?(?:0x)?[0-9a-f]{6,16}>?\]\s{0,8})?(?<unsure>\?\s{1,8})?(?::(?<before>[\w-]{1,60}):)?(?:\d{1,4}:)?${NAME}${PLACE}\)?(?<rest>.*)$`,
  ),
  new RegExp(
    String.raw`^\s{0,40}${ADDRESS}\s{0,8}\((?<name>[\w.]{1,200})(?:${PLACE})?(?:\s{1,4}\[(?<module>[\w-]{1,60})\])?\) from \[<[0-9a-f]{8}>\](?<rest>.*)$`,
  ),
  /^\s{1,40}(?<name>[\w.]{1,200})(?:\s{1,4}\[(?<module>[\w-]{1,60})\])? from [\w.]{1,200}\+0x(?<rest>.*)$/,
  new RegExp(
    String.raw`^\s{0,40}(?:\[<?\s{0,8}inline\s{0,8}>?\]|<\s{0,8}inline\s{0,8}>)\s{1,8}(?<name>[\w.]{1,200})\s(?<rest>.*)$`,
  ),
  new RegExp(String.raw`^\s{1,40}(?<name>[\w.]{1,200})(?<rest>\s\S{1,300}\.[chS]:\d{1,6} \[inline\])\s*$`),
  DECODED,
];

/** What may stand behind the symbol; anything else is prose that happens to name a symbol. */
const REST =
  /^\s{0,8}(?:\(unreliable\)|\((?:P|L|PC|LR|K|F|U|,){1,6}\)|\[(?<module>[\w-]{1,60})(?: [0-9a-f]{20,40})?(?:\([A-Z]{1,8}\))?\]|\((?<built>[\w-]{1,60}) [0-9a-f]{20,40}\))?\s{0,8}(?:\[(?<later>[\w-]{1,60})\])?\s{0,8}(?<location>[\w./+-]{1,300}\.(?:[chS]|rs|inc):\d{1,6})?(?<more>.*)$/;

/** A prefix of the text is enough: no frame is longer. */
const REACH = 500;

/** The frame that a line of a call trace prints, or `null`. */
export function readFrame(text: string): Frame | null {
  if (!mayHoldFrame(text)) return null;
  const line = text.slice(0, REACH).replace(MARKER, '').replace(SWITCH, ' ');
  for (const layout of LAYOUTS) {
    const groups = layout.exec(line)?.groups;
    if (!groups) continue;
    return toFrame(groups);
  }
  return null;
}

function mayHoldFrame(text: string): boolean {
  return (
    text.includes('+0x') ||
    text.includes('inline') ||
    text.includes(') from [<') ||
    text.includes(' from ') ||
    DECODED.test(text.slice(0, REACH))
  );
}

function toFrame(groups: Readonly<Record<string, string | undefined>>): Frame {
  const rest = REST.exec(groups['rest'] ?? '')?.groups ?? {};
  const whole = groups['rest'] ?? '';
  return {
    function: groups['name'] ?? '',
    offset: toNumber(groups['offset']),
    size: toNumber(groups['size']),
    address: groups['address'] ?? null,
    module: groups['module'] ?? groups['before'] ?? rest['module'] ?? rest['built'] ?? rest['later'] ?? null,
    reliable: groups['unsure'] === undefined && !whole.includes('(unreliable)'),
    location: groups['location'] ?? rest['location'] ?? null,
  };
}

function toNumber(hex: string | undefined): number | null {
  const value = hex === undefined ? Number.NaN : Number.parseInt(hex, 16);
  return Number.isSafeInteger(value) ? value : null;
}
