import type { Project } from '../../model/evidence.ts';

/**
 * Messages that name their part of the system without a frame or a file, and where it lives: the domain guide, 7.13. The
 * first row that fits counts; of `paths` the first that the tree's entries know.
 */
export const HEADLINE_OWNERS: readonly {
  readonly project: Project;
  readonly pattern: RegExp;
  readonly paths: readonly string[];
  readonly says: string;
}[] = [
  {
    project: 'xen',
    pattern: /\bAMD-Vi\b|\bIO_PAGE_FAULT\b/,
    paths: ['xen/drivers/passthrough/amd/iommu_init.c'],
    says: 'the IOMMU of AMD reports a fault',
  },
  {
    project: 'xen',
    pattern: /\bDMAR\b|\[VT-D\]/i,
    paths: ['xen/drivers/passthrough/vtd/iommu.c'],
    says: 'the IOMMU of Intel reports a fault',
  },
  {
    project: 'xen',
    pattern: /\bsmmu\b/i,
    paths: ['xen/drivers/passthrough/arm/smmu.c'],
    says: 'the SMMU reports a fault',
  },
  {
    project: 'xen',
    pattern: /\bEPT violation\b|\bvmentry fail|\bVMX?\b.{0,20}\b(?:error|fail)/i,
    paths: ['xen/arch/x86/hvm/vmx/vmx.c'],
    says: 'a guest left VMX in a way that it must not',
  },
  {
    project: 'xen',
    pattern: /\bVIRIDIAN CRASH\b/,
    paths: ['xen/arch/x86/hvm/viridian/viridian.c'],
    says: 'Windows crashed',
  },
  {
    project: 'xen',
    pattern: /\bavc: {1,3}denied\b/,
    paths: ['xen/xsm/flask/hooks.c'],
    says: 'the policy denied something',
  },
  {
    project: 'linux',
    pattern: /\bswiotlb buffer is full\b|\bOut of SW-IOMMU space\b/,
    paths: ['drivers/xen/swiotlb-xen.c'],
    says: 'the bounce buffer is full',
  },
  {
    project: 'linux',
    pattern: /\bGuest Rx stalled\b/,
    paths: ['drivers/net/xen-netback/netback.c'],
    says: 'the network backend stalled',
  },
];
