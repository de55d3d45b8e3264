/**
 * Runs git in the tree's repository and gives what it prints; `null` where it fails, takes too long or prints too much.
 * The arguments come after those that choose the repository: `['log', '-1', 'HEAD', '--', 'a/file.c']`.
 */
export type RunGit = (args: readonly string[]) => Buffer | null;

/** What is asked of the history, in the words of the scripts. */
export interface GitModes {
  /** Whoever signed changes of the files since then. */
  readonly signers: boolean;
  /** As `signers`, for files alone that no entry covers exactly. */
  readonly fallback: boolean;
  /** Whoever signed the commits from which the lines come: of the files, or of the lines that a patch changes. */
  readonly blame: boolean;
  /** Whoever signed the commits that `Fixes:` lines of a patch name. */
  readonly fixes: boolean;
  /** Every line of the form `Something-by:`, and not just sign-offs, reviews and acknowledgements. */
  readonly allTypes: boolean;
  /** As git understands dates: `1-year-ago`. */
  readonly since: string;
  readonly minSignatures: number;
  readonly maxMaintainers: number;
  readonly minPercent: number;
  /** Roles with their figures (`commit_signer:3/7=43%`); `null` for the dialect's own habit. */
  readonly figures: boolean | null;
}

/** What the scripts of all three trees take where nothing else is said; none of the modes is on. */
export const GIT_DEFAULTS: GitModes = {
  signers: false,
  fallback: false,
  blame: false,
  fixes: false,
  allTypes: false,
  since: '1-year-ago',
  minSignatures: 1,
  maxMaintainers: 5,
  minPercent: 5,
  figures: null,
};

/** Lines of a file that a patch changes, counted in the file as it was. */
export interface Range {
  readonly path: string;
  readonly start: number;
  readonly length: number;
}

/** Somebody, and how often they stand in the history; the scripts' order is random among those of equal counts. */
export interface Tally {
  readonly who: string;
  readonly count: number;
}

/** How the history is asked for one answer. */
export interface GitWork {
  readonly run: RunGit;
  readonly modes: GitModes;
  /** Were files asked for, and not a patch. */
  readonly isFiles: boolean;
  readonly ranges: readonly Range[];
  /** Commits that `Fixes:` lines name. */
  readonly fixes: readonly string[];
  /** Is there such a file (and not a directory) in the tree. */
  readonly isFile: (path: string) => boolean;
  /** Formatted people whom the history never adds (`.get_maintainer.ignore`). */
  readonly ignored: ReadonlySet<string>;
  /** Puts people of equal counts in another order. The role tells what they are counted for. */
  readonly arrange?: (tied: readonly Tally[], toRole: (one: Tally) => string) => readonly Tally[];
}
