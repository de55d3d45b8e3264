/** Where a mailbox is, as its URL says. */
export interface ImapAddress {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`imaps`); else plain, or STARTTLS. */
  readonly implicitTls: boolean;
  /** `null` where the URL names nobody: anonymous. */
  readonly user: string | null;
  readonly folder: string;
}

const PORTS: Readonly<Record<string, number>> = { 'imaps:': 993, 'imap:': 143 };

/**
 * Reads `imaps://user@host:port/folder` (RFC 5092, without its parameters): special characters of user and folder are
 * percent-encoded; the folder is INBOX where none is named. `null` where it is no such URL, or holds a password.
 */
export function readImapAddress(url: string): ImapAddress | null {
  try {
    const { protocol, hostname, port, username, password, pathname } = new URL(url);
    const usual = PORTS[protocol];
    if (usual === undefined || hostname === '' || password !== '') return null;
    return {
      host: decodeURIComponent(hostname).replace(/^\[(?<ip>.*)\]$/, '$<ip>'),
      port: port === '' ? usual : Number(port),
      implicitTls: protocol === 'imaps:',
      user: username === '' ? null : decodeURIComponent(username),
      folder: decodeURIComponent(pathname.slice(1)) || 'INBOX',
    };
  } catch {
    return null;
  }
}
