import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The text that a golden file holds. With BLESS=1 the file is first rewritten to what the code says now: then `git diff` is
 * the review. Refused in CI, where nobody reads the difference.
 */
export function golden(path: string, actual: string): string {
  if (process.env['BLESS'] === '1') {
    if (process.env['CI'] !== undefined) throw new Error('BLESS is for people, not for CI');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, actual);
  }
  return existsSync(path) ? readFileSync(path, 'utf8') : `(no golden file yet: run with BLESS=1)`;
}
