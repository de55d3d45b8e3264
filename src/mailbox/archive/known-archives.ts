/** Where the archive of a list is. */
export interface KnownArchive {
  /** How people call the list: its short name first, then its addresses, today's and older ones. */
  readonly names: readonly [string, ...string[]];
  /** A public-inbox, with its last slash. */
  readonly base: string;
}

const lore = (name: string, ...addresses: string[]): KnownArchive => ({
  names: [name, ...addresses],
  base: `https://lore.kernel.org/${name}/`,
});

/** Public archives by list. Source: the lists that lore.kernel.org shows at its top page, with the addresses that it names. */
export const KNOWN_ARCHIVES: readonly KnownArchive[] = [
  lore('xen-devel', 'xen-devel@lists.xenproject.org', 'xen-devel@lists.xen.org', 'xen-devel@lists.xensource.com'),
  lore('lkml', 'linux-kernel', 'linux-kernel@vger.kernel.org'),
  lore('kvm', 'kvm@vger.kernel.org'),
  lore('qemu-devel', 'qemu-devel@nongnu.org'),
  lore('linux-arm-kernel', 'linux-arm-kernel@lists.infradead.org'),
  lore('linux-mm', 'linux-mm@kvack.org'),
  lore('linux-pci', 'linux-pci@vger.kernel.org'),
  lore('linux-iommu', 'iommu', 'iommu@lists.linux.dev'),
  lore('linux-block', 'linux-block@vger.kernel.org'),
  lore('linux-efi', 'linux-efi@vger.kernel.org'),
  lore('netdev', 'netdev@vger.kernel.org'),
  lore('virtualization', 'virtualization@lists.linux.dev'),
  lore('regressions', 'regressions@lists.linux.dev'),
  lore('stable', 'stable@vger.kernel.org'),
];

/** The archive of a list that is called by name or address, in whatever case; `null` for others. */
export function findKnownArchive(name: string): KnownArchive | null {
  const asked = name.trim().toLowerCase();
  return KNOWN_ARCHIVES.find(({ names }) => names.includes(asked)) ?? null;
}
