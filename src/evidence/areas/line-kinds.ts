/**
 * What kind of line one is, for reading words: prose, a log line that tells of a failure, another log line, or the
 * inventory of a machine, which names every part there is and says nothing of any.
 * Sources: what `dmesg`, `xl dmesg`, `xl info`, `lspci -v`, `lsmod`, /proc/iomem, /proc/interrupts and /proc/cpuinfo print.
 */
export type LineKind = 'prose' | 'error' | 'log' | 'inventory';

/** A line that a program wrote: a console prefix, a kernel stamp, a tool's own prefix. */
const LOG_LINE =
  /^\s*(?:\(XEN\)|\(d\d+\)|\[ *\d+\.\d+\]|(?:libxl|xl|xc|qemu-system-\w+|make(?:\[\d+\])?|kernel): |\w{3} +\d+ \d\d:\d\d:\d\d |\d{4}-\d\d-\d\dT\d\d:\d\d)/;

/** Words by which a program tells that something went wrong. `errors` and `warnings` stand in banners. */
const FAILURE =
  /\b(?:error|fail(?:ed|ure|s|ing)?|fatal|panic|bug|warning|assert(?:ion)?|denied|unable|cannot|can't|could ?n[o']t|timed out|timeout|unhandled|unexpected|invalid|corrupt\w*|crash\w*|stall\w*|stuck|hung|blocked|refused|violation|fault|exceeded|out of|no (?:space|memory|such)|conflicts?|lost|not (?:found|permitted|responding)|aborted|undefined|oops|deferring|bad)\b|(?:rc|ret|err(?:no)?)[= ]+-\d/i;

const INVENTORY: readonly RegExp[] = [
  // /proc/iomem and memory maps, with a prefix or without.
  /^[^:]{0,30}\b[0-9a-f]{8,16}-[0-9a-f]{8,16} ?[:)\]]/i,
  // lspci: a device, and what lspci -v says of it.
  /^\s*(?:[0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7] /i,
  /^\s+(?:Capabilities|Kernel (?:driver|modules)|Subsystem|Flags|Control|Status|Interrupt|Region \d|DevCap|DevCtl|DevSta|LnkCap|LnkCtl|LnkSta|UESta|UEMsk|CESta)\b/,
  // /proc/interrupts, lsmod.
  /^\s*(?:\d{1,4}|[A-Z]{3}):\s+\d+\s/,
  /^\w+\s+\d{2,}\s+\d+(?:\s+[\w,-]+)?\s*$/,
  // /proc/cpuinfo and xl info.
  /^\s*(?:flags|vmx flags|bugs|cpuid level|model name|features|xen_\w+|hw_caps|virt_caps|cc_\w+|libxl_\w+)\s*:/i,
  /\bUsing scheduler\b|Modules linked in:/i,
];

/** A frame of a call trace: what it points at is known from the trace. */
const FRAME = /\+0x[0-9a-f]+\/0x[0-9a-f]+/i;

/** The kind of one line, which may be cut. A log line without a failure is told apart from one with. */
export function findLineKind(text: string): LineKind {
  if (INVENTORY.some((pattern) => pattern.test(text)) || FRAME.test(text)) return 'inventory';
  if (!LOG_LINE.test(text)) return 'prose';
  return FAILURE.test(text) ? 'error' : 'log';
}

/** One module, as it stands in the lines that follow `Modules linked in:` where a mailer breaks it. */
const MODULE = /^[a-z\d]\w*(?:\([A-Z]+\))?$/;

/** Does this line go on with a list of modules, which the line before it held. */
export function isMoreModules(text: string): boolean {
  const plain = text.replace(/^[>\s]*(?:\[ *\d+\.\d+\]\s*)?/, '').replace(/\[last unloaded:.*$/, '');
  const words = plain.split(/\s+/).filter((word) => word !== '');
  return words.length > 0 && words.every((word) => MODULE.test(word));
}
