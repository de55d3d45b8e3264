import { writeSafeJson } from '../lib/safe-json.ts';
import type { Digest } from './digest.ts';

/** The form of the JSON digest: raised when a field changes its meaning. */
export const DIGEST_SCHEMA = 'heddle.digest/1';

/** The digest as one JSON object with two blanks of indent, ending with a line end. */
export function writeJson(digest: Digest): string {
  return `${writeSafeJson({ schema: DIGEST_SCHEMA, ...digest })}\n`;
}
