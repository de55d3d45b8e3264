import { describe, expect, it } from 'vitest';
import { findMatches } from '../../src/routing/maintainers/match.ts';
import { isCatchAllSection } from '../../src/routing/people/section-people.ts';
import { loadBundledTrees } from '../../src/routing/trees/load-bundled-trees.ts';
import { treeAsOf } from '../../src/routing/trees/trees.ts';

const trees = loadBundledTrees();
const ARM = 'ARM (W/ VIRTUALISATION EXTENSIONS) ARCHITECTURE';

/** Sections of a file in Xen's tree of a day, most special first, THE REST only where it is alone. */
function sectionsOf(path: string, day: string): readonly string[] {
  const tree = treeAsOf(trees, 'xen', new Date(day));
  const matches = tree ? findMatches(tree.maintainers(), path).matches : [];
  const special = matches.filter(({ section }) => !isCatchAllSection(section));
  return (special.length > 0 ? special : matches.slice(0, 1)).map(({ section }) => section.title);
}

describe('paths of the Xen tree and their sections, August 2026', () => {
  it.each([
    ['xen/common/grant_table.c', ['THE REST']],
    ['xen/common/event_channel.c', ['THE REST']],
    ['xen/drivers/vpci/msix.c', ['VPCI']],
    ['xen/drivers/passthrough/pci.c', ['IOMMU VENDOR INDEPENDENT CODE']],
    ['xen/drivers/passthrough/vtd/iommu.c', ['X86 ARCHITECTURE']],
    ['xen/common/sched/credit2.c', ['SCHEDULING']],
    ['xen/arch/x86/mm/p2m-ept.c', ['X86 ARCHITECTURE']],
    ['xen/arch/x86/hvm/vmx/vmx.c', ['X86 ARCHITECTURE']],
    ['xen/arch/x86/msi.c', ['X86 ARCHITECTURE']],
    ['xen/arch/x86/mm/mem_sharing.c', ['X86 MEMORY SHARING', 'X86 ARCHITECTURE']],
    ['xen/drivers/char/ns16550.c', ['THE REST']],
    ['xen/drivers/cpufreq/cpufreq.c', ['POWER MANAGEMENT']],
    ['tools/libs/light/libxl_create.c', ['LIBS', 'TOOLSTACK']],
    ['tools/xl/xl.c', ['TOOLSTACK']],
    ['tools/ocaml/xenstored/store.ml', ['OCAML TOOLS', 'TOOLSTACK']],
    ['tools/xenstored/core.c', ['XENSTORE', 'TOOLSTACK']],
    ['tools/libs/store/xs.c', ['XENSTORE', 'LIBS', 'TOOLSTACK']],
    ['tools/firmware/hvmloader/pci.c', ['X86 ARCHITECTURE', 'TOOLSTACK']],
    ['xen/arch/arm/gic-v3-its.c', [ARM]],
    ['xen/drivers/passthrough/arm/smmu-v3.c', ['ARM SMMUv3', ARM]],
    ['xen/arch/x86/efi/efi-boot.h', ['EFI', 'X86 ARCHITECTURE']],
    ['xen/common/livepatch.c', ['LIVEPATCH']],
    ['xen/arch/riscv/traps.c', ['RISCV']],
    ['xen/include/public/io/blkif.h', ['PUBLIC I/O INTERFACES AND PV DRIVERS DESIGNS']],
    ['.gitlab-ci.yml', ['Continuous Integration (CI)']],
    ['docs/man/xl.cfg.5.pod.in', ['TOOLSTACK']],
    ['xen/common/dom0less-build.c', ['THE REST']],
  ])('%s', (path, sections) => {
    expect(sectionsOf(path, '2026-11-01')).toEqual(sections);
  });
});

describe('the tree of September 2017', () => {
  it.each([
    ['xen/common/tmem.c', '2017-09-28', ['TRANSCENDENT MEMORY (TMEM)']],
    ['xen/common/tmem.c', '2026-11-01', ['THE REST']],
    ['xen/common/sched_credit2.c', '2017-09-28', ['SCHEDULING']],
    ['xen/arch/x86/hvm/vmx/vmx.c', '2017-09-28', ['INTEL(R) VT FOR X86 (VT-X)', 'X86 ARCHITECTURE']],
  ])('%s on %s', (path, day, sections) => {
    expect(sectionsOf(path, day)).toEqual(sections);
  });
});
