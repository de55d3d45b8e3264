import type { Frame } from '../../../model/evidence.ts';

/** What Xen prints before a symbol: R = instruction pointer, F = frame pointer, S = found by scanning the stack. */
export type Mark = 'R' | 'S' | 'F';

export interface XenFrame {
  readonly frame: Frame;
  readonly mark: Mark | null;
  /** True where the symbol is missing because the mailer put it on the next line. */
  readonly open: boolean;
}

/** `[<ffff82d08022a60a>] R ` in front of a symbol; photographs are typed off as `[          ] `. */
const HEAD = /^\s{0,20}\[(?:<(?:0x)?(?<address>[0-9a-f?]{6,16})>|\s{2,24})\](?:\s{1,8}(?<mark>[RSF])(?=\s|$))?\s{0,8}/i;

/** `common/sched/core.c#schedule+0x2e5/0x2f9`, `__high_start+0x53/0x60 [livepatch]`, `iommu_map+0xcc/0x29c (PC)`. */
const SYMBOL =
  /^(?:(?<path>[^\s#()+]{1,200})#)?(?<name>[A-Za-z_.$][\w.$]{0,150}|[0-9a-f]{8,16})(?:\+(?:0x)?(?<offset>[0-9a-f]{1,8})\/0x(?<size>[0-9a-f]{1,8}))?(?: \[(?<module>[^\]\s]{1,80})\])?(?: \((?:PC|LR)\))?(?<rest>.{0,200})$/;

/** What may follow a symbol on its line without making it prose: nothing, or what another CPU printed into it. */
const TAIL = /^\s*(?:\(XEN\).*|\[.*)?$/;

/**
 * One line of `Xen call trace:`, without prefix: x86 with and without marks, Arm with `(PC)` and `(LR)`, lines typed
 * off a photograph. `null` for every other line.
 */
export function readXenFrame(text: string): XenFrame | null {
  const head = HEAD.exec(text);
  if (!head) return null;
  const address = head.groups?.['address']?.toLowerCase() ?? null;
  const mark = toMark(head.groups?.['mark']);
  const rest = toWholeSymbol(text.slice(head[0].length));
  if (rest === '') return address === null ? null : { frame: toFrame('', address), mark, open: true };
  const symbol = readSymbol(rest);
  if (!symbol) return null;
  if (address === null && symbol.offset === null) return null;
  return { frame: { ...symbol, address }, mark, open: false };
}

/** `+0x36 /0x70` and `+0x23/0x3 0`: a terminal of 80 columns broke the line within the numbers. */
function toWholeSymbol(text: string): string {
  return text.replace(/ (?=\/0x)/, '').replace(/(?<=\/0x[0-9a-f]{1,7}) (?=[0-9a-f]{1,7}$)/, '');
}

/** The symbol that stands alone on a line, behind a frame that was left open; `null` where there is none. */
export function readSymbol(text: string): Frame | null {
  const groups = SYMBOL.exec(text.trim().slice(0, 500))?.groups;
  if (!groups || !TAIL.test(groups['rest'] ?? '')) return null;
  const frame = toFrame(groups['name'] ?? '', null);
  return {
    ...frame,
    offset: toNumber(groups['offset']),
    size: toNumber(groups['size']),
    module: groups['module'] ?? null,
    location: groups['path'] ?? null,
  };
}

function toFrame(name: string, address: string | null): Frame {
  return { function: name, offset: null, size: null, address, module: null, reliable: true, location: null };
}

function toMark(text: string | undefined): Mark | null {
  const mark = text?.toUpperCase();
  return mark === 'R' || mark === 'S' || mark === 'F' ? mark : null;
}

function toNumber(hex: string | undefined): number | null {
  return hex === undefined ? null : parseInt(hex, 16);
}
