import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { isEqual } from './sessions.ts';

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt);

/** What one guess costs: about 50 ms and 32 MB. */
const COST = { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const LENGTH = 32;
const HASH = /^(?<salt>[0-9a-f]{16,128}):(?<hash>[0-9a-f]{64})$/;

/** The hash of a password as it is kept: `salt:hash`, hex. */
export async function hashPassword(password: string, salt: Buffer): Promise<string> {
  return `${salt.toString('hex')}:${(await derive(password, salt, LENGTH, COST)).toString('hex')}`;
}

/** Whether a text has the form of such a hash. */
export function isPasswordHash(text: string): boolean {
  return HASH.test(text);
}

/** Whether a password is the one that was hashed; what has not the form of a hash is nobody's. */
export async function isPassword(password: string, kept: string): Promise<boolean> {
  const salt = HASH.exec(kept)?.groups?.['salt'];
  if (salt === undefined) return false;
  return isEqual(await hashPassword(password, Buffer.from(salt, 'hex')), kept);
}
