/** Why an archive could not be read; a closed set, so that a program can tell them apart. */
export const ARCHIVE_TROUBLES = [
  'bad-address',
  'unreachable',
  'not-found',
  'refused',
  'busy',
  'server',
  'redirect',
  'too-long',
  'too-slow',
  'broken-off',
  'no-archive',
  'git',
] as const;
export type ArchiveTroubleKind = (typeof ARCHIVE_TROUBLES)[number];

/** An archive that cannot be read for now. The message is one line for a person: which address, and what is wrong. */
export class ArchiveTrouble extends Error {
  override readonly name = 'ArchiveTrouble';
  readonly kind: ArchiveTroubleKind;
  /** How long the server asks to be left alone, in milliseconds; `null` where it asks nothing. */
  readonly retryAfterMs: number | null;

  constructor(kind: ArchiveTroubleKind, message: string, options: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

/** Whatever was thrown, as trouble with `where`; an error of our own is kept. */
export function toTrouble(error: unknown, where: string): ArchiveTrouble {
  if (error instanceof ArchiveTrouble) return error;
  return new ArchiveTrouble('unreachable', `${where}: ${reasonOf(error)}`, { cause: error });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host cannot be looked up now',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was reset',
  UND_ERR_SOCKET: 'the connection was closed',
  ETIMEDOUT: 'no answer',
  UND_ERR_CONNECT_TIMEOUT: 'no answer',
  UND_ERR_HEADERS_TIMEOUT: 'no answer',
  UND_ERR_BODY_TIMEOUT: 'no answer',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is signed by nobody but itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate is signed by an unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate is signed by an unknown authority',
  CERT_HAS_EXPIRED: 'the certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate belongs to another host',
};

/** The innermost cause in plain words: `fetch` wraps what happened once or twice. */
function reasonOf(error: unknown): string {
  let inner = error;
  for (let depth = 0; depth < 4 && inner instanceof Error && inner.cause !== undefined; depth += 1) inner = inner.cause;
  if (!(inner instanceof Error)) return 'unknown error';
  const code = (inner as NodeJS.ErrnoException).code ?? '';
  return REASONS[code] ?? inner.message;
}
