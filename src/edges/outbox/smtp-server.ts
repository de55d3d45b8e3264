import type { SecretPlace } from '../../model/mailbox.ts';

/** The server that takes our mail. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** `null` where the server lets this machine in without a name. */
  readonly user: string | null;
  /** Encrypted from the first byte (`smtps:`), else by STARTTLS. */
  readonly implicitTls: boolean;
  /** `none` only where a person wrote so: neither mail nor password is encrypted. */
  readonly tls: 'required' | 'none';
  readonly secret: SecretPlace | null;
  /** A certificate to trust beside the system's, PEM, or `null`. */
  readonly ca: string | null;
}

export type ReadServer =
  | { readonly kind: 'server'; readonly server: Pick<SmtpServer, 'host' | 'port' | 'user' | 'implicitTls'> }
  | { readonly kind: 'bad'; readonly reason: string };

/** RFC 8314 (465), RFC 6409 (587). */
const PORTS: Readonly<Record<string, number>> = { 'smtps:': 465, 'smtp:': 587 };

/** Reads `smtp://user@host:587` or `smtps://user@host`; a password in it is refused, since addresses are shown and logged. */
export function readSmtpUrl(text: string): ReadServer {
  const url = URL.canParse(text) ? new URL(text) : null;
  const usual = url === null ? undefined : PORTS[url.protocol];
  if (url === null || usual === undefined || url.hostname === '') {
    return { kind: 'bad', reason: 'wanted is smtps://user@host or smtp://user@host:587' };
  }
  if (url.password !== '') {
    return {
      kind: 'bad',
      reason: 'the password does not belong into the address: HEDDLE_SMTP_PASSWORD_FILE names a file',
    };
  }
  return {
    kind: 'server',
    server: {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? usual : Number(url.port),
      user: url.username === '' ? null : toUser(url.username),
      implicitTls: url.protocol === 'smtps:',
    },
  };
}

function toUser(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
