import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A log of our own making, in a file; numbers and functions are facts or invented. */
export interface Case {
  readonly name: string;
  readonly text: string;
  /** Where the expected reading is kept, or will be. */
  readonly expected: string;
}

/** Every `cases/*.log` below a folder of tests, by name. */
export function readCases(folder: string): Case[] {
  const cases = join(folder, 'cases');
  return readdirSync(cases)
    .filter((name) => name.endsWith('.log'))
    .sort()
    .map((file) => {
      const name = file.slice(0, -'.log'.length);
      return { name, text: readFileSync(join(cases, file), 'utf8'), expected: join(cases, `${name}.expected`) };
    });
}

export const FAMILIES = ['linux', 'xen', 'userspace'] as const;
export type Family = (typeof FAMILIES)[number];

/** The cases of one family. */
export function readFamily(family: Family): Case[] {
  return readCases(join(import.meta.dirname, family));
}
