import type { Log } from '../../ports.ts';
import type { Secrets } from '../../ports/secrets.ts';

/** Bounds of everything that is waited for or held; times in milliseconds. */
export interface ImapLimits {
  /** Name look-up, TCP and TLS together. */
  readonly connectMs: number;
  readonly greetingMs: number;
  /** A server that says nothing for so long after a command is given up. */
  readonly silentMs: number;
  /** A command as a whole, however much the server talks. */
  readonly commandMs: number;
  /** IDLE is renewed after so long, and the line tried: servers end it after 29 minutes (RFC 2177). */
  readonly idleMs: number;
  /** How often new mail is asked for where the server has no IDLE. */
  readonly pollMs: number;
  /** UIDs that are asked for at once. */
  readonly windowUids: number;
  /** Bytes of mail that are asked for at once; one longer mail comes alone. */
  readonly windowBytes: number;
  /** A longer mail is told and not read. */
  readonly mailBytes: number;
  /** The first wait after a lost line, and the longest. */
  readonly backOffMs: { readonly first: number; readonly most: number };
}

export const IMAP_LIMITS: ImapLimits = {
  connectMs: 30_000,
  greetingMs: 16_000,
  silentMs: 60_000,
  commandMs: 10 * 60_000,
  idleMs: 4 * 60_000,
  pollMs: 60_000,
  windowUids: 200,
  windowBytes: 4 * 1024 * 1024,
  mailBytes: 64 * 1024 * 1024,
  backOffMs: { first: 1_000, most: 5 * 60_000 },
};

/** What reading a mailbox asks of the outside. */
export interface ImapPorts {
  readonly secrets: Secrets;
  /** 0 to 1: waits are spread by it, so that many mailboxes do not come back at the same instant. */
  readonly random: () => number;
  readonly log?: Log | undefined;
  readonly limits?: Partial<ImapLimits> | undefined;
}
