import { toSafeLine } from '../../lib/safe-text.ts';
import type { Line } from '../../model/message.ts';
import { isReference, VERBS, type Command, type Verb } from './verbs.ts';

/** A line that was meant for us: what it wants, or what is wrong with it. */
export type ReadCommand =
  | { readonly kind: 'command'; readonly line: string; readonly command: Command }
  | { readonly kind: 'wrong'; readonly line: string; readonly problem: string };

const MOST_COMMANDS = 20;
const MOST_LINES = 400;
const LONGEST = 500;

/** After one of these nothing is read: what follows is a signature, or talk. */
const END = /^(?:--|thanks?|thank you|stop|end|quit|bye|regards|cheers|best|kind regards|br|--=)[\s,.!]{0,5}$/i;
const PREFIX = /^\s{0,9}#heddle\b[:\s]{0,9}/i;

/**
 * The commands of a mail. With `#heddle` in front they stand anywhere at the beginning of a line; without it they are read from the
 * top, and the first line that is neither a command, a quotation nor empty ends that: what people write to each other is never
 * obeyed. A colon behind the verb, case and quoted text do not matter.
 */
export function readCommands(lines: readonly Line[]): ReadCommand[] {
  const found: ReadCommand[] = [];
  let isTop = true;
  for (const { text, depth } of lines.slice(0, MOST_LINES)) {
    if (found.length >= MOST_COMMANDS) break;
    const line = toSafeLine(text, LONGEST).trim();
    if (depth > 0 || line === '' || isIntroduction(line)) continue;
    if (END.test(line)) break;
    const prefix = PREFIX.exec(line);
    const read = prefix === null && !isTop ? null : readLine(line.slice(prefix?.[0].length ?? 0), prefix !== null);
    if (read === null) isTop = false;
    else found.push({ ...read, line });
  }
  return found;
}

/** `On Tue, 1 Apr 2025, heddle wrote:` */
function isIntroduction(line: string): boolean {
  return /\b(?:wrote|writes|schrieb)\b.{0,40}:$/.test(line) || /^heddle-token\b/i.test(line);
}

/** A line as a command; `null` where it was not meant as one. */
function readLine(line: string, isMarked: boolean): ReadCommand | null {
  const [first = '', ...words] = line.split(/\s+/).filter((word) => word !== '');
  const name = first.toLowerCase().replace(/[:.,;]+$/, '');
  const verb = VERBS.find((one) => one.name === name || one.also.includes(name));
  if (verb !== undefined) return readVerb(verb, { line, words, isMarked });
  const isMeant = isMarked || isReference(words[0]) || words.length === 0;
  const near = isMeant ? findNear(name) : undefined;
  if (near !== undefined) return { kind: 'wrong', line, problem: `there is no ${name}; is ${near.usage} meant?` };
  if (isReference(first) && words.length > 0) {
    return { kind: 'wrong', line, problem: 'the verb stands in front: fixed REF, status REF, …' };
  }
  return isMarked
    ? { kind: 'wrong', line, problem: `there is no command ${name === '' ? 'here' : name}; help lists them` }
    : null;
}

/** More words than a command takes: somebody talks. `fixed in 4.20, thanks` is no command. */
const MOST_WORDS = 30;

function readVerb(
  verb: Verb,
  { line, words, isMarked }: { readonly line: string; readonly words: readonly string[]; readonly isMarked: boolean },
): ReadCommand | null {
  const isTalk = words.length > MOST_WORDS || (verb.usage === verb.name && words.length > 2);
  if (isTalk && !isMarked) return null;
  const read = verb.read(words);
  if (typeof read !== 'string') return { kind: 'command', line, command: read };
  // Whoever names no thread and goes on talking wants nothing of us.
  if (!isMarked && words.length > 3 && !isReference(words[0])) return null;
  return { kind: 'wrong', line, problem: `${verb.name} ${read}. It is written ${verb.usage}` };
}

function findNear(name: string): Verb | undefined {
  if (name.length < 3) return undefined;
  const most = name.length > 5 ? 2 : 1;
  return VERBS.find((verb) =>
    [verb.name, ...verb.also].some((word) => word.length > 2 && (isWithin(name, word, most) || isSwapped(name, word))),
  );
}

/** Whether the letters of two words are the same, in another order: `hlep`. */
function isSwapped(a: string, b: string): boolean {
  return a.length === b.length && [...a].sort().join('') === [...b].sort().join('');
}

/** Whether two words differ by at most so many letters (put in, left out, or changed). */
function isWithin(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most) return false;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [at, letter] of [...a].entries()) {
    const next = [at + 1];
    for (const [to, other] of [...b].entries()) {
      const [left = 0, up = 0, diagonal = 0] = [next[to], row[to + 1], row[to]];
      next.push(Math.min(left + 1, up + 1, diagonal + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return (row[b.length] ?? most + 1) <= most;
}
