import type { MaintainerEntry } from './entries.ts';

/** The answer in the script's own form: `Name <address> (role:SECTION)`, one a line; empty where nobody was found. */
export function writePerl(entries: readonly MaintainerEntry[]): string {
  return entries.map(({ who, role }) => `${who} (${role})\n`).join('');
}
