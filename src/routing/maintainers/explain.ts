import type { EntriesAnswer } from './entries.ts';
import { writePerl } from './write-perl.ts';

/** The answer with its grounds: which line of which entry covers each file, how special it is, and what was left out. */
export function writeExplanation(answer: EntriesAnswer): string {
  const lines: string[] = [];
  for (const { path, matches, excluded } of answer.files) {
    lines.push(path);
    for (const { section, score, pattern } of matches) {
      lines.push(`  ${section.title}: covered by "${pattern}", score ${score}`);
    }
    for (const { section, pattern } of excluded) lines.push(`  not ${section.title}: excluded by "X: ${pattern}"`);
    if (matches.length === 0) lines.push('  no entry covers it');
  }
  const dropped = answer.dropped.map(({ who, role, why }) => `left out: ${who} (${role}): ${why}`);
  lines.push(...new Set(dropped));
  return `${lines.join('\n')}\n${writePerl(answer.entries)}`;
}
