import { createHash } from 'node:crypto';

/** How long a reference is: eight hex digits are told apart among hundreds of thousands of threads, nearly always. */
const LENGTH = 8;

/** The short name of a thread, made of its id alone: `3fa9c1d2`. */
export function toReference(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, LENGTH);
}

/** Whether a text has the form of one, perhaps with `#` or `^` in front; then the bare reference. */
export function readReference(text: string): string | null {
  return /^[#^]?(?<reference>[0-9a-f]{8})$/i.exec(text.trim())?.groups?.['reference']?.toLowerCase() ?? null;
}
