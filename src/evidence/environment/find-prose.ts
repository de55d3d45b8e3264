import { isLogLine } from '../prose/not-prose.ts';
import type { Line } from '../../model/message.ts';
import type { Role } from '../../model/evidence.ts';
import type { Sentence } from '../prose/read-prose.ts';
import { lineOf, type Statement, toStatements } from '../prose/to-statements.ts';
import { findSettings } from './find-settings.ts';
import { placeOf } from './place-of.ts';
import { type FactDraft, toQuote, toValue } from './fact-draft.ts';
import { HABIT_ROWS, THING_ROWS } from './habit-rows.ts';
import { NAME_ROWS } from './name-rows.ts';
import type { MatchContext, ProseRow } from './prose-row.ts';
import { type Clause, stanceAt, toClauses } from './to-clauses.ts';
import { VERSION_ROWS } from './version-rows.ts';

/** How far a sentence is believed: a report's own words, or those of an answer, which must speak in the first person. */
export interface Trust {
  readonly personalOnly: boolean;
  /** Subject of the mail, in lower case. */
  readonly subject: string;
}

const SHORT_ROWS: readonly ProseRow[] = [...VERSION_ROWS, ...NAME_ROWS, ...THING_ROWS];
const LINK = /\b(?:https?|git|ftp):\/\/\S{1,500}|<[^<>\s]{1,200}@[^<>\s]{1,200}>/g;
/** Lines of logs without the marks of a log: others read those. */
const PRINTED = /Hardware name: |\b(?:Not tainted|Tainted:) |Linux version \d|\bPID: \d+ Comm: /;
const MORE = /^[\s*_]{0,3}(?:,|and|&|or|\/|, and)\s+v?(?<value>\d{1,2}\.\d[\w.+~-]{0,40})/;
const MAX_LISTED = 6;
const MAX_FOLLOWING = 5;
/** Facts that a sentence tells. `lines` are those of the whole part, for what follows a colon. */
export function findInProse(sentence: Sentence, lines: readonly Line[], trust: Trust): FactDraft[] {
  const lower = sentence.text.toLowerCase();
  const rows = SHORT_ROWS.filter((row) => hasHint(row, lower));
  const habits = HABIT_ROWS.filter((row) => hasHint(row, lower));
  const options = lower.includes('=');
  if (rows.length === 0 && habits.length === 0 && !options) return [];
  const drafts: FactDraft[] = [];
  for (const statement of toStatements(sentence)) {
    if (PRINTED.test(statement.text)) continue;
    for (const clause of toClauses(statement)) {
      if (trust.personalOnly && !clause.personal) continue;
      const text = withoutLinks(clause.text);
      for (const row of rows) drafts.push(...matchRow(row, clause, text, trust));
      if (options) drafts.push(...findSettings(clause, text));
    }
    if (habits.length > 0) drafts.push(...findHabits(habits, statement, lines, trust));
  }
  return drafts;
}

function hasHint(row: ProseRow, lower: string): boolean {
  return row.hints.some((hint) => lower.includes(hint));
}

/** Links are blanked out, so that nothing in them counts and everything stays in its place. */
function withoutLinks(text: string): string {
  return text.includes('://') || text.includes('@') ? text.replace(LINK, (link) => ' '.repeat(link.length)) : text;
}

function matchRow(row: ProseRow, clause: Clause, text: string, trust: Trust): FactDraft[] {
  const lower = text.toLowerCase();
  if (!hasHint(row, lower)) return [];
  const drafts: FactDraft[] = [];
  for (const match of text.matchAll(row.pattern)) {
    const raw = match.groups?.['value'] ?? match.groups?.['other'];
    if (raw === undefined) continue;
    const start = match.index + match[0].lastIndexOf(raw);
    drafts.push(
      ...toDrafts(
        row,
        { clause: { ...clause, text }, start, end: start + raw.length, subject: trust.subject, lower },
        raw,
      ),
    );
  }
  return drafts;
}

function toDrafts(row: ProseRow, context: MatchContext, raw: string): FactDraft[] {
  const { clause, start, end } = context;
  const value = toValue(raw);
  if (value === '' || (row.accepts && !row.accepts(value, context))) return [];
  if (!row.anyStance && stanceAt(clause, start, end) !== 'has') return [];
  const role: Role = typeof row.role === 'function' ? row.role(clause.text, start, end) : row.role;
  const draft = { key: row.key, role, ...placeOf(clause, start, end) };
  const drafts: FactDraft[] = [{ ...draft, value }];
  for (const more of row.listed ? listedAfter(clause.text, end) : []) drafts.push({ ...draft, value: toValue(more) });
  return drafts;
}

function listedAfter(text: string, from: number): string[] {
  const found: string[] = [];
  let at = from;
  while (found.length < MAX_LISTED) {
    const match = MORE.exec(text.slice(at, at + 80));
    const value = match?.groups?.['value'];
    if (!match || value === undefined || value.includes('..')) break;
    found.push(value);
    at += match[0].length;
  }
  return found;
}

function findHabits(rows: readonly ProseRow[], sentence: Statement, lines: readonly Line[], trust: Trust): FactDraft[] {
  const text = withoutLinks(sentence.text);
  const lower = text.toLowerCase();
  const clause: Clause = { text, offset: 0, sentence, stance: 'has', personal: true };
  const drafts: FactDraft[] = [];
  for (const row of rows) {
    if (!hasHint(row, lower)) continue;
    row.pattern.lastIndex = 0;
    const match = row.pattern.exec(text);
    const value = match?.groups?.['value'];
    if (!match || value === undefined) continue;
    const end = match.index + match[0].length;
    const context: MatchContext = { clause, start: match.index, end, subject: trust.subject, lower };
    if (row.accepts && !row.accepts(value, context)) continue;
    if (trust.personalOnly && !isPersonal(text) && row.key !== 'workaround') continue;
    const role: Role = typeof row.role === 'function' ? row.role(text, match.index, end) : row.role;
    const place = { line: lineOf(sentence, match.index), depth: sentence.depth };
    const whole = row.key === 'other' ? text : `${text}${following(text, lastLine(sentence), sentence.depth, lines)}`;
    drafts.push({ key: row.key, value: toValue(whole).slice(0, 300), role, ...place, quote: toQuote(sentence.text) });
  }
  return drafts;
}

function isPersonal(text: string): boolean {
  return /(?:^|[\s("'])(?:I|I'm|I've|we|We|my|My|our|here)\b/.test(text);
}

function lastLine(sentence: Statement): number {
  return lineOf(sentence, Math.max(0, sentence.text.length - 1));
}

/** What a sentence that ends with a colon points at: the next lines up to a blank one. A log is no part of it. */
function following(text: string, line: number, depth: number, lines: readonly Line[]): string {
  if (!text.endsWith(':')) return '';
  const taken: string[] = [];
  for (const next of lines.slice(line, line + MAX_FOLLOWING + 1)) {
    if (next.depth !== depth || (next.text.trim() === '' && taken.length > 0) || isLogLine(next.text.trim())) break;
    if (next.text.trim() !== '') taken.push(next.text.trim());
  }
  return taken.length === 0 ? '' : ` ${taken.join(' ; ')}`;
}
