/** One thing in a thread that points at somebody: files, and how much to believe it. */
export interface Clue {
  /** Which tree the files are of. */
  readonly project: string;
  /** Candidates: where several are named, each counts for its share. */
  readonly paths: readonly string[];
  /** The title of the entry itself, where no file of the tree stands for the matter; then `paths` is empty. */
  readonly section?: string;
  /** How sure it is that the owner of these files should see the thread: 0 to 1. */
  readonly weight: number;
  /** Clues of one group (one trace, one mail's words) repeat each other; the strongest counts whole. */
  readonly group: string;
  /** How much of it goes to the wider entries above the most special one: 1 for a place in the code, less for a word. */
  readonly spread: number;
  /** The first half of a reason, for a person: `frame xen_alloc_pte is defined in arch/x86/xen/mmu_pv.c`. */
  readonly says: string;
  /**
   * What `says` tells of: files, all of `paths`, by their names; or a matter, for which one file of its owners stands, that
   * nobody has named and that is not told.
   */
  readonly of: 'files' | 'matter';
}
