/**
 * Words by which a mail shows which part of Xen, Linux or QEMU it is about. Who looks after each part is routing's
 * business (`src/routing/clues/area-owners.ts`, by the same names).
 * Sources: the driver messages, symptoms and keywords of the domain guide (3.7.6, 7.11, 7.12, 7.13).
 */
export interface AreaRow {
  readonly area: string;
  /** A line is looked at only where it holds one of these words: letters and digits, lower case, no trailing digits. */
  readonly words: readonly string[];
  /** What the line has to hold. */
  readonly pattern: RegExp;
  /** True: counts in a log line only; prose uses the same words for other things. */
  readonly logOnly?: boolean;
}

const words = (list: string): readonly string[] => list.split(/\s+/).filter((word) => word !== '');

export const AREA_ROWS: readonly AreaRow[] = [
  // The hypervisor.
  {
    area: 'xen-x86',
    words: words(
      'apic xapic ioapic lapic msi hpet tsc microcode spec xstate xsave cpuid ept vmx vmcs vmentry triple dmar vt mtrr smep smap emulate multiboot pvh hvm legacy pit pirq mce nmi rdmsr wrmsr msr',
    ),
    pattern:
      /\b(?:x2)?apic(?:_\w+|\b)|\bio-?apic|\blapic|\bmsi-x\b|\bmsis?\b(?! *(?:pro|mag|mpg|meg|board|mainboard|motherboard|laptop|[a-z]{1,2}\d{3}))|\bhpet\b|\btsc\b|microcode|spec-ctrl|\bxstate|\bxsave|\bcpuid\b|\bept\b|\bvmx\b|\bvmcs\b|vm-?entry|triple fault|\bdmar\b|\bvt-?d\b|\bmtrr|\bsmep\b|\bsmap\b|x86_emulate|multiboot|\bpvh\b|\bhvm\b|legacy boot|\bpit\b|\bpirq|\bmce\b|\bnmi\b|\b(?:rd|wr)?msr\b/i,
  },
  { area: 'xen-svm', words: words('svm vmcb npt'), pattern: /\bsvm\b|\bvmcb\b|nested npt/i },
  { area: 'xen-amd-iommu', words: words('vi ivrs ivmd io'), pattern: /\bAMD-Vi\b|\bIVRS\b|\bIVMD\b|IO_PAGE_FAULT/ },
  {
    area: 'xen-passthrough',
    words: words('passthrough passthru assign rmrr quarantine assignable iommu'),
    pattern:
      /pci[ -]?(?:device )?pass-?thr(?:ough|u)|gpu pass-?thr(?:ough|u)|\bpass-?through\b|assign_device|\brmrr\b|quarantine|pci-assignable|\biommu\b/i,
  },
  { area: 'xen-vpci', words: ['vpci'], pattern: /\bvpci(?:_\w+|\b)/i },
  {
    area: 'xen-arm',
    words: words(
      'arm aarch cortex gicv vgic gic domless dom zynq zynqmp xilinx imx raspberry psci scmi fvp hikey juno jetson lpi its',
    ),
    pattern:
      /\barm(?:64|32|v\d\w*)?\b|\baarch64\b|\bcortex-|\bgic(?:v\d)?\b|\bvgic\b|\bdom0less\b|zynq|xilinx|\bi?\.?mx8|raspberry|\bpsci\b|\bscmi\b|\bfvp\b|\bhikey|\bjetson/i,
  },
  { area: 'xen-smmu', words: ['smmu', 'smmuv'], pattern: /\bsmmu(?:v\d)?\b/i },
  {
    area: 'xen-device-tree',
    words: words('dtb fdt bootfdt dts devicetree overlay'),
    pattern: /\bdtb\b|\bfdt\b|bootfdt|device[ -]?tree|dt-overlay/i,
  },
  { area: 'xen-ppc', words: words('ppc powernv powerpc'), pattern: /\bppc64(?:le)?\b|\bpowernv\d*\b|\bpowerpc64/i },
  { area: 'xen-riscv', words: words('riscv risc scause sepc sbi'), pattern: /\brisc-?v\b|\bscause\b|\bsepc\b/i },
  {
    area: 'xen-sched',
    words: words('credit csched rtds cpupool scheduler sched scheduling runqueue'),
    pattern:
      /\bcsched\d?_|\bcredit[12]\b|\bcredit scheduler|\brtds\b|\bcpupool|\b(?:xen(?:'s)?|hypervisor|v?cpu|core|null|credit2?) scheduler\b|\bsched(?:=|-gran|_)|core[ -]scheduling|run ?queue/i,
  },
  {
    area: 'xen-efi',
    words: words('exitbootservices efi runtimeservices shim uefi'),
    pattern: /ExitBootServices|\bxen\.efi\b|RuntimeServices|\befi=|\bshim\b|\bu?efi boot/i,
  },
  { area: 'xen-livepatch', words: words('livepatch'), pattern: /livepatch/i },
  { area: 'xen-kexec', words: words('kexec kdump crashkernel'), pattern: /\bkexec|\bkdump|\bcrashkernel/i },
  { area: 'xen-xsm', words: words('avc flask xsm silo'), pattern: /\bavc:\s+denied|\bflask\b|\bxsm\b/i },
  { area: 'xen-argo', words: ['argo'], pattern: /\bargo\b/i },
  {
    area: 'xen-viridian',
    words: words('viridian enlightenment enlightenments'),
    pattern: /\bviridian\b|hyper-v enlighten/i,
  },
  {
    area: 'xen-windows',
    words: words('windows win bsod'),
    pattern:
      /\bwindows\b.{0,30}\b(?:server|guest|domu|vm|10|11|7|2008|2012|2016|2019|2022)\b|\bwin(?:10|11|7)\b|\bbsod\b/i,
  },
  {
    area: 'xen-vm-event',
    words: words('vm mem altp introspection monitor'),
    pattern: /\bvm_event|\bmem_access|\baltp2m|introspection/i,
  },
  { area: 'xen-mem-sharing', words: words('mem forking'), pattern: /\bmem_sharing|vm fork/i },
  { area: 'xen-shadow', words: words('shadow'), pattern: /\bshadow pag(?:e|ing)|\bsh_\w+|\bL1TF\b/i },
  { area: 'xen-hypfs', words: ['hypfs', 'xenhypfs'], pattern: /hypfs/i },
  {
    area: 'xen-power',
    words: words('cpufreq xenpm hwp cpuidle mwait cstate pstate'),
    pattern: /\bcpufreq\b|\bxenpm\b|\bhwp\b|\bcpuidle\b|mwait|\b[cp]-?state/i,
  },
  {
    area: 'xen-acpi',
    words: words('acpi dsdt madt suspend'),
    pattern: /\bdsdt\b|\bmadt\b|\bacpi s\d\b|\bs3 (?:suspend|resume)|suspend to ram/i,
  },
  { area: 'xen-tmem', words: ['tmem'], pattern: /\btmem\b/i },
  { area: 'xen-grant', words: words('gnttab grant'), pattern: /\bgnttab|grant[ _]table/i },
  { area: 'xen-evtchn', words: words('evtchn event'), pattern: /\bevtchn|event channel/i },
  { area: 'xen-nested', words: ['nested', 'nestedhvm', 'nvmx'], pattern: /nested (?:hvm|virt)|nestedhvm|\bnvmx_/i },
  { area: 'xen-io-interfaces', words: words('blkif netif usbif'), pattern: /\b(?:blk|net|usb|fb|kbd)if\.h\b/i },

  // The tools of Xen.
  { area: 'tools-libxl', words: words('libxl xenlight'), pattern: /\blibxl\b|\blibxl_\w+|xenlight/i },
  {
    area: 'tools-xl',
    words: ['xl'],
    pattern:
      /(?:^|[\s"'`#$])xl (?:create|list|devd|destroy|shutdown|reboot|save|restore|migrate|block-|network-|pci-|vcpu|cpupool|usb)|\bxl\.cfg\b|\bxl\.conf\b|^xl: |\bxl (?:crash|segfault|toolstack)/i,
  },
  {
    area: 'tools-libxc',
    words: ['xc', 'libxc', 'libxenctrl'],
    pattern: /\bxc: (?:error|panic)|\blibxc\b|libxenctrl|\bxc_\w+/i,
  },
  {
    area: 'tools-save-restore',
    words: words('migration migrate migrating restore save'),
    pattern:
      /live migrat|\bxl (?:save|restore|migrate)\b|\bx[cg]_sr_|(?:save|restore) (?:of )?(?:a |the )?(?:domain|domu|guest|vm)|save\/restore/i,
  },
  { area: 'tools-xenstore', words: words('xenstore xenstored xs'), pattern: /\bxenstored?\b|\bxenstore-\w+/i },
  { area: 'tools-oxenstored', words: ['oxenstored'], pattern: /\boxenstored\b/i },
  {
    area: 'tools-console',
    words: words('xenconsole xenconsoled xl console'),
    pattern: /\bxenconsoled?\b|\bxl console\b/i,
  },
  { area: 'tools-xentop', words: words('xentop xenstat libxenstat'), pattern: /\bxentop\b|\b(?:lib)?xenstat\b/i },
  {
    area: 'tools-misc',
    words: words('xenpm xencov xenlockprof xenhypfs xenwatchdogd xen'),
    pattern:
      /\bxen(?:pm|cov|lockprof|hypfs|watchdogd|perf|mon|iostat)\b|\bxen-(?:detect|ucode|hvmctx|mceinj|diag|vmdebug)\b/i,
  },
  { area: 'tools-xentrace', words: words('xentrace xenalyze'), pattern: /\bxentrace\b|\bxenalyze\b/i },
  {
    area: 'libvirt',
    words: words('libvirt libvirtd virsh libxenlight'),
    pattern: /\blibvirtd?\b|\bvirsh\b|\blibxenlight\b/i,
  },
  { area: 'tools-pygrub', words: ['pygrub'], pattern: /\bpygrub\b/i },
  {
    area: 'tools-hotplug',
    words: words('hotplug xendomains vif'),
    pattern: /hotplug script|\/hotplug\b|\bxendomains\b|\bvif-(?:bridge|route|nat|openvswitch)/i,
  },
  { area: 'tools-hvmloader', words: words('hvmloader'), pattern: /\bhvmloader\b/i },
  { area: 'tools-ovmf', words: words('ovmf edk'), pattern: /\bovmf\b|\bedk2\b/i },
  { area: 'tools-seabios', words: words('seabios rombios'), pattern: /\bseabios\b|\brombios\b/i },
  { area: 'tools-stubdom', words: words('stubdom stubdomain minios'), pattern: /\bstub-?dom(?:ain)?s?\b/i },
  { area: 'tools-minios', words: words('mini minios'), pattern: /\bmini-?os\b/i },
  { area: 'tools-golang', words: words('golang'), pattern: /\bgolang\b/i },
  { area: 'tools-ocaml', words: words('ocaml'), pattern: /\bocaml\b/i },
  {
    area: 'tools-build',
    words: words('make gcc undefined ld configure'),
    pattern: /\/tools\/[\w/.-]+:\d+|make\[\d+\]: .*\/tools\//,
    logOnly: true,
  },
  { area: 'xen-ci', words: words('gitlab'), pattern: /gitlab[ -]ci|\.gitlab-ci/i },

  // QEMU.
  {
    area: 'qemu-xen',
    words: words('qemu qdisk xen'),
    pattern:
      /\bqemu-(?:system-\w+|dm|xen)\b|\bxen_pt_|\bqdisk\b|\bxen be:|^qemu\b|\bqemu (?:crash|assert|upstream|build|fail)|device model/i,
  },
  {
    area: 'qemu-block',
    words: words('qdisk rbd ceph qcow'),
    pattern: /\bqdisk\b|\bceph\b|\brbd\b|\bqcow2?\b/i,
  },

  // Linux under Xen.
  {
    area: 'linux-block',
    words: words('blkfront blkback xvd xvda vbd xen blkif'),
    pattern: /\bxen[-_]blk(?:front|back)|\bblk(?:front|back|if_)|\bxvd[a-z]\d*\b|\bvbd[ -]/i,
  },
  {
    area: 'linux-netback',
    words: words('netback xenvif vif guest'),
    pattern: /\bnetback\b|\bxenvif|\bvif\d+\.\d+|Guest Rx stalled/i,
  },
  { area: 'linux-netfront', words: words('netfront xennet'), pattern: /\bnetfront\b|\bxennet_|xen_netfront/i },
  {
    area: 'linux-pciback',
    words: words('pciback pcifront pcistub'),
    pattern: /\bxen-?_?pciback|\bpciback\b|\bpcistub_/i,
  },
  { area: 'linux-pcifront', words: words('pcifront'), pattern: /\bpcifront/i },
  { area: 'linux-swiotlb', words: words('swiotlb iommu'), pattern: /\bswiotlb\b|Out of SW-IOMMU space/i },
  { area: 'linux-xenbus', words: words('xenbus xenwatch'), pattern: /\bxenbus|\bxenwatch\b|waiting for xenstore/i },
  { area: 'linux-balloon', words: words('balloon ballooning'), pattern: /\bballoon(?:ing)?\b|xen:balloon/i },
  {
    area: 'linux-grant',
    words: words('gntdev gntalloc deferring grant'),
    pattern: /\bgntdev|\bgntalloc|deferring g\.e\.|xen:grant_table/i,
  },
  { area: 'linux-events', words: words('evtchn pirq'), pattern: /\bxen_evtchn|\bevents_base|xen: --> pirq/i },
  { area: 'linux-privcmd', words: ['privcmd'], pattern: /\bprivcmd/i },
  {
    area: 'linux-pv',
    words: words('multicall multicalls pv pvops'),
    pattern: /multicalls? failed|\bpv (?:dom0|domu|guest)|\bpvops?\b/i,
  },
  { area: 'linux-pv', words: words('xen'), pattern: /\bx86[/:] ?xen\b|\barch\/x86\/xen\// },
  { area: 'linux-e820', words: words('e'), pattern: /conflicts with E820|\be820\b/i },
  { area: 'linux-xen-acpi', words: words('xen processor'), pattern: /xen[-_]acpi[-_]processor/i },
  {
    area: 'linux-manage',
    words: words('suspend freeze freezing resume'),
    pattern: /(?:domu|guest|vm).{0,20}suspend|freez(?:e|ing) (?:of )?(?:processes|user|tasks)|xen suspend/i,
  },
  {
    area: 'linux-pvscsi',
    words: words('scsifront scsiback vscsi pvscsi'),
    pattern: /scsi(?:front|back)|\bv?pv?scsi\b/i,
  },
  { area: 'linux-pvusb', words: words('xenhcd pvusb'), pattern: /\bxenhcd|\bpvusb/i },
  {
    area: 'linux-network',
    words: words('network networking vif vifs'),
    pattern:
      /network (?:performance|throughput|backend|domain|connectivity|loss)|\b(?:lose|loses|lost|no) network(?:ing)?\b|\bvifs?\b/i,
  },
];
