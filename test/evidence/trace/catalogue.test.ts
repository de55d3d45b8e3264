import { readFileSync, existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FAMILIES, readFamily } from './cases.ts';

/** The examples and formats of the catalogue (domain.md 3.1 to 3.8), and the cases that show them. */
const CATALOGUE: readonly (readonly [section: string, cases: string])[] = [
  ['3.1 A BUG, release build', 'bug-release-build-hvm-context'],
  ['3.1 B page fault, quoted and wrapped', 'page-fault-quoted-and-wrapped'],
  ['3.1 C assertion', 'assertion-in-a-commit-message'],
  ['3.1 D watchdog, remote CPUs', 'watchdog-with-remote-cpus reserved-trap-and-remote-cpus-of-today'],
  ['3.1 E double fault', 'double-fault-banner-twice'],
  ['3.1 F stack error at boot', 'stack-error-at-boot'],
  ['3.1 G glued line', 'glued-line-boot-stamps'],
  ['3.1 H panic without dump', 'panic-without-dump-raw-stamps'],
  [
    '3.1 other causes',
    'early-page-fault smep-violation smap-violation fred-fatal-trap new-fatal-trap shadow-stack-fault general-protection-of-old panic-of-the-queued-invalidation',
  ],
  ['3.1 spinlock debugging', 'checklock-then-bug not-a-crash-lock-profile-and-debugtrace'],
  ['3.2 UBSAN', 'ubsan-on-arm ubsan-of-a-null-pointer'],
  [
    '3.3 PV dom0',
    'pv-dom0-unhandled-page-fault pv-guest-unhandled-vector pv-guest-unhandled-older old-debug-build-invalid-opcode',
  ],
  ['3.3 driver domain and xenctx', 'driver-domain-iommu-mapping-failed xenctx-of-a-guest'],
  [
    '3.3 EPT, SVM, VM entry',
    'ept-violation-in-a-serial-log svm-violation-and-unexpected-exits vmentry-failure-with-vmcs',
  ],
  [
    '3.3 the end of a domain',
    'triple-fault windows-bug-check guest-watchdog reported-crashed-by-another-domain dom0-crashed-and-the-machine-reboots dom0-crashed-of-before-4.6 not-a-crash-dom0-shuts-down',
  ],
  [
    '3.4 IOMMU',
    'iommu-faults-of-amd other-codes-of-the-amd-iommu iommu-faults-of-intel iommu-fault-of-smmu ipmmu-and-smmuv3-faults flask-nmi-and-assignment',
  ],
  [
    '3.5 Arm',
    'arm64-bug arm64-data-abort arm64-hypervisor-trap-of-old arm32-undefined-instruction-blank-lines arm32-division-by-zero',
  ],
  ['3.6 RISC-V', 'riscv-wrapped'],
  ['3.7.1 PV and HVM', 'hypercall-page-with-an-offset hvm-guest-of-old-xen-warning'],
  [
    '3.7.2 eras',
    'oops-of-2.6.18-modules-in-colons oops-of-2.6.32-two-addresses frames-with-addresses-of-3.10 pv-guest-page-fault oops-of-6.13-with-uid-and-tainted-line journalctl-short-precise',
  ],
  ['3.7.2 mixed consoles', 'dom0-crashed-after-its-own-panic xen-crash-inside-a-linux-oops dom0-and-xen-interleaved'],
  ['3.7.3 arm', 'arm64-null-pointer arm32-frames-from-callers'],
  [
    '3.7.4 multicalls',
    'multicall-old-form-as-seen-by-a-logger multicall-middle-form multicall-new-form-refused-msi multicall-failed-lines-alone',
  ],
  [
    '3.7.5 hung, locks, stalls, KASAN',
    'hung-task-xenbus lock-recursive lock-order-circular soft-lockup-of-a-block-backend rcu-stalls-of-two-wordings kasan-use-after-free page-dumped-then-kernel-bug',
  ],
  ['3.7.6 messages of drivers', 'no-crash-messages-of-xen-drivers msr-access-that-is-not-allowed'],
  [
    '3.8 xentoollog',
    'xentoollog-with-stamps libxl-errors-with-codes libxl-errors-glued xc-errors migration-errors-of-xl-and-xc',
  ],
  [
    '3.8 QEMU',
    'qemu-error-lines qemu-assertion-of-glibc gdb-qemu-segfault gdb-thread-apply-all segfault-lines-of-the-kernel',
  ],
  [
    '3.8 xenstored',
    'xenstored-barf-in-the-system-log xenstored-assertion ocaml-exception-of-oxenstored not-a-crash-xenstored-access-log',
  ],
  ['3.8 hvmloader, mini-os, Flask', 'hvmloader-and-mini-os flask-nmi-and-assignment'],
  ['3.8 valgrind, Python, machine checks', 'valgrind-invalid-read python-traceback-two-frames machine-check-of-linux'],
];

const CASES = new Map(FAMILIES.flatMap((family) => readFamily(family)).map((one) => [one.name, one]));

/** Cases in which the readers of that family find nothing: Xen's has nothing to add to the panic of dom0. */
const QUIET = /^(?:not-a-crash|no-crash|machine-check|dom0-crashed-after-its-own-panic)/;

describe.each(CATALOGUE)('%s', (_, names) => {
  it.each(names.split(' '))('%s', (name) => {
    const path = CASES.get(name)?.expected ?? '';
    expect(existsSync(path)).toBe(true);
    expect(readFileSync(path, 'utf8') === '').toBe(QUIET.test(name));
  });
});
