import type { Clock } from '../../ports.ts';

/** Bounds of everything that is waited for, held or asked; times in milliseconds. */
export interface ArchiveLimits {
  /** Between two looks at an archive that is caught up with. */
  readonly pollMs: number;
  /** The same for a folder of this machine. */
  readonly localPollMs: number;
  /** Between the end of one request and the next to the same host; there is never more than one at a time. */
  readonly gapMs: number;
  /** A server that says nothing for so long is given up. */
  readonly silentMs: number;
  /** All waiting for one short answer (a feed, a thread), and for one long one (a month of mail). */
  readonly answerMs: number;
  readonly longAnswerMs: number;
  /** Bytes of a feed or a page, of a thread, of a month of mail or a whole list; all as they are after unpacking. */
  readonly pageBytes: number;
  readonly threadBytes: number;
  readonly listBytes: number;
  /** Pages of a feed that are leafed through to find the newest mail that is known. */
  readonly pages: number;
  readonly redirects: number;
  /** One fetch of git as a whole; a silent server is given up after `silentMs`. */
  readonly fetchMs: number;
  /** A lock that a killed git left behind is taken away once it is so old. */
  readonly staleLockMs: number;
  /** The first wait after a failure, and the longest. */
  readonly backOffMs: { readonly first: number; readonly most: number };
}

const MiB = 1024 * 1024;

export const ARCHIVE_LIMITS: ArchiveLimits = {
  pollMs: 5 * 60_000,
  localPollMs: 30_000,
  gapMs: 1_000,
  silentMs: 60_000,
  answerMs: 2 * 60_000,
  longAnswerMs: 60 * 60_000,
  pageBytes: 16 * MiB,
  threadBytes: 256 * MiB,
  listBytes: 64 * 1024 * MiB,
  pages: 400,
  redirects: 5,
  fetchMs: 6 * 60 * 60_000,
  staleLockMs: 10 * 60_000,
  backOffMs: { first: 5_000, most: 60 * 60_000 },
};

/** What following an archive asks of the outside. */
export interface ArchivePorts {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** The addresses of a host; throws where there are none. */
  readonly lookup: (host: string) => Promise<readonly string[]>;
  readonly clock: Clock;
  /** 0 to 1: waits are spread by it, so that many readers do not come back at the same instant. */
  readonly random: () => number;
  /** Where mirrors of git archives are kept; made where it is missing. */
  readonly folder: string;
  /** The environment that git is started with. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What heddle calls itself to servers: `heddle/1.2.3`. */
  readonly agent: string;
  readonly limits?: Partial<ArchiveLimits> | undefined;
}

export function toLimits({ limits }: Pick<ArchivePorts, 'limits'>): ArchiveLimits {
  return { ...ARCHIVE_LIMITS, ...limits };
}
