import { z } from 'zod';

/** A variable that is set to nothing is not set: compose files and shells write those. */
const text = z
  .string()
  .optional()
  .transform((value) => (value === undefined || value.trim() === '' ? undefined : value.trim()));

/** The environment as it is read. Every name stands in `.env.example` too (a test holds it). */
export const Environment = z.object({
  /** The SQLite file that holds mails, evidence and verdicts. */
  HEDDLE_STORE: text,
  /** The name of the list, as digests call it. */
  HEDDLE_LIST: text,
  /** Any value: no colours (no-color.org). */
  NO_COLOR: text,
});

/**
 * Everything that can be set from outside, read once by a program.
 * With no settings at all: one process, one SQLite file in the current folder, the bundled source trees.
 */
export const Config = Environment.transform(({ HEDDLE_STORE, HEDDLE_LIST, NO_COLOR }) => ({
  store: HEDDLE_STORE ?? 'heddle.db',
  list: HEDDLE_LIST ?? 'xen-devel',
  colour: NO_COLOR === undefined,
}));
export type Config = z.infer<typeof Config>;

/** The names of all settings, for `.env.example` and `heddle doctor`. */
export const SETTINGS: readonly string[] = Object.keys(Environment.shape);

/** Reads the settings, or throws one error whose message lists all that is wrong, a line each. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const read = Config.safeParse(env);
  if (read.success) return read.data;
  throw new Error(`bad configuration:\n${z.prettifyError(read.error)}`);
}
