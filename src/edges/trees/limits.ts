/** A source file larger than this is not read: no source of the projects is half of it. */
export const LARGEST_SOURCE = 32 * 1024 * 1024;
/** MAINTAINERS, .mailmap and what tells the version. */
export const LARGEST_TOP_FILE = 16 * 1024 * 1024;
/** A tree with more files is none that somebody maintains: Linux has eighty thousand. */
export const MOST_FILES = 1_000_000;

/** Said where there are more. */
export const TOO_MANY_FILES = `there are more than ${String(MOST_FILES)} files: this is no source tree`;
