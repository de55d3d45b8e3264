import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import type { ImapFlowOptions } from 'imapflow';
import type { Mailbox } from '../../model/mailbox.ts';
import type { Credential } from '../../ports/secrets.ts';
import type { ImapAddress } from './imap-address.ts';
import { ImapFailure } from './imap-failure.ts';
import type { ImapLimits } from './imap-ports.ts';

/** Room for the words around a mail. */
const FRAMING = 1024 * 1024;
/** Lines without a mail in them: none is long. */
const LINE = 16 * 1024 * 1024;
export interface SessionOptions {
  readonly mailbox: Pick<Mailbox, 'tls' | 'ca'>;
  readonly address: ImapAddress;
  /** `null`: anonymous. */
  readonly credential: Credential | null;
  readonly limits: ImapLimits;
}

/**
 * How the client is to connect, and what it may take.
 *
 * @throws ImapFailure where the certificate to trust cannot be read.
 */
export function toClientOptions({ mailbox, address, credential, limits }: SessionOptions): ImapFlowOptions {
  const user = address.user ?? 'anonymous';
  return {
    host: address.host,
    port: address.port,
    secure: address.implicitTls,
    // Left open, the client would go on in plain text where the offer is missing.
    ...(address.implicitTls ? {} : { doSTARTTLS: mailbox.tls === 'required' }),
    tls: mailbox.ca === null ? {} : { ca: [...rootCertificates, readCa(mailbox.ca)] },
    auth:
      credential === null
        ? { user, pass: 'anonymous' }
        : credential.kind === 'password'
          ? { user, pass: credential.password }
          : { user, accessToken: credential.token },
    logger: false,
    disableAutoIdle: true,
    qresync: true,
    connectionTimeout: limits.connectMs,
    greetingTimeout: limits.greetingMs,
    socketTimeout: limits.silentMs,
    maxLineLength: LINE,
    maxLiteralSize: limits.mailBytes + FRAMING,
    maxResponseSize: limits.mailBytes + LINE + 2 * FRAMING,
    clientInfo: { name: 'heddle' },
  };
}

function readCa(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new ImapFailure('certificate', `${path}: the certificate to trust cannot be read; name a file that can`, {
      passes: false,
    });
  }
}
