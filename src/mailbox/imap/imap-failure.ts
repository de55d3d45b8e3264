/** Why a mailbox cannot be read; a closed set, so that a program can tell them apart. */
export const IMAP_FAILURES = [
  'bad-address',
  'no-secret',
  'wrong-password',
  'expired-token',
  'unknown-host',
  'refused',
  'unreachable',
  'certificate',
  'no-tls',
  'no-folder',
  'timeout',
  'lost',
  'too-large',
  'server',
] as const;
export type ImapFailureKind = (typeof IMAP_FAILURES)[number];

/**
 * A connection that could not be made, or was lost. The message is one line for a person: which server, what is wrong, what
 * to do; never with a secret in it.
 */
export class ImapFailure extends Error {
  override readonly name = 'ImapFailure';
  readonly kind: ImapFailureKind;
  /** Whether trying again can help without a person doing something first. */
  readonly passes: boolean;

  constructor(kind: ImapFailureKind, message: string, { passes, cause }: { passes: boolean; cause?: unknown }) {
    super(message, { cause });
    this.kind = kind;
    this.passes = passes;
  }
}
