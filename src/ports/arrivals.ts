import type { RawMail } from '../ports.ts';

/** A mail as it came, that nobody has read yet. */
export interface Arrival extends RawMail {
  /** sha256 of the raw bytes, hex. */
  readonly digest: string;
}

/** What a worker asks for when it takes mails to read. Times are ISO 8601 in UTC. */
export interface ArrivalClaim {
  readonly by: string;
  readonly bucket: string;
  readonly limit: number;
  readonly now: string;
  /** From then on others may take what was not ended: the worker is taken for dead. */
  readonly until: string;
  readonly attempts: number;
}

/** A mail that could not be read, each time. A person may have it tried again. */
export interface MailSetAside {
  readonly digest: string;
  readonly origin: string;
  readonly attempts: number;
  /** One line; `null` where the worker died without a word, each time. */
  readonly reason: string | null;
}

/** So many hex digits at the beginning of a digest name a bucket: mails of one bucket are read by one worker. */
export const BUCKET_DIGITS = 2;

/**
 * Mails that were fetched and still have to be read, by workers on any machine. A mail is taken, read, and ended when what it says
 * is in the store; one that was taken `attempts` times in vain is handed out no more, and stops nobody else.
 */
export interface ArrivalBook {
  /** Writes mails down; those that lie there already are passed over. */
  add(mails: readonly Arrival[]): Promise<void>;
  /**
   * Takes up to `limit` mails of a bucket that nobody has, the longest known first. One that was taken in vain before comes alone:
   * what kills its worker must not count against others.
   */
  claim(claim: ArrivalClaim): Promise<readonly Arrival[]>;
  /** Forgets mails: what they say is in the store. */
  end(digests: readonly string[]): Promise<void>;
  /** Frees a mail that could not be read and says why; the attempt counts. */
  fail(failure: { readonly digest: string; readonly by: string; readonly reason: string }): Promise<void>;
  /** Frees everything that a worker has; it counts as no attempt. */
  release(by: string): Promise<void>;
  /** Buckets with mails that somebody could take now, in order. */
  freeBuckets(now: Pick<ArrivalClaim, 'now' | 'attempts'>): Promise<readonly string[]>;
  /** Mails that were taken `attempts` times in vain, the longest known first. */
  setAside(now: Pick<ArrivalClaim, 'now' | 'attempts' | 'limit'>): Promise<readonly MailSetAside[]>;
  /** Hands a mail out again that was set aside; `false` where there is none whose digest begins so. */
  retry(digest: string): Promise<boolean>;
  /** How many there are, set aside or not. */
  count(): Promise<number>;
}
