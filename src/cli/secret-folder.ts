import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import type { SecretPlace } from '../model/mailbox.ts';

/** The folder for secrets that people typed, beside the store: `heddle.db.secrets`; a store on a server has none beside it. */
function secretFolder(store: string): string {
  return `${resolve(store.includes('://') ? 'heddle' : store)}.secrets`;
}

/** The file in it for what a mailbox is called. Names may hold anything, files may not. */
export function secretFile(store: string, name: string): string {
  const plain = name.replace(/[^A-Za-z0-9@._-]/g, '_').slice(0, 60);
  const mark = createHash('sha256').update(name).digest('hex').slice(0, 6);
  return join(secretFolder(store), `${plain.replace(/^\.+/, '')}-${mark}`);
}

/** Writes a secret into a file that nobody else may read, in a folder that nobody else may enter; the file is whole or not there. */
export function writeSecretFile(path: string, secret: string): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const fresh = `${path}.new`;
  rmSync(fresh, { force: true });
  const file = openSync(fresh, 'wx', 0o600);
  try {
    writeSync(file, `${secret}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(fresh, path);
}

/** Deletes a secret that heddle wrote itself; files of the person's own stay. Says whether it did. */
export function dropSecret(store: string, place: SecretPlace | null): boolean {
  if (place?.kind !== 'file' || dirname(place.path) !== secretFolder(store)) return false;
  rmSync(place.path, { force: true });
  return true;
}
