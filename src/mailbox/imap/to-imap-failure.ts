import { toSafeLine } from '../../lib/safe-text.ts';
import type { ImapAddress } from './imap-address.ts';
import { ImapFailure, type ImapFailureKind } from './imap-failure.ts';

/** What the errors of the IMAP client, of TLS and of sockets carry; every field may be missing. */
interface ClientError {
  readonly code?: unknown;
  readonly authenticationFailed?: unknown;
  readonly serverResponseCode?: unknown;
  readonly mailboxMissing?: unknown;
  readonly tlsFailed?: unknown;
  readonly responseText?: unknown;
  readonly message?: unknown;
}

interface Rule {
  readonly kind: ImapFailureKind;
  readonly passes: boolean;
  readonly fits: (error: ClientError & { readonly wasOffered: boolean }) => boolean;
  /** After the server's name: what is wrong, and what to do. */
  readonly text: (told: Told) => string;
}

/** What the texts speak of. */
interface Told extends Pick<ImapAddress, 'host' | 'port' | 'folder' | 'implicitTls'> {
  readonly user: string;
  /** What the server or the system said, cut, without secrets. */
  readonly said: string;
  readonly code: string;
}

const hasCode =
  (...codes: readonly string[]) =>
  ({ code }: ClientError) =>
    typeof code === 'string' && codes.includes(code);

/** Codes of refusals that are not about the secret (RFC 5530, 3). */
const NOT_THE_SECRET = new Set(['UNAVAILABLE', 'INUSE', 'LIMIT', 'SERVERBUG', 'OVERQUOTA']);

function isRefusedLogin({ authenticationFailed, serverResponseCode }: ClientError): boolean {
  return authenticationFailed === true && !NOT_THE_SECRET.has(String(serverResponseCode).toUpperCase());
}

/** The first that fits names the failure. Codes are Node's (errno, OpenSSL's X509 names) and imapflow's (its `ImapFlowErrorCode`). */
const RULES: readonly Rule[] = [
  {
    kind: 'no-folder',
    passes: false,
    fits: ({ mailboxMissing }) => mailboxMissing === true,
    text: ({ folder }) => `has no folder "${folder}"; name one that it has`,
  },
  {
    kind: 'unknown-host',
    passes: false,
    fits: hasCode('ENOTFOUND', 'ENODATA'),
    text: () => 'is no host that is known; check how the name is spelled',
  },
  {
    kind: 'refused',
    passes: true,
    fits: hasCode('ECONNREFUSED'),
    text: ({ port }) => `takes no connection on port ${port}; check the port, and that the server runs`,
  },
  {
    kind: 'unreachable',
    passes: true,
    fits: hasCode('EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'ENETDOWN', 'EHOSTDOWN'),
    text: ({ code }) => `cannot be reached (${code}); check the network`,
  },
  {
    kind: 'certificate',
    passes: false,
    fits: hasCode(
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'CERT_HAS_EXPIRED',
      'CERT_NOT_YET_VALID',
      'CERT_SIGNATURE_FAILURE',
      'CERT_UNTRUSTED',
      'CERT_REJECTED',
      'CERT_REVOKED',
      'INVALID_PURPOSE',
      'INVALID_CA',
      'PATH_LENGTH_EXCEEDED',
      'CERT_CHAIN_TOO_LONG',
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ),
    text: ({ code }) => `shows a certificate that is not trusted (${code}); if you trust it, name its file with --ca`,
  },
  {
    kind: 'no-tls',
    passes: false,
    fits: hasCode('STARTTLS_INJECTION'),
    text: () => 'was answered for before the line was encrypted: somebody speaks in between; use imaps://',
  },
  {
    kind: 'no-tls',
    passes: false,
    fits: hasCode('EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'),
    text: ({ port }) => `does not speak TLS on port ${port}; use imap:// (with STARTTLS), or the port for imaps`,
  },
  {
    kind: 'timeout',
    passes: true,
    fits: hasCode('GREETING_TIMEOUT'),
    text: ({ port }) =>
      `took the call on port ${port} and says nothing; a port that speaks TLS from the first byte wants imaps://`,
  },
  {
    kind: 'timeout',
    passes: true,
    fits: hasCode('CONNECT_TIMEOUT', 'UPGRADE_TIMEOUT', 'ETIMEOUT', 'ETIMEDOUT', 'LockTimeout'),
    text: () => 'does not answer in time',
  },
  {
    kind: 'too-large',
    passes: true,
    fits: hasCode('LiteralTooLarge', 'ResponseTooLarge', 'LineTooLarge', 'TooManyTokens', 'TooManyResponses'),
    text: ({ code }) => `sent more than is taken at once (${code})`,
  },
  {
    kind: 'lost',
    passes: true,
    fits: hasCode(
      'NoConnection',
      'EConnectionClosed',
      'StateLogout',
      'ClosedAfterConnectText',
      'ClosedAfterConnectTLS',
      'ECONNRESET',
      'ECONNABORTED',
      'EPIPE',
      'ERR_STREAM_DESTROYED',
    ),
    text: () => 'closed the line',
  },
  {
    kind: 'no-tls',
    passes: false,
    fits: ({ tlsFailed, wasOffered }) => tlsFailed === true && !wasOffered,
    text: () =>
      'offers no encryption (STARTTLS), so nothing was said to it; use imaps://, or find out who takes the offer away',
  },
  {
    kind: 'lost',
    passes: true,
    fits: ({ tlsFailed }) => tlsFailed === true,
    text: () => 'closed the line before it was encrypted',
  },
];

const OTHER: Pick<Rule, 'kind' | 'passes' | 'text'> = {
  kind: 'server',
  passes: true,
  text: ({ said }) => `cannot go on${said === '' ? '' : `: ${said}`}`,
};

/** Refusals of a login; a token that is refused has mostly expired. */
const LOGIN: Readonly<Record<'password' | 'access-token' | 'anonymous', Omit<Rule, 'fits'>>> = {
  password: {
    kind: 'wrong-password',
    passes: false,
    text: ({ user }) => `refuses the password of ${user}; check it where it is kept`,
  },
  'access-token': {
    kind: 'expired-token',
    passes: false,
    text: ({ user }) => `refuses the access token of ${user}: it has expired or was withdrawn; allow access again`,
  },
  anonymous: { kind: 'wrong-password', passes: false, text: () => 'lets nobody in without a user and a secret' },
};

/**
 * Names what went wrong, whatever was thrown, in one line without the secret.
 *
 * @param wasOffered whether the server offered STARTTLS: a line that broke on the way to it is no server without it.
 * @param hide takes secrets out of what a server says: a hostile one may repeat them.
 */
export function toImapFailure(
  error: unknown,
  {
    address,
    login,
    wasOffered,
    hide,
  }: {
    readonly address: ImapAddress;
    readonly login: keyof typeof LOGIN;
    readonly wasOffered: boolean;
    readonly hide: (text: string) => string;
  },
): ImapFailure {
  if (error instanceof ImapFailure) return error;
  const client: ClientError = typeof error === 'object' && error !== null ? error : {};
  const { tlsFailed, code, mailboxMissing } = client;
  const rule = isRefusedLogin(client)
    ? LOGIN[login]
    : (RULES.find(({ fits }) => fits({ tlsFailed, code, mailboxMissing, wasOffered })) ?? OTHER);
  const said = [client.responseText, client.message].find(
    (text): text is string => typeof text === 'string' && text !== '',
  );
  const told: Told = {
    ...address,
    user: address.user ?? 'anonymous',
    said: hide(toSafeLine(said ?? '', 200)),
    code: typeof client.code === 'string' ? client.code : '',
  };
  return new ImapFailure(rule.kind, `${address.host} ${rule.text(told)}`, { passes: rule.passes });
}
