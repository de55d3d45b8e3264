import { toSafeLine, toSafeText } from '../../lib/safe-text.ts';
import type { ReadFilter, Term } from './filter.ts';
import { KEYS, NUMBERS } from './filter-keys.ts';

const LONGEST = 2000;
const MOST_TERMS = 50;

/** `-key:value,"two words"`, `key>=50`, or a word; blanks part terms, except between quotation marks. */
const TOKEN = /(?:"[^"]*"|[^\s"])+/g;
const NUMBER_TERM = /^(?<key>[a-z]{1,20})(?<sign>>=|<=|>|<|=)(?<number>\d{1,6})$/;
const KEY_TERM = /^(?<key>[a-z]{1,20}):(?<values>.*)$/s;
const VALUE = /"(?<quoted>[^"]*)"|(?<plain>[^,"]+)/g;

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '=': (a, b) => a === b,
};

/** What is known of the values that a filter may name. */
export interface Known {
  /** Titles of MAINTAINERS entries: a `section:` that none of them holds is a typing error. */
  readonly sections?: readonly string[];
}

/**
 * Reads a filter as people type it: `component:x86 severity>=50 -kind:patch`. Every term must hold; of values parted by
 * commas one; a minus turns a term around. Case does not matter. An empty text is a filter that wants everything.
 */
export function readFilter(text: string, known: Known = {}): ReadFilter {
  if (text.length > LONGEST) return wrong(`a filter has at most ${LONGEST} characters`);
  if ((text.match(/"/g) ?? []).length % 2 > 0) return wrong('a quotation mark is missing');
  const tokens = toSafeText(text).toLowerCase().match(TOKEN) ?? [];
  if (tokens.length > MOST_TERMS) return wrong(`a filter has at most ${MOST_TERMS} terms`);
  const terms: Term[] = [];
  for (const token of tokens) {
    const read = readTerm(token, known);
    if (typeof read === 'string') return wrong(read);
    terms.push(read);
  }
  const normal = [...new Set(terms.map(({ denied, text: said }) => `${denied ? '-' : ''}${said}`))].join(' ');
  return { kind: 'filter', filter: { text: toSafeLine(normal, LONGEST), terms } };
}

function wrong(reason: string): ReadFilter {
  return { kind: 'wrong', reason: toSafeLine(reason, 400) };
}

/** A term, or what is wrong with it. */
function readTerm(token: string, known: Known): Term | string {
  const denied = token.startsWith('-');
  const body = denied ? token.slice(1) : token;
  const number = NUMBER_TERM.exec(body)?.groups;
  if (number) return readNumber(number, { body, denied });
  const groups = KEY_TERM.exec(body)?.groups;
  if (!groups) return readValues('subject', body, { denied, known });
  return readValues(groups['key'] ?? '', groups['values'] ?? '', { denied, known });
}

function readNumber(
  groups: Record<string, string | undefined>,
  { body, denied }: { readonly body: string; readonly denied: boolean },
): Term | string {
  const { key = '', sign = '', number = '' } = groups;
  const row = NUMBERS.find((one) => one.key === key);
  const compare = COMPARE[sign];
  if (!row || !compare) return `${key} is nothing that is counted: ${NUMBERS.map((one) => one.key).join(' or ')}`;
  return { key, text: body, denied, holds: (thread) => compare(row.read(thread), Number(number)) };
}

function readValues(
  key: string,
  text: string,
  { denied, known }: { readonly denied: boolean; readonly known: Known },
): Term | string {
  const row = KEYS.find((one) => one.key === key);
  if (!row) {
    const counted = NUMBERS.find((one) => one.key === key);
    if (counted) return `${key} is compared with a number: ${counted.example}`;
    return `there is no ${key}: a filter knows ${KEYS.map((one) => one.key).join(', ')}, severity and mails`;
  }
  const values = readWords(text);
  if (values.length === 0) return `${key}: wants a value, as in ${row.example}`;
  const { values: allowed } = row;
  const odd = allowed === undefined ? undefined : values.find((value) => !allowed.includes(value));
  if (odd !== undefined && allowed !== undefined) return `${key}:${odd} is none of ${allowed.join(', ')}`;
  const untitled = key === 'section' ? findUntitled(values, known) : undefined;
  if (untitled !== undefined) return `no MAINTAINERS entry has "${untitled}" in its title`;
  const written = values.map((value) => (/[\s,]/.test(value) ? `"${value}"` : value)).join(',');
  return {
    key,
    text: `${key}:${written}`,
    denied,
    holds: (thread, reader) => values.some((value) => row.holds(thread, value, reader)),
  };
}

function readWords(text: string): string[] {
  const words = [...text.matchAll(VALUE)].map(({ groups }) => (groups?.['quoted'] ?? groups?.['plain'] ?? '').trim());
  return [...new Set(words.filter((word) => word !== ''))];
}

function findUntitled(values: readonly string[], { sections }: Known): string | undefined {
  const titles = sections?.map((title) => title.toLowerCase());
  return titles && values.find((value) => !titles.some((title) => title.includes(value)));
}

/** The grammar, a line each, for help texts: `component:x86   a part of the system: …`. */
export function writeFilterHelp(): string {
  const rows = [...KEYS, ...NUMBERS].map(({ example, about }) => [example, about] as const);
  const width = Math.max(...rows.map(([example]) => example.length)) + 2;
  return rows.map(([example, about]) => `  ${example.padEnd(width)}${about}`).join('\n');
}
