import { z } from 'zod';

/** An environment variable that is set to nothing is not set: compose files and shells write those. */
const text = z.string().trim().min(1).optional().catch(undefined);

/**
 * Everything that can be set from outside, read once by a program. `.env.example` lists the same names (a test holds it).
 * With no settings at all: one process, one SQLite file in the current folder, the bundled source trees.
 */
export const Config = z
  .object({
    /** The SQLite file that holds mails, evidence and verdicts. */
    HEDDLE_STORE: text.default('heddle.db'),
    /** The name of the list, as digests call it. */
    HEDDLE_LIST: text.default('xen-devel'),
    /** Any value: no colours (no-color.org). */
    NO_COLOR: text,
  })
  .transform(({ HEDDLE_STORE, HEDDLE_LIST, NO_COLOR }) => ({
    store: HEDDLE_STORE,
    list: HEDDLE_LIST,
    colour: NO_COLOR === undefined,
  }));
export type Config = z.infer<typeof Config>;

/** The names of all settings, for `.env.example` and `heddle doctor`. */
export const SETTINGS = ['HEDDLE_STORE', 'HEDDLE_LIST', 'NO_COLOR'] as const;

/** Reads the settings, or throws one error whose message lists all that is wrong, a line each. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const read = Config.safeParse(env);
  if (read.success) return read.data;
  throw new Error(`bad configuration:\n${z.prettifyError(read.error)}`);
}
