import { describe, expect, it } from 'vitest';
import { findPerson } from '../../src/routing/find-person.ts';
import { route, type Judged } from '../../src/routing/route.ts';
import { loadBundledTrees } from '../../src/routing/trees/load-bundled-trees.ts';
import type { Trace } from '../../src/model/evidence.ts';
import { trace, viewOf, type Mail } from './evidence-of.ts';

const trees = loadBundledTrees();
const ADDRESSES = { juergen: 'jgross@suse.com', jan: 'jbeulich@suse.com', andrew: 'andrew.cooper3@citrix.com' };

function ask(
  traces: readonly Trace[],
  mails: readonly Mail[] = [{}],
  more: Partial<Judged> & { readonly day?: string } = {},
) {
  const { day, ...judged } = more;
  const view = viewOf(mails, day);
  return route(view, { genre: 'report', symptoms: [], traces, facts: [], ...judged }, trees);
}

const sectionsOf = (traces: readonly Trace[], mails?: readonly Mail[]) => [
  ...new Set(ask(traces, mails).map(({ section }) => section)),
];

describe('from frames to sections', () => {
  it.each([
    [
      'the culprit counts before the machinery that reports it',
      trace('linux', 'dump_stack xen_mc_flush xen_alloc_pte phys_pmd_init kthread', { culprit: 'xen_alloc_pte' }),
      'XEN HYPERVISOR X86',
    ],
    ['a file that the log prints', trace('xen', 'csched_load_balance@common/sched/credit.c:1'), 'SCHEDULING'],
    ['a file that the report names', trace('xen', '', { file: 'drivers/vpci/msix.c' }), 'VPCI'],
    ['a build path', trace('xen', '', { file: '/build/xen-4.19/xen/common/sched/core.c' }), 'SCHEDULING'],
    ['a file of old days', trace('linux', '', { file: 'arch/x86/xen/mmu.c' }), 'XEN HYPERVISOR X86'],
    ['a tool', trace('userspace', 'abort libxl__free_all'), 'LIBS'],
    ['what the compiler added to a name', trace('linux', 'blkback_changed.part.0'), 'XEN BLOCK SUBSYSTEM'],
    ['QEMU', trace('qemu', 'xen_block_realize'), 'X86 Xen CPUs'],
    ['a message without frames', trace('xen', '', { headline: 'AMD-Vi: IO_PAGE_FAULT: 0000:03:00.0' }), 'AMD IOMMU'],
    ['a full bounce buffer', trace('linux', '', { headline: 'swiotlb buffer is full' }), 'XEN SWIOTLB SUBSYSTEM'],
  ])('%s', (_what, one, section) => {
    expect(ask([one])[0]?.section).toBe(section);
  });

  it('tells ambiguous names apart by the frames around them', () => {
    const lonely = ask([trace('linux', 'blkback_changed')])[0]?.reasons[0];
    expect(lonely).toBe(
      'frame blkback_changed is defined in drivers/block/xen-blkfront.c, which the entry XEN BLOCK SUBSYSTEM covers',
    );
  });

  it('names a function that is gone by its family', () => {
    const reasons = ask([trace('linux', 'xen_alloc_pte balloon_process')]).flatMap((one) => one.reasons);
    expect(reasons).toContain(
      'frame balloon_process belongs by its name to the functions of drivers/xen/balloon.c, which the entry XEN HYPERVISOR INTERFACE covers',
    );
  });

  it('asks those of Linux under Xen beside the owners of a native driver', () => {
    const native = trace('linux', 'nvme_pci_enable nvme_reset_work', { culprit: 'nvme_pci_enable' });
    const sections = sectionsOf([native]);
    expect(sections).toContain('NVM EXPRESS DRIVER');
    expect(sections).toContain('XEN HYPERVISOR X86');
  });

  it('asks nobody for machinery alone, but those of the side', () => {
    expect(sectionsOf([trace('xen', 'do_softirq idle_loop panic')])).toEqual(['X86 ARCHITECTURE']);
  });

  it('keeps to Arm on Arm', () => {
    expect(sectionsOf([trace('xen', 'do_trap_guest_sync', { headline: 'CPU0: Unexpected Trap: Data Abort' })])[0]).toBe(
      'ARM (W/ VIRTUALISATION EXTENSIONS) ARCHITECTURE',
    );
  });

  it('says as of when it holds', () => {
    expect(ask([trace('linux', 'xen_alloc_pte')])[0]?.reasons.at(-1)).toBe('as of Linux 6.1 (2022-12)');
  });
});

describe('from words to sections', () => {
  it.each([
    ['an area in the subject', { signals: [['area:tools-oxenstored', 'oxenstored', 'header']] }, 'OCAML TOOLS'],
    ['a file in prose', { mentions: [['file', 'xen/drivers/vpci/header.c']] }, 'VPCI'],
    ['a file by its own name, one of a kind', { mentions: [['file', 'libxl_pci.c']] }, 'LIBS'],
    [
      'a function in prose',
      { mentions: [['function', 'xenvif_rx_ring_slots_available()']] },
      'XEN NETWORK BACKEND DRIVER',
    ],
  ] satisfies [string, Mail, string][])('%s', (_what, mail, section) => {
    expect(ask([], [mail])[0]?.section).toBe(section);
  });

  it.each([
    ['a file name that many trees have', { mentions: [['file', 'backend.c']] }],
    ['a word that reports', { mentions: [['function', 'dump_stack()']] }],
    ['nothing', {}],
  ] satisfies [string, Mail][])('nobody for %s', (_what, mail) => {
    expect(ask([], [mail])).toEqual([]);
  });
});

describe('people', () => {
  const crash = trace('xen', 'csched_load_balance@common/sched/credit.c:1');

  it('marks who is addressed already, by address, by full name in other letters', () => {
    const cc = [{ name: 'Jürgen Groß', address: 'juergen@example.org' }];
    const found = ask([crash], [{ cc }]).find(({ name }) => name === 'Juergen Gross');
    expect(found).toMatchObject({ addressed: true, address: 'juergen@example.org' });
    expect(ask([crash]).find(({ name }) => name === 'Juergen Gross')?.addressed).toBe(false);
  });

  it('knows a saved page that gives local parts alone', () => {
    const cc = [{ name: 'jgross', address: '' }];
    expect(ask([crash], [{ cc }]).find(({ name }) => name === 'Juergen Gross')).toMatchObject({
      addressed: true,
      address: ADDRESSES.juergen,
    });
  });

  it('puts those first who answer, and never the reporter', () => {
    const andrew = { name: 'Andrew Cooper', address: ADDRESSES.andrew };
    const panic = trace('xen', 'panic');
    expect(ask([panic])[0]?.address).toBe(ADDRESSES.jan);
    expect(ask([panic], [{}, { from: andrew }])[0]?.address).toBe(ADDRESSES.andrew);
    expect(ask([panic], [{ from: andrew }]).map(({ address }) => address)).not.toContain(ADDRESSES.andrew);
  });

  it('puts catch-all lists last, and the heads of other projects nowhere', () => {
    const found = ask([trace('linux', 'xenvif_have_rx_work')]);
    const lists = found.filter(({ role }) => role === 'list').map(({ address }) => address);
    expect(lists).toContain('netdev@vger.kernel.org');
    expect(found.slice(0, 3).map(({ address }) => address)).not.toContain('xen-devel@lists.xenproject.org');
    expect(found.map(({ name }) => name)).not.toContain('Linus Torvalds');
  });

  it.each(['announcement', 'security', 'spam', 'pull-request'] as const)('asks nobody for %s', (genre) => {
    expect(ask([crash], [{}], { genre })).toEqual([]);
  });
});

describe('talk', () => {
  const inSubject: Mail = { signals: [['area:xen-vpci', 'vpci', 'header']] };
  const inPassing: Mail = { signals: [['area:xen-vpci', 'vpci']] };
  const file: Mail = { mentions: [['file', 'xen/drivers/vpci/header.c']] };
  const crash = trace('xen', 'csched_load_balance@common/sched/credit.c:1');
  const sectionOf = (genre: Judged['genre'], traces: readonly Trace[], mail: Mail) =>
    ask(traces, [mail], { genre })[0]?.section;

  it.each([
    ['a trace', [crash], {}, 'SCHEDULING'],
    ['a file', [], file, 'VPCI'],
    ['a part in the subject', [], inSubject, 'VPCI'],
    ['a word in passing: nobody', [], inPassing, undefined],
  ] satisfies [string, Trace[], Mail, string | undefined][])('%s', (_what, traces, mail, section) => {
    expect(sectionOf('discussion', traces, mail)).toBe(section);
    expect(sectionOf('question', traces, mail)).toBe(section);
  });
});

describe('order', () => {
  const order = (traces: readonly Trace[], mail: Mail = {}) =>
    route(viewOf([mail]), { genre: 'report', symptoms: [], facts: [], traces }, trees).filter(
      ({ role }) => role !== 'list',
    );

  it('a reviewer of the entry of the culprit stands before maintainers of wider entries', () => {
    const found = order([trace('linux', 'xen_alloc_pte phys_pmd_init', { culprit: 'xen_alloc_pte' })]);
    const place = (title: string, role: string) => found.findIndex((one) => one.section === title && one.role === role);
    expect(place('XEN HYPERVISOR X86', 'reviewer')).toBeGreaterThan(place('XEN HYPERVISOR X86', 'maintainer'));
    expect(place('XEN HYPERVISOR X86', 'reviewer')).toBeLessThan(
      place('X86 ARCHITECTURE (32-BIT AND 64-BIT)', 'maintainer'),
    );
  });

  it.each([
    [
      'a path from a folder of the tree, by its neighbour',
      { mentions: [['file', 'arch/x86/mm/shadow/multi.c']] },
      'X86 SHADOW PAGETABLES',
    ],
    [
      'a part beside the kind of guest',
      {
        signals: [
          ['area:xen-x86', 'PVH', 'header'],
          ['area:tools-ovmf', 'OVMF', 'header'],
        ],
      },
      'OVMF UPSTREAM',
    ],
    ['a tool', { signals: [['area:tools-console', 'xenconsoled', 'header']] }, 'TOOLSTACK'],
  ] satisfies [string, Mail, string][])('first is the special entry: %s', (_what, mail, section) => {
    expect(order([], mail)[0]?.section).toBe(section);
  });
});

describe('several traces', () => {
  const crash = trace('linux', 'nvme_queue_rq blk_mq_dispatch_rq_list', {
    kind: 'general-protection',
    culprit: 'nvme_queue_rq',
  });
  const warning = trace('linux', 'gnttab_init balloon_process', { kind: 'warning', culprit: 'gnttab_init' });
  const scoreOf = (traces: readonly Trace[], wanted: string) =>
    ask(traces).find(({ section }) => section === wanted)?.score ?? 0;

  it('a harmless warning beside the crash changes little', () => {
    const [alone, both] = [[crash], [crash, warning]].map((traces) => scoreOf(traces, 'XEN HYPERVISOR X86'));
    expect((both ?? 1) - (alone ?? 0)).toBeLessThan(0.1);
    expect(scoreOf([crash, warning], 'NVM EXPRESS DRIVER')).toBe(scoreOf([crash], 'NVM EXPRESS DRIVER'));
  });

  it('a native driver that crashed under Xen is for its owners and for those of Linux under Xen, hardly one before the other', () => {
    const [native, xen] = ['NVM EXPRESS DRIVER', 'XEN HYPERVISOR X86'].map((title) => scoreOf([crash, warning], title));
    expect(Math.abs((native ?? 0) - (xen ?? 1))).toBeLessThan(0.1);
  });

  it('the first one counts most', () => {
    const other = trace('linux', 'xenvif_have_rx_work', { kind: 'oops' });
    expect(ask([other, crash])[0]?.section).toBe('XEN NETWORK BACKEND DRIVER');
    expect(scoreOf([other, crash], 'NVM EXPRESS DRIVER')).toBeLessThan(scoreOf([crash], 'NVM EXPRESS DRIVER') * 0.75);
  });
});

describe('as of a day', () => {
  const tmem: Mail = { subject: 'tmem problem', signals: [['area:xen-tmem', 'tmem', 'header']] };

  it('2017: names who looked after tmem then, and that he has left', () => {
    const [first] = ask([], [tmem], { day: '2017-09-28' });
    expect(first).toMatchObject({
      address: 'konrad.wilk@oracle.com',
      section: 'TRANSCENDENT MEMORY (TMEM)',
      addressed: false,
      role: 'maintainer',
    });
    expect(first?.reasons.at(-1)).toBe(
      'as of Xen 4.10-unstable (2017-09); no longer in the file of Xen 4.23-unstable (2026-08)',
    );
  });

  it('2017: an asked first name means the one whom the clues point at', () => {
    const juergen = { name: 'Juergen Gross', address: ADDRESSES.juergen };
    const found = ask([], [tmem, { from: juergen, asked: ['Konrad'] }], { day: '2017-09-28' });
    const konrad = found.slice(0, 3).find(({ address }) => address === 'konrad.wilk@oracle.com');
    expect(konrad).toMatchObject({ section: 'TRANSCENDENT MEMORY (TMEM)', addressed: false });
    expect(konrad?.reasons).toContain('Juergen Gross asks for them');
  });

  it('today: tells the list that the entry is gone, and names nobody for it', () => {
    const found = ask([], [tmem]);
    expect(found.map(({ address }) => address)).toEqual(['xen-devel@lists.xenproject.org']);
    expect(found[0]?.reasons).toEqual([
      'the subject names "tmem": the entry TRANSCENDENT MEMORY (TMEM) of Xen 4.10-unstable (2017-09) is gone in Xen 4.23-unstable (2026-08)',
    ]);
  });
});

describe('who is meant by a name', () => {
  it.each([
    ['Konrad', 'konrad.wilk@oracle.com'],
    ['Juergen', ADDRESSES.juergen],
    ['Jürgen Groß', ADDRESSES.juergen],
    ['Andrew Cooper', ADDRESSES.andrew],
  ])('%s', (name, address) => {
    expect(findPerson(trees, name)?.address).toBe(address);
  });

  it.each([['Wei'], ['Nobody'], ['']])('nobody certain for "%s"', (name) => {
    expect(findPerson(trees, name)).toBeNull();
  });
});
