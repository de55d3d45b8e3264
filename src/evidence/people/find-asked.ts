import type { Message } from '../../model/message.ts';
import type { Asked, ReadPart } from '../../model/evidence.ts';
import { readProse } from '../prose/read-prose.ts';
import { lineOf, type Statement, toStatements } from '../prose/to-statements.ts';
import { ASKED_ROWS, type AskedRow, NOT_DONE, SPOKEN_TO } from './asked-rows.ts';
import { type NamedPerson, readNames } from './read-names.ts';

/** What one of the rows may match; by letters as written, for it is asked of every sentence. */
const HINT =
  /[cC][cC]|\+ ?[A-Z@]|[aA]dd(?:ing|ed| )|[lL]oop|[pP]ull(?:ing|ed) in|[bB]ringing|[cC]op(?:ying|ied)|[iI]ncluding|[fF]org[eo]t|[mM]issed|meant|you (?:please )?help|^[\p{Lu}@][\p{L}\/ ,&]{1,60}[,:] (?:you|any|do|did|could|can|would|have|are|what|since|as|I|maybe|perhaps|is|thoughts)\b|(?:[Mm]aybe|[Pp]erhaps|[Pp]robably|[Pp]ossibly|guess|think|believe|hope|[Pp]aging|from|over to|Let me) \p{Lu}/u;
const MAX_QUOTE = 300;

/**
 * People whom a mail says it brings in, in its writer's own words: "Cc-ing Konrad, who …", "[+cc Marc]", "(+ Stefano)",
 * "Adding Juergen and Boris since …", "Marek: I'm adding you in case …".
 *
 * One entry for each person named; `address` only where the mail writes it. Quoted lines, diffs and trailers (`Cc: X <x@y>`)
 * never count. Groups and lists ("the x86 maintainers", "EFIFB folks", "xen-devel") are no people and give nothing: the
 * routing names who stands behind them. Asking others to add somebody ("you should CC …", "please don't forget to Cc …")
 * brings in nobody either. Never throws.
 */
export function findAsked(message: Message, parts: readonly ReadPart[]): Asked[] {
  const body = parts.find((part) => part.part.name === 'body') ?? parts[0];
  if (!body) return [];
  const asked = new Map<string, Asked>();
  let known: ReadonlySet<string> | null = null;
  const isAnswer = message.inReplyTo.length > 0 || /^\s*(?:re|aw|antw|sv)\s?:|\[[^\]]*PATCH/i.test(message.subject);
  const place = { message: message.id, part: body.part.name };
  for (const sentence of readProse(body).sentences) {
    if (sentence.depth > 0 || !HINT.test(sentence.text)) continue;
    for (const statement of toStatements(sentence)) {
      known ??= headerNames(message);
      for (const found of findInStatement(statement, known, isAnswer)) {
        const key = found.person.name.toLowerCase();
        if (!asked.has(key)) asked.set(key, { ...place, ...toAsked(statement, found) });
      }
    }
  }
  return [...asked.values()];
}

interface Found {
  readonly person: NamedPerson;
  /** Where the words stand in the sentence. */
  readonly at: number;
}

function toAsked(statement: Statement, { person, at }: Found): Omit<Asked, 'message' | 'part'> {
  return {
    name: person.name,
    address: person.address,
    line: lineOf(statement, at),
    quote: statement.text.slice(0, MAX_QUOTE),
    depth: 0,
  };
}

/** Words of the names in To and Cc, in lower case: whoever stands there may be meant by a given name. */
function headerNames(message: Message): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { name, address } of [...message.to, ...message.cc]) {
    for (const word of `${name ?? ''} ${address.replace(/@.*$/, '')}`.toLowerCase().split(/[^\p{L}]+/u)) {
      if (word.length > 2) words.add(word);
    }
  }
  return words;
}

function findInStatement(sentence: Statement, known: ReadonlySet<string>, isAnswer: boolean): Found[] {
  const { text } = sentence;
  const lower = text.toLowerCase();
  const found: Found[] = [];
  for (const row of ASKED_ROWS) {
    if (row.hints.some((hint) => lower.includes(hint))) found.push(...matchRow(row, text, known));
  }
  return [...found, ...findSpokenTo(text, lower, isAnswer)];
}

function matchRow(row: AskedRow, text: string, known: ReadonlySet<string>): Found[] {
  const found: Found[] = [];
  for (const match of text.matchAll(row.pattern)) {
    const from = match.index + match[0].length;
    if (row.name !== 'forgot' && NOT_DONE.test(text.slice(0, match.index + leadOf(match[0])))) continue;
    const { people, rest } = readNames(text.slice(from, from + 400));
    if (people.length === 0) continue;
    const isKnown = people.some(({ name }) =>
      name
        .toLowerCase()
        .split(/[^\p{L}]+/u)
        .some((word) => known.has(word)),
    );
    const isPlain = isKnown || people.length > 1 || people.some(({ name }) => name.includes(' '));
    const ends = row.after.test(rest) || (isPlain && /^(?:\s+(?:for|on|in|with|to)\b|[,:])/.test(rest));
    if (ends) found.push(...people.map((person) => ({ person, at: match.index })));
  }
  return found;
}

/** How much of a match is its lead ("I'm ", "(") before the verb: what is denied stands before that. */
function leadOf(matched: string): number {
  return matched.length - matched.trimStart().length + (/^(?:\w+['’]?\w* )(?=\w)/.exec(matched)?.[0].length ?? 0);
}

function findSpokenTo(text: string, lower: string, isAnswer: boolean): Found[] {
  const rows = SPOKEN_TO.filter((row) => !(row.opening && isAnswer) && row.hints.some((hint) => lower.includes(hint)));
  if (rows.length === 0) return [];
  const { people, rest } = readNames(text);
  return rows.some((row) => row.behind.test(rest)) ? people.map((person) => ({ person, at: 0 })) : [];
}
