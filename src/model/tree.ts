/** What a source tree was read from. */
export const TREE_KINDS = ['directory', 'checkout', 'repository', 'clone', 'snapshot'] as const;
export type TreeKind = (typeof TREE_KINDS)[number];

/** A source tree that somebody added, as it was when it was read last. */
export interface TreeAbout {
  readonly name: string;
  /** `xen`, `linux`, `qemu`, or the tree's own name where it is none of these. */
  readonly project: string;
  /** Which reading of MAINTAINERS holds: `xen`, `linux` or `qemu`. */
  readonly dialect: string;
  /** For people: `Xen 4.17.5`. */
  readonly label: string;
  /** The day (or the month) that it shows: `2026-08-15`. */
  readonly date: string;
  readonly kind: TreeKind;
  /** The folder, or the address of the repository. */
  readonly origin: string;
  /** Of a repository: the commit that was read. */
  readonly commit: string | null;
  /** Of a repository: the day for which a commit was chosen; `null` where it follows the branch. */
  readonly pinned: string | null;
  /** What whoever added it said, over what the tree tells. */
  readonly said: { readonly date: string | null; readonly label: string | null };
  readonly files: number;
  readonly functions: number;
}

/** What is kept of a tree: its own MAINTAINERS and what belongs to it, its entries made ready, its table of functions. */
export const TREE_PARTS = ['entries', 'maintainers', 'mailmap', 'ignore', 'symbols'] as const;
export type TreePart = (typeof TREE_PARTS)[number];
