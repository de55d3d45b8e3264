import type { TriageFact } from '../model/triage.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import type { Style } from './style.ts';

const KEY = 20;
const ROLE = 6;
const LONGEST = 500;

/**
 * What the reporter runs, one fact a line, with the words it was taken from below it where they say more than the value.
 * `numbers`: message id → its number in the card's list of mails.
 */
export function writeEnvironment(
  facts: readonly TriageFact[],
  numbers: ReadonlyMap<string, number>,
  style: Style,
): string[] {
  if (facts.length === 0) return [];
  return ['', style.bold('Environment'), ...facts.flatMap((fact) => writeFact(fact, numbers, style))];
}

function writeFact(fact: TriageFact, numbers: ReadonlyMap<string, number>, style: Style): string[] {
  const { key, role, message, line } = fact;
  const value = toSafeLine(fact.value, LONGEST);
  const quote = toSafeLine(fact.quote, LONGEST);
  const where = `mail ${numbers.get(message) ?? '?'}, line ${line}`;
  const head = `  ${style.dim(key.padEnd(KEY))}${(role ?? '').padEnd(ROLE)}${value}`;
  if (quote === value) return [`${head}  ${style.dim(`(${where})`)}`];
  return [head, style.dim(`${' '.repeat(KEY + ROLE + 2)}${where}: “${quote}”`)];
}
