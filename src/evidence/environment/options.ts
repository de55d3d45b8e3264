/**
 * Options that appear in reports and in advice: of the hypervisor (`docs/misc/xen-command-line.pandoc`), of Linux
 * under Xen, and of guest configuration files (`docs/man/xl.cfg.5.pod`). Names only, in lower case.
 */

export const XEN_OPTIONS: ReadonlySet<string> = new Set(
  `acpi acpi_sleep apic apic_verbosity asid ats availmem badpage bootscrub com1 com2 conring_size console console_timestamps
  console_to_ring core_parking cpufreq cpuidle cpuid_mask_cpu crashinfo_maxaddr dma_bits dom0 dom0_max_vcpus dom0_mem dom0_nodes
  dom0_vcpus_pin dom0-iommu efi ept edd extra_guest_irqs flask gdb gnttab gnttab_max_frames gnttab_max_maptrack_frames guest_loglvl hap
  hap_1gb hap_2mb hpet hvm_fep hvm_debug idle_latency_factor ioapic_ack iommu iommu_inclusive_mapping ivrs_hpet ivrs_ioapic lapic
  loglvl low_crashinfo max_cstate max_gsi_irqs max_lapics maxcpus mce mem mmcfg msi nmi no-real-mode noapic nolapic nomce noreboot noreboot
  nosmp nox2apic numa nx partial_emulation pci-phantom pcid psr pv pv-l1tf pv-linear-pt rcu-idle-timer-period-ms reboot ro-hpet sched
  sched-gran sched_credit2_migrate_resist scrub-domheap serial_tx_buffer shim_mem smap smep smt spec-ctrl sync_console tboot timer_slop
  tickle_one_idle_cpu tsc tsx ucode unrestricted_guest vcpu_migration_delay vga vpmu vtd vwfi watchdog watchdog_timeout x2apic x2apic_phys xpti
  xsave xsm clocksource credit2_runqueue`.split(/\s+/),
);

export const LINUX_OPTIONS: ReadonlySet<string> = new Set(
  `earlyprintk earlycon ignore_loglevel initcall_debug log_buf_len nomodeset pci pcie_aspm intel_iommu amd_iommu mitigations nopti pti
  nokaslr nosmap nosmep swiotlb xen-pciback.hide xen_pciback.hide xen.balloon_boot_timeout xen_nopvspin xen_blkfront.feature_persistent
  xen_no_vector_callback net.ifnames acpi_osi idle processor.max_cstate intel_idle.max_cstate`.split(/\s+/),
);

/** Settings of a guest that say something about a bug. */
export const GUEST_OPTIONS: ReadonlySet<string> = new Set(
  `acpi acpi_s3 acpi_s4 altp2m apic bios bios_path_override boot bootloader bootloader_args builder channel claim_mode cmdline console
  cpu_weight cpuid cpus cpus_soft device_model_args device_model_override device_model_stubdomain_override device_model_version device_tree
  disk dm_restrict driver_domain dtdev e820_host event_channels extra extra_pv extra_hvm firmware firmware_override gfx_passthru
  gnttab_max_version grant_usage hap hdtype hpet hvm_altp2m init iomem ioports irqs kernel max_event_channels max_grant_frames
  max_maptrack_frames maxcpus maxmem maxvcpus memory mmio_hole msr_relaxed nestedhvm nic_type nomigrate numa nx pae passthrough pci
  pci_msitranslate pci_permissive pci_power_mgmt pci_seize pool pvh pvshim pvshim_cmdline pvshim_extra pvshim_path ramdisk rdm
  rdm_mem_boundary root serial shadow_memory shm_size soundhw spice stdvga stubdomain_kernel stubdomain_memory suppress_spurious_page_faults sve
  system_firmware tee timer_mode trap_unmapped_accesses tsc_mode type usb usbctrl usbdev usbdevice usbversion uart vcpus vdispl vfb vga vif vif_rate
  videoram viommu viridian virtio vmtrace_buf_kb vnuma vpl011 vpmu vpt_align vtpm vuart xen_platform_pci xend_suspend_evtchn_compat`.split(
    /\s+/,
  ),
);

/** Settings that stand in the same files and say nothing about a bug, or should not be repeated. */
export const IDLE_GUEST_OPTIONS: ReadonlySet<string> = new Set(
  `keymap localtime name on_crash on_poweroff on_reboot on_shutdown on_soft_reset on_watchdog opengl rtc_timeoffset sdl spicehost spicepasswd
  spiceport uuid vnc vncconsole vncdisplay vnclisten vncpasswd vncunused timestamp hostname ip netmask gateway dhcp`.split(
    /\s+/,
  ),
);
