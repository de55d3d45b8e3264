import { describe, expect, it } from 'vitest';
import { route } from '../../src/routing/route.ts';
import type { CommitFacts } from '../../src/routing/people/commit-people.ts';
import { loadBundledTrees } from '../../src/routing/trees/load-bundled-trees.ts';
import type { Trace } from '../../src/model/evidence.ts';
import { trace, viewOf, type Mail } from './evidence-of.ts';

const trees = loadBundledTrees();
const JUERGEN = 'jgross@suse.com';
const STEFANO = 'sstabellini@kernel.org';
const JAN = 'jbeulich@suse.com';
const ANDREW = 'andrew.cooper3@citrix.com';
const ROGER = 'roger.pau@citrix.com';
const ROGER_TODAY = 'roger@xenproject.org';

const COMMIT = '1a2b3c4d5e6f';

const area = (...names: string[]): Mail => ({
  signals: names.map((name) => [`area:${name}`, name, 'header'] as const),
});
const file = (...paths: string[]): Mail => ({ mentions: paths.map((path) => ['file', path] as const) });
const linux = (frames: string, rest: Partial<Trace> = {}) => [trace('linux', frames, rest)];

/**
 * Corrections that people made on the list (domain guide, 4.6, by row): what the mail was about, and who was added.
 */
const ROWS: readonly (readonly [row: string, traces: readonly Trace[], mail: Mail, added: readonly string[]])[] = [
  ['1: a problem of Linux as a PV guest', [], area('linux-pv'), [JUERGEN]],
  ['10: a Linux oops, taken for one of Xen', linux('xen_set_pte_at change_pte_range'), {}, [JUERGEN]],
  [
    '14: cpufreq and ACPI, met under Xen',
    linux('acpi_cpufreq_cpu_init cpufreq_online'),
    {},
    ['linux-pm@vger.kernel.org'],
  ],
  [
    '15: MSI-X of a driver under Xen',
    linux('__pci_enable_msix_range nvme_setup_irqs'),
    {},
    ['bhelgaas@google.com', JUERGEN],
  ],
  [
    '20: a series for netback and others',
    [],
    file('drivers/net/xen-netback/interface.c', 'drivers/xen/grant-table.c'),
    ['netdev@vger.kernel.org'],
  ],
  ['22: a patch for Linux under Xen', [], file('drivers/xen/xenbus/xenbus_probe.c'), [JUERGEN]],
  ['23: the same, of passthrough', [], file('drivers/xen/xen-pciback/pci_stub.c'), [JUERGEN]],
  ['24: mpt3sas', linux('mpt3sas_base_attach _scsih_probe'), {}, ['sreekanth.reddy@broadcom.com']],
  ['25: DMA, discussed on the list of iommu', [], file('kernel/dma/swiotlb.c'), ['iommu@lists.linux.dev']],
  ['27: x86 code and common code', [], file('xen/arch/x86/setup.c', 'xen/common/kernel.c'), [JAN, ANDREW]],
  ['28: whoever the path says', [], file('xen/drivers/vpci/header.c'), [ROGER_TODAY]],
  [
    '29: whoever the path says, of two parts',
    [],
    file('tools/xenstored/core.c', 'xen/arch/arm/mm.c'),
    [JUERGEN, STEFANO],
  ],
  ['33: foreign mappings on x86', [], file('xen/arch/x86/mm/p2m.c'), [ROGER_TODAY]],
  ['34: an idea on x86', [], area('xen-x86'), [ROGER_TODAY]],
  ['35: whoever the path says, of a series', [], file('xen/xsm/flask/hooks.c'), ['dpsmith@apertussolutions.com']],
  ['40: cpufreq', linux('cpufreq_update_limits cpufreq_online'), {}, ['rafael@kernel.org']],
  ['41: kfence under Xen', linux('kfence_protect kfence_handle_page_fault'), {}, ['kasan-dev@googlegroups.com']],
  ['54: ACPI in Linux', [], file('drivers/acpi/pci_irq.c'), ['rafael@kernel.org']],
  ['2: a crash in the scheduler after S3', [trace('xen', 'csched2_schedule do_schedule')], {}, [JUERGEN]],
  [
    '3: MSI-X masking under Xen PV',
    linux('__pci_enable_msix_range pci_alloc_irq_vectors_affinity', { culprit: '__pci_enable_msix_range' }),
    {},
    [JUERGEN],
  ],
  [
    '4: an Arm crash',
    [trace('xen', 'do_trap_guest_sync', { headline: 'Unexpected Trap: Data Abort' })],
    {},
    [STEFANO, 'julien@xen.org'],
  ],
  ['5: an SMMU fault on i.MX8', [], area('xen-smmu', 'xen-arm'), [STEFANO]],
  ['6: a GICD register on Arm', [], area('xen-arm'), [STEFANO]],
  ['7: bootfdt', [], area('xen-device-tree'), [STEFANO]],
  ['8: xenstore paths', [], file('docs/misc/xenstore-paths.pandoc'), [JUERGEN]],
  ['9: x86 code', [], file('xen/arch/x86/mm.c'), [JAN, ANDREW, ROGER_TODAY]],
  ['11: Xen and PCI in Linux', linux('xen_setup_msi_irqs __pci_enable_msix_range'), {}, [JUERGEN]],
  [
    '12: a block problem under Xen',
    linux('blkif_queue_rq blk_mq_dispatch_rq_list', { culprit: 'blkif_queue_rq' }),
    {},
    [JUERGEN, ROGER],
  ],
  ['13: swiotlb, only under Xen', [], area('linux-swiotlb'), [JUERGEN, 'iommu@lists.linux.dev']],
  ['16: blkback', linux('xen_blkbk_unmap xen_blkif_schedule'), {}, [ROGER]],
  ['17: arch/x86/pci/xen.c', [], file('arch/x86/pci/xen.c'), [JUERGEN]],
  [
    '19: the network list for netback',
    linux('xenvif_rx_action xenvif_kthread_guest_rx'),
    {},
    ['netdev@vger.kernel.org'],
  ],
  ['26: x86 and common headers', [], file('xen/arch/x86/domain.c', 'xen/include/xen/domain.h'), [JAN, ANDREW]],
  ['30: the toolstack', [], area('tools-libxl'), ['anthony.perard@vates.tech']],
  ['31: VT-d', [], file('xen/drivers/passthrough/vtd/iommu.c'), [JAN]],
  ['32: a PVH dom0', [], file('xen/arch/x86/hvm/dom0_build.c'), [ROGER_TODAY]],
  [
    '36: a page fault in MSI-X set-up of a PV domain',
    linux('__pci_enable_msix_range.part.0 e1000e_set_interrupt_capability e1000_probe'),
    {},
    ['bhelgaas@google.com', JUERGEN],
  ],
  ['37: legacy interrupts, drivers/xen/events', [], file('drivers/xen/events/events_base.c'), [JUERGEN]],
  ['38: swiotlb-xen on arm64', linux('xen_swiotlb_dma_supported dma_supported'), {}, [STEFANO, JUERGEN]],
  ['39: page tables of a PV guest', linux('xen_pgd_pin __xen_pgd_pin'), {}, [JUERGEN]],
  ['42: a PV guest and its mappings', [], area('linux-pv'), [JUERGEN]],
  ['43: swiotlb-xen', [], file('drivers/xen/swiotlb-xen.c'), [JUERGEN, STEFANO]],
  ['44: arch/arm/xen/mm.c', [], file('arch/arm/xen/mm.c'), [STEFANO]],
  [
    '56: a GIC problem, arm named in no To',
    [],
    area('xen-arm'),
    [STEFANO, 'julien@xen.org', 'bertrand.marquis@arm.com'],
  ],
];

/** Whoever wrote or reviewed the commit that a mail blames, or that its patch mends. */
const BY_COMMIT: readonly (readonly [row: string, mail: Mail, added: string])[] = [
  ['46: the author of the change that broke the build', { regressions: [COMMIT] }, 'ada@example.org'],
  [
    '51: who reviewed the commit that a patch mends',
    { mentions: [['commit', COMMIT, `Fixes: ${COMMIT} ("a change")`]] },
    'rob@example.org',
  ],
  ['52: the author of the guilty commit', { regressions: [COMMIT] }, 'ada@example.org'],
];

/** Rows that nothing in the mail leads to. */
const NOT_FROM_THE_MAIL: Readonly<Record<string, readonly number[]>> = {
  'somebody who has seen, or can try, the same': [18, 45, 47, 53],
  'an expert, or the author of another change, whom the mail does not lead to': [48, 49, 50, 57],
  'stable@ for a patch that mends a commit, and xen-users for a question: no matter of maintainers': [21, 58],
  'escalation to the head of the project': [55],
};

const numberOf = (row: string): number => parseInt(row, 10);
const HELD = [...ROWS, ...BY_COMMIT].map(([row]) => numberOf(row));

describe('corrections that people made: the added ones are among the first five', () => {
  it.each(ROWS)('%s', (_row, traces, mail, added) => {
    const judged = { genre: 'report', symptoms: [], traces, facts: [] } as const;
    const first = route(viewOf([mail]), judged, trees).slice(0, 5);
    expect(first.map(({ address }) => address)).toEqual(expect.arrayContaining([...added]));
  });
});

describe('people behind commits', () => {
  it.each(BY_COMMIT)('%s', (_row, mail, added) => {
    const judged = { genre: 'report', symptoms: [], traces: [], facts: [] } as const;
    const findCommit = (): CommitFacts => ({ author: 'Ada <ada@example.org>', signers: ['Rob <rob@example.org>'] });
    const first = route(viewOf([mail]), judged, { ...trees, findCommit }).slice(0, 5);
    expect(first.map(({ address }) => address)).toContain(added);
  });
});

describe(`of the 58 rows ${String(HELD.length)} hold (${((100 * HELD.length) / 58).toFixed(0)} %)`, () => {
  it('each row is either held or said to be out of reach', () => {
    const all = [...HELD, ...Object.values(NOT_FROM_THE_MAIL).flat()].sort((a, b) => a - b);
    expect(all).toEqual(Array.from({ length: 58 }, (_one, at) => at + 1));
  });
});
