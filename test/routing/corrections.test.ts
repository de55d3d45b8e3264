import { describe, expect, it } from 'vitest';
import { route } from '../../src/routing/route.ts';
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

const area = (...names: string[]): Mail => ({
  signals: names.map((name) => [`area:${name}`, name, 'header'] as const),
});
const file = (...paths: string[]): Mail => ({ mentions: paths.map((path) => ['file', path] as const) });
const linux = (frames: string, rest: Partial<Trace> = {}) => [trace('linux', frames, rest)];

/**
 * Corrections that people made on the list (domain guide, 4.6, by row): what the mail was about, and who was added.
 * Rows that turn on the author of a commit, on an earlier bug, or on somebody's machine are not for this step.
 */
const ROWS: readonly (readonly [row: string, traces: readonly Trace[], mail: Mail, added: readonly string[]])[] = [
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

describe('corrections that people made: the added ones are among the first five', () => {
  it.each(ROWS)('%s', (_row, traces, mail, added) => {
    const judged = { genre: 'report', symptoms: [], traces, facts: [] } as const;
    const first = route(viewOf([mail]), judged, trees).slice(0, 5);
    expect(first.map(({ address }) => address)).toEqual(expect.arrayContaining([...added]));
  });
});
