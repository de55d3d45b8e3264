/**
 * Where each part lives: the names of `src/evidence/areas/area-rows.ts`, and files whose MAINTAINERS entries are then
 * asked. Several paths: the first that the tree's entries know counts (trees of different years name them differently).
 * `weight` scales the clue: words that are used for many things say less.
 */
export interface AreaOwner {
  readonly project: 'xen' | 'linux' | 'qemu';
  readonly paths: readonly string[];
  readonly weight: number;
  /** The entry itself, for what is built elsewhere, so that no file of the tree stands for it. */
  readonly section?: string;
  /** Words that are used for many things: where something more special is named, that is meant. */
  readonly isWide?: true;
  /** What a reader must know of it: appended to the reason. */
  readonly note?: string;
}

const xen = (weight: number, ...paths: string[]): AreaOwner => ({ project: 'xen', weight, paths });
const linux = (weight: number, ...paths: string[]): AreaOwner => ({ project: 'linux', weight, paths });
const qemu = (weight: number, ...paths: string[]): AreaOwner => ({ project: 'qemu', weight, paths });

const wide = (owner: AreaOwner): AreaOwner => ({ ...owner, isWide: true });

/** It is built elsewhere: what it asks of Xen it asks through libxl. */
const LIBVIRT = 'which no tree at hand holds and which drives guests through libxl: it may be either of them';

export const AREA_OWNERS: Readonly<Record<string, readonly AreaOwner[]>> = {
  'xen-x86': [wide(xen(0.7, 'xen/arch/x86/apic.c'))],
  'xen-svm': [xen(1, 'xen/arch/x86/hvm/svm/svm.c')],
  'xen-amd-iommu': [xen(1, 'xen/drivers/passthrough/amd/iommu_init.c')],
  'xen-passthrough': [xen(0.7, 'xen/drivers/passthrough/pci.c'), linux(0.5, 'arch/x86/pci/xen.c')],
  'xen-vpci': [xen(1, 'xen/drivers/vpci/vpci.c')],
  'xen-arm': [xen(0.9, 'xen/arch/arm/setup.c')],
  'xen-smmu': [xen(1, 'xen/drivers/passthrough/arm/smmu.c')],
  'xen-device-tree': [xen(0.7, 'xen/common/device-tree/device-tree.c', 'xen/common/device_tree.c')],
  'xen-ppc': [xen(0.9, 'xen/arch/ppc/setup.c')],
  'xen-riscv': [xen(1, 'xen/arch/riscv/traps.c')],
  'xen-sched': [xen(0.9, 'xen/common/sched/core.c', 'xen/common/schedule.c')],
  'xen-efi': [xen(0.8, 'xen/common/efi/boot.c')],
  'xen-livepatch': [xen(1, 'xen/common/livepatch.c')],
  'xen-kexec': [xen(0.8, 'xen/common/kexec.c')],
  'xen-xsm': [xen(0.9, 'xen/xsm/flask/hooks.c')],
  'xen-argo': [xen(1, 'xen/common/argo.c')],
  'xen-viridian': [xen(0.6, 'xen/arch/x86/hvm/viridian/viridian.c')],
  'xen-windows': [wide(xen(0.6, 'xen/arch/x86/hvm/hvm.c'))],
  'xen-vm-event': [xen(0.9, 'xen/common/vm_event.c')],
  'xen-mem-sharing': [xen(1, 'xen/arch/x86/mm/mem_sharing.c')],
  'xen-shadow': [xen(0.8, 'xen/arch/x86/mm/shadow/common.c')],
  'xen-hypfs': [xen(1, 'xen/common/hypfs.c')],
  'xen-power': [xen(0.7, 'xen/drivers/cpufreq/cpufreq.c')],
  'xen-acpi': [xen(0.6, 'xen/arch/x86/acpi/power.c')],
  'xen-tmem': [xen(1, 'xen/common/tmem.c')],
  'xen-grant': [xen(0.5, 'xen/common/grant_table.c')],
  'xen-evtchn': [xen(0.5, 'xen/common/event_channel.c')],
  'xen-nested': [xen(0.8, 'xen/arch/x86/hvm/nestedhvm.c')],
  'xen-io-interfaces': [xen(0.9, 'xen/include/public/io/blkif.h')],
  'tools-libxl': [xen(0.8, 'tools/libs/light/libxl_create.c', 'tools/libxl/libxl_create.c')],
  'tools-xl': [wide(xen(0.6, 'tools/xl/xl.c'))],
  'tools-libxc': [xen(0.7, 'tools/libs/ctrl/xc_private.c', 'tools/libxc/xc_private.c')],
  'tools-save-restore': [xen(0.7, 'tools/libs/guest/xg_sr_save.c', 'tools/libxc/xc_sr_save.c')],
  'tools-xenstore': [xen(0.8, 'tools/xenstored/core.c', 'tools/xenstore/xenstored_core.c')],
  'tools-oxenstored': [xen(1, 'tools/ocaml/xenstored/store.ml')],
  'tools-console': [xen(0.8, 'tools/console/daemon/main.c')],
  'tools-xentop': [xen(0.9, 'tools/xentop/xentop.c')],
  'tools-misc': [xen(0.7, 'tools/misc/xenpm.c')],
  'tools-xentrace': [xen(0.8, 'tools/xentrace/xentrace.c')],
  libvirt: [{ ...xen(0.6, 'tools/libs/light/libxl_create.c', 'tools/libxl/libxl_create.c'), note: LIBVIRT }],
  'tools-pygrub': [xen(1, 'tools/pygrub/src/pygrub')],
  'tools-hotplug': [xen(0.7, 'tools/hotplug/Linux/vif-bridge')],
  'tools-hvmloader': [xen(0.6, 'tools/firmware/hvmloader/hvmloader.c')],
  'tools-ovmf': [{ ...xen(0.7, 'tools/firmware/ovmf-makefile'), section: 'OVMF UPSTREAM' }],
  'tools-seabios': [{ ...xen(0.6, 'tools/firmware/seabios-config'), section: 'SEABIOS UPSTREAM' }],
  'tools-stubdom': [xen(0.6, 'stubdom/Makefile')],
  'tools-minios': [xen(0.8, 'config/MiniOS.mk')],
  'tools-golang': [xen(1, 'tools/golang/xenlight/xenlight.go')],
  'tools-ocaml': [xen(0.8, 'tools/ocaml/libs/xb/xb.ml')],
  'tools-build': [xen(0.6, 'tools/Makefile')],
  'xen-ci': [xen(0.8, '.gitlab-ci.yml')],
  'qemu-xen': [qemu(0.7, 'hw/xen/xen-bus.c')],
  'qemu-block': [qemu(0.7, 'hw/block/xen-block.c')],
  'linux-block': [linux(0.8, 'drivers/block/xen-blkfront.c')],
  'linux-netback': [linux(0.8, 'drivers/net/xen-netback/netback.c')],
  'linux-netfront': [linux(0.9, 'drivers/net/xen-netfront.c')],
  'linux-pciback': [linux(0.8, 'drivers/xen/xen-pciback/pci_stub.c'), linux(0.7, 'arch/x86/pci/xen.c')],
  'linux-pcifront': [linux(0.9, 'drivers/pci/xen-pcifront.c')],
  'linux-swiotlb': [linux(0.7, 'drivers/xen/swiotlb-xen.c')],
  'linux-xenbus': [linux(0.8, 'drivers/xen/xenbus/xenbus_probe.c')],
  'linux-balloon': [linux(0.7, 'drivers/xen/balloon.c')],
  'linux-grant': [linux(0.9, 'drivers/xen/grant-table.c')],
  'linux-events': [linux(0.9, 'drivers/xen/events/events_base.c')],
  'linux-privcmd': [linux(0.9, 'drivers/xen/privcmd.c')],
  'linux-pv': [linux(0.8, 'arch/x86/xen/enlighten_pv.c')],
  'linux-e820': [linux(0.6, 'arch/x86/xen/setup.c'), xen(0.4, 'xen/arch/x86/e820.c')],
  'linux-xen-acpi': [linux(0.9, 'drivers/xen/xen-acpi-processor.c')],
  'linux-manage': [linux(0.6, 'drivers/xen/manage.c')],
  'linux-pvscsi': [linux(0.9, 'drivers/scsi/xen-scsifront.c')],
  'linux-pvusb': [linux(0.9, 'drivers/usb/host/xen-hcd.c')],
  'linux-network': [linux(0.5, 'drivers/net/xen-netback/netback.c')],
};
