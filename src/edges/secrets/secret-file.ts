import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { toSafeLine } from '../../lib/safe-text.ts';
import { MAX_SECRET, type SecretText } from './secret-text.ts';

/** Bits of a file's mode that let anybody but its owner read, write or run it. */
const OTHERS = 0o077;

/**
 * The whole of a file that nobody but its owner may read (mode 0600 or stricter), owned by whoever runs heddle or by root. The
 * file that is looked at is the file that is read, whatever links lead there. Never throws.
 */
export async function readSecretFile(path: string): Promise<SecretText> {
  let file: FileHandle;
  try {
    // A pipe without a writer would hold everything up.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return fail(path, toReason(error));
  }
  try {
    const found = await file.stat();
    const shown = (found.mode & 0o777).toString(8).padStart(4, '0');
    if (!found.isFile()) return fail(path, 'is no file');
    if (isReadByOthers(found)) return fail(path, `may be read by others (mode ${shown}): chmod 600 it`);
    if (isOthers(found)) return fail(path, 'belongs to somebody else: a secret is read only from a file of your own');
    if (found.size > MAX_SECRET) return fail(path, 'is too large for a secret');
    return { kind: 'text', text: (await file.readFile()).toString('utf8') };
  } catch (error) {
    return fail(path, toReason(error));
  } finally {
    await file.close();
  }
}

/** Windows has no such modes and no such owners; there the file system's own rules hold. */
function isReadByOthers({ mode }: { readonly mode: number }): boolean {
  return process.getuid !== undefined && (mode & OTHERS) !== 0;
}

function isOthers({ uid }: { readonly uid: number }): boolean {
  const own = process.getuid?.();
  return own !== undefined && own !== 0 && uid !== own && uid !== 0;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'is not there',
  EACCES: 'may not be read',
  EISDIR: 'is no file',
  ENOTDIR: 'is not there',
  ELOOP: 'is a link that leads to itself',
};

function toReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? `cannot be read (${code})`;
}

function fail(path: string, what: string): SecretText {
  return { kind: 'failure', reason: `the secret file ${toSafeLine(path, 300)} ${what}`, retry: 'never' };
}
