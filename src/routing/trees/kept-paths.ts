import type { SymbolTable } from './symbol-table.ts';

/**
 * Which files of a source tree a log or a mail on this list can name: what the function → file table of a bundled
 * tree keeps. A row is a path prefix; `!` in front takes out again. The first row that fits decides; no row: out.
 * Sources: the frames of the crash logs seen on the list, and the tables of owners in the domain guide (7.12).
 */
export const KEPT_PATHS: Readonly<Record<string, readonly string[]>> = {
  xen: [''],
  qemu: [
    '!roms/',
    '!tests/',
    '!disas/',
    '!pc-bios/',
    '!subprojects/',
    '!linux-user/',
    '!bsd-user/',
    '!target/i386/hax/',
    'target/i386/',
    'target/arm/',
    '!target/',
    '!hw/ppc/',
    '!hw/mips/',
    '!hw/s390x/',
    '!hw/m68k/',
    '!hw/sparc',
    '!hw/alpha/',
    '!hw/hppa/',
    '!tcg/',
    '!fpu/',
    '',
  ],
  linux: [
    '!tools/',
    '!samples/',
    '!Documentation/',
    '!scripts/',
    'arch/x86/',
    'arch/arm64/',
    'arch/arm/xen/',
    'arch/arm/kernel/',
    'arch/arm/mm/',
    'arch/arm/lib/',
    '!arch/',
    'block/',
    'crypto/',
    'init/',
    'io_uring/',
    'ipc/',
    'kernel/',
    'lib/',
    'mm/',
    'security/',
    'virt/',
    'fs/9p/',
    'fs/btrfs/',
    'fs/debugfs/',
    'fs/devpts/',
    'fs/ext4/',
    'fs/fuse/',
    'fs/iomap/',
    'fs/jbd2/',
    'fs/kernfs/',
    'fs/nfs/',
    'fs/nfsd/',
    'fs/notify/',
    'fs/overlayfs/',
    'fs/proc/',
    'fs/pstore/',
    'fs/squashfs/',
    'fs/sysfs/',
    'fs/xfs/',
    '!fs/*/',
    'fs/',
    'net/9p/',
    'net/bridge/',
    'net/core/',
    'net/ethernet/',
    'net/ipv4/',
    'net/ipv6/',
    'net/netfilter/',
    'net/netlink/',
    'net/openvswitch/',
    'net/packet/',
    'net/sched/',
    'net/sunrpc/',
    'net/unix/',
    'net/8021q/',
    '!net/*/',
    'net/',
    'drivers/acpi/',
    'drivers/ata/',
    'drivers/base/',
    'drivers/block/',
    'drivers/bus/',
    'drivers/char/',
    'drivers/clocksource/',
    'drivers/cpufreq/',
    'drivers/cpuidle/',
    'drivers/dax/',
    'drivers/dma/dmaengine',
    'drivers/dma/idxd/',
    'drivers/dma/ioat/',
    'drivers/dma-buf/',
    'drivers/edac/',
    'drivers/firewire/',
    'drivers/firmware/',
    'drivers/gpu/drm/amd/amdgpu/',
    '!drivers/gpu/drm/amd/',
    'drivers/gpu/drm/i915/',
    'drivers/gpu/drm/nouveau/nouveau_',
    'drivers/gpu/drm/radeon/',
    'drivers/gpu/drm/ttm/',
    'drivers/gpu/drm/virtio/',
    'drivers/gpu/drm/xen/',
    '!drivers/gpu/drm/*/',
    'drivers/gpu/drm/',
    'drivers/hid/hid-core',
    'drivers/hid/usbhid/',
    'drivers/hv/',
    'drivers/hwmon/hwmon',
    'drivers/hwmon/coretemp',
    'drivers/hwmon/k10temp',
    'drivers/idle/',
    'drivers/input/input',
    'drivers/input/misc/xen',
    'drivers/iommu/',
    'drivers/irqchip/irq-gic',
    'drivers/md/',
    'drivers/media/pci/',
    'drivers/mfd/mfd-core',
    'drivers/misc/mei/',
    'drivers/mmc/core/',
    'drivers/mmc/host/sdhci',
    'drivers/net/ethernet/broadcom/',
    'drivers/net/ethernet/emulex/',
    'drivers/net/ethernet/intel/',
    'drivers/net/ethernet/mellanox/',
    'drivers/net/ethernet/qlogic/qed/',
    'drivers/net/ethernet/realtek/',
    'drivers/net/ethernet/sfc/',
    'drivers/net/xen-netback/',
    'drivers/net/wireless/intel/',
    'drivers/net/wireless/ath/ath',
    '!drivers/net/*/',
    'drivers/net/',
    'drivers/nvdimm/',
    'drivers/nvme/',
    'drivers/of/',
    'drivers/pci/',
    'drivers/pcmcia/',
    'drivers/pinctrl/core',
    'drivers/pinctrl/pinctrl-amd',
    'drivers/platform/x86/',
    'drivers/pnp/',
    'drivers/powercap/',
    'drivers/rtc/',
    'drivers/scsi/aacraid/',
    'drivers/scsi/device_handler/',
    'drivers/scsi/libsas/',
    'drivers/scsi/lpfc/',
    'drivers/scsi/megaraid/',
    'drivers/scsi/mpi3mr/',
    'drivers/scsi/mpt3sas/',
    'drivers/scsi/qla2xxx/',
    'drivers/scsi/smartpqi/',
    '!drivers/scsi/*/',
    'drivers/scsi/',
    'drivers/target/target_core',
    'drivers/target/iscsi/',
    'drivers/thermal/',
    'drivers/thunderbolt/',
    'drivers/tty/',
    'drivers/usb/core/',
    'drivers/usb/host/',
    'drivers/usb/storage/',
    'drivers/vfio/',
    'drivers/vhost/',
    'drivers/video/console/',
    'drivers/video/fbdev/core/',
    'drivers/video/fbdev/efifb',
    'drivers/video/fbdev/xen',
    'drivers/virtio/',
    'drivers/watchdog/xen',
    'drivers/watchdog/watchdog',
    'drivers/xen/',
    'sound/core/',
    'sound/hda/',
    'sound/pci/hda/',
    'sound/usb/',
    'sound/xen/',
  ],
};

/** Does a row fit: a star stands for one directory name. */
function fits(path: string, row: string): boolean {
  const star = row.indexOf('*');
  if (star < 0) return path.startsWith(row);
  return path.startsWith(row.slice(0, star)) && path.indexOf('/', star) > 0;
}

/** Programs, tests and copies of other projects that lie beside what runs: no log means them. */
const ASIDE: Readonly<Record<string, RegExp>> = {
  linux: /^(?:tools|samples|scripts|Documentation)\//,
  qemu: /^(?:roms|tests|subprojects|pc-bios|disas|scripts)\//,
};

export function isAside(project: string, path: string): boolean {
  return ASIDE[project]?.test(path) === true;
}

/**
 * The table of a whole tree, asked for what this list can mean: where a name is that of several files, those that would be in
 * the bundled table count alone, and only where none is, the others.
 */
export function preferKept(table: SymbolTable, project: string): SymbolTable {
  const prefer = (paths: readonly string[]) => {
    const kept = paths.filter((path) => isKept(project, path));
    return kept.length > 0 ? kept : paths.filter((path) => !isAside(project, path));
  };
  return {
    ...table,
    filesOf: (name) => prefer(table.filesOf(name)),
    filesOfFamily: (start) => prefer(table.filesOfFamily(start)),
    filesNamed: (ending) => prefer(table.filesNamed(ending)),
  };
}

/** Is a file's functions worth a place in the bundled table of its project. */
export function isKept(project: string, path: string): boolean {
  for (const row of KEPT_PATHS[project] ?? ['']) {
    const isOut = row.startsWith('!');
    if (fits(path, isOut ? row.slice(1) : row)) return !isOut;
  }
  return false;
}
