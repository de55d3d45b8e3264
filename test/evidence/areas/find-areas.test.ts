import { describe, expect, it } from 'vitest';
import { findAreas } from '../../../src/evidence/areas/find-areas.ts';
import { AREA_ROWS } from '../../../src/evidence/areas/area-rows.ts';
import { AREA_OWNERS } from '../../../src/routing/clues/area-owners.ts';
import { toLines, toMessageId, type Message } from '../../../src/model/message.ts';

function areasOf(subject: string, text: string): string[] {
  const id = toMessageId('<m@example.org>');
  if (id === undefined) throw new Error('no id');
  const part = { name: 'body', type: 'text/plain', text, flowed: false, delSp: false };
  const message: Message = {
    id,
    from: null,
    to: [],
    cc: [],
    date: null,
    subject,
    inReplyTo: [],
    references: [],
    lists: [],
    headers: {},
    parts: [part],
    otherParts: [],
    url: null,
    problems: [],
  };
  return findAreas(message, [{ part, lines: toLines(text), log: [] }]).map(
    ({ name, value, part: where, line }) => `${name} ${where}:${String(line)} ${value ?? ''}`,
  );
}

describe('areas', () => {
  it.each([
    ['the subject', 'oxenstored eats memory', '', ['area:tools-oxenstored header:1 oxenstored']],
    ['prose', 's', 'After a while\nthe xenstored process hangs.', ['area:tools-xenstore body:2 xenstored']],
    ['a log line', 's', 'libxl: error: libxl_x.c:1: failed', ['area:tools-libxl body:1 log libxl']],
    ['a function name', 's', 'it stops in xenvif_rx_action', ['area:linux-netback body:1 xenvif']],
    ['quoted words too', 's', '> the balloon driver', ['area:linux-balloon body:1 balloon']],
    [
      'each at most three times',
      's',
      'tmem\ntmem\ntmem\ntmem',
      ['area:xen-tmem body:1 tmem', 'area:xen-tmem body:2 tmem', 'area:xen-tmem body:3 tmem'],
    ],
    ['nothing in plain words', 'it does not work', 'I started the machine and nothing happened.', []],
    ['not the text of a patch', '[PATCH] x: y', 'xenstored', []],
    ['not words that only contain one', 's', 'the alarm clock and the charms', []],
  ])('%s', (_what, subject, text, expected) => {
    expect(areasOf(subject, text)).toEqual(expected);
  });

  const BOOT = `(XEN) CPU Vendor: Intel, Family 6 (0x6), Model 151 (0x97), Stepping 2
(XEN) ACPI: DSDT 5D2B1000, 10A7F0 (r2 EXAMPLE)
(XEN) Using scheduler: SMP Credit Scheduler rev2 (credit2)
(XEN) Initializing Credit2 scheduler
(XEN) Platform timer is 19.200MHz HPET
(XEN) Intel VT-d iommu 0 supported page sizes: 4kB, 2MB, 1GB
(XEN) HVM: Hardware Assisted Paging (HAP) detected
(XEN) *** Building a PV Dom0 ***
(XEN) Std. Loglevel: Errors and warnings`;

  it.each([
    ['a boot log', BOOT],
    ['a boot log without its prefix', 'Using scheduler: SMP Credit Scheduler (credit)'],
    ['a list of modules, broken', 'Modules linked in: xen_netback xen_blkback\nxen_pciback(O) xenfs xen_privcmd'],
    ['/proc/iomem', 'fee00000-fee00fff : Local APIC\n  fed00000-fed003ff : HPET 0'],
    ['lspci', '00:1f.0 ISA bridge: Example APIC\n\tCapabilities: [50] MSI: Enable+ Count=1/1 Maskable-'],
    ['/proc/interrupts', ' 24:   17   0  xen-pirq  -msi  eth0'],
    ['lsmod', 'xen_netback   61440  2'],
    ['/proc/cpuinfo, xl info', 'flags : fpu apic msr\nxen_scheduler : credit2\nvirt_caps : hvm pv'],
    ['a kernel that is well', '[    1.234567] xen_netfront: Initialising Xen virtual ethernet driver'],
    ['a frame: its trace tells', '[  9.876543]  xenvif_rx_action+0x1a/0x2b [xen_netback]'],
    ['commands that show a log', 'xl dmesg says:\nxl info says:'],
    ['a maker of boards', 'Board is a MSI PRO Z690-A, the other one a MSI B550.'],
    ['other schedulers', 'We use the mq-deadline I/O scheduler, and a job scheduler.'],
  ])('nothing for %s', (_what, text) => {
    expect(areasOf('s', text)).toEqual([]);
  });

  it.each([
    ['a log line that fails', '(XEN) credit2: assertion failed', ['area:xen-sched body:1 log credit2']],
    [
      'after a list of modules',
      'Modules linked in: xen_blkback\n(XEN) xenstored: crash',
      ['area:tools-xenstore body:2 log xenstored'],
    ],
    ['interrupts', 'The MSI of the card is lost.', ['area:xen-x86 body:1 MSI']],
    ['a lost network', 'The guests lose network.', ['area:linux-network body:1 lose network']],
    ['the Xen scheduler', 'Since then the Xen scheduler starves one guest.', ['area:xen-sched body:1 Xen scheduler']],
  ])('but %s', (_what, text, expected) => {
    expect(areasOf('s', text)).toEqual(expected);
  });

  it('reads long lines and long mails in bounded time', () => {
    const text = `${'xenstored '.repeat(200_000)}\n${'apic '.repeat(1000)}\n`.repeat(3);
    const start = performance.now();
    areasOf('s', text);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('the tables of areas', () => {
  it('name the same areas on both sides', () => {
    expect([...new Set(AREA_ROWS.map(({ area }) => area))].sort()).toEqual(Object.keys(AREA_OWNERS).sort());
  });

  it('trigger on words that their pattern can hold', () => {
    const bad = AREA_ROWS.flatMap(({ area, words }) =>
      words.filter((word) => !/^[a-z]+$/.test(word)).map((word) => `${area}: ${word}`),
    );
    expect(bad).toEqual([]);
  });
});
