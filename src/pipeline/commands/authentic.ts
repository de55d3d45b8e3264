import { splitEntity } from '../../message/header-block.ts';

/**
 * Whether the server that received a mail believes its sender (RFC 8601). Only fields that it wrote itself count: they stand above
 * those that came along, and begin with its name; the first of them is the last word.
 *
 * @param authserv the name of that server, or `null` where nobody named one: then nothing can be told.
 */
export function isAuthentic(bytes: Buffer, authserv: string | null): boolean | null {
  if (authserv === null) return null;
  const fields = splitEntity(bytes).header.all('authentication-results');
  const own = fields.find((value) => value.trim().split(/[\s;]/, 1)[0]?.toLowerCase() === authserv.toLowerCase());
  if (own === undefined) return false;
  const results = own.toLowerCase().slice(0, 4000);
  const dmarc = /\bdmarc\s{0,3}=\s{0,3}(?<result>[a-z]{1,20})/.exec(results)?.groups?.['result'];
  if (dmarc !== undefined && dmarc !== 'none') return dmarc === 'pass' || dmarc === 'bestguesspass';
  return /\b(?:dkim|spf)\s{0,3}=\s{0,3}pass\b/.test(results);
}
