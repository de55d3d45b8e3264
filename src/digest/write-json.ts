import { writeSafeJson } from '../lib/safe-json.ts';
import type { Digest } from './digest.ts';

/** The form of the JSON digest, `data/heddle.digest-1.schema.json`: raised when a field changes its meaning. */
export const DIGEST_SCHEMA = 'heddle.digest/1';

/** The digest as one JSON object with two blanks of indent, ending with a line end. What was cut is counted, not given. */
export function writeJson(digest: Digest): string {
  const { quiet, ...shown } = digest;
  const sections = digest.sections.map(({ name, title, form, entries, more }) => ({
    name,
    title,
    form,
    entries,
    more,
  }));
  return `${writeSafeJson({ schema: DIGEST_SCHEMA, ...shown, sections, quiet: quiet.length })}\n`;
}
