import { toSafeLine } from '../../lib/safe-text.ts';
import type { Posted } from '../../ports/outbox.ts';

/** What nodemailer tells of a failure, as far as it is looked at. */
export interface SmtpError {
  /** Its own code: `EAUTH`, `ETLS`, … */
  readonly code: string;
  /** The server's answer: `550 5.1.1 no such user`, or ''. */
  readonly response: string;
  readonly responseCode: number | null;
  /** The command that failed: `DATA`, `RCPT TO`, … */
  readonly command: string;
  readonly message: string;
}

/** Reads whatever was thrown. */
export function toSmtpError(thrown: unknown): SmtpError {
  const fields: Readonly<Record<string, unknown>> = typeof thrown === 'object' && thrown !== null ? { ...thrown } : {};
  const { code, response, responseCode, command } = fields;
  return {
    code: typeof code === 'string' ? code : '',
    response: typeof response === 'string' ? response : '',
    responseCode: typeof responseCode === 'number' ? responseCode : null,
    command: typeof command === 'string' ? command : '',
    message: thrown instanceof Error ? thrown.message : String(thrown),
  };
}

interface Row {
  readonly when: (error: SmtpError) => boolean;
  readonly kind: 'deferred' | 'refused';
  readonly says: string;
  /** It is the addressee, or the mail to them, that is refused. */
  readonly about?: 'address';
}

const CERTIFICATE = /certificate|self.signed|unable to verify|altnames|CERT_|SELF_SIGNED/i;

/**
 * What failed, and whether the same letter may go out later; the first row that holds counts. What a server answers with 4 is
 * for now, with 5 for good (RFC 5321, 4.2.1); what has no answer is the line's fault.
 */
const ROWS: readonly Row[] = [
  {
    when: ({ message }) => CERTIFICATE.test(message),
    kind: 'refused',
    says: 'shows a certificate that cannot be trusted',
  },
  {
    when: ({ code, responseCode }) => code === 'EAUTH' && isForNow(responseCode),
    kind: 'deferred',
    says: 'cannot check the password now',
  },
  { when: ({ code }) => code === 'EAUTH', kind: 'refused', says: 'refuses the user or the password' },
  {
    when: ({ command, code, responseCode }) => responseCode !== null && (command === 'STARTTLS' || code === 'ETLS'),
    kind: 'refused',
    says: 'offers no encryption (STARTTLS), and nothing is sent in the clear',
  },
  { when: ({ code }) => code === 'ETLS', kind: 'refused', says: 'offers no encryption that works' },
  { when: ({ responseCode }) => isForNow(responseCode), kind: 'deferred', says: 'takes no mail now' },
  {
    when: ({ responseCode, command }) => (responseCode ?? 0) >= 500 && (command === 'RCPT TO' || command === 'DATA'),
    kind: 'refused',
    says: 'refuses the mail',
    about: 'address',
  },
  { when: ({ responseCode }) => (responseCode ?? 0) >= 500, kind: 'refused', says: 'refuses the mail' },
  { when: ({ code }) => code === 'EDNS' || code === 'ENOTFOUND', kind: 'deferred', says: 'is not known' },
  { when: ({ message }) => /ENOTFOUND|EAI_AGAIN/.test(message), kind: 'deferred', says: 'is not known' },
  { when: ({ message }) => message.includes('ECONNREFUSED'), kind: 'deferred', says: 'refuses the connection' },
  { when: ({ code }) => code === 'ETIMEDOUT', kind: 'deferred', says: 'did not answer in time' },
  { when: ({ code }) => code === 'EENVELOPE', kind: 'refused', says: 'was given an address that is none' },
  { when: () => true, kind: 'deferred', says: 'was lost on the way' },
];

function isForNow(code: number | null): boolean {
  return code !== null && code >= 400 && code < 500;
}

/**
 * The failure as a value. `handedOver` says whether the mail's text was on its way: without an answer to it nobody knows
 * whether it went out.
 */
export function readSmtpError(error: SmtpError, host: string, handedOver: boolean): Posted {
  const row = ROWS.find(({ when }) => when(error));
  const answer = error.response === '' ? '' : ` (${toSafeLine(error.response, 200)})`;
  const reason = `${host} ${row?.says ?? 'failed'}${answer}`;
  if (row?.kind === 'refused')
    return { kind: 'refused', reason, ...(row.about === undefined ? {} : { about: row.about }) };
  const uncertain = handedOver && error.responseCode === null;
  return {
    kind: 'deferred',
    reason: uncertain ? `${reason}, when it had the mail already: it may have gone out` : reason,
    uncertain,
  };
}
