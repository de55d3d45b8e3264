import { StoreError } from './store-error.ts';

/**
 * What a person reads where PostgreSQL gives up, by its SQLSTATE or its beginning (PostgreSQL's manual, appendix A), or by the
 * code of a socket. `passing`: the same work may succeed a moment later.
 */
const PLAIN_WORDS: readonly (readonly [code: string, words: string, state?: 'passing'])[] = [
  ['ECONNREFUSED', 'nobody listens there; is PostgreSQL running?', 'passing'],
  ['ENOENT', 'there is no such socket; is PostgreSQL running?', 'passing'],
  ['ENOTFOUND', 'there is no host of that name'],
  ['EAI_AGAIN', 'the name of the host cannot be looked up now', 'passing'],
  ['ECONNRESET', 'the connection was lost; nothing is left half done, start again', 'passing'],
  ['EPIPE', 'the connection was lost; nothing is left half done, start again', 'passing'],
  ['ETIMEDOUT', 'no answer in time; nothing is left half done, start again', 'passing'],
  ['EHOSTUNREACH', 'the host cannot be reached', 'passing'],
  ['ENETUNREACH', 'the host cannot be reached', 'passing'],
  ['57P01', 'the server is shutting down; nothing is left half done, start again', 'passing'],
  ['57P02', 'the server has crashed; nothing is left half done, start again', 'passing'],
  ['57P03', 'the server is starting; try again', 'passing'],
  ['57014', 'the work took too long and was taken back'],
  ['55P03', 'another process has been writing for too long; try again', 'passing'],
  ['25P03', 'a transaction stood still for too long and was taken back; start again', 'passing'],
  ['25006', 'the database may only be read: is this a standby?'],
  ['08', 'the connection was lost; nothing is left half done, start again', 'passing'],
  ['28', 'user or password are refused; look at the URL and at the password file'],
  ['3D000', 'there is no such database; make it with createdb'],
  ['42501', 'the user may not do this; give it the right to create tables in its schema'],
  ['40', 'other processes write the same threads again and again; try again', 'passing'],
  ['53100', 'the disk of the server is full; make room and start again, nothing is lost'],
  ['53300', 'the server has no connection left; raise max_connections, or use fewer', 'passing'],
  ['53', 'the server is short of resources', 'passing'],
  ['XX001', 'the database is damaged; restore it from a backup'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'the certificate of the server is signed by nobody; name it with sslrootcert'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'the certificate of the server is not trusted; name its authority with sslrootcert'],
  [
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'the certificate of the server is not trusted; name its authority with sslrootcert',
  ],
  ['CERT_HAS_EXPIRED', 'the certificate of the server has expired'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'the certificate of the server is for another host'],
];

/** Errors that the driver gives no code. */
const BY_MESSAGE: readonly (readonly [RegExp, string])[] = [
  [/connection terminated|connection ended|not queryable|client was closed/i, 'ECONNRESET'],
  [/timeout/i, 'ETIMEDOUT'],
];

/** The transaction lost against another one and may be done again at once: SQLSTATEs of conflicts. */
const CONFLICTS: ReadonlySet<string> = new Set([
  '40001', // serialization failure
  '40P01', // deadlock
  '23505', // another transaction has just written the same key
]);

/** SQLSTATE, or the code of the socket, of what the driver threw; also of what became a {@link StoreError}. */
export function readCode(error: unknown): string {
  const cause = error instanceof StoreError ? error.cause : error;
  if (!(cause instanceof Error)) return '';
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  return code !== '' ? code : (BY_MESSAGE.find(([pattern]) => pattern.test(cause.message))?.[1] ?? '');
}

export function isConflict(error: unknown): boolean {
  return CONFLICTS.has(readCode(error));
}

/** After such an error the connection is of no use any more. */
export function isLost(error: unknown): boolean {
  return /^(?:E[A-Z]|08|57P)/.test(readCode(error));
}

/** The same error in plain words with the name of the store, where there are such words. */
export function toPlainFailure(error: unknown, origin: string): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error;
  const code = readCode(error);
  const row = code === '' ? undefined : PLAIN_WORDS.find(([beginning]) => code.startsWith(beginning));
  if (row === undefined) return error;
  const said = error.message === '' ? code : error.message.split('\n')[0];
  return new StoreError(`${origin}: ${row[1]} (${said})`, { cause: error, isPassing: row[2] === 'passing' });
}
