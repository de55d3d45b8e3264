/** Long logs and slow ones, for the tests of time and for bench/logs.ts. */

const NOISE: readonly ((at: number) => string)[] = [
  (at) => `[${stamp(at)}] usb 1-1: new high-speed USB device number ${String(at % 128)} using xhci_hcd`,
  (at) => `(XEN) [VT-D]d${String(at % 16)}:PCIe: map 0000:00:${String(at % 10)}.0`,
  (at) => `[${stamp(at)}] xen-blkback: backend/vbd/${String(at)}/51712: using 2 queues, protocol 1 (x86_64-abi)`,
  (at) => `(d${String(at % 9)}) Booting from 0000:7c00`,
  (at) =>
    `Oct 17 22:52:07 dom0 kernel: [${stamp(at)}] audit: type=1400 audit(1508273527.${String(at)}:12): apparmor="STATUS"`,
];

const LINUX_TRACE: readonly string[] = [
  'WARNING: CPU: 1 PID: 77 at arch/x86/xen/multicalls.c:102 xen_mc_flush+0x176/0x1a0',
  'CPU: 1 PID: 77 Comm: foo Not tainted 6.1.0-example #1',
  'RIP: e030:xen_mc_flush+0x176/0x1a0',
  'Call Trace:',
  ' xen_alloc_pte+0x294/0x320',
  ' __pte_alloc+0x8e/0x100',
  '---[ end trace 0000000000000000 ]---',
];

const XEN_TRACE: readonly string[] = [
  '(XEN) Xen WARN at mm.c:2291',
  '(XEN) ----[ Xen-4.17.0  x86_64  debug=y  Not tainted ]----',
  '(XEN) CPU:    3',
  '(XEN) RIP:    e008:[<ffff82d0402a11f2>] do_mmu_update+0xa5f/0x1b10',
  '(XEN) Xen call trace:',
  '(XEN)    [<ffff82d0402a11f2>] R do_mmu_update+0xa5f/0x1b10',
  '(XEN)    [<ffff82d0402a1af2>] F pv_hypercall+0x152/0x220',
];

function stamp(at: number): string {
  return (at / 100).toFixed(6).padStart(12);
}

/** So many lines as a host with guests prints them: boot noise of four consoles, and a trace of each now and then. */
export function buildMixedLog(count: number): string {
  const lines: string[] = [];
  for (let at = 0; lines.length < count; at += 1) {
    if (at % 5000 === 4999) for (const line of LINUX_TRACE) lines.push(`[${stamp(at)}] ${line}`);
    if (at % 7000 === 6999) lines.push(...XEN_TRACE);
    lines.push(NOISE[at % NOISE.length]?.(at) ?? '');
  }
  return lines.slice(0, count).join('\n');
}

/** Text that looks for a pattern's weak spot; `build` makes it so many bytes long. */
export interface Hostile {
  readonly name: string;
  readonly build: (bytes: number) => string;
}

const repeat = (name: string, piece: string, head = ''): Hostile => ({
  name,
  build: (bytes) => head + piece.repeat(Math.ceil(bytes / piece.length)),
});

export const HOSTILE: readonly Hostile[] = [
  repeat('blanks in one line', ' ', 'BUG: '),
  repeat('hex words in one line', '0123456789abcdef ', '[    1.000000] RAX: '),
  repeat('glued stamps', '[    1.000000] a'),
  repeat('glued Xen prefixes', '(XEN) x '),
  repeat('headlines in one line', 'WARNING: at a/b.c:1 '),
  repeat('quote marks', '>'),
  repeat('quote marks and blanks', '> '),
  repeat('brackets of frames', '[<ffffffff8100122a>] '),
  repeat('open brackets', '[<'),
  repeat('names in one line', 'foo_bar.isra.0', ' '),
  repeat('symbols in one line', 'f+0x1/0x2 ', 'Call Trace: '),
  repeat('colons', 'libxl: error: a.c:1:', 'libxl: '),
  repeat('taint letters', 'A ', 'CPU: 0 PID: 1 Comm: x Tainted: '),
  repeat('carriage returns', 'a\r'),
  repeat('escapes of a terminal', '\u001b[0m'),
  repeat('markers, a line each', 'Call Trace:\n'),
  repeat('oopses, a line each', 'Oops: x\n'),
  repeat('BUG lines without a trace', '[    1.000000] BUG: x\n'),
  repeat('open frames, a line each', '(XEN)    [<ffff82d08022a60a>] R\n'),
  repeat('banners of Xen, a line each', '(XEN) ----[ Xen-4.13.0  x86_64  debug=n   Not tainted ]----\n'),
  repeat('panic boxes', '(XEN) Panic on CPU 0:\n(XEN) x\n'),
  repeat('frames of gdb', '#0  0x00005555 in f (a=1) at b.c:2\n'),
  repeat('open frames of gdb', '#1  0x00005555 in f (a=\n'),
  repeat('tracebacks of Python', 'Traceback (most recent call last):\n'),
  repeat('frames of Python', '  File "x", line 1, in f\n', 'Traceback (most recent call last):\n'),
  repeat('errors of libxl', 'libxl: error: libxl_a.c:1:f: Domain 1:x\n'),
  repeat('valgrind', '==1== Invalid read of size 8\n'),
  repeat('hunks of patches', '@@ -1,9 +1,9 @@\n+x\n'),
  repeat(
    'stack rows',
    '   0123456789abcdef 0123456789abcdef 0123456789abcdef\n',
    '(XEN) Xen stack trace from rsp=1:\n',
  ),
  repeat('blank lines between', '[    1.000000] a\n\n'),
  repeat('lines of two contexts', '[    1.000000][    T1] BUG: x\n[    1.000000][    T2] f+0x1/0x2\n'),
  repeat('IOMMU faults', '(XEN) AMD-Vi: IO_PAGE_FAULT: 0000:26:00.0 d0 addr fffffffdf8000000 flags 0x8 I\n'),
  repeat('wrapped lines', '(XEN) rax: ffff82d040981618   rbx: ffff82d040981618   rcx:\n0000000000000000\n'),
];
