import { ENVIRONMENT_KEYS, type EnvironmentKey } from '../model/evidence.ts';
import type { TriageFact } from '../model/triage.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import { wrap } from '../lib/wrap.ts';
import type { Style } from './style.ts';

const KEY = 20;
const ROLE = 6;
const INDENT = ' '.repeat(KEY + ROLE + 2);
const WIDTH = 100;
const LONGEST = 500;

/** Whole sentences; the other values are words of a machine and stay on one line. */
const PROSE: ReadonlySet<EnvironmentKey> = new Set(['reproducibility', 'workaround', 'other']);

/**
 * What the reporter runs, by key, each with the place and the words that it was taken from (words once, where several facts
 * share them). `numbers`: message id → its number in the card's list of mails.
 */
export function writeEnvironment(
  facts: readonly TriageFact[],
  numbers: ReadonlyMap<string, number>,
  style: Style,
): string[] {
  if (facts.length === 0) return [];
  const told = new Set<string>();
  const lines = ENVIRONMENT_KEYS.flatMap((key) => facts.filter((fact) => fact.key === key)).flatMap((fact) =>
    writeFact(fact, { numbers, style, told }),
  );
  return ['', style.bold('Environment'), ...lines];
}

interface Telling {
  readonly numbers: ReadonlyMap<string, number>;
  readonly style: Style;
  /** Quotes that stand in the table already. */
  readonly told: Set<string>;
}

function writeFact(fact: TriageFact, { numbers, style, told }: Telling): string[] {
  const { key, role, message, line } = fact;
  const value = toSafeLine(fact.value, LONGEST);
  const quote = toSafeLine(fact.quote, LONGEST);
  const where = `mail ${numbers.get(message) ?? '?'}, line ${line}`;
  const head = `  ${style.dim(key.padEnd(KEY))}${(role ?? '').padEnd(ROLE)}`;
  const known = quote.replace(/\.$/, '') === value || value.startsWith(quote) || told.has(quote);
  told.add(quote);
  const [first = '', ...more] = PROSE.has(key) ? wrap(value, WIDTH - INDENT.length) : [value];
  const lines = [`${head}${first}`, ...more.map((one) => `${INDENT}${one}`)];
  if (known) return [...lines.slice(0, -1), `${lines.at(-1) ?? ''}  ${style.dim(`(${where})`)}`];
  return [...lines, ...wrap(`${where}: “${quote}”`, WIDTH, INDENT).map(style.dim)];
}
