import { readFile } from 'node:fs/promises';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';

/** More than any mail or patch that a person pastes. */
const MOST = 64 * 1024 * 1024;

/** The bytes of a file, or of standard input for `-`. A file that cannot be read is a failure in one line. */
export async function readAll(path: string, { stdin }: Context): Promise<Buffer> {
  if (path !== '-') return readNamed(path);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > MOST) throw new CommandFailure('standard input is larger than 64 MiB', EXIT.unreadable);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

async function readNamed(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const what =
      code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'is a folder' : `cannot be read (${code})`;
    throw new CommandFailure(`${path}: ${what}`, EXIT.unreadable, error);
  }
}
